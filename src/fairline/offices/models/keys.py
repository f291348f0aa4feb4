"""Sealed keys of desks, and what must have happened before a desk opens."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField
from fairline.offices.models.office import Desk
from fairline.offices.models.people import Member


class KeyFile(models.Model):
    """A desk's `keys` envelope, as one person may fetch it. A table of its own: other backups never hold it."""

    without_rowid = True

    id = KeyField()
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="key_files")
    n = models.PositiveIntegerField()
    """Counts up with each new `keys` of the desk."""
    epoch = models.PositiveIntegerField()
    """The newest epoch whose seed is inside; the sheet that names this epoch came with it."""
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="key_files")
    commitment = BytesField(max_length=32)
    """c of the envelope, the same in every copy; the act names it."""
    file = BytesField()
    """age file to the desk's people; this row is what this member may fetch."""
    what = BytesField()
    """The act that names the commitment, as its author signed it …"""
    signature = BytesField(max_length=64)
    """… and the signature: browsers take no keys for which nobody has signed in the record."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["desk", "n", "member"], name="one_key_file_a_person"),)


class DeskDrill(models.Model):
    """One thing that was tried before reporters may depend on a desk."""

    UNLOCKED, TYPED_BACK, TEST_REPORT = "unlocked", "typed-back", "test-report"

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="drills")
    kind = models.CharField(max_length=12)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True)
    """Who did it; nobody for a test report, which comes through the report door."""
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["desk", "kind", "member"], name="one_drill_a_person"),
            # NULL equals no NULL in the one above: a test report names nobody.
            models.UniqueConstraint(
                fields=["desk", "kind"], condition=models.Q(member=None), name="one_drill_of_nobody"
            ),
        )
