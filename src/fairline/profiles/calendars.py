"""Working days: weekends, public holidays, national make-up working days, and what an office adds to them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import holidays

SATURDAY: Final = 5
MARGIN_YEARS: Final = 2
"""The table is made for this many years beyond the day that was asked for; more are added when they are needed."""


class WorkCalendar:
    """Which days are working days at one place.

    A calendar knows what the country has published. Days decreed later are the office's to add, and the page that
    shows a deadline always shows the day that no calendar moved as well.
    """

    def __init__(
        self,
        country: str = "",
        subdivision: str = "",
        *,
        free: Collection[date] = (),
        working: Collection[date] = (),
    ) -> None:
        """Make the calendar of a place.

        Args:
            country: ISO 3166-1 code; empty: Saturdays and Sundays are free and nothing else.
            subdivision: ISO 3166-2 code without the country, where holidays differ inside it.
            free: further days that are free there.
            working: days that are worked although they would be free (make-up days decreed later).

        Raises:
            LookupError: no such country or subdivision is known.
        """
        self._free = frozenset(free)
        self._working = frozenset(working)
        self._public: holidays.HolidayBase | None = None
        if country:
            # Only where a country's calendar is asked for: it is a good part of what a process loads at its start.
            import holidays  # noqa: PLC0415

            try:
                self._public = holidays.country_holidays(country, subdiv=subdivision or None)
            except NotImplementedError as error:
                raise LookupError(f"no calendar of {country} {subdivision}".rstrip()) from error
        self._ordinals: list[int] = []
        self._from = self._to = 0

    def is_working(self, day: date) -> bool:
        """Whether people work on ``day``."""
        if day in self._working:
            return True
        if day in self._free:
            return False
        if self._public is None:
            return day.weekday() < SATURDAY
        return bool(self._public.is_working_day(day))

    def after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``, which is itself not counted; ``count`` from 1."""
        if count < 1:
            raise ValueError("working days are counted from 1")
        ordinal = day.toordinal()
        # Nowhere are more than three of four days free for long: three times as many days hold enough.
        self._reach(ordinal, ordinal + 3 * count + 30)
        at = bisect_right(self._ordinals, ordinal) + count - 1
        return date.fromordinal(self._ordinals[at])

    def roll(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the next one."""
        ordinal = day.toordinal()
        self._reach(ordinal, ordinal + 30)
        return date.fromordinal(self._ordinals[bisect_left(self._ordinals, ordinal)])

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after ``first`` up to and with ``last``."""
        if last <= first:
            return 0
        self._reach(first.toordinal(), last.toordinal())
        return bisect_right(self._ordinals, last.toordinal()) - bisect_right(self._ordinals, first.toordinal())

    def _reach(self, first: int, last: int) -> None:
        if self._from <= first and last < self._to:
            return
        # Years with more than a month of free days in a row do not exist; whole years keep the table simple.
        low, high = date.fromordinal(first).year, date.fromordinal(last).year + MARGIN_YEARS
        if self._to:
            low = min(low, date.fromordinal(self._from).year)
            high = max(high, date.fromordinal(self._to - 1).year)
        begin, end = date(low, 1, 1), date(high, 12, 31)
        self._from, self._to = begin.toordinal(), end.toordinal() + 1
        one = timedelta(days=1)
        found, day = [], begin
        while day <= end:
            if self.is_working(day):
                found.append(day.toordinal())
            day += one
        self._ordinals = found


@lru_cache(maxsize=64)
def calendar_of(
    country: str, subdivision: str = "", free: frozenset[date] = frozenset(), working: frozenset[date] = frozenset()
) -> WorkCalendar:
    """The same calendar for the same place; making one reads a country's rules, asking one is cheap."""
    return WorkCalendar(country, subdivision, free=free, working=working)
