"""What this room keeps: the counts of a month as they were when it was over."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class MonthCounts(models.Model):
    """The true counts of one population in one month, frozen: quarters and years are sums of what is here.

    In clear, for the office's machine and its auditors alone; numbers below five are in it and leave it nowhere.
    Reports are deleted and cases reopened later, and a sum made anew would tell which by its difference.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    population = models.CharField(max_length=40)
    month = models.DateField()
    """Its first day."""
    counts = BytesField()
    """JSON: by group, measure and category. The acts log holds its hash."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "population", "month"), name="oversight_month_once"),
        )

    def __str__(self) -> str:
        """Return population and month."""
        return f"{self.population} {self.month:%Y-%m}"
