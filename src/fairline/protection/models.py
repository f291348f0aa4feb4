"""That somebody is protected in a case, and two days of it. Every word of it is sealed in notes of the case (§22)."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class ProtectionFile(models.Model):
    """What the server must know of a protection file: days, so that none is forgotten. No measure, person or word."""

    without_rowid = True

    id = KeyField(default=None)
    """Clear: the thread's. Whoever is not assigned to that case learns nothing of this row but a late day."""
    office = BytesField(max_length=16)
    review = models.DateField(null=True)
    """Clear: the next day on which a measure is reviewed; none while no measure stands."""
    offer = models.DateField(null=True)
    """Clear: the day from which the mailbox offers to tell what has happened since; none where a member set none."""

    class Meta:
        indexes = (models.Index(fields=("office", "review"), name="protection_reviews"),)
