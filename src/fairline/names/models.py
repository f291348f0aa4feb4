"""That somebody asks to have a sealed name opened, and what each custodian answers (docs/formats.md §26).

In clear: which report, who asks, the days, and who has answered how. Sealed: the ground, the reasons, every share. The
name itself is not here, neither before nor after. Beside it the shares that custodians passed on (§27).
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


class Gathering(models.Model):
    """A custodian asks the others for their shares, to make the lost ones of those who are gone once more."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    member = BytesField(max_length=16)
    """Who asks, and to whom the others seal theirs."""
    successor = BytesField(max_length=16)
    """The custodian to whom those that are made again are sealed."""
    begun = models.DateField()
    over = models.DateField(null=True)
    """The day on which it was ended; what was gathered is deleted then."""

    class Meta:
        indexes = (models.Index(fields=("office", "begun"), name="names_gathering_begun"),)

    def __str__(self) -> str:
        """Return the day on which it began."""
        return str(self.begun)


class GatheringRefusal(models.Model):
    """A custodian who hands nothing over in a gathering, or has nothing: it waits for them no longer."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    gathering = BytesField(max_length=16)
    member = BytesField(max_length=16)
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("gathering", "member"), name="names_refused_once"),)

    def __str__(self) -> str:
        """Return the day on which they said so."""
        return str(self.day)


class PassedShare(models.Model):
    """A share that one custodian sealed to another, who keeps it; or, within a gathering, to who asks for it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    message = models.PositiveIntegerField()
    """Place on chain r of the report or message that gave the name."""
    index = models.PositiveSmallIntegerField()
    """Which share of the deal: its order is that of the public charter."""
    member = BytesField(max_length=16)
    """To whom alone it is sealed."""
    giver = BytesField(max_length=16)
    gathering = BytesField(max_length=16, default=b"")
    """Empty where it is kept in the place of another's; else it goes with that gathering."""
    day = models.DateField()
    sealed = BytesField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("thread", "message", "member", "gathering", "index"), name="names_passed_once"
            ),
        )
        indexes = (models.Index(fields=("gathering",), name="names_gathered"),)

    def __str__(self) -> str:
        """Return the day on which it was passed on."""
        return str(self.day)
