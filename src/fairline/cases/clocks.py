"""The law's clocks on one report: from which day each runs, when it is due, and how it stands.

Nothing of this is stored but what people did (``ClockEvent``): the rest follows from the day of arrival and from the
law that was in force at the desk on that day. So no clock can be hidden, and none runs on under a newer law.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Due, Pause, Period, Place, Unit, due
from fairline.profiles.laws import Clock, Law, Texts

NOON: Final = time(12)
"""The report door keeps days and no times; within its day every moment gives the same deadline."""

ACKNOWLEDGE: Final = "acknowledge"
READ: Final = "read"
FEEDBACK: Final = "feedback"
ACTIONS: Final = (ACKNOWLEDGE, READ, FEEDBACK)
"""What runs on every report. Acknowledging is the promise, which comes with the arrival."""


class Reason(StrEnum):
    """Why somebody moved a clock: a closed list, because it stands in clear. What is behind it is said in a note."""

    COMPLEX = "complex"
    WAITING = "waiting"
    ELSEWHERE = "elsewhere"
    TRANSLATION = "translation"
    EXPERT = "expert"
    COURT = "court"
    ASKED = "asked"


class What(StrEnum):
    """What can happen to a clock."""

    READ = "read"
    FEEDBACK = "feedback"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"


class State(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    LATE = "late"
    MET = "met"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a clock, on a day of the office."""

    action: str
    what: What
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what a report's clocks run.

    Attributes:
        law: of the desk on the day of arrival.
        fallback: the general rules, for what that law has no clock for.
        applies: which kind of receiver the desk is, where the law makes a difference.
        acknowledge: the desk's own days, which may be fewer than the law's.
        feedback: the desk's own months, likewise.
        zone: of the office.
        confirmed: rows of the law that a named member has confirmed.
    """

    law: Law
    fallback: Law
    applies: str
    acknowledge: int
    feedback: int
    zone: str
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """One clock of one report.

    Attributes:
        action: ``acknowledge``, ``read`` or ``feedback``.
        clock: its row in the law.
        starts: day from which it runs.
        due: when; None while it is paused.
        state: how it stands today.
        met: the day on which it was met.
        extended: whether more time was taken, with a reason.
        ours: whether the desk's own number is stricter than its law.
        confirmed: whether a member of the office has confirmed the row, with source and day.
        law: id of the law that holds the row: the desk's, or the general rules.
    """

    action: str
    clock: Clock
    starts: date
    due: Due | None
    state: State
    met: date | None
    extended: bool
    ours: bool
    confirmed: bool = False
    law: str = ""

    @property
    def is_law(self) -> bool:
        """Whether a page may call it the law: a row verified or confirmed, whose number nobody has made stricter."""
        return (self.clock.basis.is_law or self.confirmed) and not self.ours

    @property
    def label(self) -> Texts:
        """What is to be done, by language."""
        return self.clock.label


def standing(arrived: date, terms: Terms, happened: Sequence[Happened], today: date) -> list[Standing]:
    """Return the clocks of a report that arrived on ``arrived``: acknowledgement, reading, feedback."""
    found = []
    for action in ACTIONS:
        clock = _clock(action, arrived, terms)
        if clock is not None:
            own = [one for one in happened if one.action == action]
            found.append(_standing(clock, arrived, terms, own, today))
    return found


def _clock(action: str, day: date, terms: Terms) -> Clock | None:
    """The strictest row of the law for this action on that day, else that of the general rules."""
    for law in (terms.law, terms.fallback):
        found = [one for one in law.clocks_of(action, day, terms.applies) if one.period is not None]
        if found:
            return min(found, key=lambda one: _due(day, _period(one), terms).day)
    return None


def _standing(clock: Clock, arrived: date, terms: Terms, happened: Sequence[Happened], today: date) -> Standing:
    action = clock.action
    extended = clock.extended is not None and any(one.what is What.EXTENDED for one in happened)
    period = clock.extended if extended and clock.extended is not None else _period(clock)
    stricter = _stricter(action, arrived, period, terms, extended=extended)
    pauses = list(_pauses(happened))
    ends = due(_noon(arrived, terms.zone), stricter or period, _place(terms), pauses)
    met = arrived if action == ACKNOWLEDGE else next((one.day for one in happened if one.what in _MEETS), None)
    stopped = any(one.what is What.STOPPED for one in happened)
    if met is not None:
        state = State.MET
    elif stopped:
        state = State.STOPPED
    elif ends is None:
        state = State.PAUSED
    else:
        state = State.LATE if today > ends.day else State.RUNNING
    of_law = terms.law.clocks.get(clock.id) == clock
    known = of_law and clock.id in terms.confirmed
    law = terms.law.id if of_law else terms.fallback.id
    return Standing(action, clock, arrived, ends, state, met, extended, stricter is not None, known, law)


_MEETS: Final = frozenset({What.READ, What.FEEDBACK})


def _stricter(action: str, arrived: date, period: Period, terms: Terms, *, extended: bool) -> Period | None:
    """The desk's own number where it ends sooner than the law's; who takes more time with a reason leaves it too."""
    if extended or action not in (ACKNOWLEDGE, FEEDBACK):
        return None
    own = Period(terms.acknowledge, Unit.DAY) if action == ACKNOWLEDGE else Period(terms.feedback, Unit.MONTH)
    return own if _due(arrived, own, terms).day < _due(arrived, period, terms).day else None


def _pauses(happened: Sequence[Happened]) -> Iterable[Pause]:
    begun: date | None = None
    for one in happened:
        if one.what is What.PAUSED and begun is None:
            begun = one.day
        elif one.what is What.RESUMED and begun is not None:
            yield Pause(datetime.combine(begun, NOON, UTC), datetime.combine(one.day, NOON, UTC))
            begun = None
    if begun is not None:
        yield Pause(datetime.combine(begun, NOON, UTC))


def _due(arrived: date, period: Period, terms: Terms) -> Due:
    found = due(_noon(arrived, terms.zone), period, _place(terms))
    if found is None:
        raise ValueError("a clock without pauses ends")
    return found


def _period(clock: Clock) -> Period:
    if clock.period is None:
        raise ValueError(clock.id)
    return clock.period


def _noon(day: date, zone: str) -> datetime:
    return datetime.combine(day, NOON, ZoneInfo(zone)).astimezone(UTC)


def _place(terms: Terms) -> Place:
    days = terms.law.days
    return Place(ZoneInfo(terms.zone), calendar_of(days.country, days.subdivision, days.free, days.working), days.roll)
