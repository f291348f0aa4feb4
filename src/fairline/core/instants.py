"""Instants and days, without Django: what the clock says, and which day that is where an office is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo


def read(test_clock: Path | None) -> datetime:
    """Return the present instant in UTC; with a test clock, the one that its file holds.

    The file holds an ISO instant with offset (time stands still) or a shift in days or seconds such as ``+1d`` or
    ``+30s`` (time goes on). A file that is absent or empty shifts nothing.

    Raises:
        ValueError: the file holds neither.
    """
    real = datetime.now(UTC)
    if test_clock is None or not test_clock.exists():
        return real
    text = test_clock.read_text(encoding="ascii").strip()
    if not text:
        return real
    shift = re.fullmatch(r"([+-]\d{1,7})([ds])", text)
    if shift:
        return real + int(shift[1]) * (timedelta(days=1) if shift[2] == "d" else timedelta(seconds=1))
    fixed = datetime.fromisoformat(text)
    if fixed.tzinfo is None:
        raise ValueError(f"The test clock holds {text!r}, an instant without its offset.")
    return fixed.astimezone(UTC)


def day(instant: datetime, zone: str) -> date:
    """Return the day that ``instant`` falls on in the time zone ``zone`` (an IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()


def next_midnight(instant: datetime, zone: str) -> datetime:
    """Return, in UTC, when the day after ``instant``'s begins in ``zone``."""
    place = ZoneInfo(zone)
    tomorrow = instant.astimezone(place).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=place).astimezone(UTC)
