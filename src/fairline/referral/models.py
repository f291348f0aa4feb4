"""Reports on their way to another office, and which office is competent for what. No word of a report is in clear."""

from __future__ import annotations

from typing import Final

from django.db import models

from fairline.core.fields import BytesField, KeyField, NumberKeyField

WAITING: Final = "waiting"
PROMISED: Final = "promised"
STALE: Final = "stale"
REFUSED: Final = "refused"
BACK: Final = "back"


class Referral(models.Model):
    """One report that a member of ours files at another office. It waits here until that office has promised it."""

    without_rowid = True

    id = KeyField(default=None)
    """Clear: the mailbox's id at the other office, made by the member's browser. What cannot become two is known by
    it: the other office takes one report under it."""
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    """Clear: the case of ours that it comes from; it goes with that."""
    peer = BytesField(max_length=32)
    """Clear: F of the other office, as our charter names it."""
    host = models.CharField(max_length=255)
    """Clear: where its report door is, as our charter named it when this was filed."""
    at = BytesField(max_length=16)
    """Clear: the other office's id, as the member's browser has proven it from F."""
    desk = BytesField(max_length=16)
    epoch = models.PositiveIntegerField()
    promise_key = BytesField(max_length=32)
    """Clear: the key of the other office's promises, as the member's browser has proven it: another's is no promise."""
    content = BytesField(max_length=32)
    """Clear: ``c`` of the report, as the member's act names it."""
    leaf = BytesField(max_length=96)
    """Clear: the entry that the other office promises."""
    sealed = BytesField(default=b"")
    """Sealed: the drop, to the other office's desk alone. Emptied once it is promised."""
    member = BytesField(max_length=16)
    """Clear: who filed it, or sealed it anew."""
    filed = models.DateTimeField()
    state = models.CharField(max_length=8, default=WAITING)
    """Clear: ``waiting``, ``promised``, ``stale`` (the desk has another key: it must be sealed anew), ``refused``,
    ``back`` (a member has taken it back: it is not sent any more)."""
    next_try = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=12, default="")
    """Clear: why the newest try came to nothing, one of our own words."""
    promised = models.DateField(null=True)
    """Clear: the day that the promise names."""
    promise = BytesField(default=b"")
    """Clear: its signature."""

    class Meta:
        indexes = (
            models.Index(fields=("office", "thread"), name="referral_of_thread"),
            models.Index(fields=("state", "next_try"), name="referral_due"),
        )

    def __str__(self) -> str:
        """Return the state."""
        return self.state


class ReferralPart(models.Model):
    """A part of a file that goes along with a referral, sealed anew for the other office until that has promised."""

    id = NumberKeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    """Clear: the case of ours that it comes from; it goes with that."""
    referral = BytesField(max_length=16, default=b"")
    """Clear: the referral that names it; empty until one does."""
    member = BytesField(max_length=16)
    """Clear: who sealed it. Nobody else's referral can name it."""
    desk = BytesField(max_length=16)
    """Clear: the other office's desk that reads it."""
    blob = BytesField(max_length=16)
    number = models.PositiveIntegerField()
    parts = models.PositiveIntegerField()
    hash = BytesField(max_length=32)
    """Clear: of the sealed bytes."""
    size = models.PositiveIntegerField()
    parcel = BytesField()
    """Sealed: the part as it goes to the other office's door, with what that door is told in clear."""
    given = models.BooleanField(default=False)
    """Clear: the other office holds it."""
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("blob", "number"), name="referral_one_part"),)
        indexes = (models.Index(fields=("referral",), name="referral_parts"),)

    def __str__(self) -> str:
        """Return which part it is."""
        return f"{self.number + 1} of {self.parts}"


class Competence(models.Model):
    """What our office says of another that it may refer to: its name, what it is for, and where."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    peer = BytesField(max_length=32)
    """Clear: F of the other office. The charter decides whether anything goes there, not this row."""
    document = BytesField()
    """Clear: what an administrator wrote and signed (docs/formats.md §19)."""
    member = BytesField(max_length=16)
    said = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "peer"), name="referral_one_competence"),)
