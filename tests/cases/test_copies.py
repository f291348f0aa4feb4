"""One document of a case goes to a member outside it, until a day, and nothing else of the case does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY, Office
from fairline.cases import copies, queries, rights
from fairline.cases.erasure import copies as shred
from fairline.cases.models import Copy
from fairline.core.problems import Problem

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def office():
    return Office.founded("ben", "cleo")


@pytest.fixture
def case(office):
    lead, ben, _cleo = office.people
    one = office.report()
    one.declare(lead, ben)
    one.triage(lead, [lead, ben])
    one.confirm(ben)
    return one


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def given(office, person, today=TODAY):
    return [one.id for one in copies.given_to(office.facts(person), today)]


def look(office, person, copy, today=TODAY):
    return copies.look(office.facts(person), copy, today, NOW)


def test_a_helper_sees_the_document_and_nothing_else_of_the_case(office, case):
    _lead, ben, cleo = office.people
    copy = case.give(ben, cleo)
    assert given(office, cleo) == [copy]
    assert look(office, cleo, copy) == b"for the helper"
    assert refusal(lambda: rights.desk_of(office.facts(cleo), case.id)) == "no-thread"
    assert refusal(lambda: queries.thread(office.facts(cleo), case.id)) == "no-thread"
    assert refusal(lambda: copies.of_case(office.facts(cleo), case.id)) == "no-thread"


def test_it_ends_on_its_day_and_the_night_empties_it(office, case):
    _lead, ben, cleo = office.people
    copy = case.give(ben, cleo, until=TODAY + WEEK)
    assert given(office, cleo, TODAY + WEEK) == [copy]
    assert given(office, cleo, TODAY + WEEK + timedelta(days=1)) == []
    assert refusal(lambda: look(office, cleo, copy, TODAY + 2 * WEEK)) == "no-copy"
    shred(NOW + timedelta(days=9))
    row = Copy.objects.get()
    assert (row.sealed, row.kept) == (b"", b"for the case")


def test_it_is_taken_back_at_once(office, case):
    lead, ben, cleo = office.people
    copy = case.give(ben, cleo)
    case.take_back(lead, copy)
    assert given(office, cleo) == []
    assert refusal(lambda: look(office, cleo, copy)) == "no-copy"
    assert refusal(lambda: copies.answer(office.facts(cleo), copy, b"late", TODAY, NOW)) == "no-copy"
    assert refusal(lambda: case.take_back(lead, copy)) == "no-copy"


def test_what_comes_back_is_for_those_on_the_case(office, case):
    _lead, ben, cleo = office.people
    copy = case.give(ben, cleo)
    copies.answer(office.facts(cleo), copy, b"a translation", TODAY, NOW)
    [(row, [answer])] = copies.of_case(office.facts(ben), case.id)
    assert (row.id, answer.sealed) == (copy, b"a translation")
    assert refusal(lambda: copies.answer(office.facts(ben), copy, b"not mine", TODAY, NOW)) == "no-copy"
    done = sorted(one.what for one in queries.thread(office.facts(ben), case.id).doings if "copy" in one.what)
    assert done == ["copy-answered", "copy-given"]


def test_nobody_gives_what_is_not_theirs_or_to_whom_it_must_not_go(office, case):
    lead, ben, cleo = office.people
    assert refusal(lambda: case.give(cleo, lead)) == "no-thread"
    assert refusal(lambda: case.give(ben, lead)) == "copy"
    assert refusal(lambda: case.give(ben, cleo, until=TODAY - WEEK)) == "copy"
    assert refusal(lambda: case.give(ben, cleo, until=TODAY + 30 * WEEK)) == "copy"
    assert refusal(lambda: case.give(ben, cleo, said=lead)) == "act"
    assert not Copy.objects.exists()


def test_who_stepped_aside_before_triage_gets_no_document(office):
    lead, ben, cleo = office.people
    case = office.report()
    case.declare(cleo, kind="aside")
    case.declare(lead, ben)
    case.triage(lead, [lead, ben])
    assert refusal(lambda: case.give(ben, cleo)) == "state"
    case.confirm(ben)
    assert refusal(lambda: case.give(ben, cleo)) == "copy"
