"""What of a period may be shown, seen together with everything that was shown before and is shown at the same time.

Months, quarters and years are sums of each other, so a small number that one table leaves out could follow from the
others. They are therefore held together as one network of flows (decision 0097). Each number is an arc; what came in a
month flows into its quarter and on into its year, by category. A number that is left out stays open if one unit can be
sent around a circle of arcs that are not shown: then other numbers fit everything that was published just as well.

- A *sensitive* number is one from 1 to 4 that is not shown. Each has a circle, or its table is not published.
- A shown nought stays nought. What is left out of a shown table is known to be at least 1, so no circle takes its last
  unit.
- A period of which nothing is shown (fewer than five, or its sum would give such a one away) is *withheld*. Towards a
  reader it is as if it had never been published: nothing can follow from it that did not follow before. This is why
  there is always a safe answer, and why what was published before never has to change.
- Tables of one period have the same sum, and each is a network of its own. A circle that leaves the sums alone touches
  no other table. One that runs over sums runs over withheld periods only, in which no table is shown: every other
  table can follow it, by moving the same case. So several tables tell nothing together that each does not tell alone.

Source: D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988), whose tables
with a hierarchy in one direction are such networks.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairline.oversight.periods import Period

THRESHOLD: Final = 5
"""The least number that is shown, besides none at all."""

Node = Hashable
Counts = Mapping[str, Mapping[str, int]]
WORLD: Final = "world"


@dataclass(frozen=True, slots=True)
class Shown:
    """A period as it is published.

    Attributes:
        total: how many were counted; None where the whole period is withheld.
        tables: by measure and category; None where a number is left out; no tables where the period is withheld.
    """

    total: int | None
    tables: Mapping[str, Mapping[str, int | None]]


WITHHELD: Final = Shown(None, {})


@dataclass(frozen=True, slots=True)
class _Arc:
    """A number that is not shown: what flows from one node to another, how much, and how much must stay."""

    tail: Node
    head: Node
    count: int
    least: int

    def may_shrink(self) -> bool:
        return self.count > self.least


class Year:
    """What was counted in one year, by month, and what was published of it so far."""

    def __init__(
        self, months: Mapping[Period, Counts], shown: Mapping[Period, Shown], begun: Mapping[str, date] | None = None,
        ended: Mapping[str, date] | None = None,
    ) -> None:  # fmt: skip
        """Take both; ``months`` are those that are over, by measure and category.

        Args:
            months: what was counted.
            shown: what was published.
            begun: the first day of categories that everybody knows not to have been there before, such as desks.
            ended: the first day on which everybody knows a category not to be there any more.
        """
        self._shown = dict(shown)
        self._begun, self._ended = begun or {}, ended or {}
        self._sums: dict[Period, int] = defaultdict(int)
        self._counts: dict[str, dict[tuple[Period, str], int]] = {}
        for name in dict.fromkeys(name for counts in months.values() for name in counts):
            table = self._counts.setdefault(name, {})
            categories = dict.fromkeys(one for counts in months.values() for one in counts.get(name, ()))
            for month, counts in months.items():
                for at in _upwards(month):
                    for category in categories:
                        table[at, category] = table.get((at, category), 0) + counts.get(name, {}).get(category, 0)
        for month, counts in months.items():
            for at in _upwards(month):
                self._sums[at] += sum(next(iter(counts.values()), {}).values())

    def decide(self, period: Period) -> Shown:
        """Return what may be published of ``period``, now that it is over, and take it for published."""
        self._shown[period] = found = self._decide(period)
        return found

    def _decide(self, period: Period) -> Shown:
        total = self._sums[period]
        if 0 < total < THRESHOLD:
            return WITHHELD
        tables: dict[str, Mapping[str, int | None]] = {}
        for name, counts in self._counts.items():
            own = {category: counts[at, category] for at, category in counts if at == period}
            table = own if total == 0 else self._table(period, total, name, own)
            if table is None:
                return WITHHELD
            tables[name] = table
        return Shown(total, tables)

    def _table(
        self, period: Period, total: int, name: str, counts: Mapping[str, int]
    ) -> Mapping[str, int | None] | None:
        """Show noughts, then of what is large enough the largest first, each as long as everything stays open."""
        own: dict[str, int | None] = {one: 0 if count == 0 else None for one, count in counts.items()}
        told = self._shown | {period: Shown(total, {name: own})}
        if not self._safe(name, told):
            return None
        large = sorted((one for one, count in counts.items() if count >= THRESHOLD), key=lambda one: -counts[one])
        for one in large:
            own[one] = counts[one]
            if not self._safe(name, told):
                own[one] = None
        return own

    def _safe(self, name: str, told: Mapping[Period, Shown]) -> bool:
        """Whether every small number of this measure that is not shown, and every small sum, can be another one."""
        arcs: list[_Arc] = []
        sensitive: list[_Arc] = []
        for period, count in self._sums.items():
            shown = told.get(period)
            if shown is None or shown.total is None:
                # A period without anything says so: what is withheld is at least one.
                arcs.append(_Arc(*_ends_of_sum(period), count, 0 if shown is None else 1))
                if shown is not None and 0 < count < THRESHOLD:
                    sensitive.append(arcs[-1])
        for (period, category), count in self._counts[name].items():
            if period.last < self._begun.get(category, period.last):
                continue
            if count == 0 and period.first >= self._ended.get(category, date.max):
                continue
            shown = told.get(period)
            is_there = shown is not None and shown.total is not None
            if shown is not None and is_there and shown.tables.get(name, {}).get(category, 0) is not None:
                continue
            arcs.append(_Arc(*_ends(period, category), count, 1 if is_there else 0))
            if shown is not None and 0 < count < THRESHOLD:
                sensitive.append(arcs[-1])
        ways = _Ways(arcs)
        return all(ways.open(arc) for arc in sensitive)


class _Ways:
    """Where one more or one less can be sent among the numbers that are not shown."""

    def __init__(self, arcs: Sequence[_Arc]) -> None:
        self._from: dict[Node, list[tuple[Node, _Arc]]] = defaultdict(list)
        for arc in arcs:
            self._from[arc.tail].append((arc.head, arc))
            if arc.may_shrink():
                self._from[arc.head].append((arc.tail, arc))

    def open(self, arc: _Arc) -> bool:
        """Whether the number of ``arc`` can be one more or one less without anything that is shown changing."""
        return self._leads(arc.head, arc.tail, arc) or (arc.may_shrink() and self._leads(arc.tail, arc.head, arc))

    def _leads(self, start: Node, end: Node, without: _Arc) -> bool:
        seen, waiting = {start}, deque([start])
        while waiting:
            node = waiting.popleft()
            if node == end:
                return True
            for other, over in self._from[node]:
                if over is not without and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return False


def _upwards(period: Period | None) -> Iterable[Period]:
    while period is not None:
        yield period
        period = period.parent


def _ends_of_sum(period: Period) -> tuple[Node, Node]:
    """Return the ends of a sum: it flows from the world through year and quarter into its month."""
    return ("sum", period.parent) if period.parent else WORLD, period if period.month else ("sum", period)


def _ends(period: Period, category: str) -> tuple[Node, Node]:
    """Return the ends of a number: from its month it flows by category through quarter and year out again."""
    return period if period.month else (period, category), (period.parent, category) if period.parent else WORLD
