"""One document of a case goes to a member outside it, until a day, and nothing else of the case does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY, Office
from fairline.cases import copies, queries, rights, services
from fairline.cases.erasure import copies as shred
from fairline.cases.models import Copy
from fairline.core.problems import Problem
from support.line import Attached

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def office():
    return Office.founded("ben", "cleo")


@pytest.fixture
def case(office):
    return office.case()


@pytest.fixture
def file(office):
    return Attached(office.line).hold()


@pytest.fixture
def filed(office, file):
    """A case whose report has a file."""
    lead, ben, _cleo = office.people
    one = office.report(file)
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


def part(office, person, copy, number=0, today=TODAY):
    return copies.part(office.facts(person), copy, number, today, NOW)


def opened(office, person, case):
    """Who opened which file, as the case says."""
    doings = queries.thread(office.facts(person), case.id).doings
    return [(one.member, one.blob) for one in doings if one.what == "opened"]


def test_a_file_goes_with_the_document_and_ends_with_it(office, filed, file):
    lead, ben, cleo = office.people
    copy = filed.give(ben, cleo, until=TODAY + WEEK, blob=file.id)
    assert [part(office, cleo, copy, number) for number in range(3)] == file.parts
    assert refusal(lambda: part(office, cleo, copy, 3)) == "no-blob"
    assert refusal(lambda: services.part(office.facts(cleo), filed.id, file.id, 0, today=TODAY, now=NOW)) == "no-thread"
    assert refusal(lambda: part(office, lead, copy)) == "no-copy"
    assert refusal(lambda: part(office, cleo, copy, today=TODAY + 2 * WEEK)) == "no-copy"
    filed.take_back(lead, copy)
    assert refusal(lambda: part(office, cleo, copy)) == "no-copy"
    assert services.part(office.facts(ben), filed.id, file.id, 0, today=TODAY, now=NOW) == file.parts[0]


def test_the_chain_of_custody_names_the_helper_who_opened_the_file(office, filed, file):
    _lead, ben, cleo = office.people
    copy = filed.give(ben, cleo, blob=file.id)
    look(office, cleo, copy)
    assert opened(office, ben, filed) == []
    part(office, cleo, copy)
    part(office, cleo, copy, 1)
    assert opened(office, ben, filed) == [(cleo.id, file.id)]


def test_a_document_without_a_file_gives_none_and_a_file_of_another_case_goes_nowhere(office, case, filed, file):
    _lead, ben, cleo = office.people
    assert refusal(lambda: part(office, cleo, case.give(ben, cleo))) == "no-blob"
    assert refusal(lambda: case.give(ben, cleo, blob=file.id)) == "no-blob"
    assert refusal(lambda: case.give(ben, cleo, blob=Attached(office.line).hold().id)) == "no-blob"
    assert Copy.objects.count() == 1


def test_who_steps_aside_after_they_were_given_a_file_gets_no_more_of_it(office, filed, file):
    _lead, ben, cleo = office.people
    copy = filed.give(ben, cleo, blob=file.id)
    copies.decline(office.facts(cleo), copy, NOW)
    assert refusal(lambda: part(office, cleo, copy)) == "no-copy"
