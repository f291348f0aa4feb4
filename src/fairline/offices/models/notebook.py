"""What a member takes down for somebody who comes, rings or writes, until it is a report."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField
from fairline.offices.models.people import Member


class NotebookPage(models.Model):
    """One note, sealed by its author's browser for itself (docs/formats.md §17). Nobody else can fetch it."""

    without_rowid = True

    id = KeyField(default=None)
    """Made by the browser, which has bound the sealed bytes to it."""
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notebook")
    version = models.PositiveBigIntegerField()
    """How often it was written; the browser has bound the sealed bytes to it."""
    day = models.DateField()
    """Of the newest writing: what nobody goes on with is deleted."""
    sealed = BytesField()

    def __str__(self) -> str:
        """Return the version."""
        return str(self.version)
