"""What was taken in of exported cases that the office did not know any more."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class TakenIn(models.Model):
    """An exported case that stands here again, as a case of its own: so it is not taken in twice.

    It goes when that case is deleted; then the certificate of its deletion names both.
    """

    without_rowid = True

    id = KeyField(default=None)
    """Of the thread that was exported, and of which this office has nothing but the file."""
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    """The case that holds the file."""
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread",), name="cases_taken_in_once"),)

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)
