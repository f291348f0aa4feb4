"""What is over at a desk, and how long it is still kept: the facts of ``retention``, asked of the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from fairline.cases import rights, timekeeping
from fairline.cases.models import CLOSED_IT, SET_ALIKE, SET_ASIDE, Deletion, Doing, Hold, ReadMark, Slip
from fairline.cases.retention import ASIDE, CLOSED, Over, Standing, State, standing
from fairline.core.clock import day as clocks_day
from fairline.core.limits import ERASURE_DAYS
from fairline.line import queries as line
from fairline.line.states import CLOSED as IS_CLOSED
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from fairline.core.permissions import Member
    from fairline.line.queries import Ended


@dataclass(frozen=True, slots=True)
class Row:
    """One report that is over."""

    thread: bytes
    desk: bytes
    standing: Standing
    hold: Hold | None
    """What holds it back today."""
    deletion: bytes
    """Id of the request for its deletion that waits; empty where nobody asks."""


def board(office: bytes, desks: Iterable[bytes], today: date, only: Collection[bytes] | None = None) -> list[Row]:
    """Return everything at ``desks`` that is closed or set aside, what may be deleted first before the rest.

    Whoever reads it has been found entitled; it names reports by their random ids and holds no word of them.

    Args:
        office: whose.
        desks: of them.
        today: where the office is.
        only: these threads and no others.
    """
    zone = offices.zone_of(office) or "UTC"
    rows: list[Row] = []
    for desk in desks:
        there = line.ended(office, desk, only)
        if there:
            rows += _of_desk(office, desk, zone, there, today)
    return sorted(rows, key=lambda row: (row.standing.due, row.thread))


def of_thread(office: bytes, thread: bytes, today: date) -> Row | None:
    """Return how one report stands; None while it is not over."""
    desk = line.thread_desk(office, thread)
    return None if desk is None else next(iter(board(office, [bytes(desk)], today, [thread])), None)


def board_of(member: Member, today: date) -> list[Row]:
    """Return what is over and exists for ``member``: set aside at their desks, and their own closed cases."""
    mine, aside = rights.desks_of(member), rights.stepped_aside_from(member)
    desks, own = mine | rights.desks_of_cases(member), frozenset(rights.cases_of(member))
    return [
        row
        for row in board(member.office, sorted(desks), today)
        if row.thread not in aside
        and (row.thread in own if row.standing.over.kind == CLOSED else row.desk in mine)
    ]  # fmt: skip


def late_of(member: Member, today: date) -> list[Row]:
    """Return what should be deleted and is not, where ``member`` answers for it: unread, or lying too long."""
    aside = rights.stepped_aside_from(member)
    rows = board(member.office, sorted(timekeeping.desks_answered_for(member)), today)
    return [row for row in rows if row.standing.late and row.thread not in aside]


def waiting(office: bytes, today: date) -> Mapping[bytes, bytes]:
    """Return the threads for whose deletion somebody asks, with the id of the request."""
    asked = Deletion.objects.filter(office=office, day=None, asked__gte=today - timedelta(days=ERASURE_DAYS))
    return {bytes(thread): bytes(key) for thread, key in asked.values_list("threads__id", "id") if thread is not None}


def holds(office: bytes, today: date, only: Collection[bytes] | None = None) -> Mapping[bytes, Hold]:
    """Return what holds threads back today: agreed by two, or asked for within a week."""
    fresh = Q(day=None, asked__gte=today - timedelta(days=ERASURE_DAYS))
    rows = Hold.objects.filter(Q(day__isnull=False) | fresh, office=office, until__gte=today)
    if only is not None:
        rows = rows.filter(thread__in=list(only))
    # What two have agreed to is named rather than what one asks; then what lasts longer.
    return {bytes(row.thread): row for row in sorted(rows, key=lambda row: (row.day is not None, row.until))}


def _of_desk(office: bytes, desk: bytes, zone: str, there: Sequence[Ended], today: date) -> list[Row]:
    ids = [one.id for one in there]
    asked, held = waiting(office, today), holds(office, today, ids)
    slips = {bytes(row.id): row for row in Slip.objects.filter(office=office, desk=desk)}
    set_aside = _last(office, zone, (SET_ASIDE, SET_ALIKE))
    ended = _last(office, zone, (CLOSED_IT,))
    read = _read(office)
    of = timekeeping.Desk(office, desk, zone)
    rows = []
    for one in there:
        key, slip = bytes(one.id), slips.get(bytes(one.id))
        closed = one.status == IS_CLOSED
        # A mailbox opened for somebody has no slip, since it is no report; it is over all the same, and nothing that
        # is over may lie here for ever because nobody counts it.
        since = slip.closed if closed and slip else (ended if closed else set_aside).get(key, one.newest)
        over = Over(
            kind=CLOSED if closed else ASIDE, outcome=slip.outcome if closed and slip else "", since=since,
            unread=one.messages - 1 > read.get(key, -1), held=key in held, asked=key in asked,
        )  # fmt: skip
        # What the office has made shorter counts for what is closed from that day on.
        began, ending = of.terms(one.arrived), of.terms(since)
        confirmed = {(terms.law.id, terms.law.version, row) for terms in (began, ending) for row in terms.confirmed}
        stands = standing(over, [began.law, ending.law], ending.fallback, today, confirmed)
        rows.append(Row(key, desk, stands, held.get(key), asked.get(key, b"")))
    return rows


def _last(office: bytes, zone: str, what: Collection[str]) -> Mapping[bytes, date]:
    """The day on which this was last done, by thread."""
    rows = Doing.objects.filter(office=office, what__in=what).order_by().values_list("thread")
    return {bytes(thread): clocks_day(at, zone) for thread, at in rows.annotate(last=Max("at"))}


def _read(office: bytes) -> Mapping[bytes, int]:
    """The newest message of the reporting person that anybody has had on the screen, by thread."""
    marks = ReadMark.objects.filter(office=office, chain="r").order_by().values_list("thread")
    return {bytes(thread): newest for thread, newest in marks.annotate(newest=Max("n"))}


__all__ = ["Row", "State", "board", "board_of", "holds", "late_of", "of_thread", "waiting"]
