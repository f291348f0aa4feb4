"""Who is away, and what each colleague has on their table: for handing work on, never for comparing people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import boards, rights
from fairline.cases.models import Absence, CaseKeys
from fairline.core.limits import ABSENCE_DAYS, DUE_SOON_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairline.core.permissions import Member


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person who handles reports."""

    member: bytes
    open: int
    """Cases that they are assigned to and that are not closed, of the desks of who asks."""
    due: int
    """How many of those have a clock that is late or due within a week."""
    absent: tuple[date, date] | None
    """First and last day, where they are away today or will be."""


def leave(member: Member, since: date, until: date, today: date) -> None:
    """Say that one is away from one day to another, both counted; what was said before is replaced.

    Raises:
        Problem: 422 ``absence``: the days are out of order, over, or more than a year.
    """
    if not (since <= until and today <= until and until - since <= timedelta(days=ABSENCE_DAYS)):
        raise Problem(422, "absence", _("Please give a first and a last day, at most a year apart and not over yet."))
    with writing():
        days = {"since": since, "until": until}
        Absence.objects.update_or_create(office=member.office, member=member.id, defaults=days)


def come_back(member: Member) -> None:
    """Say that one is here (again)."""
    with writing():
        Absence.objects.filter(office=member.office, member=member.id).delete()


def absences(member: Member, today: date) -> Mapping[bytes, tuple[date, date]]:
    """Return who of the office is away or will be, with the first and the last day."""
    rows = Absence.objects.filter(office=member.office, until__gte=today).values_list("member", "since", "until")
    return {bytes(one): (since, until) for one, since, until in rows}


def colleagues(member: Member, today: date) -> Sequence[Colleague]:
    """Return everybody who handles reports in this office, in the order of their ids: nobody is first."""
    desks = rights.desks_of(member)
    held = CaseKeys.objects.filter(office=member.office).values_list("thread", "member")
    assigned = [(bytes(thread), bytes(one)) for thread, one in held]
    ours = {bytes(thread) for desk in desks for thread, _day in line.open_threads(member.office, desk)}
    limit = today + timedelta(days=DUE_SOON_DAYS)
    pressing = ours & {
        row.thread
        for row in boards.board(member.office, sorted(desks), today)
        if row.standing.due is not None and row.standing.due.day <= limit
    }
    has_open = Counter(one for thread, one in assigned if thread in ours)
    has_due = Counter(one for thread, one in assigned if thread in pressing)
    away = absences(member, today)
    working = [
        one.id
        for one in offices.members(member.office)
        if any(role.partition("@")[0] in rights.READERS for role in one.roles)
    ]
    return [Colleague(one, has_open[one], has_due[one], away.get(one)) for one in sorted(working)]
