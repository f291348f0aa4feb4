"""What a closing adds to the figures: categories of closed lists, and the month. Never a thread, a name or a day.

The machine writes the same into the acts log beside the member's signed act, so that an auditor counts every figure
again from what nobody can change any more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairline.cases import timekeeping
from fairline.cases.clocks import ACKNOWLEDGE, FEEDBACK, READ, Standing
from fairline.cases.models import Case, Counted
from fairline.core.clock import day as clocks_day
from fairline.core.figures import Amount
from fairline.ledger import services as ledger
from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.seal.closing import CONCERNS, KNOWINGLY_FALSE, OUTCOMES, Amounts
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date, datetime

COUNTED: Final = "counted"
"""The act that the machine records beside each closing that is counted."""
IN_TIME: Final = ("in-time", "late", "never")
TOOK: Final = (("week", 7), ("month", 30), ("quarter", 91), ("half", 182), ("year", 365))
"""How long a case took: days at most. Bands, because a number of days would be a fingerprint of the case."""
LONGER: Final = "longer"
MEASURES: Final[Mapping[str, tuple[str, ...]]] = {
    "desk": (),
    "class": CONCERNS,
    "outcome": (*OUTCOMES, KNOWINGLY_FALSE),
    "took": (*(name for name, _days in TOOK), LONGER),
    "acknowledged": IN_TIME,
    "read": IN_TIME,
    "answered": IN_TIME,
    "extended": ("no", "yes"),
    "closing": ("first", "again"),
}
"""Everything that is counted of a closing, each in exactly one category of every measure."""
COLUMNS: Final[Mapping[str, str]] = {"class": "concern"}
"""Measures whose column has another name."""
AMOUNTS: Final = ("damage", "recovered")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a member said of a case as they closed it, all of it signed."""

    outcome: str
    concern: str
    amounts: Amounts | None
    again: bool
    """It was closed before, and reopened. Each closing counts in its own month."""


def count(case: Case, slip: Slip, today: date, now: datetime) -> None:
    """Count a closing. In the transaction of the act."""
    office, desk, thread = case.office, case.desk, case.id
    arrived = line.arrived(office, thread)
    if arrived is None:
        return
    clocks = {one.action: one for one in timekeeping.of_thread(office, thread, today)}
    found = {
        "desk": b64(desk),
        "class": slip.concern,
        "outcome": slip.outcome,
        "took": _took((today - arrived).days),
        "acknowledged": _in_time(clocks.get(ACKNOWLEDGE)),
        "read": _in_time(clocks.get(READ)),
        "answered": _in_time(clocks.get(FEEDBACK)),
        "extended": "yes" if any(one.extended for one in clocks.values()) else "no",
        "closing": "again" if slip.again else "first",
    }
    law = timekeeping.law_of(office, desk, arrived)
    month = month_of(office, today, now)
    amounts = slip.amounts or Amounts("")
    columns = {COLUMNS.get(name, name): category for name, category in found.items()} | {"desk": desk}
    Counted.objects.create(
        office=office, law=law, month=month, **columns,
        damage=amounts.damage, recovered=amounts.recovered, currency=amounts.currency,
    )  # fmt: skip
    what = {"act": COUNTED, "subject": b64(thread), "law": law, "month": f"{month:%Y-%m}", "found": found}
    ledger.record_act(office, write(what), None, now)


def month_of(office: bytes, today: date, now: datetime) -> date:
    """Return the first day of the month in which a closing counts.

    Where midnight fell between the day that the request was taken for and its instant, the record has the later one:
    the month before may be frozen by the time this is stored.
    """
    return max(today, clocks_day(now, offices.zone_of(office) or "UTC")).replace(day=1)


def _took(days: int) -> str:
    return next((name for name, most in TOOK if days <= most), LONGER)


def _in_time(clock: Standing | None) -> str:
    """Whether what a clock asks for was done in time. A law without this clock asks for nothing: in time."""
    if clock is None:
        return "in-time"
    if clock.met is None:
        return "never"
    return "in-time" if clock.due is None or clock.met <= clock.due.day else "late"


def tables(rows: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, dict[str, dict[str, int]]]:
    """Add up rows of law and categories: by law, measure and category, every category of a closed list named."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: {name: Counter() for name in MEASURES})
    for law, categories in rows:
        for name in MEASURES:
            found[law][name][categories[name]] += 1
    return {
        law: {name: dict.fromkeys(MEASURES[name], 0) | dict(counts) for name, counts in by_measure.items()}
        for law, by_measure in found.items()
    }


def counted(office: bytes, first: date, last: date) -> dict[str, dict[str, dict[str, int]]]:
    """Return what was closed in the months from ``first`` to ``last``, by law, measure and category."""
    rows = Counted.objects.filter(office=office, month__gte=first, month__lte=last)
    columns = [COLUMNS.get(name, name) for name in MEASURES]
    return tables(
        (law, dict(zip(MEASURES, (b64(bytes(desk)), *categories), strict=True)))
        for law, desk, *categories in rows.values_list("law", *columns)
    )


def amounts(office: bytes, first: date, last: date) -> Mapping[str, Sequence[Amount]]:
    """Return what single cases named as damage and as recovered, by law."""
    found: dict[str, list[Amount]] = defaultdict(list)
    rows = Counted.objects.filter(office=office, month__gte=first, month__lte=last).exclude(currency="")
    for law, currency, *values in rows.values_list("law", "currency", *AMOUNTS):
        for kind, units in zip(AMOUNTS, values, strict=True):
            if units is not None:
                found[law].append(Amount(kind, currency, units))
    return found
