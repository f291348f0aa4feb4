"""How requests for access stand: for handlers and leads, who search; and which cases a holder's browser searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import queries as cases
from fairline.cases import rights
from fairline.cases.hearing import month_later
from fairline.core.problems import Problem
from fairline.offices import queries as offices
from fairline.requests.models import AccessRequest, Approval, Run

if TYPE_CHECKING:
    from fairline.core.permissions import Member

NEEDED: Final = 2
"""Approvals, of two people who did not record it."""
UNAPPROVED: Final = timedelta(days=14)
MONTHS: Final = 3
"""A month, and two more where it is complex (Regulation (EU) 2016/679, article 12(3)); then nobody searches."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it stands today.

    Attributes:
        row: as it is stored.
        due: a calendar month after it came.
        approvals: of `NEEDED`.
        runs: ids of those who have searched.
        waiting: ids of those who hold a case and have not.
        over: nobody searches any more: all have, or its time has passed.
    """

    row: AccessRequest
    due: date
    approvals: Sequence[Approval]
    runs: frozenset[bytes]
    waiting: frozenset[bytes]
    over: bool

    @property
    def approved(self) -> bool:
        """Whether two others have approved it."""
        return len(self.approvals) >= NEEDED

    @property
    def stranded(self) -> bool:
        """Whether it is approved, nobody who holds a case has still to search, and no last search has closed it."""
        return self.approved and not self.over and not self.waiting


def ended(office: bytes) -> int:
    """Return how many requests of the last weeks two people ended because nobody was left to search."""
    return AccessRequest.objects.filter(office=office, unsearched=True).count()


def require_stranded(found: Standing) -> None:
    """Refuse the end of a request that somebody can still search.

    Raises:
        Problem: 409 ``request``.
    """
    if not found.stranded:
        message = _("This request ends by its searches: somebody who holds cases has still to search, or it is over.")
        raise Problem(409, "request", message)


def expired(recorded: date, approvals: int, today: date) -> date | None:
    """Return the last day on which anybody could approve or search, if it has passed."""
    last = recorded + UNAPPROVED
    if approvals >= NEEDED:
        last = recorded
        for _ in range(MONTHS):
            last = month_later(last)
    return last if today > last else None


def standing(row: AccessRequest, today: date) -> Standing:
    """Return how a request stands today."""
    approvals = list(Approval.objects.filter(request=row.id).order_by("id"))
    runs = frozenset(map(bytes, Run.objects.filter(request=row.id).values_list("member", flat=True)))
    over = row.closed is not None or expired(row.recorded, len(approvals), today) is not None
    return Standing(row, month_later(row.recorded), approvals, runs, holders(row.office) - runs, over)


def of_office(member: Member, today: date) -> list[Standing]:
    """Return the requests of the office, those that are due first before the others; for handlers and leads."""
    return [
        standing(row, today) for row in AccessRequest.objects.filter(office=member.office).order_by("recorded", "id")
    ]


def owed_by(member: Member, today: date) -> list[Standing]:
    """Return the requests for which ``member`` has something to do, those that are due first before the others.

    Who recorded one sees to it until it is answered; the others until they have approved it, or searched their cases.
    """
    return [found for found in of_office(member, today) if found.row.closed is None and _owes(found, member.id)]


def _owes(found: Standing, member: bytes) -> bool:
    if found.row.member == member:
        return True
    if found.over:
        return False
    if found.stranded:
        return member != found.row.ending_by
    return member in found.waiting if found.approved else member not in {one.member for one in found.approvals}


@dataclass(frozen=True, slots=True)
class RequestCount:
    """How many requests stand alike, and the day by which the oldest of them was to be answered."""

    state: str
    count: int
    oldest: date


def counts(office: bytes, today: date) -> list[RequestCount]:
    """Count the requests that nobody has answered: ``running``, and ``late`` where their month is over.

    One whose time has passed without an answer stays late: nothing but an answer takes it off before it is deleted.
    """
    found: dict[str, list[date]] = {}
    for row in AccessRequest.objects.filter(office=office, closed=None):
        due = month_later(row.recorded)
        found.setdefault("late" if today > due else "running", []).append(due)
    return [RequestCount(state, len(days), min(days)) for state, days in sorted(found.items())]


def one(member: Member, key: bytes, today: date) -> Standing:
    """Return one request of the member's office.

    Raises:
        Problem: 404 ``no-request``.
    """
    row = AccessRequest.objects.filter(office=member.office, id=key).first()
    if row is None:
        raise Problem(404, "no-request", _("There is no such request here."))
    return standing(row, today)


def searched(member: Member, key: bytes, today: date) -> Sequence[bytes]:
    """Return the cases that ``member`` holds, for their own browser to search: of an approved request alone.

    Raises:
        Problem: 404 ``no-request``; 409 ``request``.
    """
    found = one(member, key, today)
    require_searchable(found)
    aside = rights.stepped_aside_from(member)
    return [thread for thread in rights.cases_of(member) if thread not in aside]


def require_searchable(found: Standing) -> None:
    """Refuse a search that two others have not approved, or whose time is over.

    Raises:
        Problem: 409 ``request``.
    """
    if not found.approved or found.over:
        message = _(
            "Nobody searches for a person but for a request that two others have approved and whose time is not over."
        )
        raise Problem(409, "request", message)


def holders(office: bytes) -> frozenset[bytes]:
    """Return who holds a case and is still a handler or lead of the office."""
    facts = (offices.member(office, one) for one in cases.holders(office))
    return frozenset(one.id for one in facts if one is not None and rights.desks_of(one))
