"""That somebody is protected in a case, and two days of it; and numbers that name no case.

Every word of it is sealed in notes of the case (docs/formats.md §22).
"""

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


class ProtectionCount(models.Model):
    """How often closings of a month said one word of protection. A number a word: no row joins two words of one case.

    In clear. No thread, member or day stands in it, nor in any act (decision 0126).
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    law = models.CharField(max_length=60)
    month = models.DateField()
    """Its first day."""
    measure = models.CharField(max_length=24)
    category = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "law", "month", "measure", "category"), name="protection_counted_once"
            ),
        )
