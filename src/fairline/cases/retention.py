"""How long a report is kept once it is over: from which day it may be deleted, and how it stands today.

Nothing of this is stored. It follows from the day on which a case was closed or a report set aside, from its outcome,
and from the law of its desk; so no day of deletion can be hidden, moved or forgotten. Deleting is what two people do
(``deleting``), never a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from fairline.core.limits import RETENTION_LATE_DAYS, RETENTION_WARNING_DAYS, SET_ASIDE_DAYS
from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Period, Unit, last_day
from fairline.profiles.laws import OUTCOMES, Outcome, Status
from fairline.profiles.own_rows import RETENTION

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fairline.profiles.laws import Law, Retention

CLOSED: Final = "closed"
ASIDE: Final = "aside"
OWN: Final = "The office's own commitment (Fairline's default)"


class State(StrEnum):
    """How something that is over stands today."""

    KEPT = "kept"
    SOON = "soon"
    DUE = "due"
    UNREAD = "unread"
    """Its day has come, and there is something in it that nobody has read: it is not deleted, it is shown in red."""
    HELD = "held"
    ASKED = "asked"
    """Somebody has asked for its deletion, and a second person has not agreed yet."""


@dataclass(frozen=True, slots=True)
class Over:
    """A report that is over, as facts.

    Attributes:
        kind: ``closed`` or ``aside``.
        outcome: how a case ended; empty for what was set aside, and for a mailbox that was opened for somebody: how
            that ended stands in no row.
        since: the day on which it was closed or set aside.
        unread: whether the reporting person wrote something that nobody has read.
        held: whether two people hold it back, or one asks to.
        asked: whether somebody has asked for its deletion.
    """

    kind: str
    outcome: str
    since: date
    unread: bool
    held: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """From which day something may be deleted, why, and how it stands.

    Attributes:
        over: the facts.
        period: how long it is kept.
        due: the first day on which it may be deleted.
        law: whether a page may call it the law; else it is the office's own commitment.
        source: where the period comes from.
        state: how it stands today.
        late: whether leads and oversight must see it.
    """

    over: Over
    period: Period
    due: date
    law: bool
    source: str
    state: State
    late: bool


def standing(
    over: Over, laws: Sequence[Law], fallback: Law, today: date, confirmed: Collection[tuple[str, int, str]] = ()
) -> Standing:
    """Return how something stands that is over.

    Args:
        over: what it is.
        laws: of its desk, on the day of arrival and on that of closing; where they differ the stricter one counts.
        fallback: the general rules, for an outcome that no law names.
        today: where the office is.
        confirmed: rows that a member has confirmed, each by its law, its version and its name.
    """
    period, due, law, source = _kept(over, laws, fallback, confirmed)
    state = _state(over, due, today)
    late = state is State.UNREAD or (state is State.DUE and today >= due + timedelta(days=RETENTION_LATE_DAYS))
    return Standing(over, period, due, law, source, state, late)


def _kept(
    over: Over, laws: Sequence[Law], fallback: Law, confirmed: Collection[tuple[str, int, str]]
) -> tuple[Period, date, bool, str]:
    if over.kind == ASIDE:
        period = Period(int(SET_ASIDE_DAYS), Unit.DAY)
        return period, over.since + timedelta(days=period.amount), False, OWN
    # Where no outcome is known the shortest time counts: nothing is kept longer than a law says for anything.
    outcomes = (Outcome(over.outcome),) if over.outcome else OUTCOMES
    due, row, law = min((_row(over.since, outcome, laws, fallback) for outcome in outcomes), key=lambda one: one[0])
    # A period of the office's own is its commitment, whoever looked up the law's.
    named = (law.id, law.version, f"{RETENTION}{row.outcome}")
    looked_up = row.basis.status is Status.UNVERIFIED and named in confirmed
    return row.period, due, row.basis.is_law or looked_up, row.basis.source


def _row(since: date, outcome: Outcome, laws: Sequence[Law], fallback: Law) -> tuple[date, Retention, Law]:
    """The stricter row for an outcome, the last day by it, and whose it is."""
    named = [law for law in laws if outcome in law.retention] or [fallback]
    found = [(_due(since, law.retention[outcome], law), law.retention[outcome], law) for law in named]
    return min(found, key=lambda one: one[0])


def _due(since: date, row: Retention, law: Law) -> date:
    days = law.days
    return last_day(since, row.period, calendar_of(days.country, days.subdivision, days.free, days.working))


def _state(over: Over, due: date, today: date) -> State:
    if over.held:
        return State.HELD
    if today < due:
        return State.SOON if today >= due - timedelta(days=RETENTION_WARNING_DAYS) else State.KEPT
    if over.unread:
        return State.UNREAD
    return State.ASKED if over.asked else State.DUE
