"""Figures are frozen when a month is over, published once without small numbers, and never changed."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fairline.core import publication
from fairline.core.jobs import Night, in_order
from fairline.ledger import queries as ledger
from fairline.line import services as line
from fairline.line.models import Thread
from fairline.offices import queries as offices
from fairline.offices.models import Desk, Office
from fairline.oversight import figures, nightly
from fairline.oversight.models import MonthCounts
from fairline.oversight.nightly import publish_figures
from fairline.oversight.periods import month_of, over
from fairline.seal.primitives import b64
from press import published

NEXT_MONTH = datetime(2026, 12, 1, 1, tzinfo=UTC)


def test_periods_are_whole_and_none_is_left_out() -> None:
    assert list(over(date(2026, 11, 30), date(2026, 11, 30))) == []
    assert [one.name for one in over(date(2026, 11, 5), date(2027, 2, 3))] == [
        "2026-11", "2026-12", "2026-Q4", "2026", "2027-01",
    ]  # fmt: skip
    assert month_of(date(2028, 2, 3)).last == date(2028, 2, 29)


@pytest.fixture
def place(db: None) -> Any:
    """An office with two desks: seven reports came to the first, two to the second."""
    support = importlib.import_module("support.line")
    first = support.Line().found()
    second = support.Line(office=first.office)
    row = Desk.objects.get(id=first.desk)
    row.id, row.names = second.desk, {"en": "=Second desk"}
    row.save(force_insert=True)
    for desk, reports in ((first, 7), (second, 2)):
        for _ in range(reports):
            line.drop(first.office, support.Sender(desk).drop(), support.TODAY)
    return first


def shown(office: bytes, path: str = "arrivals/202611") -> dict[str, Any]:
    file = publication.published(office, f"figures/{path}")
    assert file is not None
    said: dict[str, Any] = json.loads(file.body)
    return said


@pytest.mark.django_db
def test_a_small_number_cannot_be_worked_out_from_the_others(place: Any) -> None:
    publish_figures(Night(datetime(2026, 11, 30, 12, tzinfo=UTC)))
    assert publication.listing(place.office, "figures/") == [], "a month that is not over is not told"
    publish_figures(Night(NEXT_MONTH))
    said = shown(place.office)
    assert said["period"] == "2026-11"
    [all_] = said["groups"]
    assert all_["total"] == 9
    assert set(all_["tables"]["desk"].values()) == {None}, "9 and 7 would give the 2 away"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("founded", "counts", "silent"),
    [(date(2026, 2, 3), {2: 3, 3: 10}, "20261"), (date(2026, 4, 1), {4: 3, 5: 10, 9: 7}, "2026")],
)
def test_the_time_before_an_office_hides_no_small_month(place: Any, founded: date, counts: Any, silent: str) -> None:
    """Nobody supposes a report in a month before its founding: the sum less the shown months is the small one."""
    Office.objects.filter(id=place.office).update(founded=founded)
    for month, count in counts.items():
        kept = json.dumps({"": {"desk": {"one": count}}}).encode()
        MonthCounts.objects.create(office=place.office, population="arrivals", month=date(2026, month, 1), counts=kept)
    publish_figures(Night(datetime(2027, 1, 2, 1, tzinfo=UTC)))
    small = next(month for month, count in counts.items() if count < 5)
    assert shown(place.office, f"arrivals/2026{small:02d}")["groups"][0]["total"] is None
    assert shown(place.office, f"arrivals/{silent}")["groups"][0]["total"] is None


@pytest.mark.django_db
def test_the_time_before_a_desk_hides_no_small_number_of_its(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In January the new desk was not there: 14 in the quarter less 10 in March would be its 4 of February."""
    Office.objects.filter(id=place.office).update(founded=date(2026, 1, 1))
    old, new = (b64(bytes([at] * 16)) for at in (1, 2))
    begun = {bytes([1] * 16): date(2026, 1, 1), bytes([2] * 16): date(2026, 2, 3)}
    monkeypatch.setattr(figures.offices, "profiles_of", lambda _office, desk: [(begun[desk], b"")])
    for month, counts in {1: {old: 3}, 2: {new: 4}, 3: {old: 20, new: 10}}.items():
        kept = json.dumps({"": {"desk": counts}}).encode()
        MonthCounts.objects.create(office=place.office, population="arrivals", month=date(2026, month, 1), counts=kept)
    publish_figures(Night(datetime(2026, 4, 2, 1, tzinfo=UTC)))
    months = [shown(place.office, f"arrivals/20260{month}")["groups"][0] for month in (1, 2, 3)]
    assert [month["tables"].get("desk", {}).get(new) for month in months] == [None, None, 10]
    [quarter] = shown(place.office, "arrivals/20261")["groups"]
    assert quarter["total"] == 37
    assert quarter["tables"].get("desk", {}).get(new) is None


@pytest.mark.django_db
def test_the_time_after_a_desk_hides_no_small_number_of_its(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In March the old desk was gone: 14 in the quarter less 10 in January would be its 4 of February."""
    Office.objects.filter(id=place.office).update(founded=date(2026, 1, 1))
    new, old = (b64(bytes([at] * 16)) for at in (1, 2))
    monkeypatch.setattr(figures.offices, "desks_ended", lambda _office: {bytes([2] * 16): date(2026, 3, 1)})
    for month, counts in {1: {new: 20, old: 10}, 2: {old: 4}, 3: {new: 3}}.items():
        kept = json.dumps({"": {"desk": counts}}).encode()
        MonthCounts.objects.create(office=place.office, population="arrivals", month=date(2026, month, 1), counts=kept)
    publish_figures(Night(datetime(2026, 4, 2, 1, tzinfo=UTC)))
    [january] = shown(place.office, "arrivals/202601")["groups"]
    [quarter] = shown(place.office, "arrivals/20261")["groups"]
    assert january["tables"]["desk"][old] == 10
    assert quarter["tables"].get("desk", {}).get(old) is None


@pytest.mark.django_db
def test_one_office_whose_figures_fail_stops_no_others(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The night says so, and every other office has its figures."""
    publish_due, asked = figures.publish_due, []

    def publishing(office: Any, *when: Any) -> None:
        asked.append(office.id)
        if office.id == bytes([9] * 16):
            raise LookupError("damaged")
        publish_due(office, *when)

    monkeypatch.setattr(figures, "publish_due", publishing)
    facts = [dataclasses.replace(offices.offices()[0], id=bytes([9] * 16)), *offices.offices()]
    monkeypatch.setattr(nightly.offices, "offices", lambda: facts)
    with pytest.raises(ExceptionGroup):
        publish_figures(Night(NEXT_MONTH))
    assert asked == [bytes([9] * 16), place.office]
    assert shown(place.office)["groups"][0]["total"] == 9


@pytest.mark.django_db
def test_a_stop_between_the_record_and_the_file_leaves_neither_a_gap_nor_a_second_act(
    place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is public and in no record would look like a forgery for ever."""

    def stopped(*_args: Any) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as power:
        power.setattr(publication, "publish", stopped)
        with pytest.raises(ExceptionGroup):
            publish_figures(Night(NEXT_MONTH))
    assert publication.published(place.office, "figures/arrivals/202611") is None
    publish_figures(Night(NEXT_MONTH))
    publish_figures(Night(NEXT_MONTH))
    assert shown(place.office)["groups"][0]["total"] == 9
    told = [one.act.subject for one in ledger.acts(place.office, {figures.PUBLISHED})]
    assert len(told) == len(set(told))
    assert "figures/arrivals/202611" in told


def test_a_month_is_frozen_after_its_last_day_is_sealed() -> None:
    """So a closing of its last minute is stored by then, or refused for a day whose record is out and counted next."""
    names = [name for name, _job in in_order()]
    assert names.index("record") < names.index("figures")


@pytest.mark.django_db
def test_what_was_published_stays_whatever_is_deleted_later_and_sums_are_of_what_was(place: Any) -> None:
    publish_figures(Night(NEXT_MONTH))
    before = shown(place.office)
    Thread.objects.all().delete()
    publish_figures(Night(datetime(2027, 1, 2, 1, tzinfo=UTC)))
    assert shown(place.office) == before
    assert shown(place.office, "arrivals/202612")["groups"] == []
    assert [shown(place.office, f"arrivals/{key}")["groups"][0]["total"] for key in ("20264", "2026")] == [9, 9]


@pytest.mark.django_db
def test_a_month_that_was_published_before_in_another_form_is_shown_as_it_was(place: Any) -> None:
    desks = [{"id": "one", "names": {}, "count": None}, {"id": "two", "names": {}, "count": None}]
    old = {"v": 1, "kind": "arrivals", "month": "2026-11", "threshold": 5, "desks": desks, "total": 9}
    publication.publish(place.office, "figures/202611", "application/json", json.dumps(old).encode(), date(2026, 12, 1))
    publish_figures(Night(NEXT_MONTH))
    [all_] = shown(place.office)["groups"]
    assert all_ == {"id": "", "total": 9, "tables": {"desk": {"one": None, "two": None}}}


@pytest.mark.django_db
def test_the_public_page_shows_a_dot_for_what_is_left_out_and_the_year_in_full(place: Any, public_client: Any) -> None:
    published.publish_manifest(place.office)
    publish_figures(Night(NEXT_MONTH))
    page = public_client.get("/how-we-do").content.decode()
    assert "2026-11" in page
    assert page.count("not shown") == 2
    own = f"/at/{b64(place.office)}/how-we-do"
    assert f'href="{own}"' in page
    publish_figures(Night(datetime(2027, 1, 2, 1, tzinfo=UTC)))
    assert "2026 · Reports that arrived" in public_client.get("/how-we-do").content.decode()
    answer = public_client.get(f"{own}.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(answer.content.decode()))
    assert head == ["Period", "Counted", "Law", "Table", "Row", "Number"]
    assert ["2026-11", "Reports that arrived", "", "", "All", "9"] in rows
    assert ["2026-11", "Reports that arrived", "", "By desk", "'=Second desk", ""] in rows
    assert public_client.get(f"/record/{b64(place.office)}/figures/arrivals/202611").status_code == 200


@pytest.mark.django_db
def test_without_a_month_the_page_says_when_there_will_be_one(public_client: Any) -> None:
    published.publish_manifest()
    assert "No month yet" in public_client.get("/how-we-do").content.decode()
