"""Public files, as the office's acts and the nightly job have published them."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class PublicFile(models.Model):
    """One file that anyone may read: a signed document, a checkpoint, a day's batch. All in clear, because public."""

    id = KeyField()
    office = BytesField(max_length=16)
    path = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    body = BytesField()
    day = models.DateField()
    """The day of publication where the office is."""

    without_rowid = True

    class Meta:
        app_label = "published"
        constraints = (models.UniqueConstraint(fields=("office", "path"), name="published_path"),)

    def __str__(self) -> str:
        """Return the path."""
        return self.path
