"""What this room must forget: whom a request is about as soon as nobody searches any more, and soon after all of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from fairline.core.clock import day
from fairline.core.erasure import keep
from fairline.core.transactions import writing
from fairline.offices import queries as offices
from fairline.requests.models import AccessRequest, Approval, Run
from fairline.requests.queries import expired

KEPT: Final = timedelta(days=30)
"""So long the office sees that it answered in time; the record keeps the acts."""


def shred_requests(now: datetime) -> int:
    """Empty what is over, and delete what has been over for a while, with who approved and who searched."""
    gone = []
    for row in AccessRequest.objects.all():
        today = day(now, offices.zone_of(row.office) or "UTC")
        over = row.closed or _ended(row, today)
        if over is not None and row.sealed:
            AccessRequest.objects.filter(id=row.id).update(sealed=b"")
        if over is not None and today > over + KEPT:
            gone.append(row.id)
    with writing():
        Approval.objects.filter(request__in=gone).delete()
        Run.objects.filter(request__in=gone).delete()
        return AccessRequest.objects.filter(id__in=gone).delete()[0]


def shred_approvals(_now: datetime) -> int:
    """Delete approvals of requests that are gone."""
    return Approval.objects.exclude(request__in=list(_there())).delete()[0]


def shred_runs(_now: datetime) -> int:
    """Delete what was searched for requests that are gone."""
    return Run.objects.exclude(request__in=list(_there())).delete()[0]


def _there() -> list[bytes]:
    return list(AccessRequest.objects.values_list("id", flat=True))


def _ended(row: AccessRequest, today: date) -> date | None:
    approvals = Approval.objects.filter(request=row.id).count()
    return expired(row.recorded, approvals, today)


keep(AccessRequest, until="a month after everybody has searched for it, or its time is over", shred=shred_requests)
keep(Approval, until="the request that it approves is deleted", shred=shred_approvals)
keep(Run, until="the request that was searched for is deleted", shred=shred_runs)
