"""No small number follows from all tables together: months, quarters and the year, and every measure of them.

The check shares no line with what it checks. It tries every way of counting each hidden number of a month one more or
one less, keeps those that agree with everything published, and asks whether each small number differs in one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairline.oversight.disclosure import WITHHELD, Shown, Year
from fairline.oversight.periods import Period, month_of, named, over

QUARTER = [month_of(date(2026, at, 1)) for at in (1, 2, 3)]
ACROSS = [month_of(date(2026, at, 1)) for at in (1, 4)]
Months = Mapping[Period, Mapping[str, Mapping[str, int]]]


def published(months: Months) -> dict[Period, Shown]:
    """Everything that is published of a year, in the order in which it is: each decision knows only what was over."""
    done: dict[Period, Shown] = {}
    nothing = {name: dict.fromkeys(table, 0) for name, table in next(iter(months.values())).items()}
    known: dict[Period, Mapping[str, Mapping[str, int]]] = {}
    for period in over(date(2026, 1, 1), date(2027, 1, 1)):
        if period.month:
            known[period] = months.get(period, nothing)
        done[period] = Year(known, done).decide(period)
    return done


def inside(period: Period, months: Sequence[Period]) -> list[Period]:
    return [month for month in months if period.first <= month.first <= period.last]


def moves(table: Mapping[Period, Mapping[str, int]], name: str, told: Mapping[Period, Shown]) -> Iterator[Any]:
    """Every change by ones of the months' numbers after which this measure's published tables are still true."""
    months = list(table)
    cells = [(month, one) for month in months for one in table[month] if _hidden(told[month], name, one)]
    for change in product((-1, 0, 1), repeat=len(cells)):
        changed = dict(zip(cells, change, strict=True))
        if any(table[month][one] + by < 0 for (month, one), by in changed.items()):
            continue
        if all(_fits(shown, name, table, changed, inside(period, months)) for period, shown in told.items()):
            yield changed


def _hidden(shown: Shown, name: str, one: str) -> bool:
    return shown.total is None or shown.tables[name][one] is None


def _fits(shown: Shown, name: str, table: Any, changed: Mapping[Any, int], months: Sequence[Period]) -> bool:
    if not months:
        return True
    counts = {one: sum(table[m][one] + changed.get((m, one), 0) for m in months) for one in table[months[0]]}
    if shown.total is None:
        return sum(counts.values()) > 0
    if sum(counts.values()) != shown.total:
        return False
    return all(count > 0 if shown.tables[name][one] is None else count == shown.tables[name][one]
               for one, count in counts.items())  # fmt: skip


def worlds(months: Months, name: str, told: Mapping[Period, Shown]) -> dict[Any, set[Any]]:
    """Which numbers of one measure can be other ones, by how the sums of the months change with it."""
    table = {month: counts[name] for month, counts in months.items()}
    found: dict[Any, set[Any]] = defaultdict(set)
    for changed in moves(table, name, told):
        sums = {month: sum(by for (m, _one), by in changed.items() if m == month) for month in months}
        differs = found[tuple(sums.values())]
        for period in told:
            within = inside(period, list(months))
            for one in table[next(iter(months))]:
                if sum(changed.get((m, one), 0) for m in within):
                    differs.add((period, name, one))
            differs |= {(period, "", "")} if sum(sums[m] for m in within) else set()
    return found


def small_ones(months: Months, told: Mapping[Period, Shown]) -> set[tuple[Period, str, str]]:
    small = set()
    for period in told:
        within = inside(period, list(months))
        for name, counts in next(iter(months.values())).items():
            small |= {(period, name, one) for one in counts if 0 < sum(months[m][name][one] for m in within) < 5}
            if 0 < sum(sum(months[m][name].values()) for m in within) < 5:
                small.add((period, "", ""))
    return small


def told_by_all(months: Months, told: Mapping[Period, Shown]) -> set[tuple[Period, str, str]]:
    """The small numbers that are the same in every world that agrees with all that is published."""
    by_measure = [worlds(months, name, told) for name in next(iter(months.values()))]
    # A world changes the sums of the months in all measures alike.
    possible = set.intersection(*({*found, (0,) * len(months)} for found in by_measure))
    open_ = {one for found in by_measure for sums in possible for one in found.get(sums, ())}
    return small_ones(months, told) - open_


def counted(months: Sequence[Period], rows: Sequence[Sequence[tuple[int, int]]]) -> Months:
    """Each month's cases as (class, way of ending) pairs: two measures of the same cases."""
    found = {}
    for month, cases in zip(months, rows, strict=True):
        first, second = [0, 0, 0], [0, 0]
        for a, b in cases:
            first[a] += 1
            second[b] += 1
        found[month] = {"class": dict(zip("abc", first, strict=True)), "end": dict(zip("xy", second, strict=True))}
    return found


cases = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), max_size=14)
skewed = st.lists(st.tuples(st.sampled_from([0, 0, 0, 0, 1, 2]), st.sampled_from([0, 0, 0, 1])), max_size=18)


@given(st.lists(cases | skewed, min_size=3, max_size=3))
@settings(max_examples=20, deadline=None)
def test_month_quarter_and_year_together_tell_no_small_number(rows: Any) -> None:
    months = counted(QUARTER, rows)
    assert told_by_all(months, published(months)) == set()


@given(st.lists(cases | skewed, min_size=2, max_size=2))
@settings(max_examples=20, deadline=None)
def test_nor_do_quarters_and_their_year(rows: Any) -> None:
    months = counted(ACROSS, rows)
    assert told_by_all(months, published(months)) == set()


@given(st.lists(cases | skewed, min_size=3, max_size=3))
@settings(max_examples=50, deadline=None)
def test_what_is_shown_is_true_and_never_small(rows: Any) -> None:
    months = counted(QUARTER, rows)
    for period, shown in published(months).items():
        within = inside(period, QUARTER)
        assert shown.total in (None, sum(sum(months[m]["class"].values()) for m in within))
        for name, table in shown.tables.items():
            for one, count in table.items():
                true = sum(months[m][name][one] for m in within)
                assert count is None or (count == true and (count == 0 or count >= 5))


def of(*counts: tuple[int, int]) -> dict[Period, Shown]:
    return published(
        {month: {"desk": {"a": a, "b": b}} for month, (a, b) in zip(QUARTER, counts, strict=True)}
    )


def test_a_quarter_does_not_give_away_a_month_that_was_withheld() -> None:
    told = of((20, 9), (2, 0), (20, 9))
    assert told[QUARTER[1]] == WITHHELD
    assert told[QUARTER[0]].total == 29
    assert told[named("2026-Q1")] == WITHHELD, "60 less 29 less 29 would be the 2"
    assert told[named("2026")] == WITHHELD


def test_two_withheld_months_let_their_quarter_be_shown() -> None:
    told = of((20, 9), (2, 1), (2, 2))
    assert told[named("2026-Q1")].total == 36


def test_two_months_of_one_each_are_still_told_by_their_sum() -> None:
    assert of((20, 9), (1, 0), (1, 0))[named("2026-Q1")] == WITHHELD, "each of two withheld months has at least one"


def test_a_quarter_does_not_give_away_a_number_that_a_month_left_out() -> None:
    told = of((20, 3), (20, 9), (20, 9))
    assert told[QUARTER[0]].tables["desk"] == {"a": None, "b": None}
    assert told[named("2026-Q1")].total == 81
    assert told[named("2026-Q1")].tables["desk"] == {"a": None, "b": None}, "21 less 9 less 9 would be the 3"


def test_nothing_is_left_out_where_nothing_is_small() -> None:
    told = of((20, 9), (5, 7), (8, 0))
    assert told[named("2026")] == Shown(49, {"desk": {"a": 33, "b": 16}})


def test_of_one_desk_alone_a_small_month_takes_its_quarter_along_and_later_ones_are_shown() -> None:
    months = {month: {"desk": {"a": count}} for month, count in zip(QUARTER, (3, 9, 9), strict=True)}
    later = month_of(date(2026, 5, 1))
    told = published(months | {later: {"desk": {"a": 12}}})
    assert told[QUARTER[0]] == told[named("2026-Q1")] == told[named("2026")] == WITHHELD
    assert told[named("2026-Q2")] == Shown(12, {"desk": {"a": 12}})


def test_no_reports_at_all_may_be_said() -> None:
    assert of((0, 0), (0, 0), (0, 0))[named("2026-Q1")] == Shown(0, {"desk": {"a": 0, "b": 0}})


@pytest.mark.parametrize(("key", "name"), [("2026", "2026"), ("20264", "2026-Q4"), ("202611", "2026-11")])
def test_a_period_has_one_name_and_one_path(key: str, name: str) -> None:
    assert (named(key).name, named(name).key) == (name, key)


@pytest.mark.parametrize("key", ["", "20265", "202613", "twenty", "٢٠٢٦"])
def test_what_names_no_period_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"^month must|^.{0,6}$"):
        named(key)
