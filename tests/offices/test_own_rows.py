"""An office may be quicker than its law, never slower: one asks, a second agrees, what has begun keeps its period."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from factories.offices import NOW, Insider, founded, with_second
from fairline.cases import previewing, retention, timekeeping
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.line import services as line
from fairline.offices import queries as offices
from fairline.offices.models import Desk, Office, OwnLawRow
from fairline.offices.services import own_rows
from fairline.press.accounts import account
from fairline.profiles.deadlines import Period, Unit
from fairline.profiles.own_rows import OwnRow
from fairline.profiles.services import keep
from fairline.seal.primitives import H
from support.line import Line, Sender

pytestmark = pytest.mark.django_db(databases=["default", "public"])
LAW = "eu-2019-1937"
DAY = NOW.date()
SOON = DAY + timedelta(days=10)
FEEDBACK = OwnRow(LAW, "feedback-internal", Period(2, Unit.MONTH), SOON)
KEPT = OwnRow(LAW, "retention/unfounded", Period(2, Unit.MONTH), SOON)


class House:
    """An office under the directive with two people and one report of today."""

    def __init__(self) -> None:
        self.maker = founded()
        self.first, self.second = self.maker.first, with_second(self.maker)
        said = {
            "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3},
            "ways": {"letter": "Quay 1"}, "emergency": {"en": "Call 112."}, "complaints": {"en": "The ombudsperson."},
            "law": {"id": LAW},
        }  # fmt: skip
        self.profile = keep(json.dumps(said).encode())
        Desk.objects.filter(id=self.maker.desk).update(open=True, epoch=0)
        at = Line(self.maker.id, self.maker.desk)
        line.drop(at.office, Sender(at).drop(), DAY)

    @property
    def id(self) -> bytes:
        return self.maker.id

    def asks(self, row: OwnRow = FEEDBACK, signed: OwnRow | None = None) -> bytes:
        act = self.maker.act(self.first, own_rows.ASK, self.id, after=own_rows.digest(signed or row))
        return own_rows.propose(Office.objects.get(id=self.id), self.first.row(), row, act, NOW)

    def agrees(self, key: bytes, by: Insider | None = None, later: int = 0, seen: bytes | None = None) -> None:
        asked = OwnLawRow.objects.get(id=key)
        row = OwnRow(asked.law, asked.row, Period(asked.amount, Unit(asked.unit)), asked.starts)
        member = by or self.second
        before = H(bytes(asked.what) if seen is None else seen)
        act = self.maker.act(member, own_rows.AGREE, self.id, before=before, after=own_rows.digest(row))
        own_rows.agree(Office.objects.get(id=self.id), member.row(), key, act, NOW + timedelta(days=later))

    def takes_back(self, key: bytes, seen: bytes) -> None:
        act = self.maker.act(self.second, own_rows.WITHDRAW, self.id, before=H(seen))
        own_rows.refuse(Office.objects.get(id=self.id), self.second.row(), key, act, NOW)

    def clock(self, arrived: int, action: str = "feedback") -> timekeeping.Standing:
        """The clock of a report that arrives so many days from today."""
        day = DAY + timedelta(days=arrived)
        terms = timekeeping.Desk(self.id, self.maker.desk, "UTC").terms(day)
        return next(one for one in timekeeping.standing(day, terms, (), day) if one.action == action)

    def kept_until(self, closed: int) -> retention.Standing:
        """How a case stands that arrived today and is closed as unfounded so many days from now."""
        of, since = timekeeping.Desk(self.id, self.maker.desk, "UTC"), DAY + timedelta(days=closed)
        over = retention.Over(retention.CLOSED, "unfounded", since, unread=False, held=False, asked=False)
        terms = of.terms(since)
        return retention.standing(over, [of.terms(DAY).law, terms.law], terms.fallback, since)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    made = House()
    monkeypatch.setattr(offices, "profiles_of", lambda _office, _desk: [(DAY, made.profile)])
    return made


def test_what_two_agreed_to_counts_from_its_day_on_and_what_began_before_keeps_its_period(house):
    before = house.clock(9)
    house.agrees(house.asks())
    assert house.clock(9) == before
    promised = house.clock(10)
    assert promised.due.day.isoformat() == "2026-07-14"
    assert not promised.is_law, "the office's own promise is never called the law"
    assert before.due.day.isoformat() == "2026-08-13"


def test_one_alone_changes_nothing(house):
    key = house.asks()
    assert house.clock(10).clock.period == Period(3, Unit.MONTH)
    assert account(house.id, "en").own == ()
    with pytest.raises(Problem) as refused:
        house.agrees(key, by=house.first)
    assert refused.value.code == "same-person"
    assert house.clock(10).clock.period == Period(3, Unit.MONTH)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (replace(FEEDBACK, period=Period(4, Unit.MONTH)), "slower"),
        (replace(FEEDBACK, period=Period(1, Unit.YEAR)), "slower"),
        (replace(FEEDBACK, period=Period(3, Unit.MONTH)), "same"),
        (replace(FEEDBACK, starts=DAY), "starts"),
        (replace(FEEDBACK, starts=DAY + timedelta(days=400)), "starts"),
        (replace(FEEDBACK, row="concerned-notice"), "no-row"),
        (replace(FEEDBACK, law="eu-nis2"), "no-row"),
        (OwnRow("generic", "retention/not-competent", Period(20, Unit.DAY), SOON), "too-short"),
    ],
)
def test_what_the_law_forbids_is_refused_in_a_sentence_and_stored_nowhere(house, row, code):
    with pytest.raises(Problem) as refused:
        house.asks(row)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert not OwnLawRow.objects.exists()


def test_both_acts_stand_in_the_record_and_the_second_names_the_first(house):
    key = house.asks()
    what = bytes(OwnLawRow.objects.get(id=key).what)
    house.agrees(key)
    rows = [parse_row(row.row).act() for row in Row.objects.filter(office=house.id).order_by("number")]
    asked, agreed = rows[-2:]
    assert (asked.act, asked.member, asked.after) == ("propose law row", house.first.id, own_rows.digest(FEEDBACK))
    assert (agreed.act, agreed.member, agreed.before) == ("law row", house.second.id, H(what))


def test_who_signs_something_else_than_is_asked_for_is_refused(house):
    with pytest.raises(Problem) as refused:
        house.asks(signed=replace(FEEDBACK, starts=SOON + timedelta(days=1)))
    assert refused.value.code == "act"
    key = house.asks()
    with pytest.raises(Problem) as other:
        house.agrees(key, seen=b"what somebody else had asked for")
    assert other.value.code == "act"
    assert house.clock(10).clock.period == Period(3, Unit.MONTH)


@pytest.mark.parametrize(("later", "starts"), [(8, 10), (5, 5), (6, 5)])
def test_a_week_later_or_once_its_day_has_come_nobody_can_agree_any_more(house, later, starts):
    key = house.asks(replace(FEEDBACK, starts=DAY + timedelta(days=starts)))
    with pytest.raises(Problem) as refused:
        house.agrees(key, later=later)
    assert refused.value.code == "not-asked"


def test_a_new_request_takes_the_place_of_the_one_that_waits_and_it_can_be_taken_back(house):
    house.asks()
    key = house.asks(replace(FEEDBACK, period=Period(1, Unit.MONTH)))
    [waits] = offices.own_rows(house.id, DAY).asked
    assert waits.row.period == Period(1, Unit.MONTH)
    what = bytes(OwnLawRow.objects.get(id=key).what)
    with pytest.raises(Problem) as refused:
        house.takes_back(key, b"what somebody else had asked for")
    assert refused.value.code == "act"
    house.takes_back(key, what)
    assert offices.own_rows(house.id, DAY).asked == []
    last = [parse_row(row.row).act() for row in Row.objects.filter(office=house.id).order_by("number")][-1]
    assert (last.act, last.member, last.before) == ("withdraw law row", house.second.id, H(what))
    with pytest.raises(Problem) as gone:
        house.takes_back(key, what)
    assert gone.value.code == "not-asked"


def test_the_office_goes_back_to_its_law_from_a_later_day_and_no_earlier_report_loses_its_promise(house):
    house.agrees(house.asks())
    house.agrees(house.asks(OwnRow(LAW, "feedback-internal", Period(3, Unit.MONTH), SOON + timedelta(days=5))))
    assert [house.clock(day).clock.period.amount for day in (9, 10, 14, 15)] == [3, 2, 2, 3]


def test_cases_are_deleted_sooner_that_are_closed_from_the_day_on(house):
    before = house.kept_until(9)
    house.agrees(house.asks(KEPT))
    assert house.kept_until(9) == before
    assert house.kept_until(10).period == Period(2, Unit.MONTH)
    assert not house.kept_until(10).law


def test_the_preview_counts_what_runs_and_what_would_move(house):
    assert previewing.changes(house.id, FEEDBACK, DAY) == previewing.Changes(running=1, moved=0, open=0)
    assert previewing.changes(house.id, KEPT, DAY) == previewing.Changes(running=0, moved=0, open=1)
    # Were it not refused, a row for what has begun would move the clock: the count is made, not said.
    assert previewing.changes(house.id, replace(FEEDBACK, starts=DAY), DAY).moved == 1
    other = OwnRow("generic", "feedback", Period(1, Unit.MONTH), SOON)
    assert previewing.changes(house.id, other, DAY).running == 0
    assert not OwnLawRow.objects.exists()


def test_everybody_reads_what_the_desks_law_has_them_told_and_nothing_that_nobody_verified(house):
    Desk.objects.filter(id=house.maker.desk).update(profile=house.profile)
    house.agrees(house.asks())
    told = {one.source: one.text for one in account(house.id, "en").notices}
    assert "Threats and attempts are forbidden, too." in told["Directive (EU) 2019/1937 Art 19"]
    assert "Directive (EU) 2019/1937 Art 10" not in told


def test_everybody_reads_it_beside_what_the_law_gives(house):
    house.agrees(house.asks())
    house.agrees(house.asks(KEPT))
    found = account(house.id, "en").promises(DAY)
    assert [(one.row, one.limit, one.given, one.starts) for one in found] == [
        ("feedback-internal", 2, 3, SOON), ("retention/unfounded", 2, 6, SOON),
    ]  # fmt: skip
    assert found[1].label == "Unfounded"
    assert [one.limit for one in account(house.id, "en").promises(SOON)] == [2, 2]


def test_everybody_reads_what_the_laws_ask_of_organisations_and_what_of_it_nobody_has_verified(house):
    Desk.objects.filter(id=house.maker.desk).update(profile=house.profile)
    house.agrees(house.asks())
    found = {one.name: one for one in account(house.id, "en").duties}
    ours = found["EU: protection of persons who report breaches (2019/1937)"]
    assert {one.status for one in ours.rows} == {"unverified"}
    assert ours.languages == ("en", "zh-Hans", "ar")
    assert any("NIS2" in name for name in found)
