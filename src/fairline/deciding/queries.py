"""How a case stands towards a panel, for those assigned; and what a member of a panel is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.cases import queries as cases
from fairline.cases import rights
from fairline.deciding.models import Panel, Seat
from fairline.line import queries as line

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member


@dataclass(frozen=True, slots=True)
class Standing:
    """A panel of a case.

    Attributes:
        until: the last day that the reporting person is given.
        heard: that day has passed, or they have written since.
        ended: it came to nothing.
        size: how many sit on it; 0 before the first seating.
        seats: who sits, and whether they have answered; never how.
    """

    until: date
    heard: bool
    ended: bool
    size: int
    seats: Sequence[Seat]


def current(thread: bytes) -> Panel | None:
    """Return the panel that counts: one asked before the case was last reopened decides nothing any more."""
    panel = Panel.objects.filter(thread=thread).order_by("-at").first()
    reopened = cases.reopened(thread)
    return None if panel is None or (reopened is not None and panel.at <= reopened) else panel


def of_thread(member: Member, thread: bytes, today: date) -> Standing | None:
    """Return how a case stands towards a panel, for who is assigned to it; None while none was asked.

    Raises:
        Problem: 404 ``no-thread``.
    """
    rights.desk_of(member, thread)
    panel = current(thread)
    if panel is None:
        return None
    seats = list(Seat.objects.filter(panel=panel.id).order_by("id"))
    wrote = line.is_there(member.office, thread, "r", panel.r_posts)
    return Standing(panel.until, today > panel.until or wrote, panel.ended, panel.size, seats)


def seats_of(member: Member, today: date) -> Sequence[Seat]:
    """Return the places that ``member`` has on panels and can still read for."""
    rows = Seat.objects.filter(office=member.office, member=member.id, gone=False, until__gte=today)
    return list(rows.order_by("until", "id"))
