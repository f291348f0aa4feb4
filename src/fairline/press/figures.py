"""The figures of an office as the public page shows them, read from its public files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fairline.core import publication
from fairline.seal import jsontext
from fairline.seal.errors import SealError

PREFIX: Final = "figures/"
FILE_LIMIT: Final = 1 << 20


@dataclass(frozen=True)
class Month:
    """One month: how many reports came to each desk, in the order of ``desks`` of the table; None is left out."""

    day: date
    path: str
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class Figures:
    """All months, the newest first."""

    desks: tuple[str, ...]
    months: tuple[Month, ...]


def figures(office: bytes, names: Mapping[str, str]) -> Figures:
    """Return what ``office`` has published; ``names`` are those of its desks today, by id."""
    read = [(path, _read(office, path)) for path, _day in publication.listing(office, PREFIX)]
    files = sorted(((path, said) for path, said in read if said is not None), reverse=True)
    desks = dict.fromkeys(row["id"] for _path, said in files for row in said["desks"])
    months = []
    for path, said in files:
        counts = {row["id"]: row["count"] for row in said["desks"]}
        # A desk that was not there yet had nothing.
        row = tuple(counts.get(desk, 0) for desk in desks)
        months.append(Month(date.fromisoformat(f"{said['month']}-01"), path, row, said["total"]))
    return Figures(tuple(names.get(desk, desk) for desk in desks), tuple(months))


def as_csv(table: Figures, words: Sequence[str]) -> str:
    """Return the table as CSV; ``words`` name the first and the last column. An empty field was left out."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([words[0], *map(_harmless, table.desks), words[1]])
    for month in table.months:
        counts = ["" if count is None else count for count in (*month.counts, month.total)]
        writer.writerow([f"{month.day:%Y-%m}", *counts])
    return text.getvalue()


def _harmless(name: str) -> str:
    """A name that a spreadsheet would take for a formula stays a name."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@", "\t"} else name


def _read(office: bytes, path: str) -> Mapping[str, Any] | None:
    file = publication.published(office, path)
    try:
        said = jsontext.parse(file.body, FILE_LIMIT) if file is not None else None
    except SealError:
        return None
    return said if isinstance(said, dict) and said.get("kind") == "arrivals" else None
