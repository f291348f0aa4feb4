"""What people did to the clocks of a report, and who of them is away."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class ClockEvent(models.Model):
    """Something that people did to a clock of a report: read it, answered, took more time, stopped it.

    In clear, days and no times, nobody's name: the mailbox shows it too. Who signed it stands in the acts log.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    action = models.CharField(max_length=16)
    """``read`` or ``feedback``: which clock."""
    what = models.CharField(max_length=8)
    """See ``clocks.What``."""
    reason = models.CharField(max_length=12, default="")
    """Of a closed list (``clocks.Reason``); empty where none is needed."""
    day = models.DateField()
    place = models.PositiveIntegerField()
    """Counts up within a thread: events of one day have an order."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "place"), name="cases_clock_event_once"),)
        indexes = (models.Index(fields=("office", "action", "what"), name="cases_clock_events"),)

    def __str__(self) -> str:
        """Return clock and event."""
        return f"{self.action} {self.what}"


class Absence(models.Model):
    """From when to when a member is away, as they say it themselves. In clear, two days and no reason."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    member = BytesField(max_length=16)
    since = models.DateField()
    until = models.DateField()
    """The last day of it."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "member"), name="cases_one_absence"),)

    def __str__(self) -> str:
        """Return the two days."""
        return f"{self.since} {self.until}"
