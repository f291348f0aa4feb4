"""What is noted of duties in a case: by whom, when, what of it is refused, and that nothing late can be hidden."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases.casework import NOW, TODAY, Casework, Office
from cases.deleters import Deleters
from factories.shipping import newer
from fairline.cases import calendar_feed
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.duty import queries, services
from fairline.duty.clocks import Kind, State
from fairline.duty.models import DutyEvent
from fairline.duty.services import Note
from fairline.ledger import stored
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.offices.models import AdoptedLaw
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.oversight.overview import TERMS, kind_of, overview
from fairline.seal.primitives import H

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
AT = NOW.astimezone(UTC).replace(second=0, microsecond=0) - HOUR


def test_what_is_signed_is_the_hash_of_four_words():
    given = Note("eu-nis2", Kind.AWARE, "", datetime(2026, 3, 27, 22, 30, tzinfo=UTC))
    assert H(given.said.encode()).hex() == "e5e79faa28fdf988d33c90f3b3d7ebbdf85918a83361843bd1f008d64d8d92b2"


@pytest.fixture
def office() -> Office:
    return Office.founded("Bao", "Cleo", "Dan")


@pytest.fixture
def case(office: Office) -> Casework:
    case = office.report()
    _lead, bao, cleo, _dan = office.people
    case.declare(*office.people)
    case.triage(bao, [bao, cleo])
    case.confirm(cleo)
    return case


def noted(case, member, kind, row="", at=AT, *, law="eu-nis2", signed=None, now=NOW):
    given = Note(law, kind, row, at)
    act = case.act(member, f"{kind} duty", None, H((signed or given).said.encode()))
    services.note(case.office.facts(member), case.id, given, act, now)


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_moment_and_act_are_stored_together(office, case):
    bao = office.people[1]
    noted(case, bao, Kind.AWARE)
    recorded = parse_row(Row.objects.latest("number").row).act()
    assert (recorded.act, recorded.after) == ("aware duty", H(f"eu-nis2 aware  {AT:%Y-%m-%dT%H:%MZ}".encode()))
    found = queries.of_thread(office.facts(bao), case.id, NOW)["eu-nis2"]
    assert [one.clock.id for one in found if one.state is State.RUNNING] == ["early-warning", "notification"]


def test_a_row_that_a_member_confirmed_is_called_the_law_in_the_case_too(office, case):
    lead, bao, *_others = office.people
    noted(case, bao, Kind.AWARE)
    new = Confirmation("eu-nis2", "notification", "OJ L 333, 27.12.2022, p. 80", TODAY)
    maker = office.maker
    act = maker.act(lead, "confirm row", maker.id, after=new.digest())
    confirm(maker.row, lead.row(), new, act, NOW)
    found = {one.clock.id: one.is_law for one in queries.of_thread(office.facts(bao), case.id, NOW)["eu-nis2"]}
    assert (found["early-warning"], found["notification"], found["final"]) == (True, True, False)


def test_what_was_signed_is_what_is_kept(office, case):
    bao = office.people[1]
    other = Note("eu-nis2", Kind.AWARE, "", AT - HOUR)
    assert refusal(lambda: noted(case, bao, Kind.AWARE, signed=other)) == "act"
    assert not DutyEvent.objects.exists()


def test_only_who_is_assigned_notes_or_reads_it(office, case):
    dan = office.people[3]
    assert refusal(lambda: noted(case, dan, Kind.AWARE)) == "no-thread"
    assert refusal(lambda: queries.of_thread(office.facts(dan), case.id, NOW)) == "no-thread"


def test_awareness_is_put_earlier_and_never_later(office, case):
    bao = office.people[1]
    noted(case, bao, Kind.AWARE)
    assert refusal(lambda: noted(case, bao, Kind.AWARE, at=AT + HOUR / 2)) == "duty"
    noted(case, bao, Kind.AWARE, at=AT - HOUR)
    found = {one.clock.id: one for one in queries.of_thread(office.facts(bao), case.id, NOW)["eu-nis2"]}
    assert found["early-warning"].began == AT - HOUR


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"at": AT + 2 * HOUR}, "at"),
        ({"at": AT - timedelta(days=400)}, "at"),
        ({"row": "nobody"}, "row"),
        ({"law": "eu-2019-1937"}, "law"),
        ({"kind": Kind.DONE, "row": "early-warning"}, "at"),
    ],
)
def test_a_note_that_says_nothing_is_refused(office, case, change, code):
    given = {"kind": Kind.AWARE, "row": "", "at": AT} | change
    assert refusal(lambda: noted(case, office.people[1], given.pop("kind"), **given)) == code


def test_nobody_says_of_a_late_row_that_it_was_never_owed(office, case):
    bao = office.people[1]
    noted(case, bao, Kind.AWARE)
    noted(case, bao, Kind.NOT_OWED, "notification")
    later = NOW + timedelta(days=2)
    assert refusal(lambda: noted(case, bao, Kind.NOT_OWED, "early-warning", now=later)) == "duty"
    noted(case, bao, Kind.DONE, "early-warning", now=later, at=AT + 30 * HOUR)
    assert refusal(lambda: noted(case, bao, Kind.DONE, "early-warning", now=later, at=AT + 30 * HOUR)) == "duty"
    found = {one.clock.id: one for one in queries.of_thread(office.facts(bao), case.id, later)["eu-nis2"]}
    assert (found["early-warning"].in_time, found["notification"].state) == (False, State.NOT_OWED)


def test_what_is_late_is_told_as_a_number_to_who_answers_and_to_auditors(office, case):
    lead, bao, *_ = office.people
    noted(case, bao, Kind.AWARE)
    later = NOW + timedelta(days=2)
    [mine] = [one for one in queries.owed_of(office.facts(bao), later) if one.row.state is State.LATE]
    assert (mine.thread, mine.row.clock.id) == (case.id, "early-warning")
    assert queries.owed_of(office.facts(lead), later) == []
    [late] = queries.late_of(office.facts(lead), later)
    assert (late.desk, late.count) == (office.maker.desk, 1)
    shown = overview(office.maker.id, later.date(), later)
    assert ("duty", "late", 1) in [(one.action, one.state, one.count) for one in shown.clocks]
    assert kind_of("not-owed duty") == TERMS


def test_what_is_owed_keeps_its_case_from_being_deleted(office, case, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    stored.discover()
    _lead, bao, cleo, _dan = office.people
    noted(case, bao, Kind.AWARE)
    at = Deleters(office)
    at.reads(bao, case)
    at.reads(cleo, case)
    case.close(bao)
    at = at.in_days(400)
    assert refusal(lambda: at.asks(bao, case)) == "duty"
    DutyEvent.objects.filter(thread=case.id).update(kind=Kind.NOT_OWED)
    at.agrees(cleo, at.asks(bao, case))
    assert not DutyEvent.objects.exists()


def test_its_days_stand_in_the_calendars_of_those_assigned_and_of_nobody_else(office, case, monkeypatch):
    bao, dan = office.people[1], office.people[3]
    noted(case, bao, Kind.AWARE)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    desk = office.maker.desk
    days = set(calendar_feed.due_days(office.facts(bao), desk, TODAY)[0])
    assert {(AT + 24 * HOUR).date(), (AT + 72 * HOUR).date()} <= days
    assert not {(AT + 24 * HOUR).date()} & set(calendar_feed.due_days(office.facts(dan), desk, TODAY)[0])
    monkeypatch.setattr(clock, "now", lambda: NOW + 48 * HOUR)
    assert calendar_feed.due_days(office.facts(bao), desk, TODAY + timedelta(days=2))[1]


def test_a_case_keeps_the_version_of_the_law_under_which_its_clocks_began(office, case, tmp_path, monkeypatch):
    bao = office.people[1]
    noted(case, bao, Kind.AWARE)
    with newer(tmp_path, monkeypatch, "eu-nis2", ("limit = 72", "limit = 48")):
        AdoptedLaw.objects.create(office=office.maker.id, number=1, law="eu-nis2", version=2, day=TODAY,
                                  starts=TODAY + timedelta(days=1))  # fmt: skip
        later = NOW + 40 * HOUR
        [row] = [one for one in queries.of_thread(office.facts(bao), case.id, later)["eu-nis2"]
                 if one.clock.id == "notification"]  # fmt: skip
        assert row.due.until == AT + 72 * HOUR
        assert queries.law(office.maker.id, "eu-nis2", (), later).clocks["notification"].period.amount == 48
