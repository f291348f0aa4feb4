"""The record's nightly job."""

from __future__ import annotations

from fairline.core.jobs import Night, for_each, nightly
from fairline.ledger import publishing, queries


@nightly("record", after=("triages",))
def publish_records(night: Night) -> None:
    """Publish every office's days that are over.

    Raises:
        ExceptionGroup: what went wrong at each office for which it did.
    """
    for_each(queries.offices(), lambda office: publishing.publish_due(office, night.now))
