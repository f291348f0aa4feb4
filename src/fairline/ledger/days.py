"""Days as the formats have them: ten ASCII characters, YYYY-MM-DD, in the office's time zone."""

from __future__ import annotations

from datetime import date

from fairline.ledger.errors import LedgerError


def read_day(text: str) -> str:
    """The same text if it is a day of the calendar.

    Raises:
        LedgerError: `day-shape`.
    """
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = None
    if written != text:
        raise LedgerError("day-shape", "A day is not written as YYYY-MM-DD.")
    return text
