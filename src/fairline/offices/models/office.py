"""Offices, desks and the documents that say who may read at them."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class Office(models.Model):
    """One receiving office: the unit of root keys, logs, ids and blobs. All in clear: the charter says it too."""

    id = KeyField()
    names = models.JSONField()
    """Language tag to name, as in the newest charter."""
    zone = models.CharField(max_length=64)
    """IANA time zone in which the office's days are counted, as in the newest charter."""
    fingerprint = BytesField(max_length=32, unique=True)
    """F: the hash of root document 0, on every poster for ever."""
    founded = models.DateField()


class Desk(models.Model):
    """A desk of an office, as the newest charter names it. In clear: the server must route to it."""

    id = KeyField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="desks")
    names = models.JSONField()
    sheet = models.PositiveIntegerField()
    """Number of the newest sheet. What follows is copied from it, so that no drop has to parse a document."""
    open = models.BooleanField()
    epoch = models.PositiveIntegerField()
    recipient = models.TextField()
    form = BytesField(max_length=32)
    profile = BytesField(max_length=32)
    gone = models.BooleanField(default=False)
    """The newest charter does not name it any more; its old threads still belong to it."""


class Document(models.Model):
    """A root document, charter or desk sheet, as signed. In clear and public: it is what outsiders verify."""

    ROOT, CHARTER, SHEET = "root", "charter", "sheet"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=8, choices=[(ROOT, ROOT), (CHARTER, CHARTER), (SHEET, SHEET)])
    desk = BytesField(max_length=16, default=b"")
    """The desk's id for a sheet, empty otherwise."""
    number = models.PositiveIntegerField()
    hash = BytesField(max_length=32)
    """H of the signed bytes."""
    file = BytesField()
    """The document file: signed bytes, signatures, for a sheet the signer's entry and proof."""
    promise = BytesField(default=b"")
    """For a root document from number 1 on: the record's promise of its leaf. Empty otherwise."""
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["office", "kind", "desk", "number"], name="document_number_once"),
        )


class RosterEntry(models.Model):
    """One member's place in one charter. In clear, since the server must know who may ask; outsiders see a hash."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="roster")
    charter = models.PositiveIntegerField()
    member = BytesField(max_length=16)
    entry = BytesField()
    """The entry's bytes, as hashed into the roster."""
    proof = BytesField()
    """Its proof as JSON: charter number, place, hashes."""
    roles = models.JSONField()
    """List of roles, as in the entry."""
    alias = models.CharField(max_length=100)
    """The name that reporting persons see."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "charter", "member"], name="roster_entry_once"),)


class SetupCode(models.Model):
    """The hash of a code that the operator's terminal showed: who holds it may found one office, once."""

    hash = BytesField(max_length=32, primary_key=True)
    made = models.DateTimeField()
    office = BytesField(max_length=16, default=b"")
    """The office that a browser began to found with it; its record keys exist already."""
    used = models.BooleanField(default=False)
