"""That somebody asks to have a sealed name opened, and what each custodian answers (docs/formats.md §26).

In clear: which report, who asks, the days, and who has answered how. Sealed: the ground, the reasons, every share. The
name itself is not here, neither before nor after.
"""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class NameRequest(models.Model):
    """A request to the custodians. What it says is sealed to them, to oversight and to who is assigned to the case."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    message = models.PositiveIntegerField()
    """Place on chain r of the report or message whose shares are asked for."""
    member = BytesField(max_length=16)
    """Who asks, to whom alone a share is sealed."""
    asked = models.DateField()
    content = BytesField(max_length=32)
    """c of the envelope, as the acts name it."""
    sealed = BytesField()
    counter = models.PositiveBigIntegerField()
    """The number of the asker's act, by which its row is found in the record."""
    told = models.DateField(null=True)
    """The day of the message that told the reporting person; none where the request says why they were not told."""
    over = models.DateField(null=True)
    """The day on which its asker took it back."""

    class Meta:
        indexes = (
            models.Index(fields=("office", "asked"), name="names_asked"),
            models.Index(fields=("thread",), name="names_thread"),
        )

    def __str__(self) -> str:
        """Return the day on which it was asked."""
        return str(self.asked)


class Answer(models.Model):
    """One custodian's answer, given once: a share sealed to the asker, or that they hand none over, and why."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    request = BytesField(max_length=16)
    member = BytesField(max_length=16)
    day = models.DateField()
    sealed = BytesField(default=b"")
    """A release; empty for who hands none over."""
    reason = models.CharField(max_length=8, default="")
    """One of a closed list where none is handed over; no word of the case."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "member"), name="names_one_answer"),)

    def __str__(self) -> str:
        """Return the day on which it was given."""
        return str(self.day)
