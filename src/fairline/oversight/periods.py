"""Months, quarters and years as figures are published for them: each once, when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS_IN_QUARTER: Final = 3
MONTHS_IN_YEAR: Final = 12
QUARTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Period:
    """A year; a quarter of it, where ``quarter`` is not 0; a month of that, where ``month`` is not 0."""

    year: int
    quarter: int = 0
    month: int = 0

    @property
    def key(self) -> str:
        """How paths name it: 4, 5 or 6 digits."""
        if self.month:
            return f"{self.year}{self.month:02d}"
        return f"{self.year}{self.quarter or ''}"

    @property
    def name(self) -> str:
        """How files name it: ``2026-11``, ``2026-Q4`` or ``2026``."""
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-Q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def parent(self) -> Period | None:
        """The period that it is a part of."""
        if self.month:
            return Period(self.year, self.quarter)
        return Period(self.year) if self.quarter else None

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or (self.quarter or 1) * MONTHS_IN_QUARTER - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.month or (self.quarter * MONTHS_IN_QUARTER if self.quarter else MONTHS_IN_YEAR)
        after = date(self.year + month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, 1)
        return after - timedelta(days=1)

    def months(self) -> Iterator[Period]:
        """Yield the months in it."""
        yield from (month_of(date(self.year, at, 1)) for at in range(self.first.month, self.last.month + 1))


def month_of(day: date) -> Period:
    """Return the month of a day."""
    return Period(day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1, day.month)


def over(first: date, today: date) -> Iterator[Period]:
    """Yield every period that is over by ``today``, from the month of ``first`` on, in the order of publishing.

    A quarter comes after its third month and a year after its last quarter, also those that had begun before.
    """
    month = month_of(first)
    while month.last < today:
        yield month
        if month.month % MONTHS_IN_QUARTER == 0:
            yield Period(month.year, month.quarter)
        if month.month == MONTHS_IN_YEAR:
            yield Period(month.year)
        month = month_of(month.last + timedelta(days=1))


def named(key: str) -> Period:
    """Return the period of a path's digits, or of the name in a file.

    Raises:
        ValueError: there is none.
    """
    digits = key.replace("-Q", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(key)
    match len(digits):
        case 4:
            return Period(int(digits))
        case 5 if 1 <= int(digits[4]) <= QUARTERS:
            return Period(int(digits[:4]), int(digits[4]))
        case 6:
            return month_of(date(int(digits[:4]), int(digits[4:]), 1))
        case _:
            raise ValueError(key)
