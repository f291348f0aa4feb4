"""A member opens a mailbox for somebody: who may, who reads it, and that it is no report."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest

from cases.casework import NOW, TODAY, Office
from cases.letters import Letter
from fairline.cases import boards, closing, mailboxes, queries, services, timekeeping
from fairline.cases.models import Case, CaseKeys, ClockEvent, Slip
from fairline.core.problems import Problem
from fairline.line import queries as line
from fairline.line import services as line_services
from fairline.line.models import Post, Thread
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office.founded("ben", "cleo")


@pytest.fixture
def letter(office):
    lead, ben, _cleo = office.people
    return Letter(office, ben, [lead, ben])


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_it_is_born_as_a_case_of_those_to_whom_its_keys_are_sealed(office, letter):
    assert len(letter.open()) == 3
    lead, ben, cleo = office.people
    assert [row.line.id for row in queries.arrivals(office.facts(ben)).rows if row.assigned] == [letter.id]
    services.declare(office.facts(lead), letter.id, "none", NOW)
    for one in (lead, ben):
        shown = queries.thread(office.facts(one), letter.id)
        assert (shown.whole.thread.status, shown.case.keys) == ("case", letter.keys[one.id])
    assert refusal(lambda: services.declare(office.facts(cleo), letter.id, "none", NOW)) == "no-thread"


def test_who_did_not_open_it_declares_before_the_first_word(office, letter):
    letter.open()
    assert refusal(lambda: queries.thread(office.facts(office.people[0]), letter.id)) == "declare"


def test_the_same_once_more_opens_no_second_one(letter):
    new = letter.opening()
    first = mailboxes.open_mailbox(letter.office.facts(letter.by), new, TODAY, NOW)
    assert mailboxes.open_mailbox(letter.office.facts(letter.by), new, TODAY, NOW) == first
    assert (Thread.objects.count(), CaseKeys.objects.count(), Post.objects.count()) == (1, 2, 3)


def test_nobody_takes_the_place_of_one_that_is_there(office, letter):
    letter.open()
    other = Letter(office, office.people[0], list(office.people))
    other.id = letter.id
    assert refusal(other.open) == "taken"
    assert Case.objects.get().keys == letter.commitment


@pytest.mark.parametrize(
    ("people", "code"), [([1], "people"), ([0, 2], "people"), ([0, 1], None)], ids=["alone", "without-oneself", "two"]
)
def test_two_read_it_at_least_and_who_opens_it_is_one_of_them(office, people, code):
    letter = Letter(office, office.people[1], [office.people[at] for at in people])
    assert code is None or refusal(letter.open) == code
    assert code is not None or len(letter.open()) == 3


def test_the_signed_act_names_just_those_who_read(letter):
    act = letter.act(people=[b64(bytes(16))])
    assert refusal(lambda: letter.open(act=act)) == "act"
    assert not Thread.objects.exists()
    assert not Case.objects.exists()


def test_nothing_is_opened_at_a_desk_where_one_does_not_work(letter):
    letter.desk = secrets.token_bytes(16)
    assert refusal(letter.open) == "no-desk"


def test_it_is_no_report_and_no_clock_of_a_report_runs_on_it(office, letter):
    """Also once its holder has written, which every report begins with."""
    letter.open()
    where, ben = office.maker.id, office.facts(office.people[1])
    line_services.post(where, letter.post("r", 0), TODAY)
    assert line.thread(where, letter.id).thread.r_posts == 1
    services.mark_read(ben, letter.id, "r", 0, NOW)
    later = TODAY + timedelta(days=400)
    assert timekeeping.of_thread(where, letter.id, later) == []
    assert boards.board(where, [letter.desk], later) == []
    assert not ClockEvent.objects.exists()
    assert line.arrived_by_desk(where, date(2020, 1, 1), later) == {}


def test_it_can_end_and_is_counted_nowhere(office, letter):
    letter.open()
    ben = office.people[1]
    case = Case.objects.get()
    act = letter.signed(
        ben, "close", before=case.recipient, keys=case.keys, said={"outcome": "unfounded", "class": "other"}
    )
    new = closing.Closing("unfounded", "other", letter.post("o", 3), act)
    closing.close(office.facts(ben), letter.id, new, TODAY, NOW)
    assert Thread.objects.get().status == "closed"
    assert not Slip.objects.exists()
