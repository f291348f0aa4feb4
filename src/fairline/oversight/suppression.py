"""Tables that are shown to the public: no small number, and none that follows from the others and the sums.

A number below the threshold could tell who reported, or of whom: it is left out. Whoever knows a row's sum and all its
other numbers could still work it out; so further numbers are left out, until each one that is left out can be another
number without any shown one changing (complementary suppression).

The table with its sums is a graph: rows and columns are its nodes, among them one for the sums of rows and one for
those of columns; numbers are its edges. A number that is left out stays open exactly if its edge lies on a circle of
edges left out: adding one and taking one in turn around the circle changes no shown number and no sum. What is left
out besides is the cheapest way that closes the circle (shortest paths, as in the network methods of disclosure
control). Source: `rights.md` 16; D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J.
Comput. 17 (1988).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

THRESHOLD: Final = 5
"""The least number that is shown, besides none at all."""

Node = tuple[str, int]
Edge = tuple[int, int]
"""Row and column of a number; the last row and the last column hold the sums."""


@dataclass(frozen=True)
class Shown:
    """A table as it may be shown.

    Attributes:
        cells: by row, then by column; None where the number is left out.
        rows: the sum of each row, or None.
        columns: the sum of each column, or None.
        total: of everything; None where even this is a small number, and then nothing else is shown either.
    """

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None


def suppress(table: Sequence[Sequence[int]], threshold: int = THRESHOLD) -> Shown:
    """Return what of a table of counts may be shown.

    Args:
        table: whole numbers from 0 on, by row, then by column; every row as long as the first.
        threshold: numbers from 1 to one less are not shown. A nought says that there was nothing, and is shown.
    """
    height, width = len(table), len(table[0]) if table else 0
    if any(len(row) != width for row in table) or any(count < 0 for row in table for count in row):
        raise ValueError("A table has rows of one length and counts from 0 on.")
    whole = _with_sums(table)
    total = sum(map(sum, table))
    if 0 < total < threshold:
        nothing = tuple((None,) * width for _ in table)
        return Shown(nothing, (None,) * height, (None,) * width, None)
    grand = (height, width)
    hidden = {edge for edge, count in whole.items() if 0 < count < threshold}
    for edge in sorted(hidden, key=lambda one: (whole[one], one)):
        hidden |= _circle(edge, whole, hidden, grand)
    return Shown(
        tuple(tuple(_at(whole, hidden, (r, c)) for c in range(width)) for r in range(height)),
        tuple(_at(whole, hidden, (r, width)) for r in range(height)),
        tuple(_at(whole, hidden, (height, c)) for c in range(width)),
        total,
    )


def _with_sums(table: Sequence[Sequence[int]]) -> dict[Edge, int]:
    height, width = len(table), len(table[0]) if table else 0
    whole = {(r, c): count for r, row in enumerate(table) for c, count in enumerate(row)}
    whole |= {(r, width): sum(row) for r, row in enumerate(table)}
    whole |= {(height, c): sum(row[c] for row in table) for c in range(width)}
    return whole | {(height, width): sum(map(sum, table))}


def _at(whole: Mapping[Edge, int], hidden: set[Edge], edge: Edge) -> int | None:
    return None if edge in hidden else whole[edge]


def _circle(edge: Edge, whole: Mapping[Edge, int], hidden: set[Edge], grand: Edge) -> set[Edge]:
    """Return what else to leave out so that the number at ``edge`` follows from nothing.

    What is left out already costs nothing. A nought is never on the way: nothing can be taken from it. The whole sum
    is always shown. There is always a way while it reaches the threshold: where the small number is alone in its row
    and column, the way goes over the sums and another number's row and column.
    """
    neighbours: dict[Node, list[tuple[Node, Edge]]] = {}
    for other, count in whole.items():
        if count > 0 and other not in (edge, grand):
            row, column = ("row", other[0]), ("column", other[1])
            neighbours.setdefault(row, []).append((column, other))
            neighbours.setdefault(column, []).append((row, other))
    start, end = ("row", edge[0]), ("column", edge[1])
    best: dict[Node, int] = {start: 0}
    came: dict[Node, tuple[Node, Edge]] = {}
    waiting: list[tuple[int, Node]] = [(0, start)]
    while waiting:
        cost, node = heapq.heappop(waiting)
        if node == end:
            break
        if cost > best[node]:
            continue
        for neighbour, over in neighbours.get(node, ()):
            dearer = cost + (0 if over in hidden else whole[over])
            if dearer < best.get(neighbour, dearer + 1):
                best[neighbour], came[neighbour] = dearer, (node, over)
                heapq.heappush(waiting, (dearer, neighbour))
    way: set[Edge] = set()
    node = end
    while node != start:
        node, over = came[node]
        way.add(over)
    return way
