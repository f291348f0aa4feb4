"""The record's nightly job."""

from __future__ import annotations

from fairline.core.jobs import Night, nightly
from fairline.ledger import publishing, queries


@nightly("record")
def publish_records(night: Night) -> None:
    """Publish every office's days that are over."""
    for office in queries.offices():
        publishing.publish_due(office, night.now)
