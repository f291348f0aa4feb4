"""What is kept of the end of things: legal holds, requests for a deletion, and the certificates of it."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class Hold(models.Model):
    """Why something must not be deleted before a day, though its time has come: two people say so, for all to see."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    reason = models.CharField(max_length=10)
    """Of a closed list (``holding.REASONS``): it stands in clear. What is behind it is said in a note."""
    until = models.DateField()
    """The last day on which nothing is deleted."""
    asked_by = BytesField(max_length=16)
    asked = models.DateField()
    """From this day on nothing is deleted; without a second person it falls after a week."""
    what = BytesField()
    """The act that was signed."""
    agreed_by = BytesField(max_length=16, default=b"")
    day = models.DateField(null=True)
    """The day on which the second person agreed."""

    class Meta:
        indexes = (models.Index(fields=("office", "thread"), name="cases_holds_of"),)

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class Deletion(models.Model):
    """What one member has asked to delete, and the certificate once another has agreed. In clear, no word of it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    asked_by = BytesField(max_length=16)
    asked = models.DateField()
    asked_acts = BytesField()
    """The signed acts, as ``deleting.written`` writes them; they name every hash."""
    agreed_by = BytesField(max_length=16, default=b"")
    agreed_acts = BytesField(default=b"")
    day = models.DateField(null=True)
    """The day of the deletion; none while nobody has agreed."""
    unreadable = models.DateField(null=True)
    """From this day on no copy that the office makes can be read either."""

    class Meta:
        indexes = (models.Index(fields=("office", "desk", "day"), name="cases_deletions_of"),)


class DeletionReader(models.Model):
    """Who was assigned to all that went and signed neither act: they read the whole certificate, for a while.

    Kept as long as the mailbox that says that the case was deleted. To know them later would be to know for ever who
    was in which case.
    """

    without_rowid = True

    id = KeyField()
    deletion = models.ForeignKey(Deletion, on_delete=models.CASCADE, related_name="readers")
    member = BytesField(max_length=16)
    until = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("deletion", "member"), name="cases_deletion_reader"),)


class DeletedThread(models.Model):
    """One report or case of a deletion: days and closed words, which stay as the certificate."""

    without_rowid = True

    id = KeyField(default=None)
    """The thread's: it is in one deletion only."""
    deletion = models.ForeignKey(Deletion, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=6)
    """``closed`` or ``aside``; ``taken`` for the exported case of which the one beside it was taken in."""
    outcome = models.CharField(max_length=16, default="")
    since = models.DateField()
    """The day on which it was closed or set aside."""
    due = models.DateField()
    """The day from which it could be deleted."""
