"""Reports that came, by period and desk, as one table for the public page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairline.core.figure_sheets import Sheet


@dataclass(frozen=True)
class Line:
    """One period: what came to each desk, in the order of ``Arrivals.desks``; None is left out."""

    period: str
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class Arrivals:
    """All periods, the newest first."""

    desks: tuple[str, ...]
    lines: tuple[Line, ...]


def arrivals(sheets: Sequence[Sheet]) -> Arrivals:
    """Put sheets of arrivals side by side."""
    desks = dict.fromkeys(
        row.name for sheet in sheets for group in sheet.groups for table in group.tables for row in table.rows
    )
    lines = []
    for sheet in sheets:
        if not sheet.groups:
            lines.append(Line(sheet.period, (0,) * len(desks), 0))
            continue
        [group] = sheet.groups
        shown = {row.name: row.count for table in group.tables for row in table.rows}
        # A desk that was not there yet had nothing; of a period that is withheld nothing is said.
        nothing = 0 if group.tables else None
        lines.append(Line(sheet.period, tuple(shown.get(desk, nothing) for desk in desks), group.total))
    return Arrivals(tuple(desks), tuple(lines))
