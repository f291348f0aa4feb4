"""Rows of laws that a named member has looked up, with source and day: from then on the office calls them the law."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class ConfirmedRow(models.Model):
    """What one member signed about one row of one law. Only ever added to; the newest counts. In clear."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    law = models.CharField(max_length=60)
    row = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    """Counts up within an office."""
    source = models.CharField(max_length=300)
    """Where it stands, as they wrote it: an article, a gazette, an address."""
    looked = models.DateField()
    """The day on which they looked."""
    member = BytesField(max_length=16)
    day = models.DateField()
    """The day on which they signed."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "number"), name="offices_confirmed_once"),)

    def __str__(self) -> str:
        """Return law and row."""
        return f"{self.law} {self.row}"
