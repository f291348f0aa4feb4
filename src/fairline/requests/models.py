"""That somebody asks what the office holds about them. Who it is, is sealed; what was found, nowhere (formats §25)."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class AccessRequest(models.Model):
    """A verified request for access. In clear: days and who recorded it. Whom it is about is sealed."""

    without_rowid = True

    id = KeyField(default=None)
    """Made by the recording browser; the envelope stands under it, so that it names nobody."""
    office = BytesField(max_length=16)
    member = BytesField(max_length=16)
    """Who recorded it."""
    recorded = models.DateField()
    content = BytesField(max_length=32)
    """c of the envelope, as the acts name it."""
    sealed = BytesField()
    """Sealed to handlers and leads; empty once it is closed or its time is over."""
    closed = models.DateField(null=True)
    """The day on which everybody who holds a case had searched, or on which two ended it since nobody was left to."""
    ending = BytesField(default=b"")
    """The act by which somebody said that nobody is left to search, and that the person was told; whoever ends it names
    its hash."""
    ending_by = BytesField(max_length=16, default=b"")
    unsearched = models.BooleanField(default=False)
    """Whether it was ended although not everything may have been searched."""

    class Meta:
        indexes = (models.Index(fields=("office", "recorded"), name="requests_recorded"),)

    def __str__(self) -> str:
        """Return when it came."""
        return str(self.recorded)


class Approval(models.Model):
    """A member's signed word that this request may be searched for. Browsers take it from nobody but them."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    request = BytesField(max_length=16)
    member = BytesField(max_length=16)
    what = BytesField()
    signature = BytesField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "member"), name="requests_one_approval"),)


class Run(models.Model):
    """A member has searched their own cases for it. In clear: that, and the day. What was found is kept nowhere."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    request = BytesField(max_length=16)
    member = BytesField(max_length=16)
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "member"), name="requests_one_run"),)
