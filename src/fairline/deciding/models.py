"""That a panel is asked about a case, and who sits on it. What is asked and answered is sealed (formats §23)."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class Panel(models.Model):
    """A question to a panel. In clear: days, and the hash of a sealed note. No word of what is asked or decided."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    asked = BytesField(max_length=32)
    """c of the note that holds the question and its evidence."""
    at = models.DateTimeField()
    """When it was asked: a case that was reopened since can ask anew."""
    r_posts = models.PositiveIntegerField()
    """How much the reporting person had written by then: what comes after may be their answer."""
    until = models.DateField()
    """The last day they are given to answer."""
    size = models.PositiveSmallIntegerField(default=0)
    """How many sit on it, from the first seating on: no place is added to those that have answered."""
    ended = models.BooleanField(default=False)
    """It came to nothing, and good faith stands."""

    class Meta:
        indexes = (models.Index(fields=("thread",), name="deciding_panels_of"),)

    def __str__(self) -> str:
        """Return until when they can answer."""
        return str(self.until)


class Seat(models.Model):
    """One member of a panel. In clear: who, and that they have answered. How is sealed to the case."""

    without_rowid = True

    id = KeyField(default=None)
    """The id of the document that they were given."""
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    panel = BytesField(max_length=16)
    member = BytesField(max_length=16)
    until = models.DateField()
    """The last day on which they can read it and answer."""
    declared = models.BooleanField(default=False)
    """They have said that they know nobody in it and have no part in it; before that they read nothing."""
    vote = BytesField(max_length=32, default=b"")
    """c of their answer; empty while there is none."""
    sign = BytesField(max_length=32, default=b"")
    """The key with which they signed it, as the charter had it then."""
    gone = models.BooleanField(default=False)
    """They stepped aside, or their time passed without an answer; another member may take their place."""

    class Meta:
        indexes = (
            models.Index(fields=("panel",), name="deciding_seats_of"),
            models.Index(fields=("office", "member"), name="deciding_seats_for"),
        )

    def __str__(self) -> str:
        """Return whether they have answered."""
        return "answered" if self.vote else "open"
