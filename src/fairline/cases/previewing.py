"""What a new period would change, counted before anybody agrees to it: no report is named, and nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.cases import boards, timekeeping
from fairline.cases.clocks import State
from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.profiles.laws import Outcome
from fairline.profiles.own_rows import RETENTION

if TYPE_CHECKING:
    from datetime import date

    from fairline.profiles.laws import Law
    from fairline.profiles.own_rows import OwnRow

OVER = frozenset({State.MET, State.STOPPED})


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts over all desks of an office.

    Attributes:
        running: clocks that run, are late or stand still under the row today.
        moved: those of them that would end on another day.
        open: reports that are open today and would be kept under the row's new period if they end so from its day on.
    """

    running: int
    moved: int
    open: int


def changes(office: bytes, new: OwnRow, today: date) -> Changes:
    """Return what ``new`` would change, by counting every clock twice: as things are, and as if it were agreed to."""
    zone = offices.zone_of(office) or "UTC"
    rows = offices.own_rows(office).rows
    running = moved = ends = 0
    for desk in offices.desks(office):
        both = (None, timekeeping.Wanted(own=[*rows, new]))
        now, then = (timekeeping.Desk(office, desk.id, zone, today, wanted) for wanted in both)
        if new.row.startswith(RETENTION):
            terms = now.terms(today)
            if _keeps(terms.law, terms.fallback, new):
                ends += len(line.open_threads(office, desk.id))
            continue
        for before, after, number in boards.compared(office, desk.id, (now, then), today):
            if before.clock.id == new.row and before.law == new.law and before.state not in OVER:
                running += number
                moved += number if before.due != after.due else 0
    return Changes(running, moved, ends)


def _keeps(law: Law, fallback: Law, new: OwnRow) -> bool:
    """Whether a case of a desk under ``law`` that ends so is kept as the row says."""
    there = law if Outcome(new.row.removeprefix(RETENTION)) in law.retention else fallback
    return there.id == new.law
