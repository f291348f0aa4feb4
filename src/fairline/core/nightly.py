"""Core's own nightly job: every room's shredders."""

from __future__ import annotations

from fairline.core.erasure import shred_due
from fairline.core.jobs import Night, nightly


@nightly("shred", after=("record",))
def shred(night: Night) -> None:
    """Delete what has been kept as long as it may be. A store of files that does not answer holds up no promise."""
    shred_due(night.now)
