"""Small numbers are not shown, and nobody who can count works them out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.oversight.suppression import Shown, suppress

tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=3)
)


def told(shown: Shown) -> list[list[int | None]]:
    """The table as printed: sums at the end of rows and below columns."""
    rows = [[*cells, total] for cells, total in zip(shown.cells, shown.rows, strict=True)]
    return [*rows, [*shown.columns, shown.total]]


def whole(table: list[list[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def rows_of(shown: Shown, r: int, near: list[int], most: int, row: tuple[int, ...] = ()) -> Iterator[list[int]]:
    """Every row that fits what is shown of row ``r``."""
    c = len(row)
    if c == len(near):
        if shown.rows[r] in (None, sum(row)):
            yield list(row)
        return
    known = shown.cells[r][c]
    around = sorted(range(most + 1 - sum(row)), key=lambda count: abs(count - near[c]))
    for count in around if known is None else [known]:
        yield from rows_of(shown, r, near, most, (*row, count))


def fitting(shown: Shown, near: list[list[int]], rows: tuple[list[int], ...] = ()) -> Iterator[list[list[int]]]:
    """Every table that somebody who reads ``shown`` must hold for possible, those like ``near`` first."""
    most = shown.total if shown.total is not None else sum(map(sum, near)) + 1
    sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * len(near[0])
    if any(told is not None and count > told for count, told in zip(sums, shown.columns, strict=True)):
        return
    if len(rows) < len(near):
        for row in rows_of(shown, len(rows), near[len(rows)], most):
            yield from fitting(shown, near, (*rows, row))
    elif whole(list(rows))[-1] == [
        count if told is None else told
        for count, told in zip([*sums, sum(sums)], [*shown.columns, shown.total], strict=True)
    ]:
        yield list(rows)


@given(tables)
def test_whatever_is_left_out_can_be_more_than_one_number(table: list[list[int]]) -> None:
    shown = suppress(table)
    printed, true = told(shown), whole(table)
    open_ = {(r, c) for r, row in enumerate(printed) for c, count in enumerate(row) if count is None}
    for possible in fitting(shown, table):
        open_ -= {(r, c) for r, c in open_ if whole(possible)[r][c] != true[r][c]}
        if not open_:
            return
    assert open_ == set()


@given(tables)
def test_what_is_shown_is_true_and_never_small(table: list[list[int]]) -> None:
    for printed, true in zip(told(suppress(table)), whole(table), strict=True):
        for shown, count in zip(printed, true, strict=True):
            assert shown in (None, count)
            assert shown is None or shown == 0 or shown >= 5


@given(st.lists(st.lists(st.integers(5, 500), min_size=4, max_size=4), min_size=1, max_size=20))
def test_nothing_is_left_out_where_nothing_is_small(table: list[list[int]]) -> None:
    assert told(suppress(table)) == whole(table)


def test_the_cheapest_numbers_are_left_out_besides() -> None:
    shown = suppress([[40, 3, 12], [33, 9, 60]])
    assert shown.cells == ((40, None, None), (33, None, None))
    assert (shown.rows, shown.columns, shown.total) == ((55, 102), (73, 12, 72), 157)


def test_a_small_number_alone_in_its_row_takes_the_sums_with_it() -> None:
    shown = suppress([[3, 0], [0, 7]])
    assert told(shown) == [[None, 0, None], [0, None, None], [None, None, 10]]


def test_of_very_few_nothing_is_shown() -> None:
    assert told(suppress([[1, 2], [0, 1]])) == [[None, None, None]] * 3


def test_no_reports_at_all_may_be_said() -> None:
    assert told(suppress([[0, 0]])) == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("table", [[[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="table"):
        suppress(table)
