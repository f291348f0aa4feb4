"""A document goes to a helper outside the office: said of the case first, in a mailbox that ends on its day."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest

from cases.casework import NOW, TODAY, Casework, Office
from cases.letters import Letter
from factories.offices import Insider
from fairline.cases import mailboxes, outside, queries, services
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_what
from fairline.line import queries as line
from fairline.line import services as line_services
from fairline.line.models import Post, Thread

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def office():
    return Office.founded("ben", "cleo")


@pytest.fixture
def case(office):
    return office.case()


@pytest.fixture
def letter(office):
    lead, ben, _cleo = office.people
    return Letter(office, ben, [lead, ben], until=TODAY + WEEK)


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def note(case: Casework) -> bytes:
    """`c` of the newest note of the case."""
    return bytes(Post.objects.filter(thread=case.id, chain="i").latest("n").content)


def give(
    case: Casework, member: Insider, *, about: bytes | None = None, until: date = TODAY + WEEK, said: date | None = None
):
    about = note(case) if about is None else about
    act = case.saying(member, case.act(member, "give outside", None, about), until=(said or until).isoformat())
    outside.give(case.office.facts(member), case.id, outside.GivenOutside(about, until, act), TODAY, NOW)
    return act


def end(letter: Letter, member: Insider, today: date = TODAY) -> None:
    act = letter.office.maker.act(member, "end mailbox", letter.id, before=None, after=None)
    outside.end(letter.office.facts(member), letter.id, act, today, NOW)


def test_the_record_says_that_a_document_went_out_and_names_nobody(office, case):
    _lead, ben, _cleo = office.people
    act = give(case, ben)
    assert set(parse_what(act.what).fields) == {"act", "subject", "member", "counter", "after", "until"}
    [done] = [one for one in queries.thread(office.facts(ben), case.id).doings if one.what == "gave-outside"]
    assert (done.member, done.blob, done.n) == (ben.id, b"", None)


def test_it_is_said_by_who_is_on_the_case_of_a_note_that_is_there_and_until_a_day(office, case):
    lead, ben, cleo = office.people
    assert refusal(lambda: give(case, cleo)) == "no-thread"
    assert refusal(lambda: give(case, ben, about=secrets.token_bytes(32))) == "note"
    assert refusal(lambda: give(case, ben, until=TODAY - WEEK)) == "until"
    assert refusal(lambda: give(case, ben, until=TODAY + 30 * WEEK)) == "until"
    assert refusal(lambda: give(case, ben, said=TODAY)) == "act"
    other = office.report()
    other.declare(lead)
    assert refusal(lambda: give(other, lead, about=note(case))) == "state"


def test_a_mailbox_belongs_to_no_case_in_any_row(office, case, letter):
    _lead, ben, _cleo = office.people
    give(case, ben)
    letter.open()
    for row in (*Thread.objects.filter(id=letter.id).values(), *Post.objects.filter(thread=letter.id).values()):
        assert case.id not in [bytes(one) for one in row.values() if isinstance(one, bytes | memoryview)]


def test_its_last_day_stands_in_the_act_that_opens_it(office, letter):
    letter.until = {}
    act = letter.act()
    letter.until = {"until": (TODAY + WEEK).isoformat()}
    assert refusal(lambda: letter.open(act)) == "act"
    letter.until = {"until": (TODAY + 30 * WEEK).isoformat()}
    assert refusal(letter.open) == "until"
    assert not Thread.objects.filter(id=letter.id).exists()
    letter.until = {"until": (TODAY + WEEK).isoformat()}
    letter.open()
    assert Thread.objects.get(id=letter.id).until == TODAY + WEEK
    assert mailboxes.open_mailbox(office.facts(letter.by), letter.opening(), TODAY, NOW)


def test_after_its_day_the_office_still_reads_what_its_holder_wrote_and_they_do_not(office, letter):
    letter.open()
    where, ben = office.maker.id, office.facts(office.people[1])
    line_services.post(where, letter.post("r", 0), TODAY)
    late = TODAY + WEEK + timedelta(days=1)
    assert refusal(lambda: line.mailbox_thread(where, letter.id, letter.auth, late)) == "ended"
    assert queries.thread(ben, letter.id).whole.thread.r_posts == 1


def test_who_reads_it_can_end_it_before_its_day_and_nobody_opens_it_again(office, letter):
    lead, ben, cleo = office.people
    letter.open()
    where = office.maker.id
    assert refusal(lambda: end(letter, cleo)) == "no-thread"
    assert refusal(lambda: end(letter, lead)) == "declare"
    services.declare(office.facts(lead), letter.id, "none", NOW)
    end(letter, lead)
    assert refusal(lambda: line.mailbox_thread(where, letter.id, letter.auth, TODAY)) == "ended"
    assert refusal(lambda: end(letter, ben)) == "state"


def test_a_mailbox_without_a_last_day_is_not_ended(office, case):
    lead, ben, _cleo = office.people
    other = Letter(office, ben, [lead, ben])
    other.open()
    assert refusal(lambda: end(other, ben)) == "state"
    act = case.act(ben, "end mailbox", None, None)
    assert refusal(lambda: outside.end(office.facts(ben), case.id, act, TODAY, NOW)) == "state"
