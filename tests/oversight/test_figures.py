"""How many reports came is published once a month, without small numbers, and never changed."""

from __future__ import annotations

import csv
import importlib
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fairline.core import publication
from fairline.core.jobs import Night
from fairline.line import services as line
from fairline.line.models import Thread
from fairline.offices.models import Desk
from fairline.oversight import figures
from fairline.oversight.nightly import publish_figures
from fairline.seal.primitives import b64
from press import published

NEXT_MONTH = datetime(2026, 12, 1, 1, tzinfo=UTC)


def test_months_are_whole_and_none_is_left_out() -> None:
    assert list(figures.months(date(2026, 11, 30), date(2026, 11, 30))) == []
    assert list(figures.months(date(2026, 11, 30), date(2026, 12, 1))) == [date(2026, 11, 1)]
    assert list(figures.months(date(2026, 11, 5), date(2027, 2, 3))) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1),
    ]  # fmt: skip


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


def shown(office: bytes) -> dict[str, Any]:
    file = publication.published(office, "figures/202611")
    assert file is not None
    said: dict[str, Any] = json.loads(file.body)
    return said


@pytest.mark.django_db
def test_a_small_number_cannot_be_worked_out_from_the_others(place: Any) -> None:
    publish_figures(Night(datetime(2026, 11, 30, 12, tzinfo=UTC)))
    assert publication.listing(place.office, "figures/") == [], "a month that is not over is not told"
    publish_figures(Night(NEXT_MONTH))
    said = shown(place.office)
    assert said["month"] == "2026-11"
    assert said["total"] == 9
    assert [desk["count"] for desk in said["desks"]] == [None, None], "9 and 7 would give the 2 away"


@pytest.mark.django_db
def test_what_was_published_stays_whatever_is_deleted_later(place: Any) -> None:
    publish_figures(Night(NEXT_MONTH))
    before = shown(place.office)
    Thread.objects.all().delete()
    publish_figures(Night(datetime(2027, 1, 2, 1, tzinfo=UTC)))
    assert shown(place.office) == before
    later = publication.published(place.office, "figures/202612")
    assert later is not None
    assert json.loads(later.body)["total"] == 0


@pytest.mark.django_db
def test_the_public_page_shows_a_dot_for_what_is_left_out(place: Any, public_client: Any) -> None:
    published.publish_manifest(place.office)
    publish_figures(Night(NEXT_MONTH))
    page = public_client.get("/how-we-do").content.decode()
    assert "November 2026" in page
    assert page.count("not shown") == 2
    own = f"/at/{b64(place.office)}/how-we-do"
    assert f'href="{own}"' in page
    answer = public_client.get(f"{own}.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, row = csv.reader(io.StringIO(answer.content.decode()))
    assert row == ["2026-11", "", "", "9"]
    assert head[0] == "Month"
    assert public_client.get(f"/record/{b64(place.office)}/figures/202611").status_code == 200


@pytest.mark.django_db
def test_without_a_month_the_page_says_when_there_will_be_one(public_client: Any) -> None:
    published.publish_manifest()
    assert "No month yet" in public_client.get("/how-we-do").content.decode()
