"""How all clocks of a desk stand: what is due, late or paused.

A desk may have a hundred thousand open reports. Most of them arrived on the same days and met with the same, so their
clocks stand alike: they are reckoned once for each such group, and only what somebody looks at is named one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from fairline.cases import rights
from fairline.cases.clocks import Happened, Standing, State, What, standing
from fairline.cases.models import ClockEvent
from fairline.cases.timekeeping import Desk, desks_answered_for
from fairline.line import queries as line
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member
    from fairline.line.queries import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """One clock of one report on the board."""

    thread: bytes
    desk: bytes
    standing: Standing


@dataclass(frozen=True, slots=True)
class Board:
    """What a page shows of a board: how many clocks stand how, and those that are due first."""

    counts: Mapping[State, int]
    soonest: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Alike:
    """Reports of one desk whose clocks stand alike; of those, what still runs, is late or paused."""

    desk: bytes
    standings: Sequence[Standing]
    threads: Sequence[bytes]


def board(office: bytes, desks: Iterable[bytes], today: date) -> list[Row]:
    """Return every clock at ``desks`` that still runs, is late or paused, those due first before the others.

    Whoever reads it has been found entitled; it names reports by their random ids and holds no word of them.
    """
    return _rows(_alike(office, desks, today))


def counted(office: bytes, desks: Iterable[bytes], today: date) -> Iterator[tuple[bytes, Standing, int]]:
    """Yield how many clocks at each of ``desks`` stand alike: the desk, how, and the number."""
    for alike in _alike(office, desks, today):
        for one in alike.standings:
            yield alike.desk, one, len(alike.threads)


def board_of(member: Member, today: date) -> list[Row]:
    """Return what is due in the reports that exist for ``member``: of their desks, and their own cases."""
    return _rows(_of(member, today))


def board_shown(member: Member, today: date, most: int) -> Board:
    """Return the board of ``board_of``, of which the ``most`` clocks that are due first are named."""
    return _shown(_of(member, today), most)


def late_of(member: Member, today: date) -> list[Row]:
    """Return what is late at the desks that ``member`` answers for, but in what they have stepped aside from."""
    return _rows(_late(member, today))


def late_shown(member: Member, today: date, most: int) -> Board:
    """Return the board of ``late_of``, of which the ``most`` clocks that were due first are named."""
    return _shown(_late(member, today), most)


def _of(member: Member, today: date) -> Iterator[Alike]:
    # A case may have come to a desk that is not theirs: of that one they see what is due in their own cases alone.
    desks = rights.desks_of(member) | rights.desks_of_cases(member)
    aside = rights.stepped_aside_from(member)
    yield from _alike(member.office, sorted(desks), today, aside, lambda desk: rights.reader_of_all_at(member, desk))


def _late(member: Member, today: date) -> Iterator[Alike]:
    # Who stepped aside learns no more of a report, not even its day: others answer for it, and oversight sees it.
    aside = rights.stepped_aside_from(member)
    desks = sorted(desks_answered_for(member))
    for alike in _alike(member.office, desks, today, aside):
        late = [one for one in alike.standings if one.state is State.LATE]
        if late:
            yield Alike(alike.desk, late, alike.threads)


def _alike(
    office: bytes,
    desks: Iterable[bytes],
    today: date,
    aside: Collection[bytes] = (),
    reader_at: Callable[[bytes], Reader | None] = lambda _desk: None,
) -> Iterator[Alike]:
    """Yield the open reports of ``desks``, by what their clocks depend on: the day they arrived, and what happened.

    Args:
        office: whose.
        desks: where.
        today: the present day of the office.
        aside: reports of which who asks is told no day.
        reader_at: who asks, at each desk: of what exists for them alone; every report where None.
    """
    zone = offices.zone_of(office) or "UTC"
    happened = _happened(office)
    for desk in desks:
        of = Desk(office, desk, zone, today)
        for (arrived, events), threads in _groups(office, desk, happened, aside, reader_at(desk)):
            found = standing(arrived, of.terms(arrived), events, today)
            running = [one for one in found if one.state not in (State.MET, State.STOPPED)]
            if running:
                yield Alike(desk, running, threads)


def compared(
    office: bytes, desk: bytes, terms: tuple[Desk, Desk], today: date, aside: Collection[bytes] = ()
) -> Iterator[tuple[Standing, Standing, int]]:
    """Yield every clock at ``desk`` as it stands under the one and under the other terms, and how many stand so.

    Args:
        office: whose.
        desk: where.
        terms: the one and the other.
        today: the present day of the office.
        aside: reports of which who asks is told no day.
    """
    one, other = terms
    for (arrived, events), threads in _groups(office, desk, _happened(office), aside):
        then = {found.action: found for found in standing(arrived, other.terms(arrived), events, today)}
        for before in standing(arrived, one.terms(arrived), events, today):
            yield before, then[before.action], len(threads)


def _groups(
    office: bytes,
    desk: bytes,
    happened: Mapping[bytes, tuple[Happened, ...]],
    aside: Collection[bytes],
    reader: Reader | None = None,
) -> Iterable[tuple[tuple[date, tuple[Happened, ...]], list[bytes]]]:
    """The open reports of a desk that exist for who asks, by the day they arrived and what happened."""
    groups: defaultdict[tuple[date, tuple[Happened, ...]], list[bytes]] = defaultdict(list)
    for thread, arrived in line.open_threads(office, desk, reader):
        if thread not in aside:
            groups[arrived, happened.get(thread, ())].append(thread)
    return groups.items()


def _happened(office: bytes) -> dict[bytes, tuple[Happened, ...]]:
    rows = ClockEvent.objects.filter(office=office).order_by("place")
    same: dict[tuple[str, str, date, str], tuple[Happened, ...]] = {}
    found: dict[bytes, tuple[Happened, ...]] = {}
    for thread, action, what, day, reason in rows.values_list("thread", "action", "what", "day", "reason"):
        # Nearly every report has met with one thing only, on one of few days: that is made once.
        one = same.get((action, what, day, reason))
        if one is None:
            one = same[action, what, day, reason] = (Happened(action, What(what), day, reason),)
        key = bytes(thread)
        before = found.get(key)
        found[key] = one if before is None else before + one
    return found


def _rows(found: Iterable[Alike]) -> list[Row]:
    named = (Row(key, alike.desk, one) for alike in found for key in alike.threads for one in alike.standings)
    return sorted(named, key=_order)


def _shown(found: Iterable[Alike], most: int) -> Board:
    counts: Counter[State] = Counter()
    by_day: defaultdict[tuple[bool, str], list[tuple[Alike, Standing]]] = defaultdict(list)
    for alike in found:
        for one in alike.standings:
            counts[one.state] += len(alike.threads)
            by_day[_day(one)].append((alike, one))
    rows: list[Row] = []
    for day in sorted(by_day):
        # Of reports whose clocks stand alike the first by id come first, and no more than are shown at all.
        due = (Row(key, alike.desk, one) for alike, one in by_day[day] for key in nsmallest(most, alike.threads))
        rows += nsmallest(most - len(rows), due, key=_order)
        if len(rows) == most:
            break
    return Board(counts, rows)


def _day(one: Standing) -> tuple[bool, str]:
    return (one.due is None, "" if one.due is None else one.due.day.isoformat())


def _order(row: Row) -> tuple[bool, str, bytes, str]:
    return (*_day(row.standing), row.thread, row.standing.action)


__all__ = ["Board", "Row", "board", "board_of", "board_shown", "compared", "counted", "late_of", "late_shown"]
