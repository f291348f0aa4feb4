"""Rows of laws that the office has confirmed or made stricter for itself, and the versions that it has adopted."""

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


class OwnLawRow(models.Model):
    """A shorter period than a law's row gives: one asks for it, a second agrees. Clear: once agreed it is public."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    number = models.PositiveIntegerField()
    """Counts up within an office."""
    law = models.CharField(max_length=60)
    row = models.CharField(max_length=60)
    """Id of a clock, or ``retention/`` and an outcome."""
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=2)
    """As the law's row counts: an office is quicker in the same unit."""
    starts = models.DateField()
    """The first day on which something that begins runs under it; later than the day on which two had agreed."""
    what = BytesField()
    """The act by which it was asked for: whoever agrees names its hash."""
    asked_by = BytesField(max_length=16)
    asked = models.DateField()
    agreed_by = BytesField(max_length=16, default=b"")
    day = models.DateField(null=True)
    """The day on which a second agreed; none: it waits, and counts for nothing."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "number"), name="offices_own_row_once"),)

    def __str__(self) -> str:
        """Return law and row."""
        return f"{self.law} {self.row}"


class AdoptedLaw(models.Model):
    """A version of a law, and from which day on the office works under it. Only ever added to: cases ran under it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    number = models.PositiveIntegerField()
    """Counts up within an office."""
    law = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    starts = models.DateField()
    """The first day on which something that begins runs under it."""
    member = BytesField(max_length=16, default=b"")
    """Who adopted it; nobody for what was the newest when the office was founded."""
    day = models.DateField()
    """The day on which they signed."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "number"), name="offices_adopted_once"),)

    def __str__(self) -> str:
        """Return law and version."""
        return f"{self.law} {self.version}"
