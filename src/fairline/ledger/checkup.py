"""What `fairline check` says about the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from fairline.core.checkups import Finding, checkup, wrong
from fairline.ledger import keys
from fairline.ledger.errors import LedgerError
from fairline.ledger.models import Log
from fairline.seal.primitives import b64


@checkup
def record_keys(_now: datetime) -> Iterator[Finding]:
    """Both keys of every office are there."""
    for office in set(Log.objects.values_list("office", flat=True)):
        for read in (keys.promise_seed, keys.checkpoint_seed):
            try:
                read(office)
            except LedgerError as error:
                yield wrong(
                    f"{error.sentence} Restore it from a backup: without it the office {b64(office)} breaks its word."
                )


@checkup
def published_days(now: datetime) -> Iterator[Finding]:
    """Every day that is over is published."""
    for log in Log.objects.order_by("origin"):
        due = now.astimezone(log.place).date() - timedelta(days=1)
        # A day further is a change of the time zone to the west, and the next day takes what comes.
        if log.closed > due + timedelta(days=1):
            yield wrong(
                f"The record {log.origin} is closed up to {log.closed}, which is still to come: a night ran while the"
                " clock was ahead. Nothing can be promised until that day is over."
            )
        # The night's work of a day may still be under way an hour into the next.
        if log.closed < due - timedelta(days=1) or (log.closed < due and now.astimezone(log.place).hour > 0):
            yield wrong(
                f"The record {log.origin} was last published for {log.closed}; promises since then are overdue."
            )
