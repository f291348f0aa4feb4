"""The figures of a month, as they are published: once, and never changed.

A month is a table of its own. Were several months shown under one sum, or a month shown anew after something was
deleted, then what is left out could be found by taking one showing from another.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.oversight.suppression import THRESHOLD, suppress
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "figures/"
DECEMBER: Final = 12


def path_of(month: date) -> str:
    """Return the path of a month's public file: it ends in a number, so it names one content for ever."""
    return f"{PREFIX}{month:%Y%m}"


def months(first: date, today: date) -> Iterator[date]:
    """Yield the first days of the months that are over by ``today``, beginning with that of ``first``."""
    month = first.replace(day=1)
    while (after := next_month(month)) <= today:
        yield month
        month = after


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return date(month.year + month.month // DECEMBER, month.month % DECEMBER + 1, 1)


def arrivals(office: bytes, month: date) -> dict[str, Any]:
    """Return how many reports came to each desk in a month; None stands where a number could tell of a person."""
    came = line.arrived_by_desk(office, month, next_month(month) - timedelta(days=1))
    there = offices.desks(office)
    gone = sorted(came.keys() - {desk.id for desk in there})
    keys = [*(desk.id for desk in there), *gone]
    shown = suppress([[came.get(key, 0) for key in keys]])
    names = {desk.id: dict(desk.names) for desk in there}
    return {
        "v": 1,
        "kind": "arrivals",
        "month": f"{month:%Y-%m}",
        "threshold": THRESHOLD,
        "desks": [
            {"id": b64(key), "names": names.get(key, {}), "count": count}
            for key, count in zip(keys, shown.cells[0], strict=True)
        ],
        "total": shown.rows[0],
    }
