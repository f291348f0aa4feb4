"""When reviews are due: for those assigned with the case, for who answers for a desk as a number and a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from fairline.cases import rights, timekeeping
from fairline.line import queries as line
from fairline.protection.models import ProtectionFile

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member


@dataclass(frozen=True, slots=True)
class Review:
    """A review that is due: in which case, at which desk, by when."""

    thread: bytes
    desk: bytes
    due: date


@dataclass(frozen=True, slots=True)
class Late:
    """Reviews of one desk that are late: how many, and since when. No case is named to who is not assigned to it."""

    desk: bytes
    count: int
    oldest: date


def of_thread(member: Member, thread: bytes) -> dict[str, Any]:
    """Return the two days of a case, for who is assigned to it.

    Raises:
        Problem: 404 ``no-thread``.
    """
    rights.desk_of(member, thread)
    row = ProtectionFile.objects.filter(office=member.office, id=thread).first()
    return {name: _iso(None if row is None else getattr(row, name)) for name in ("review", "offer")}


def reviews_of(member: Member) -> list[Review]:
    """Return the reviews in the cases to which ``member`` is assigned, those due first before the others."""
    aside = rights.stepped_aside_from(member)
    return [Review(*one) for one in _due(member.office, rights.is_case_of(member)) if one[0] not in aside]


def late_of(member: Member, today: date) -> list[Late]:
    """Return what is late at the desks that ``member`` answers for: nobody can hide it by not looking at it.

    Who stepped aside learns no more of a report, not even a day: others answer for it, and oversight sees it.
    """
    answered_for, aside = timekeeping.desks_answered_for(member), rights.stepped_aside_from(member)
    late: dict[bytes, list[date]] = {}
    for thread, desk, due in _due(member.office, Q(), before=today):
        if desk in answered_for and thread not in aside:
            late.setdefault(desk, []).append(due)
    return [Late(desk, len(days), days[0]) for desk, days in sorted(late.items())]


def _due(office: bytes, whose: Q, before: date | None = None) -> list[tuple[bytes, bytes, date]]:
    rows = ProtectionFile.objects.filter(whose, office=office, review__isnull=False)
    if before is not None:
        rows = rows.filter(review__lt=before)
    stored = rows.order_by("review", "id").values_list("id", "review")
    found = [(bytes(key), day) for key, day in stored if day is not None]
    desks = line.desks_of_threads(office, [key for key, _day in found])
    return [(key, bytes(desks[key]), day) for key, day in found if key in desks]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
