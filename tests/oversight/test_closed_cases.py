"""Closed cases are counted from their slips alone: once a closing, by month and law, no test among them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.casework import NOW, TODAY, Office
from fairline.cases import counting
from fairline.cases.models import Counted
from fairline.core import publication
from fairline.core.jobs import Night
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.oversight import figures
from fairline.oversight.nightly import publish_figures
from fairline.seal.closing import Amounts
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 1, 1, 1, tzinfo=UTC)


@pytest.fixture
def office() -> Office:
    return Office.founded("ben")


def acts(office: Office, name: str) -> list[dict[str, Any]]:
    rows = Row.objects.filter(office=office.maker.id, kind=Row.ACT).order_by("number")
    said = [parse_row(row.row).act() for row in rows]
    return [one.fields for one in said if one.act == name]


def test_a_closing_is_counted_in_words_of_closed_lists_and_stands_in_the_record(office: Office) -> None:
    closed = office.case()
    closed.close(office.people[1], today=TODAY + timedelta(days=40))
    row = Counted.objects.get()
    [said] = acts(office, "counted")
    assert said["found"] == {
        "desk": b64(office.maker.desk), "class": "tampering", "outcome": "unsubstantiated", "took": "quarter",
        "acknowledged": "in-time", "read": "never", "answered": "in-time", "extended": "no", "closing": "first",
    }  # fmt: skip
    assert row.law == "generic"
    assert (said["subject"], said["month"]) == (b64(closed.id), f"{row.month:%Y-%m}")
    assert counting.counted(office.maker.id, row.month, row.month) == counting.tables([(row.law, said["found"])])
    assert not {field.name for field in Counted._meta.fields} & {"thread", "day", "member", "arrived", "closed"}


def test_a_closing_at_midnight_counts_in_the_month_in_which_it_stands_in_the_record(office: Office) -> None:
    closed = office.case()
    assert closed.case is not None
    slip = counting.Slip("unsubstantiated", "tampering", None, again=False)
    counting.count(closed.case, slip, TODAY.replace(day=1) - timedelta(days=1), NOW)
    assert Counted.objects.get().month == TODAY.replace(day=1)
    assert acts(office, "counted")[0]["month"] == f"{TODAY:%Y-%m}"


def test_an_answer_after_its_day_is_counted_as_late(office: Office) -> None:
    office.case().close(office.people[1], today=TODAY + timedelta(days=100))
    assert Counted.objects.get().answered == "late"


def test_a_case_that_was_reopened_is_counted_at_each_closing(office: Office) -> None:
    closed = office.case()
    closed.close(office.people[1])
    closed.reopen(office.people[0])
    closed.hears(office.people[0], "nobody")
    closed.close(office.people[0], "resolved")
    assert sorted(row.closing for row in Counted.objects.all()) == ["again", "first"]


def test_a_test_report_is_in_no_figure_and_its_act_says_that_it_was_one(office: Office) -> None:
    office.case().close(office.people[1], test=True)
    assert not Counted.objects.exists()
    assert acts(office, "counted") == []
    assert [one["test"] for one in acts(office, "close")] == [True]


@pytest.mark.parametrize(
    ("given", "said"),
    [({"test": True}, {}), ({}, {"test": True}), ({"amounts": Amounts("EUR", 5)}, {}),
     ({"amounts": Amounts("EUR", 5)}, {"amounts": {"currency": "EUR", "damage": 6}})],
)  # fmt: skip
def test_nothing_is_counted_that_was_not_signed(office: Office, given: Any, said: Any) -> None:
    closed = office.case()
    with pytest.raises(Problem) as refused:
        closed.close(office.people[1], said=said, **given)
    assert refused.value.code == "act"
    assert not Counted.objects.exists()


def test_the_year_of_a_law_is_published_with_its_outcomes_and_sums_of_money(office: Office) -> None:
    outcomes = ["resolved"] * 6 + ["unfounded"] * 5
    for at, outcome in enumerate(outcomes):
        money = Amounts("EUR", damage=1000 + at, recovered=10 if at < 3 else None) if at < 5 else None
        closed = office.case()
        closed.hears(office.people[0], "nobody")
        closed.close(office.people[1], outcome, amounts=money)
    publish_figures(Night(NEXT_YEAR))
    file = publication.published(office.maker.id, "figures/closed/2026")
    assert file is not None
    said = json.loads(file.body)
    [law] = said["groups"]
    assert (law["id"], law["total"]) == ("generic", 11)
    assert law["tables"]["outcome"] | {"resolved": 6, "unfounded": 5} == law["tables"]["outcome"]
    assert law["tables"]["outcome"]["referred"] == 0
    assert law["amounts"] == [
        {"kind": "damage", "currency": "EUR", "units": 5010}, {"kind": "recovered", "currency": "EUR", "units": None},
    ]  # fmt: skip
    assert said["names"]["generic"]["en"]
    month = publication.published(office.maker.id, f"figures/closed/{TODAY:%Y%m}")
    assert month is not None
    assert "amounts" not in json.loads(month.body)["groups"][0]


def test_money_of_few_cases_or_of_one_great_one_is_not_shown() -> None:
    def units(*each: int) -> Any:
        return figures.sums_of([figures.Amount("damage", "EUR", one) for one in each])[0]["units"]

    assert units(1, 1, 1, 1) is None
    assert units(3, 3, 3, 3, 3) == 15
    assert units(1, 1, 1, 1, 50) is None


def test_every_measure_counts_every_case_once() -> None:
    found = {name: (of or ("x",))[0] for name, of in counting.MEASURES.items()}
    [by_measure] = counting.tables([("law", found), ("law", found)]).values()
    assert {sum(counts.values()) for counts in by_measure.values()} == {2}
