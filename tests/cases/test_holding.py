"""A legal hold: a reason, an end, two people, and nothing is deleted under it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import TODAY
from cases.deleters import Deleters, a_closed_case, refusal
from factories.offices import Insider
from fairline.cases.models import CaseKeys, Hold
from fairline.cases.retention import State
from fairline.core.erasure import shred_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Deleters:
    return Deleters.founded(monkeypatch)


@pytest.fixture
def people(at: Deleters) -> list[Insider]:
    return at.office.people


def test_under_a_hold_nothing_is_deleted_until_its_last_day(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    at.in_days(400).holds(lead, case, at.day + timedelta(days=30))
    assert at.state(case) == State.HELD
    assert refusal(lambda: at.agrees_to_hold(lead, case)) == "same-person"
    at.agrees_to_hold(ben, case)
    assert refusal(lambda: at.in_days(430).asks(lead, case)) == "hold"
    at.in_days(431).asks(lead, case)


def test_a_hold_that_nobody_agrees_to_falls_after_a_week(at: Deleters, people: list[Insider]) -> None:
    case = a_closed_case(at)
    at.in_days(400).holds(people[0], case, at.day + timedelta(days=300))
    assert at.in_days(407).state(case) == State.HELD
    assert at.in_days(408).state(case) == State.DUE
    shred_due(at.in_days(439).now + timedelta(days=2))
    assert not Hold.objects.exists()


def test_nobody_holds_something_back_for_ever_alone(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    at.in_days(400).holds(lead, case, at.day + timedelta(days=300))
    for days in (408, 437):
        shred_due(at.in_days(days).now)
        assert refusal(lambda: at.holds(lead, case, at.day + timedelta(days=300))) == "again"
        assert at.state(case) == State.DUE
    # It is a rule about one person, not about the report.
    at.holds(ben, case, at.day + timedelta(days=9))
    at.in_days(446).holds(lead, case, at.day)
    assert at.state(case) == State.HELD


def test_a_hold_that_ended_by_its_own_day_with_nobody_else_counts_as_fallen(
    at: Deleters, people: list[Insider]
) -> None:
    lead, _ben, _cleo = people
    case = a_closed_case(at)
    at.in_days(400).holds(lead, case, at.day + timedelta(days=2))
    shred_due(at.in_days(404).now)
    assert refusal(lambda: at.holds(lead, case, at.day)) == "again"
    assert refusal(lambda: at.in_days(432).holds(lead, case, at.day)) == "again"
    at.in_days(433).holds(lead, case, at.day)

def test_two_people_can_let_a_hold_end_sooner(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    at.in_days(400).holds(lead, case, at.day + timedelta(days=300))
    at.agrees_to_hold(ben, case)
    at.holds(ben, case, at.day, "claim")
    assert refusal(lambda: at.holds(lead, case, at.day)) == "asked"
    at.agrees_to_hold(lead, case)
    assert Hold.objects.count() == 1
    assert at.in_days(401).state(case) == State.DUE


def test_a_hold_has_an_end_and_a_reason_of_the_list(at: Deleters, people: list[Insider]) -> None:
    case = a_closed_case(at)
    assert refusal(lambda: at.holds(people[0], case, TODAY - timedelta(days=1))) == "until"
    assert refusal(lambda: at.holds(people[0], case, TODAY + timedelta(days=367))) == "until"
    assert refusal(lambda: at.holds(people[0], case, TODAY, "spite")) == "reason"


def test_a_hold_that_comes_after_the_request_stops_the_second_person(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    request = at.in_days(400).asks(lead, case)
    at.holds(ben, case, at.day + timedelta(days=5))
    assert refusal(lambda: at.agrees(ben, request)) == "state"
    assert CaseKeys.objects.filter(thread=case.id).count() == 2
