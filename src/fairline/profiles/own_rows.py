"""An office's own overlay: rows of a law whose period the office has made shorter for itself, each from a day on.

Only what the line counts can be made stricter, because a promise that nobody counts is none. No row is ever slower than
its law, and none counts for what began before its day: laying rows on a law is a function of that day alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from fairline.profiles.deadlines import Period, Unit
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import OUTCOMES, Basis, Law, Outcome, Status, Texts
from fairline.seal.fields import Fields

RETENTION: Final = "retention/"
"""Before an outcome: the row that says how long a case that ended so is kept. No clock's id holds a slash."""
COUNTED: Final = frozenset({"acknowledge", "read", "feedback"})
"""Actions whose clocks run on every report (``cases.clocks``); of the others nobody counts the days."""
BEGINS: Final = frozenset({"received", "acknowledged"})
LIMIT_MOST: Final = 10_000
"""No unit of a law counts so many."""
LEAST_KEPT_DAYS: Final = 30
"""Whoever reported, or was cleared, has that long to ask for another look or for what they need of the file."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row that the office has made stricter.

    Attributes:
        law: the profile that holds the row.
        row: id of a clock, or ``retention/`` and an outcome.
        period: the office's own.
        starts: first day on which something that begins runs under it.
    """

    law: str
    row: str
    period: Period
    starts: date


def read_row(fields: Fields) -> OwnRow:
    """Return the row that a request names: ``law``, ``row``, ``limit``, ``unit``, ``starts``.

    Raises:
        MalformedError: a field is missing or of another kind.
    """
    law, row = fields.text("law"), fields.text("row")
    period = Period(fields.integer("limit", 1, LIMIT_MOST), Unit(fields.one("unit", tuple(map(str, Unit)))))
    return OwnRow(law, row, period, fields.day("starts"))


def changeable(law: Law) -> Mapping[str, tuple[Period, Basis, Texts]]:
    """Return period, basis and label of each row of ``law`` that an office may make stricter; of outcomes no label."""
    found: dict[str, tuple[Period, Basis, Texts]] = {
        one.id: (one.period, one.basis, one.label)
        for one in law.clocks.values()
        if one.period is not None and one.action in COUNTED and one.starts in BEGINS
    }
    kept = ((outcome, law.retention[outcome]) for outcome in OUTCOMES if outcome in law.retention)
    return found | {f"{RETENTION}{outcome}": (row.period, row.basis, {}) for outcome, row in kept}


def refusal(law: Law, row: str, period: Period) -> str | None:
    """Return why the office cannot have ``period`` in a row: ``not-counted``, ``slower``, ``too-short``; None: it can.

    As long as the law's own is no refusal: so an office goes back to what the law gives.
    """
    there = changeable(law).get(row)
    if there is None:
        return "not-counted"
    given = there[0]
    if period.unit is not given.unit or period.amount > given.amount:
        return "slower"
    least = LEAST_KEPT_DAYS if row.startswith(RETENTION) and period.unit in (Unit.DAY, Unit.WORKING_DAY) else 1
    return "too-short" if period.amount < least else None


def in_force(rows: Iterable[OwnRow], day: date) -> Mapping[tuple[str, str], OwnRow]:
    """Return by law and row what counts for what begins on ``day``: the latest to start, of two the later named."""
    found: dict[tuple[str, str], OwnRow] = {}
    for one in rows:
        known = found.get((one.law, one.row))
        if one.starts <= day and (known is None or known.starts <= one.starts):
            found[one.law, one.row] = one
    return found


def laid(law: Law, rows: Mapping[tuple[str, str], OwnRow]) -> Law:
    """Return ``law`` with the office's rows in the place of its own; what is not stricter than the law is left out."""
    own = frozenset((row, one.period) for (name, row), one in rows.items() if name == law.id)
    return _laid(law.id, law.version, own) if own else law


@lru_cache(maxsize=256)
def _laid(name: str, version: int, own: frozenset[tuple[str, Period]]) -> Law:
    law = shipped_law(name, version)
    clocks, retention = dict(law.clocks), dict(law.retention)
    for row, period in own:
        # A newer file of the law may be stricter by now, or count in another unit: then the law counts.
        if refusal(law, row, period) is not None or period == changeable(law)[row][0]:
            continue
        if row.startswith(RETENTION):
            outcome = Outcome(row.removeprefix(RETENTION))
            kept = retention[outcome]
            retention[outcome] = replace(kept, period=period, basis=replace(kept.basis, status=Status.OWN))
        else:
            clock = clocks[row]
            clocks[row] = replace(clock, period=period, basis=replace(clock.basis, status=Status.OWN))
    return replace(law, clocks=MappingProxyType(clocks), retention=MappingProxyType(retention))
