"""Sealed pages that members' browsers keep: who owns them and what they speak of (docs/formats.md §13)."""

from __future__ import annotations

from django.db import models

from fairline.cases.models.words import DESK, MEMBER
from fairline.core.fields import BytesField, KeyField


class Index(models.Model):
    """One index of sealed pages: of a member, or of a desk. Its row is the lock under which it changes."""

    without_rowid = True

    id = KeyField(default=None)
    """The member's or the desk's id."""
    office = BytesField(max_length=16)
    kind = models.CharField(max_length=6, choices=[(MEMBER, MEMBER), (DESK, DESK)])
    change = models.PositiveBigIntegerField(default=0)
    """Counts up with each change: whoever asks again says which one they have seen."""

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class IndexPage(models.Model):
    """A page of up to 500 entries, as a browser sealed it. A cache: it may be deleted at any time."""

    without_rowid = True

    pk = models.CompositePrimaryKey("index_id", "page")
    index = models.ForeignKey(Index, on_delete=models.CASCADE, db_index=False, related_name="pages")
    page = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField()
    """How often it was written; the browser has bound the sealed bytes to it."""
    key = models.PositiveIntegerField()
    """Clear: the desk's epoch whose seed opens it; 0 for a member's."""
    threads = BytesField()
    """Clear: ids of the threads that it speaks of, so that what must be forgotten is found without opening it."""
    sealed = BytesField()

    def __str__(self) -> str:
        """Return place and version."""
        return f"{self.page} {self.version}"


class IndexDelta(models.Model):
    """Entries that are newer than the pages and stand in none of them yet."""

    without_rowid = True

    id = KeyField(default=None)
    """Made by the browser, which has bound the sealed bytes to it."""
    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="deltas")
    change = models.PositiveBigIntegerField()
    key = models.PositiveIntegerField()
    threads = BytesField()
    sealed = BytesField()

    def __str__(self) -> str:
        """Return the change that brought it."""
        return str(self.change)
