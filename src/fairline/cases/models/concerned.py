"""How a person concerned is informed and heard, and how it ended for them."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class HearingStep(models.Model):
    """A step of informing and hearing a person concerned. In clear: words of closed lists, days, and nobody's name.

    It stands at the case, and names no mailbox: which one is theirs is sealed. The report door may not read this table.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    step = models.CharField(max_length=8)
    """See ``hearing.Step``."""
    reason = models.CharField(max_length=12, default="")
    about = BytesField(max_length=32, default=b"")
    """c of the note that holds the draft, where the step is about one."""
    day = models.DateField()
    until = models.DateField(null=True)
    """Day on which the time to answer ends."""
    place = models.PositiveIntegerField()
    """Counts up within a case: steps of one day have an order."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "place"), name="cases_hearing_step_once"),)

    def __str__(self) -> str:
        """Return the step."""
        return self.step


class Clearance(models.Model):
    """How a matter ended for a person concerned, for whom they show the code to. It names no case and no mailbox."""

    without_rowid = True

    id = KeyField(default=None)
    """As the code gives it."""
    office = BytesField(max_length=16)
    sealed = BytesField()
    """Sealed: an age file that the code alone opens."""
    until = models.DateField()
    """Kept until then: longer than the case, which it shall outlive."""

    class Meta:
        indexes = (models.Index(fields=("until",), name="cases_clearances_until"),)
