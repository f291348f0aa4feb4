"""How duties stand: in a case for those assigned, as numbers for who answers for a desk and for auditors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from fairline.cases import rights, timekeeping
from fairline.core.problems import Problem
from fairline.duty.clocks import Kind, Noted, Standing, State, standing
from fairline.duty.models import DutyEvent
from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.profiles.confirmable import still_said
from fairline.profiles.shipped import for_organisations
from fairline.profiles.versions import law_on

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.core.permissions import Member
    from fairline.profiles.laws import Law
    from fairline.profiles.versions import AdoptedVersion

PRESSING = frozenset({State.RUNNING, State.LATE})


@dataclass(frozen=True, slots=True)
class Owed:
    """One row of one case that is owed."""

    thread: bytes
    desk: bytes
    law: str
    row: Standing


@dataclass(frozen=True, slots=True)
class DutyCount:
    """How many rows of one desk stand alike: no case can be told from it."""

    desk: bytes
    state: State
    count: int
    oldest: date


def law(office: bytes, name: str, found: Sequence[Noted], now: datetime) -> Law:
    """Return a profile that binds organisations, in the version that counted when the organisation became aware.

    Args:
        office: whose.
        name: of the law.
        found: what was noted under it in a case; nothing yet: the version that counts today.
        now: the present instant.

    Raises:
        Problem: 422 ``law``.
    """
    require(name)
    return _law(offices.law_versions(office), name, found, now, zone(office))


def require(name: str) -> None:
    """Refuse what is no law that binds organisations.

    Raises:
        Problem: 422 ``law``.
    """
    if name not in for_organisations():
        raise Problem(422, "law", _("There is no such law that binds organisations."))


def _law(
    adopted: Sequence[AdoptedVersion], name: str, found: Sequence[Noted], now: datetime, where: ZoneInfo
) -> Law:
    aware = min((one.at for one in found if one.kind is Kind.AWARE), default=now)
    return law_on(adopted, name, aware.astimezone(where).date(), now.astimezone(where).date())


def zone(office: bytes) -> ZoneInfo:
    """Return where the office's days begin."""
    return ZoneInfo(offices.zone_of(office) or "UTC")


def noted(office: bytes, thread: bytes) -> dict[str, list[Noted]]:
    """Return what was noted in one case, by law, in the order in which it happened."""
    return _noted(office, Q(thread=thread)).get(thread, {})


def of_thread(member: Member, thread: bytes, now: datetime) -> dict[str, list[Standing]]:
    """Return how every law stands that was begun in a case, for who is assigned to it.

    Raises:
        Problem: 404 ``no-thread``.
    """
    rights.desk_of(member, thread)
    of = _Terms(member.office, now)
    return {name: of.standing(name, found) for name, found in noted(member.office, thread).items()}


def owed_of(member: Member, now: datetime) -> list[Owed]:
    """Return what is owed in the cases to which ``member`` is assigned, what is due first before the rest."""
    aside = rights.stepped_aside_from(member)
    own = rights.is_case_of(member, "thread")
    return sorted((one for one in _owed(member.office, own, now) if one.thread not in aside), key=_until)


def late_of(member: Member, now: datetime) -> list[DutyCount]:
    """Return what is late at the desks that ``member`` answers for; no case is named."""
    answered_for = timekeeping.desks_answered_for(member)
    return [one for one in counts(member.office, answered_for, now) if one.state is State.LATE]


def counts(office: bytes, desks: Collection[bytes], now: datetime) -> list[DutyCount]:
    """Count what runs and what is late at ``desks``."""
    found: Counter[tuple[bytes, State]] = Counter()
    oldest: dict[tuple[bytes, State], date] = {}
    for one in sorted(_owed(office, Q(), now), key=_until):
        if one.desk not in desks or one.row.due is None:
            continue
        place = (one.desk, one.row.state)
        found[place] += 1
        oldest.setdefault(place, one.row.due.day)
    return [DutyCount(*place, number, oldest[place]) for place, number in sorted(found.items())]


def is_owed(office: bytes, thread: bytes, now: datetime) -> bool:
    """Return whether anything with a day is still owed in a case."""
    return any(_owed(office, Q(thread=thread), now))


class _Terms:
    """How the laws of organisations stand at one office, with what its members have confirmed of them."""

    def __init__(self, office: bytes, now: datetime) -> None:
        self._now, self._where = now, zone(office)
        self._adopted, self._confirmed = offices.law_versions(office), offices.confirmed_rows(office)

    def standing(self, name: str, found: Sequence[Noted]) -> list[Standing]:
        law = _law(self._adopted, name, found, self._now, self._where)
        rows = standing(law, found, self._now, self._where.key)
        return [replace(one, confirmed=self._is_confirmed(law, one.clock.id)) for one in rows]

    def _is_confirmed(self, law: Law, row: str) -> bool:
        by = self._confirmed.get((law.id, row))
        return by is not None and still_said(self._adopted, law, row, by.day)


def _owed(office: bytes, whose: Q, now: datetime) -> Iterator[Owed]:
    found = _noted(office, whose)
    desks, of = line.desks_of_threads(office, list(found)), _Terms(office, now)
    for thread, laws in found.items():
        if thread not in desks:
            continue
        for name, events in laws.items():
            for row in of.standing(name, events):
                if row.ours and row.state in PRESSING:
                    yield Owed(thread, bytes(desks[thread]), name, row)


def _noted(office: bytes, whose: Q) -> dict[bytes, dict[str, list[Noted]]]:
    rows = DutyEvent.objects.filter(whose, office=office)
    found: dict[bytes, dict[str, list[Noted]]] = {}
    for thread, name, kind, row, at in rows.order_by("at").values_list("thread", "law", "kind", "row", "at"):
        found.setdefault(bytes(thread), {}).setdefault(name, []).append(Noted(Kind(kind), row, at.astimezone(UTC)))
    return found


def _until(one: Owed) -> datetime:
    if one.row.due is None:
        raise ValueError("what is pressing has a day")
    return one.row.due.until
