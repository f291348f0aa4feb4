"""What is rare points at somebody: protection, and that a report was knowingly false, are not told by their figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.casework import TODAY, Office
from deciding.panels import HEARD, Asking
from fairline.cases import counting
from fairline.cases.models import Counted
from fairline.core import figure_sheets, publication
from fairline.core.figures import populations
from fairline.core.jobs import Night
from fairline.core.published.models import PublicFile
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.offices import queries as offices
from fairline.oversight import figures
from fairline.oversight.auditing import audit
from fairline.oversight.models import MonthCounts
from fairline.oversight.nightly import publish_figures
from fairline.oversight.periods import Period, month_of
from fairline.protection import services as protection
from fairline.protection.models import ProtectionCount
from fairline.seal.primitives import b64
from fairline.seal.protecting import ProtectionSlip

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 1, 1, 1, tzinfo=UTC)
SLIP = ProtectionSlip("witness", "request", "support", "stands")
OTHER = ProtectionSlip("reporter", "own-motion", "workplace", "ended")


@pytest.fixture
def office() -> Office:
    return Office.founded("ben")


def count_slips(office: Office, *slips: ProtectionSlip) -> None:
    for slip in slips:
        protection.count(office.maker.id, "generic", TODAY.replace(day=1), slip)


def file_of(office: Office, path: str) -> dict[str, Any]:
    file = publication.published(office.maker.id, f"figures/{path}")
    assert file is not None
    said: dict[str, Any] = json.loads(file.body)
    return said


def differences(office: Office) -> list[tuple[str, str]]:
    there = offices.office(office.maker.id)
    assert there is not None
    return [(one.place, one.sentence) for one in audit(there, NEXT_YEAR.date()).differences]


def test_a_closing_counts_four_words_and_no_act_or_row_of_it_says_one(office: Office) -> None:
    closed = office.case()
    closed.close(office.people[1], protection=SLIP)
    rows = {(row.measure, row.category, row.count) for row in ProtectionCount.objects.all()}
    assert rows == {
        ("protection-for", "witness", 1), ("protection-grounds", "request", 1), ("protection-measure", "support", 1),
        ("protection-result", "stands", 1),
    }  # fmt: skip
    names = {field.name for field in ProtectionCount._meta.get_fields()}
    assert names == {"id", "office", "law", "month", "measure", "category", "count"}
    acts = [parse_row(bytes(row.row)).act().fields for row in Row.objects.filter(kind=Row.ACT)]
    assert [one["act"] for one in acts if one.get("subject") == b64(closed.id)][-2:] == ["close", "counted"]
    assert not [one for one in acts if "protection" in json.dumps(one)]
    assert "protection" not in json.dumps(list(Counted.objects.values()), default=str)


def test_a_test_counts_nothing_and_a_second_closing_counts_again(office: Office) -> None:
    office.case().close(office.people[1], test=True, protection=SLIP)
    assert not ProtectionCount.objects.exists()
    closed = office.case()
    closed.close(office.people[1], protection=SLIP)
    closed.reopen(office.people[0])
    closed.close(office.people[0], protection=SLIP)
    assert {row.count for row in ProtectionCount.objects.all()} == {2}


def test_a_year_of_protection_is_published_by_itself_and_its_months_are_acts_alone(office: Office) -> None:
    count_slips(office, *[SLIP] * 5, *[OTHER] * 6)
    publish_figures(Night(NEXT_YEAR))
    assert [path for path, _day in publication.listing(office.maker.id, "figures/protection/")] == [
        "figures/protection/2026"
    ]
    [law] = file_of(office, "protection/2026")["groups"]
    assert law["total"] == 11
    assert law["tables"]["protection-for"] | {"witness": 5, "reporter": 6} == law["tables"]["protection-for"]
    assert law["tables"]["protection-for"]["expert"] is None, "none looks like few"
    said = [parse_row(bytes(row.row)).act().fields for row in Row.objects.filter(kind=Row.ACT)]
    [month] = [one for one in said if one["act"] == "freeze figures" and one["found"]]
    assert month["subject"] == f"protection/{TODAY:%Y-%m}"
    assert month["found"]["generic"]["protection-measure"]["support"] == 5
    publish_figures(Night(NEXT_YEAR))
    assert MonthCounts.objects.filter(population="protection", month=TODAY.replace(day=1)).count() == 1
    assert differences(office) == []


@pytest.mark.parametrize("slips", [[], [SLIP], [SLIP] * 4], ids=["none", "one", "four"])
def test_a_year_of_few_is_the_same_file_as_one_of_none(office: Office, slips: Sequence[ProtectionSlip]) -> None:
    count_slips(office, *slips)
    publish_figures(Night(NEXT_YEAR))
    said = file_of(office, "protection/2026")
    assert (said["groups"], said["rare"]) == ([], True)
    assert "generic" not in said["names"]
    [sheet] = figure_sheets.sheets(office.maker.id, "en", population="protection")
    assert sheet.nothing == "Fewer than five, or none."
    assert figure_sheets.as_csv([sheet]).splitlines()[1].endswith(",All,")
    assert differences(office) == []


def test_a_small_number_beside_large_ones_is_no_difference_of_them(office: Office) -> None:
    count_slips(office, *[SLIP] * 9, *[OTHER] * 6, ProtectionSlip("expert", "request", "police", "stands"))
    publish_figures(Night(NEXT_YEAR))
    [law] = file_of(office, "protection/2026")["groups"]
    for name in ("protection-for", "protection-measure"):
        shown = [count for count in law["tables"][name].values() if count is not None]
        assert law["total"] - sum(shown) >= 5, "what is left out is more than the one"


def test_the_auditor_finds_protection_that_was_counted_otherwise(office: Office) -> None:
    count_slips(office, *[SLIP] * 6)
    publish_figures(Night(NEXT_YEAR))
    ProtectionCount.objects.filter(category="support").update(count=7)
    assert differences(office) == [(f"{TODAY:%Y-%m}", "The rows that are counted are not those of the record.")]
    ProtectionCount.objects.filter(category="support").update(count=6)
    kept = MonthCounts.objects.get(population="protection", month=TODAY.replace(day=1))
    counts = bytes(kept.counts)
    kept.counts = counts.replace(b'"support":6', b'"support":7')
    kept.save()
    assert (f"{TODAY:%Y-%m}", "What was kept of this month is not what the record says.") in differences(office)
    kept.counts = counts
    kept.save()
    file = PublicFile.objects.get(path="figures/protection/2026")
    file.body = file.body.replace(b'"support":6', b'"support":8')
    file.save()
    assert {place for place, _sentence in differences(office)} == {"figures/protection/2026"}


def published_with(office: Office, unfounded: int, knowing: int) -> bytes:
    """The year's file as it would be with so many reports of both kinds; a year of its own for each."""
    MonthCounts.objects.all().delete()
    PublicFile.objects.all().delete()
    Counted.objects.all().delete()
    words = {counting.COLUMNS.get(name, name): (of or ("x",))[0] for name, of in counting.MEASURES.items()}
    outcomes = ["unfounded"] * unfounded + ["knowingly-false"] * knowing + ["substantiated"] * 8
    for outcome in outcomes:
        columns = words | {"desk": office.maker.desk, "outcome": outcome}
        Counted.objects.create(office=office.maker.id, law="generic", month=TODAY.replace(day=1), **columns)
    publish_figures(Night(NEXT_YEAR))
    files = PublicFile.objects.filter(path__startswith="figures/closed/").order_by("path")
    return b"\n".join(bytes(one.body) for one in files)


def test_so_few_that_were_knowingly_false_change_no_byte_of_what_is_published(office: Office) -> None:
    """Also not that there was one: who knows whose report was unfounded would know of whom it is said."""
    none = published_with(office, 12, 0)
    assert b'"unfounded":12' in none
    for knowing in (1, 2, 3, 4):
        assert published_with(office, 12 - knowing, knowing) == none
    assert published_with(office, 4, 8) == none, "nor when the others are the few"
    assert published_with(office, 0, 12) == none, "all of them would be said of each"


def test_many_are_said_of_a_year_alone_inside_the_unfounded_ones(office: Office) -> None:
    published_with(office, 7, 5)
    [law] = file_of(office, "closed/2026")["groups"]
    assert law["tables"]["outcome"]["unfounded"] == 12
    assert "knowingly-false" not in law["tables"]["outcome"]
    assert law["within"] == {"outcome": {"knowingly-false": 5}}
    month = month_of(TODAY)
    for period in (month.key, Period(month.year, month.quarter).key):
        assert "within" not in file_of(office, f"closed/{period}")["groups"][0]
    [sheet] = figure_sheets.sheets(office.maker.id, "en", population="closed", key="2026")
    [table] = [one for one in sheet.groups[0].tables if one.title == "How it ended"]
    assert (table.rows[-1].name, table.rows[-1].count) == (
        "of these: Unfounded, and knowingly false as a panel decided", 5,
    )  # fmt: skip


def test_where_unfounded_is_left_out_nothing_is_said_of_its_parts() -> None:
    [closed] = [one for one in populations() if one.name == "closed"]
    hidden = figures.Shown(20, {"outcome": {"unfounded": None, "substantiated": None}})
    assert figures._within(bytes(16), closed, Period(2026), "generic", hidden) == {}


def test_a_closing_by_a_panel_comes_out_for_the_auditor() -> None:
    asking = Asking.founded()
    asking.asks()
    asking.seats(asking.three)
    asking.declares(*asking.three)
    asking.votes(*asking.three)
    asking.closes(asking.decided())
    publish_figures(Night(datetime(HEARD.year + 1, 2, 1, 1, tzinfo=UTC)))
    there = offices.office(asking.office.maker.id)
    assert there is not None
    assert Counted.objects.get().outcome == "knowingly-false"
    assert audit(there, date(HEARD.year + 1, 2, 1)).differences == ()
