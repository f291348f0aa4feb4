"""What people of the office said and did about a thread: declarations, what was read, who did what."""

from __future__ import annotations

from django.db import models

from fairline.cases.models.words import ASIDE, NONE
from fairline.core.fields import BytesField, KeyField


class Declaration(models.Model):
    """What a member said about themselves before the first word of a report. In clear: the server must obey it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    kind = models.CharField(max_length=5, choices=[(NONE, NONE), (ASIDE, ASIDE)])
    """``none``: knows nobody in it. ``aside``: from then on the thread does not exist for this member."""
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "member"), name="cases_one_declaration"),)
        indexes = (models.Index(fields=("office", "member"), name="cases_declared_by"),)

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class ReadMark(models.Model):
    """How far a member has read one chain of a thread. In clear: it counts what is unread."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    chain = models.CharField(max_length=1)
    n = models.PositiveIntegerField()
    """The newest post that was on this member's screen."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "member", "chain"), name="cases_one_mark"),)
        indexes = (models.Index(fields=("office", "member"), name="cases_marked_by"),)

    def __str__(self) -> str:
        """Return chain and number."""
        return f"{self.chain} {self.n}"


class Doing(models.Model):
    """Who of the office did what with a thread, when. Only ever added to; the people of the desk see it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    what = models.CharField(max_length=16)
    """``declared``, ``aside``, ``read`` (the first time), ``wrote``, ``opened`` (a file, once a day), or the name
    of an act on a case."""
    chain = models.CharField(max_length=1, default="")
    """The chain that was written into, empty otherwise."""
    n = models.PositiveIntegerField(null=True)
    blob = BytesField(max_length=16, default=b"")
    """The attachment that was opened, empty otherwise."""
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("office", "thread"), name="cases_doings_of"),)

    def __str__(self) -> str:
        """Return what was done."""
        return self.what
