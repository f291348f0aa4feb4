"""Running the nightly jobs, one after the other, and remembering how each went."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from fairline.core.jobs import Night, in_order
from fairline.core.models import NightRun
from fairline.core.transactions import writing

log = logging.getLogger(__name__)


def run_all(now: datetime) -> Sequence[str]:
    """Run every nightly job as of ``now``; return the names of those that failed. One failure stops no other job."""
    failed = []
    for name, job in in_order():
        fault = ""
        try:
            job(Night(now))
        except Exception as error:
            log.exception("the nightly job %s failed", name)
            fault = type(error).__qualname__
            failed.append(name)
        _remember(name, now, fault)
    return failed


def _remember(name: str, now: datetime, fault: str) -> None:
    with writing():
        row = NightRun.objects.filter(job=name).first() or NightRun(job=name)
        row.as_of, row.fault = now, fault[:200]
        if not fault:
            row.done = now
        row.save()
