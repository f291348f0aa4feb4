"""What was noted of an organisation's duties in a case: moments, and rows of a law; no word."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class DutyEvent(models.Model):
    """That somebody became aware, was asked, or notified. Clear, because clocks follow from it and none may be hidden.

    Nobody's name: who signed it stands in the acts log.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    law = models.CharField(max_length=40)
    """Id of a profile that binds organisations."""
    kind = models.CharField(max_length=20)
    """See ``clocks.Kind``."""
    row = models.CharField(max_length=60)
    """The row that was done; for ``aware`` the part of the law that the organisation falls under, mostly empty."""
    at = models.DateTimeField()
    """When it happened, as its author signed it, to the minute: some of these laws count hours."""
    noted = models.DateField()
    """The day on which it was noted: who looks sees what was written down later."""

    class Meta:
        indexes = (models.Index(fields=("office", "thread"), name="duty_events"),)

    def __str__(self) -> str:
        """Return law and event."""
        return f"{self.law} {self.kind}"
