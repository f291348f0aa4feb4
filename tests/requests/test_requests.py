"""The one search for a person: for a verified request that two others approved, by each holder over their own cases."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.apps import apps

from cases.casework import NOW, TODAY, Casework, Office
from fairline.cases import calendar_feed
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.oversight.overview import overview
from fairline.requests import queries, services
from fairline.requests.erasure import shred_approvals, shred_requests, shred_runs
from fairline.requests.models import AccessRequest, Approval, Run
from fairline.requests.services import NewRequest
from fairline.seal.primitives import H

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=1)


@dataclass
class Asked:
    """An office with two cases of different people, and one request."""

    office: Office
    cases: list[Casework]
    id: bytes
    content: bytes

    def act(self, member, act: str):
        return self.office.maker.act(member, act, self.id, after=self.content)

    def record(self, member) -> None:
        new = NewRequest(self.id, b"sealed to all of them", self.content, self.act(member, "record request"))
        services.record(self.office.facts(member), new, TODAY, NOW)

    def approve(self, *members, today: date = TODAY) -> None:
        for one in members:
            services.approve(self.office.facts(one), self.id, self.act(one, "approve request"), today, NOW)

    def run(self, *members, today: date = TODAY) -> None:
        for one in members:
            services.ran(self.office.facts(one), self.id, self.act(one, "run request"), today, NOW)

    def standing(self, today: date = TODAY) -> queries.Standing:
        return queries.one(self.office.facts(self.office.people[0]), self.id, today)


@pytest.fixture
def asked() -> Asked:
    office = Office.founded("Bao", "Cleo", "Dan", "Eva")
    lead, bao, cleo, dan, _eva = office.people
    cases = []
    for first, second in ((bao, cleo), (cleo, dan)):
        case = office.report()
        case.declare(first, second)
        case.triage(first, [first, second])
        case.confirm(second)
        cases.append(case)
    found = Asked(office, cases, secrets.token_bytes(16), secrets.token_bytes(32))
    found.record(lead)
    return found


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_two_others_approve_it_and_each_holder_searches_their_own_cases_until_all_have(asked):
    _lead, bao, cleo, dan, eva = asked.office.people
    asked.approve(bao, eva)
    assert asked.standing().waiting == {one.id for one in (bao, cleo, dan)}
    assert queries.searched(asked.office.facts(bao), asked.id, TODAY) == [asked.cases[0].id]
    assert set(queries.searched(asked.office.facts(cleo), asked.id, TODAY)) == {one.id for one in asked.cases}
    assert queries.searched(asked.office.facts(eva), asked.id, TODAY) == []
    asked.run(bao, cleo)
    assert AccessRequest.objects.get().sealed
    asked.run(dan)
    row = AccessRequest.objects.get()
    assert (row.closed, row.sealed) == (TODAY, b"")
    assert asked.standing().over


def test_nobody_searches_before_two_others_have_approved(asked):
    lead, bao, cleo, *_ = asked.office.people
    for waiting in ((), (cleo,)):
        asked.approve(*waiting)
        assert refusal(lambda: queries.searched(asked.office.facts(bao), asked.id, TODAY)) == "request"
        assert refusal(lambda: asked.run(bao)) == "request"
    assert refusal(lambda: asked.approve(lead)) == "same-person"
    assert refusal(lambda: asked.approve(cleo)) == "same-person"
    assert not Run.objects.exists()


def test_who_holds_no_case_or_has_searched_does_not_sign_again(asked):
    _lead, bao, _cleo, _dan, eva = asked.office.people
    asked.approve(bao, eva)
    assert refusal(lambda: asked.run(eva)) == "ran"
    asked.run(bao)
    assert refusal(lambda: asked.run(bao)) == "ran"
    assert refusal(lambda: asked.approve(_cleo)) == "request"


def test_it_is_due_in_a_month_and_over_in_three(asked):
    _lead, bao, cleo, *_ = asked.office.people
    asked.approve(bao, cleo)
    assert asked.standing().due == date(2026, 6, 4)
    last = date(2026, 8, 4)
    asked.run(bao, today=last)
    assert refusal(lambda: asked.run(cleo, today=last + AFTER)) == "request"
    assert refusal(lambda: queries.searched(asked.office.facts(cleo), asked.id, last + AFTER)) == "request"


def test_what_two_did_not_approve_in_two_weeks_is_over(asked):
    bao = asked.office.people[1]
    later = TODAY + timedelta(days=15)
    assert refusal(lambda: asked.approve(bao, today=later)) == "request"
    assert asked.standing(later).over


def test_whom_it_is_about_is_deleted_at_its_end_and_all_of_it_a_month_later(asked):
    _lead, bao, cleo, dan, _eva = asked.office.people
    asked.approve(bao, cleo)
    shred_requests(NOW)
    assert AccessRequest.objects.get().sealed
    shred_requests(NOW + timedelta(days=100))
    assert not AccessRequest.objects.get().sealed
    shred_requests(NOW + timedelta(days=130))
    shred_approvals(NOW)
    shred_runs(NOW)
    assert not any(model.objects.exists() for model in (AccessRequest, Approval, Run))
    assert dan.id


def test_the_record_says_who_did_what_and_nothing_of_whom_or_of_what_was_found(asked):
    _lead, bao, cleo, dan, _eva = asked.office.people
    asked.approve(bao, cleo)
    asked.run(bao, cleo, dan)
    said = [parse_row(row.row).act() for row in Row.objects.order_by("number") if b'"what"' in bytes(row.row)]
    of_it = [one for one in said if one and one.act.endswith(" request")]
    assert [one.act for one in of_it] == ["record request", *["approve request"] * 2, *["run request"] * 3]
    assert {frozenset(one.fields) for one in of_it} == {frozenset({"act", "subject", "member", "counter", "after"})}


def stranded(asked, monkeypatch) -> None:
    """Bao has searched; who held the rest has handed it to him."""
    bao, eva = asked.office.people[1], asked.office.people[4]
    asked.approve(bao, eva)
    asked.run(bao)
    monkeypatch.setattr(queries, "holders", lambda _office: frozenset({bao.id}))


def ends(asked, member, seen: bytes | None = None) -> None:
    before = H(AccessRequest.objects.get().ending if seen is None else seen)
    act = asked.office.maker.act(member, "end request", asked.id, before=before, after=asked.content)
    services.end(asked.office.facts(member), asked.id, act, TODAY, NOW)


def tells(asked, member) -> None:
    services.propose_end(asked.office.facts(member), asked.id, asked.act(member, "propose request end"), TODAY, NOW)


def test_what_nobody_is_left_to_search_is_ended_by_two_after_the_person_was_told(asked, monkeypatch):
    _lead, bao, cleo, dan, _eva = asked.office.people
    stranded(asked, monkeypatch)
    assert asked.standing().stranded
    assert refusal(lambda: ends(asked, dan, b"")) == "request", "nobody has told the person"
    tells(asked, cleo)
    assert refusal(lambda: tells(asked, dan)) == "request"
    assert refusal(lambda: ends(asked, cleo)) == "same-person"
    assert refusal(lambda: ends(asked, dan, b"what nobody signed")) == "act"
    assert AccessRequest.objects.get().sealed
    ends(asked, dan)
    row = AccessRequest.objects.get()
    assert (row.closed, row.sealed, row.unsearched, row.ending_by) == (TODAY, b"", True, cleo.id)
    assert queries.ended(asked.office.maker.id) == 1
    assert refusal(lambda: asked.run(bao)) == "request"
    said = [parse_row(one.row).act() for one in Row.objects.order_by("number")]
    assert [one.act for one in said[-2:] if one] == ["propose request end", "end request"]


def test_nobody_ends_what_somebody_can_still_search(asked, monkeypatch):
    _lead, bao, cleo, dan, eva = asked.office.people
    assert refusal(lambda: tells(asked, dan)) == "request", "two have not approved it"
    asked.approve(bao, eva)
    assert refusal(lambda: tells(asked, dan)) == "request", "three have still to search"
    asked.run(bao)
    monkeypatch.setattr(queries, "holders", lambda _office: frozenset({bao.id}))
    tells(asked, cleo)
    monkeypatch.setattr(queries, "holders", lambda _office: frozenset({bao.id, eva.id}))
    assert refusal(lambda: ends(asked, dan)) == "request", "somebody was given a case since"
    asked.run(eva)
    assert not AccessRequest.objects.get().unsearched


def test_an_office_in_which_nobody_holds_a_case_ends_it_so_too(asked, monkeypatch):
    lead, bao, cleo, dan, _eva = asked.office.people
    asked.approve(bao, cleo)
    monkeypatch.setattr(queries, "holders", lambda _office: frozenset())
    assert owes(asked) == {one.name.lower() for one in asked.office.people}
    tells(asked, dan)
    assert "dan" not in owes(asked)
    ends(asked, lead)
    assert AccessRequest.objects.get().unsearched


def owes(asked, today=TODAY) -> set[str]:
    found = {one.name for one in asked.office.people if queries.owed_by(asked.office.facts(one), today)}
    return {name.lower() for name in found}


def test_it_is_owed_by_who_recorded_it_and_by_those_who_have_still_something_to_do(asked):
    lead, bao, cleo, dan, eva = asked.office.people
    everybody = {one.name.lower() for one in asked.office.people}
    assert owes(asked) == everybody
    asked.approve(bao)
    assert owes(asked) == everybody - {"bao"}
    asked.approve(eva)
    assert owes(asked) == everybody - {"eva"}
    asked.run(bao, cleo)
    assert owes(asked) == {lead.name.lower(), "dan"}
    asked.run(dan)
    assert owes(asked) == set()


def test_its_last_day_stands_in_calendars_and_nobody_hides_that_it_is_late(asked, monkeypatch):
    lead, bao, eva = (asked.office.people[at] for at in (0, 1, 4))
    asked.approve(bao, eva)
    office, desk, due = asked.office.maker.id, asked.office.maker.desk, date(2026, 6, 4)
    monkeypatch.setattr(clock, "today", lambda _zone: TODAY)
    assert due in calendar_feed.due_days(asked.office.facts(bao), desk, TODAY)[0]
    assert due not in calendar_feed.due_days(asked.office.facts(eva), desk, TODAY)[0]
    assert queries.counts(office, TODAY) == [queries.RequestCount("running", 1, due)]
    # Its three months are over and nobody answered: it stays late, for who recorded it and for oversight.
    for today in (due + AFTER, date(2026, 8, 20)):
        assert queries.counts(office, today) == [queries.RequestCount("late", 1, due)]
        assert queries.owed_by(asked.office.facts(lead), today)
    found = overview(office, due + AFTER, NOW)
    assert [(one.desk, one.state, one.count) for one in found.clocks if one.action == "request"] == [(b"", "late", 1)]


def test_no_row_has_room_for_a_name_or_a_hit():
    for model in apps.get_app_config("requests").get_models():
        kinds = {field.get_internal_type() for field in model._meta.get_fields()}
        assert not kinds & {"TextField", "CharField", "JSONField"}
    assert {field.name for field in Run._meta.get_fields()} == {"id", "office", "request", "member", "day"}
