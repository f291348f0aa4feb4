"""What core itself keeps."""

from __future__ import annotations

from django.db import models


class NightRun(models.Model):
    """The latest run of one nightly job: clear, because it is about the machine and no person. One row a job."""

    job = models.CharField(max_length=60, primary_key=True)
    as_of = models.DateTimeField()
    """The instant as of which it ran."""
    done = models.DateTimeField(null=True)
    """The newest instant as of which it ended well; None if it never did."""
    fault = models.CharField(max_length=200, blank=True)
    """The kind of error that stopped the latest run; empty if none did."""

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        """Return the job's name."""
        return self.job
