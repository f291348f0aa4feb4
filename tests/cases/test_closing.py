"""How a case ends and goes on, and how reports are set aside and looked at again."""

from __future__ import annotations

import pytest

from cases.casework import TODAY, Office
from fairline.cases import timekeeping
from fairline.cases.clocks import State
from fairline.cases.models import Slip
from fairline.core.problems import Problem
from fairline.line import mailbox, parcels, services
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office.founded("ben", "cleo")


@pytest.fixture
def people(office):
    return office.people


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def a_case(office):
    lead, ben, _cleo = office.people
    case = office.report()
    case.declare(lead, ben)
    case.triage(lead, [lead, ben])
    case.confirm(ben)
    return case


def status_in_mailbox(case) -> str:
    head, _files = parcels.read(mailbox.page(case.row, 0))
    return head["status"]


def test_a_case_closes_with_an_outcome_and_leaves_a_slip_of_closed_words(office, people):
    case = a_case(office)
    case.close(people[1])
    slip = Slip.objects.get()
    assert (slip.outcome, slip.concern, slip.closed) == ("unsubstantiated", "tampering", TODAY)
    assert status_in_mailbox(case) == "closed"
    assert refusal(lambda: case.close(people[0])) == "state"


def test_an_outcome_with_its_grounds_is_the_feedback(office, people):
    case = a_case(office)
    case.close(people[1])
    [feedback] = [one for one in timekeeping.of_thread(office.maker.id, case.id, TODAY) if one.action == "feedback"]
    assert (feedback.state, feedback.met) == (State.MET, TODAY)


def test_who_is_assigned_stays_so_after_closing_and_nobody_else_comes_in(office, people):
    case = a_case(office)
    case.close(people[1])
    assert refusal(lambda: case.declare(people[2])) == "no-thread"
    case.writes()


def test_reopened_it_is_a_case_again_and_is_not_counted(office, people):
    case = a_case(office)
    case.close(people[1])
    case.reopen(people[0])
    assert status_in_mailbox(case) == "case"
    assert not Slip.objects.exists()
    case.hears(people[0], "nobody")
    case.close(people[0], "substantiated")
    assert Slip.objects.get().outcome == "substantiated"


def test_whoever_closed_it_does_not_review_it(office, people):
    lead, ben = people[:2]
    case = a_case(office)
    case.close(ben)
    case.reopen(ben)
    assert refusal(lambda: case.close(ben, "resolved")) == "review"
    assert case.row.status == "case"
    case.close(lead, "resolved")
    assert Slip.objects.get().outcome == "resolved"


def test_set_aside_before_and_a_case_now_it_is_closed_by_another(office, people):
    """The same judgement by another button is the same judgement."""
    lead, ben = people[:2]
    case = office.report()
    case.declare(lead, ben)
    case.set_aside(lead)
    services.look_again(office.maker.id, case.sender.id, case.sender.auth, TODAY)
    case.triage(lead, [lead, ben])
    case.confirm(ben)
    assert refusal(lambda: case.close(lead, "unfounded")) == "review"
    case.close(ben, "unfounded")
    assert status_in_mailbox(case) == "closed"


def test_of_many_none_is_set_aside_where_one_came_back_from_who_sets_them_aside(office, people):
    lead = people[0]
    back, new = office.report(), office.report()
    for report in (back, new):
        report.declare(lead)
    back.set_aside(lead)
    back.take_up(people[1])
    with pytest.raises(Problem) as refused:
        new.set_aside(lead, back)
    assert (refused.value.code, refused.value.more) == ("review", {"threads": [b64(back.id)]})
    assert (new.row.status, back.row.status) == ("arrived", "arrived")


def test_no_other_outcome_than_those_of_the_list(office, people):
    case = a_case(office)
    assert refusal(lambda: case.close(people[0], "guilty")) == "closing"
    assert case.row.status == "case"


def test_what_nobody_has_confirmed_cannot_be_closed(office, people):
    lead, ben, _cleo = people
    case = office.report()
    case.declare(lead)
    case.triage(lead, [lead, ben])
    assert refusal(lambda: case.close(lead)) == "state"


def test_many_are_set_aside_with_one_act_and_each_mailbox_says_so(office, people):
    lead = people[0]
    first, second, other = office.report(), office.report(), office.report()
    for one in (first, second, other):
        one.declare(lead)
    first.set_aside(lead, second)
    assert [one.row.status for one in (first, second, other)] == ["aside", "aside", "arrived"]
    assert status_in_mailbox(second) == "aside"


def test_all_are_set_aside_or_none(office, people):
    lead, ben, _cleo = people
    first, case = office.report(), a_case(office)
    first.declare(lead)
    assert refusal(lambda: first.set_aside(lead, case)) == "state"
    unread = office.report()
    assert refusal(lambda: first.set_aside(lead, unread)) == "declare"
    first.declare(ben)
    assert refusal(lambda: first.set_aside(ben, reason="a-bore")) == "reason"
    assert first.row.status == "arrived"


def test_the_reporting_person_asks_for_a_second_look_and_the_desk_has_it_again(office, people):
    lead = people[0]
    report = office.report()
    report.declare(lead)
    report.set_aside(lead)
    sender = report.sender
    services.look_again(office.maker.id, sender.id, sender.auth, TODAY)
    assert report.row.status == "arrived"
    # Whoever thought it no report thinks so again: another looks.
    assert refusal(lambda: report.set_aside(lead)) == "review"
    assert report.row.status == "arrived"
    report.declare(people[1])
    report.set_aside(people[1])
    assert report.row.status == "aside"
    report.take_up(lead)
    assert refusal(lambda: report.set_aside(people[1])) == "review"


def test_a_second_look_changes_nothing_else_and_needs_the_words(office):
    case = a_case(office)
    sender = case.sender
    services.look_again(office.maker.id, sender.id, sender.auth, TODAY)
    assert case.row.status == "case"
    with pytest.raises(Problem):
        services.look_again(office.maker.id, sender.id, bytes(32), TODAY)
