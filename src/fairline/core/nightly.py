"""Core's own nightly job: every room's shredders."""

from __future__ import annotations

from fairline.core.erasure import shred_due
from fairline.core.jobs import Night, nightly


@nightly("shred")
def shred(night: Night) -> None:
    """Delete what has been kept as long as it may be."""
    shred_due(night.now)
