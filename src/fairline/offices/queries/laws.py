"""Which rows of laws the office's members have confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fairline.offices.models import ConfirmedRow


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who confirmed a row, by what, and when."""

    member: bytes
    source: str
    looked: date
    day: date


def confirmed_rows(office: bytes) -> Mapping[tuple[str, str], Confirmed]:
    """Return the newest confirmation of each row, by law and row."""
    rows = ConfirmedRow.objects.filter(office=office).order_by("number")
    return {(row.law, row.row): Confirmed(row.member, row.source, row.looked, row.day) for row in rows}
