"""Documents of a case that were given to somebody outside it, and what came back."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class Copy(models.Model):
    """One document of a case that was given to a member outside it. In clear: by whom, to whom, until when."""

    without_rowid = True

    id = KeyField(default=None)
    """Made by the giver's browser; the envelope stands under it, so that it names no report."""
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    giver = BytesField(max_length=16)
    receiver = BytesField(max_length=16)
    day = models.DateField()
    until = models.DateField()
    """The last day on which it is given out."""
    content = BytesField(max_length=32)
    """c of the envelope, as the act names it."""
    blob = BytesField(max_length=16, default=b"")
    """The one attachment of the case that goes with it; empty where words alone were given."""
    opened = models.BooleanField(default=False)
    sealed = BytesField()
    """Sealed to the receiver; empty once it has ended or was taken back."""
    kept = BytesField()
    """Sealed to the case: what was given."""

    class Meta:
        indexes = (
            models.Index(fields=("office", "receiver"), name="cases_copies_for"),
            models.Index(fields=("thread",), name="cases_copies_of"),
        )

    def __str__(self) -> str:
        """Return until when."""
        return str(self.until)


class CopyAnswer(models.Model):
    """What a helper sent back, sealed to the case."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    copy = BytesField(max_length=16)
    day = models.DateField()
    sealed = BytesField()

    class Meta:
        indexes = (models.Index(fields=("thread", "copy"), name="cases_copy_answers"),)

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)
