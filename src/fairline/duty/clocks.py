"""How an organisation's duties under one law stand in a case, which follows from what was noted: nothing is stored.

A clock of these laws binds the organisation, or its authority; none runs on a person (docs/profiles.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Final
from zoneinfo import ZoneInfo

from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Due, Place, due
from fairline.profiles.laws import Clock, Law


@unique
class Kind(StrEnum):
    """What can be noted."""

    AWARE = "aware"
    """The organisation became aware. Noted again it can only be earlier: nobody gains time by it."""
    REQUESTED = "requested"
    """The authority asked how it stands."""
    ENDED = "investigation-ended"
    """The organisation's own enquiry is over."""
    DONE = "done"
    """A row was done: the notification went, the answer came."""
    NOT_OWED = "not-owed"
    """A row that does not bind here; never said of one that is late, which would hide it."""


@unique
class State(StrEnum):
    """How a row stands."""

    WAITING = "waiting"
    """What it runs from has not happened."""
    OPEN = "open"
    """To be done, and the law names no number: promptly."""
    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    NOT_OWED = "not-owed"


FOLLOWS: Final = {"early-warning": "warned", "notification": "submitted"}
"""What begins when a row of this action was done."""
PROGRAMME: Final = "reviewed"
"""Rows that run from a review bind an organisation's programme, in no case."""
OWN: Final = "organisation"


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that was noted."""

    kind: Kind
    row: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One row as it stands.

    Attributes:
        clock: the row.
        state: how it stands.
        began: from when it runs.
        due: when it is due; None where the law names no number, or it has not begun.
        done: when it was done.
        confirmed: whether a member of the office has confirmed the row, with source and day.
    """

    clock: Clock
    state: State
    began: datetime | None
    due: Due | None
    done: datetime | None
    confirmed: bool = False

    @property
    def is_law(self) -> bool:
        """Whether a page may call it the law."""
        return self.clock.basis.is_law or self.confirmed

    @property
    def ours(self) -> bool:
        """Whether the organisation owes it, and not its authority."""
        return self.clock.owner == OWN

    @property
    def in_time(self) -> bool:
        """Whether it was done before it was late."""
        return self.done is not None and (self.due is None or self.done < self.due.until)


def said_parts(noted: Sequence[Noted]) -> frozenset[str]:
    """Return the parts of the law that the organisation said it falls under; a later note adds, and takes none away."""
    return frozenset(one.row for one in noted if one.kind is Kind.AWARE)


def parts(law: Law) -> list[str]:
    """Return the parts of which ``law`` has rows of their own."""
    return sorted({clock.applies for clock in law.clocks.values()} - {""})


def standing(law: Law, noted: Sequence[Noted], now: datetime, zone: str) -> list[Standing]:
    """Return every row of ``law`` that binds this organisation, those that are due first before the others."""
    bound, days = {""} | said_parts(noted), law.days
    calendar = calendar_of(days.country, days.subdivision, days.free, days.working)
    place = Place(ZoneInfo(zone), calendar, days.roll)
    rows = [
        _standing(clock, law, noted, now, place)
        for clock in law.clocks.values()
        if clock.applies in bound
        and clock.starts != PROGRAMME
        and clock.basis.holds_on(now.astimezone(place.zone).date())
    ]
    return sorted(rows, key=lambda one: (one.due is None, one.due.until if one.due else now, one.clock.id))


def _standing(clock: Clock, law: Law, noted: Sequence[Noted], now: datetime, place: Place) -> Standing:
    began = _began(clock.starts, law, noted)
    if any(one.kind is Kind.NOT_OWED and one.row == clock.id for one in noted):
        return Standing(clock, State.NOT_OWED, began, None, None)
    if began is None:
        return Standing(clock, State.WAITING, None, None, None)
    ends = None if clock.period is None else due(began, clock.period, place)
    # Asked again, it is owed again: what was answered before does not count.
    done = next((one.at for one in noted if one.kind is Kind.DONE and one.row == clock.id and one.at >= began), None)
    if done is not None:
        state = State.DONE
    elif ends is None:
        state = State.OPEN
    else:
        state = State.LATE if now >= ends.until else State.RUNNING
    return Standing(clock, state, began, ends, done)


def _began(starts: str, law: Law, noted: Sequence[Noted]) -> datetime | None:
    if starts == Kind.REQUESTED:
        return max((one.at for one in noted if one.kind is Kind.REQUESTED), default=None)
    if starts in set(Kind):
        return min((one.at for one in noted if one.kind == starts), default=None)
    rows = {clock.id for clock in law.clocks.values() if FOLLOWS.get(clock.action) == starts}
    return min((one.at for one in noted if one.kind is Kind.DONE and one.row in rows), default=None)
