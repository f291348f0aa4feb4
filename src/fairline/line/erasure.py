"""What this room must forget, and how."""

from __future__ import annotations

from datetime import datetime

from fairline.core.erasure import keep
from fairline.core.transactions import writing
from fairline.line.models import Post, Replaced, SealedFile, TestTicket, Thread


def by_people_only(_now: datetime) -> int:
    """Delete nothing: no clock makes an end of a report, only two people with a reason do."""
    return 0


def shred_tickets(now: datetime) -> int:
    """Delete the tickets whose day has gone by. That one was used stays until the desk has opened."""
    with writing():
        count, _rows = TestTicket.objects.filter(until__lt=now.date(), used=None).delete()
    return count


UNTIL = "two members of the office shred it; the mailbox lives to the day stated when it was sent"

keep(Thread, until=UNTIL, shred=by_people_only)
keep(Post, until=UNTIL, shred=by_people_only)
keep(SealedFile, until=UNTIL, shred=by_people_only)
keep(Replaced, until=UNTIL, shred=by_people_only)
keep(TestTicket, until="the day after it was asked for; a used one proves that the desk was tried", shred=shred_tickets)
