"""Published figures, read back for people: one sheet a period and population, with its tables in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from fairline.core import publication
from fairline.core.figure_words import AMOUNTS, CATEGORIES, MEASURES, POPULATIONS
from fairline.seal import jsontext
from fairline.seal.errors import SealError

PREFIX: Final = "figures/"
FILE_LIMIT: Final = 1 << 20
MONTHS_IN_QUARTER: Final = 3


@dataclass(frozen=True)
class Row:
    """One number; None is left out."""

    name: str
    count: int | None


@dataclass(frozen=True)
class Table:
    """One measure."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """What was counted under one law; of arrivals, everything.

    Attributes:
        title: name of the law; empty for everything.
        total: None where nothing is shown of it.
        tables: none where nothing is shown.
        amounts: money, with its currency in the name.
    """

    title: str
    total: int | None
    tables: tuple[Table, ...]
    amounts: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """One published file in words.

    Attributes:
        population: as paths name it.
        title: what was counted.
        period: ``2026``, ``2026-Q4`` or ``2026-11``.
        path: of the public file.
        groups: none where nothing was counted.
    """

    population: str
    title: str
    period: str
    path: str
    groups: tuple[Group, ...]
    rare: bool = False
    """No group stands for none, and for so few that it is not told which."""

    @property
    def nothing(self) -> str:
        """What stands where there is no group."""
        return _("Fewer than five, or none.") if self.rare else _("None.")

    @property
    def key(self) -> str:
        """The digits by which paths name the period."""
        return self.path.rpartition("/")[2]


def sheets(office: bytes, language: str, *, population: str = "", key: str = "") -> Sequence[Sheet]:
    """Return what was published, the newest first; a quarter stands above its months and a year above all of it.

    Args:
        office: whose.
        language: of desks and laws; everything else is in the language in force.
        population: only this one.
        key: only the period of these digits.
    """
    found = []
    for path, _day in publication.listing(office, f"{PREFIX}{population}/" if population else PREFIX):
        # Months of before stand right below the prefix; the same numbers are in a file of today's form.
        said = _read(office, path) if path.count("/") > 1 and key in ("", path.rpartition("/")[2]) else None
        if said is not None:
            found.append(_sheet(path, said, language))
    return sorted(found, key=lambda one: (_end(one.period), -len(one.key), one.population), reverse=True)


def as_csv(found: Sequence[Sheet]) -> str:
    """Return sheets as one table, a number a row. An empty number was left out."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((_("Period"), _("Counted"), _("Law"), _("Table"), _("Row"), _("Number")))
    for sheet in found:
        for words, count in _lines(sheet):
            writer.writerow([sheet.period, *map(_harmless, words), "" if count is None else count])
    return text.getvalue()


def _lines(sheet: Sheet) -> Iterator[tuple[tuple[str, ...], int | None]]:
    if not sheet.groups:
        yield (sheet.title, "", "", _("All")), None if sheet.rare else 0
    for group in sheet.groups:
        yield (sheet.title, group.title, "", _("All")), group.total
        for table in group.tables:
            yield from (((sheet.title, group.title, table.title, row.name), row.count) for row in table.rows)
        yield from (((sheet.title, group.title, _("Money"), row.name), row.count) for row in group.amounts)


def _sheet(path: str, said: Mapping[str, Any], language: str) -> Sheet:
    names = {one: _in(texts, language) for one, texts in said["names"].items()}
    groups = []
    for group in said["groups"]:
        tables = tuple(
            Table(str(MEASURES.get(measure, measure)), (*_rows(measure, counts, names), *_inside(group, measure)))
            for measure, counts in _in_order(group["tables"])
        )
        amounts = tuple(
            Row(f"{AMOUNTS.get(one['kind'], one['kind'])} ({one['currency']})", one["units"])
            for one in group.get("amounts", ())
        )
        groups.append(Group(names.get(group["id"], group["id"]), group["total"], tables, amounts))
    population = said["population"]
    title = str(POPULATIONS.get(population, population))
    return Sheet(population, title, said["period"], path, tuple(groups), rare=said.get("rare") is True)


def _in_order(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    order = [*MEASURES, *sorted(tables.keys() - MEASURES.keys())]
    yield from ((measure, tables[measure]) for measure in order if measure in tables)


def _rows(measure: str, counts: Mapping[str, int | None], names: Mapping[str, str]) -> Iterator[Row]:
    words = CATEGORIES.get(measure, {})
    order = [*words, *(one for one in counts if one not in words)]
    yield from (Row(str(words.get(one) or names.get(one, one)), counts[one]) for one in order if one in counts)


def _inside(group: Mapping[str, Any], measure: str) -> Iterator[Row]:
    """What is counted in another row already, and said by itself because it is many."""
    for category, count in group.get("within", {}).get(measure, {}).items():
        word = CATEGORIES.get(measure, {}).get(category, category)
        yield Row(_("of these: %(what)s") % {"what": word}, count)


def _end(period: str) -> str:
    """The month with which a period ends."""
    year, _dash, part = period.partition("-")
    if part.startswith("Q"):
        return f"{year}-{int(part[1:]) * MONTHS_IN_QUARTER:02d}"
    return f"{year}-{part or '12'}"


def _in(texts: Mapping[str, str], language: str) -> str:
    tags = ("zh-Hans" if language == "zh-hans" else language, language.partition("-")[0], "en")
    return next((texts[tag] for tag in tags if texts.get(tag)), next(iter(texts.values()), ""))


def _harmless(name: str) -> str:
    """A name that a spreadsheet would take for a formula stays a name."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@", "\t"} else name


def _read(office: bytes, path: str) -> Mapping[str, Any] | None:
    file = publication.published(office, path)
    try:
        said = jsontext.parse(file.body, FILE_LIMIT) if file is not None else None
    except SealError:
        return None
    return said if isinstance(said, dict) and said.get("kind") == "figures" else None
