"""A release brings a newer file of a law: nothing runs under it before somebody has seen what changes, and signed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from factories.offices import NOW, founded, founded_anew
from factories.shipping import newer
from fairline.cases import foreseeing, timekeeping
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.line import services as line
from fairline.offices import queries as offices
from fairline.offices.models import AdoptedLaw, Desk, Office
from fairline.offices.services import versions
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.profiles.adopting import read_adopted
from fairline.profiles.deadlines import Period, Unit
from fairline.profiles.law_checks import problems_of, shipped_law
from fairline.profiles.services import keep
from fairline.profiles.shipped import shipped
from fairline.profiles.versions import AdoptedVersion
from fairline.seal.primitives import b64
from support.line import Line, Sender

pytestmark = pytest.mark.django_db(databases=["default", "public"])
LAW, OTHER = "eu-2019-1937", "prc-cel-2023"
LATER = NOW + timedelta(days=1)
DAY = LATER.date()
SOON = DAY + timedelta(days=10)
SECOND = AdoptedVersion(LAW, 2, SOON)
FEEDBACK = """id = "feedback-internal"
action = "feedback"
starts = "acknowledged"
applies = "internal"
limit = 3
"""
READING = """action = "read"
starts = "received"
limit = 2
"""
SHORTER = (FEEDBACK, FEEDBACK.replace("limit = 3", "limit = 2"))
REACHES = (FEEDBACK, "open_cases = true\n" + FEEDBACK.replace("limit = 3", "limit = 2"))
SOONER_READ = (READING, READING.replace("limit = 2", "limit = 1"))


def said(**more) -> bytes:
    return json.dumps({
        "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3}, "ways": {"letter": "Quay 1"},
        "emergency": {"en": "Call 112."}, "complaints": {"en": "The ombudsperson."}, "law": {"id": LAW}, **more,
    }).encode()  # fmt: skip


class House:
    """An office under the directive with two reports, of yesterday and of today."""

    def __init__(self) -> None:
        self.maker = founded()
        self.profile = keep(said())
        Desk.objects.filter(id=self.maker.desk).update(open=True, epoch=0)
        at = Line(self.maker.id, self.maker.desk)
        for back in (1, 0):
            line.drop(at.office, Sender(at).drop(), DAY - timedelta(days=back))

    @property
    def id(self) -> bytes:
        return self.maker.id

    @property
    def lead(self):
        found = offices.member(self.id, self.maker.first.id)
        assert found is not None
        return found

    def adopts(self, new: AdoptedVersion = SECOND, signed: AdoptedVersion | None = None) -> None:
        act = self.maker.act(self.maker.first, versions.ACT, self.id, after=versions.digest(signed or new))
        versions.adopt(Office.objects.get(id=self.id), self.maker.first.row(), new, act, LATER)

    def feedback(self, arrived: int, today: int = 0) -> date:
        """When feedback is due on a report that arrives so many days from today, looked at so many days from today."""
        day, then = DAY + timedelta(days=arrived), DAY + timedelta(days=today)
        terms = timekeeping.Desk(self.id, self.maker.desk, "UTC", then).terms(day)
        [found] = [one for one in timekeeping.standing(day, terms, (), day) if one.action == "feedback"]
        return found.due.day


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    made = House()
    monkeypatch.setattr(offices, "profiles_of", lambda _office, _desk: [(DAY - timedelta(days=5), made.profile)])
    return made


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_a_newer_file_counts_for_nothing_before_it_is_adopted_and_then_for_what_begins(house, tmp_path, monkeypatch):
    before = [house.feedback(day) for day in (0, 9, 10)]
    with newer(tmp_path, monkeypatch, LAW, SHORTER):
        assert [house.feedback(day, 400) for day in (0, 9, 10)] == before
        house.adopts()
        assert [house.feedback(day, 400) for day in (0, 9)] == before[:2]
        assert house.feedback(10, 400) == date(2026, 7, 15)
    recorded = parse_row(Row.objects.filter(office=house.id).latest("number").row).act()
    assert (recorded.act, recorded.member) == ("adopt law", house.maker.first.id)
    assert recorded.after == versions.digest(SECOND)


def test_what_it_changes_is_seen_before_row_by_row_and_what_has_begun_is_kept(house, tmp_path, monkeypatch):
    with newer(tmp_path, monkeypatch, LAW, SHORTER, SOONER_READ):
        found = foreseeing.of_version(house.lead, SECOND, DAY)
    changed = {one.row: (one.before, one.after, one.open_cases) for one in found.rows}
    assert changed == {
        "feedback-internal": (Period(3, Unit.MONTH), Period(2, Unit.MONTH), False),
        "first-read": (Period(2, Unit.WORKING_DAY), Period(1, Unit.WORKING_DAY), False),
    }
    # Two reports: each is acknowledged, and runs to be read and to be answered.
    assert (list(found.moved), found.kept) == ([], 4)
    assert not AdoptedLaw.objects.exists()


def test_where_the_law_says_that_it_holds_for_open_cases_they_are_counted_by_day_and_move_from_its_day_on(
    house, tmp_path, monkeypatch
):
    before = house.feedback(0)
    with newer(tmp_path, monkeypatch, LAW, REACHES):
        found = foreseeing.of_version(house.lead, SECOND, DAY)
        assert [(one.arrived, one.action, one.count) for one in found.moved] == [
            (DAY - timedelta(days=1), "feedback", 1), (DAY, "feedback", 1),
        ]  # fmt: skip
        assert found.kept == 2
        assert [(one.before, one.after) for one in found.moved][1] == (before, date(2026, 7, 6))
        house.adopts()
        assert house.feedback(0, 9) == before, "its day has not come"
        assert house.feedback(0, 10) == date(2026, 7, 6)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(SECOND, starts=DAY), "starts"),
        (replace(SECOND, starts=DAY + timedelta(days=400)), "starts"),
        (replace(SECOND, version=1), "same"),
        (replace(SECOND, version=3), "no-version"),
        (replace(SECOND, law="nowhere"), "no-version"),
    ],
)
def test_what_is_no_newer_version_or_would_reach_back_is_refused(house, tmp_path, monkeypatch, new, code):
    with newer(tmp_path, monkeypatch, LAW, SHORTER):
        assert refusal(lambda: house.adopts(new)) == code
    assert not AdoptedLaw.objects.exists()


def test_nobody_adopts_a_law_before_it_holds_or_signs_another_day_than_is_kept(house, tmp_path, monkeypatch):
    later = ("effective_from = 2021-12-17", "effective_from = 2027-01-01")
    with newer(tmp_path, monkeypatch, LAW, SHORTER, later):
        assert refusal(house.adopts) == "starts"
        there = replace(SECOND, starts=date(2027, 1, 1))
        assert refusal(lambda: house.adopts(there, signed=SECOND)) == "act"
        house.adopts(there)
        assert refusal(lambda: house.adopts(there)) == "same"


def test_an_office_that_is_founded_later_works_under_the_newest(tmp_path, monkeypatch):
    with newer(tmp_path, monkeypatch, LAW, SHORTER):
        made = founded_anew()
        assert offices.law_at(made.id, LAW, DAY).version == 2
        assert [one.member for one in offices.adoptions(made.id)] == [None]


def test_who_confirmed_a_row_confirmed_the_number_that_it_had(house, tmp_path, monkeypatch):
    looked = Confirmation(LAW, "feedback-internal", "OJ L 305, p. 17", DAY)
    act = house.maker.act(house.maker.first, "confirm row", house.id, after=looked.digest())
    confirm(Office.objects.get(id=house.id), house.maker.first.row(), looked, act, LATER)
    with newer(tmp_path, monkeypatch, LAW, SHORTER):
        house.adopts()
        of = timekeeping.Desk(house.id, house.maker.desk, "UTC")
        assert "feedback-internal" in of.terms(DAY).confirmed
        assert "feedback-internal" not in of.terms(SOON).confirmed


def test_who_does_not_work_at_a_desk_is_told_a_number_and_no_day(house, tmp_path, monkeypatch):
    administrator = replace(house.lead, roles=("administrator", f"lead@{b64(bytes(16))}"))
    with newer(tmp_path, monkeypatch, LAW, REACHES):
        found = foreseeing.of_version(administrator, SECOND, DAY)
    assert (list(found.moved), found.elsewhere, found.kept) == ([], 2, 2)


def test_another_law_at_a_desk_moves_what_arrived_today_and_nothing_of_before(house):
    moved = foreseeing.of_desk(house.lead, house.maker.desk, read_adopted(said(feedback={"months": 2})), DAY)
    [one] = moved.moved
    assert (one.arrived, one.action, one.count, one.after) == (DAY, "feedback", 1, date(2026, 7, 6))
    assert moved.kept == 3
    other = foreseeing.of_desk(house.lead, house.maker.desk, read_adopted(said(law={"id": OTHER})), DAY)
    assert {now.law for now, _then in other.begins} == {LAW}
    assert LAW not in {then.law for _now, then in other.begins}


def test_the_page_says_which_version_counts_and_that_a_newer_one_is_there(house, tmp_path, monkeypatch):
    from fairline.offices.views.laws import _laws  # noqa: PLC0415 - reads settings when it is loaded

    monkeypatch.setattr(clock, "today", lambda _zone: DAY)
    with newer(tmp_path, monkeypatch, LAW, SHORTER):
        Desk.objects.filter(id=house.maker.desk).update(profile=house.profile)
        [found] = [one for one in _laws(house.id) if one["id"] == LAW]
        assert (found["version"], found["newer"]) == (1, {"version": 2, "effective_from": "2021-12-17"})
        house.adopts()
        [found] = [one for one in _laws(house.id) if one["id"] == LAW]
        assert (found["version"], found["newer"], found["adopted"][0]["starts"]) == (1, None, SOON.isoformat())
        duties = [one for one in _laws(house.id) if one["kind"] == "notifier"]
        assert {one["id"] for one in duties} == {"eu-nis2", "us-nispom"}
        assert all(one["rows"] and not one["periods"] for one in duties)


def test_an_overlay_may_lie_on_an_earlier_version(tmp_path, monkeypatch):
    with newer(tmp_path, monkeypatch, LAW, SHORTER):
        text = (shipped(f"{LAW}-de") or "").replace(f'overlays = "{LAW}"', f'overlays = "{LAW}@1"')
        assert problems_of(text) == []
        (tmp_path / f"{LAW}-de.toml").write_text(text, encoding="utf-8")
        assert shipped_law(f"{LAW}-de").clocks["feedback-internal"].period == Period(3, Unit.MONTH)
