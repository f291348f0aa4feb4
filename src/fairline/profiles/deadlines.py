"""When a period ends. Sources: Regulation (EEC, Euratom) 1182/71 article 3, and each profile's own rules.

The day on which a period begins is not counted. Hours run through and are never moved. Days, months and years end with
their last day where the office is; a month that has no such day ends with its last one. Where a profile says so, a
period that ends on a free day runs to the end of the next working day; the day before it was moved stays the target.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from fairline.profiles.calendars import WorkCalendar

MONTHS: Final = 12


class Unit(StrEnum):
    """In what a period is counted."""

    HOUR = "h"
    DAY = "cd"
    WORKING_DAY = "wd"
    MONTH = "m"
    YEAR = "y"


class Roll(StrEnum):
    """What happens to a period of days, months or years that ends on a free day."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True, slots=True)
class Period:
    """How long something may take.

    Attributes:
        amount: from 1.
        unit: in which it is counted.
    """

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Place:
    """Where days begin and which of them are worked.

    Attributes:
        zone: of the office.
        calendar: of the office.
        roll: what its law says of free days.
    """

    zone: ZoneInfo
    calendar: WorkCalendar
    roll: Roll = Roll.NONE


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which a clock stands still: ``end`` is None while it lasts. Both in UTC."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a period.

    Attributes:
        target: the last day before anything moved it: what the office works towards.
        day: the last day on which it is in time.
        until: the first moment, in UTC, at which it is too late.
    """

    target: date
    day: date
    until: datetime


def due(start: datetime, period: Period, place: Place, pauses: Sequence[Pause] = ()) -> Due | None:
    """Return when ``period`` ends that began at ``start`` (UTC), or None while one of its pauses lasts.

    A pause adds to hours what it lasted, to days as many as have begun in it, to working days the worked ones of those.

    Raises:
        ValueError: a time without a zone, or a pause that ends before it begins.
    """
    if start.tzinfo is None:
        raise ValueError("a period begins at a moment, not at a time of the wall clock")
    if any(pause.end is None for pause in pauses):
        return None
    if period.unit is Unit.HOUR:
        until = start + timedelta(hours=period.amount) + sum(map(_length, pauses), timedelta())
        day = until.astimezone(place.zone).date()
        return Due(day, day, until.astimezone(UTC))
    target = last_day(start.astimezone(place.zone).date(), period, place.calendar, _days(period, place, pauses))
    rolls = place.roll is Roll.NEXT_WORKING_DAY and period.unit is not Unit.WORKING_DAY
    day = place.calendar.roll(target) if rolls else target
    return Due(target, day, end_of(day, place.zone))


def last_day(first: date, period: Period, calendar: WorkCalendar, added: int = 0) -> date:
    """Return the last day of a period of days, working days, months or years that began on the day ``first``.

    Args:
        first: the day on which it began, which is not counted.
        period: not in hours.
        calendar: for working days.
        added: days, of the period's own kind, by which pauses make it longer.
    """
    match period.unit:
        case Unit.DAY:
            return first + timedelta(days=period.amount + added)
        case Unit.WORKING_DAY:
            return calendar.after(first, period.amount + added)
        case Unit.MONTH:
            return _months_later(first, period.amount) + timedelta(days=added)
        case Unit.YEAR:
            return _months_later(first, period.amount * MONTHS) + timedelta(days=added)
        case Unit.HOUR:
            raise ValueError("hours end at a moment")


@lru_cache(maxsize=4096)
def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment after ``day`` at a place, in UTC, also where clocks are put forward at midnight."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, MONTHS)
    year = first.year + years
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def _length(pause: Pause) -> timedelta:
    if pause.end is None or pause.end < pause.start:
        raise ValueError("a pause ends after it began")
    return pause.end - pause.start


def _days(period: Period, place: Place, pauses: Sequence[Pause]) -> int:
    added = 0
    for pause in pauses:
        _length(pause)
        first = pause.start.astimezone(place.zone).date()
        last = (pause.end or pause.start).astimezone(place.zone).date()
        working = period.unit is Unit.WORKING_DAY
        added += place.calendar.between(first, last) if working else (last - first).days
    return added
