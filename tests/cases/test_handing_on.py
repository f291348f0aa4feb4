"""Who is away is seen, somebody stands in, and whoever joins a case proves that they can read all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY, Office
from fairline.cases import absence
from fairline.cases.erasure import absences
from fairline.cases.models import Absence, Doing
from fairline.core.problems import Problem

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def office():
    return Office.founded("ben", "cleo")


@pytest.fixture
def case(office):
    lead, ben, cleo = office.people
    one = office.report()
    one.declare(lead, ben, cleo)
    one.triage(lead, [lead, ben])
    one.confirm(ben)
    return one


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def seen(office, by):
    return {one.member: one for one in absence.colleagues(office.facts(by), TODAY)}


def test_colleagues_see_who_is_away_and_for_how_long_and_no_reason(office):
    lead, ben, cleo = office.people
    absence.leave(office.facts(ben), TODAY, TODAY + WEEK, TODAY)
    assert seen(office, cleo)[ben.id].absent == (TODAY, TODAY + WEEK)
    assert seen(office, cleo)[lead.id].absent is None
    absence.leave(office.facts(ben), TODAY + WEEK, TODAY + 2 * WEEK, TODAY)
    assert seen(office, cleo)[ben.id].absent == (TODAY + WEEK, TODAY + 2 * WEEK)
    absence.come_back(office.facts(ben))
    assert seen(office, cleo)[ben.id].absent is None


@pytest.mark.parametrize(("since", "until"), [(1, 0), (-9, -1), (0, 400)])
def test_days_that_are_none_are_refused(office, since, until):
    ben = office.facts(office.people[1])
    days = timedelta(days=since), timedelta(days=until)
    assert refusal(lambda: absence.leave(ben, TODAY + days[0], TODAY + days[1], TODAY)) == "absence"


def test_an_absence_is_forgotten_when_it_is_over(office):
    lead, ben, _cleo = office.people
    absence.leave(office.facts(lead), TODAY, TODAY, TODAY)
    absence.leave(office.facts(ben), TODAY, TODAY + WEEK, TODAY)
    assert absences(NOW + timedelta(days=2)) == 1
    assert Absence.objects.get().member == ben.id


def test_open_cases_are_counted_for_each_and_nobody_is_first(office, case):
    lead, ben, cleo = office.people
    found = seen(office, cleo)
    assert [found[one.id].open for one in (lead, ben, cleo)] == [1, 1, 0]
    assert list(found) == sorted(found)
    case.close(ben)
    assert seen(office, cleo)[ben.id].open == 0


def test_somebody_stands_in_and_the_one_who_is_away_reads_nothing_new(office, case):
    lead, ben, cleo = office.people
    absence.leave(office.facts(ben), TODAY, TODAY + WEEK, TODAY)
    case.rekey(lead, [lead, cleo])
    assert seen(office, lead)[cleo.id].open == 1
    assert refusal(lambda: case.close(ben)) == "no-thread"
    case.rekey(lead, [lead, ben])
    case.close(ben)


def test_an_absence_leaves_nobody_alone_with_a_case(office, case):
    lead, ben, _cleo = office.people
    absence.leave(office.facts(ben), TODAY, TODAY + WEEK, TODAY)
    assert refusal(lambda: case.rekey(lead, [lead])) == "people"
    assert seen(office, lead)[ben.id].open == 1


def test_who_joined_signs_what_they_could_read_and_everybody_sees_it(office, case):
    lead, _ben, cleo = office.people
    case.rekey(lead, [lead, cleo])
    case.take_over(cleo)
    done = Doing.objects.get(thread=case.id, what="took-over")
    assert (done.member, done.n) == (cleo.id, case.case.n)


def test_what_cannot_be_read_is_kept_apart(office, case):
    lead, _ben, cleo = office.people
    case.rekey(lead, [lead, cleo])
    case.take_over(cleo, unreadable=2)
    assert Doing.objects.filter(thread=case.id, what="took-over-part").count() == 1


def test_nobody_signs_for_what_they_have_not_seen_or_do_not_hold(office, case):
    lead, ben, cleo = office.people
    assert refusal(lambda: case.take_over(cleo)) == "no-thread"
    case.rekey(lead, [lead, cleo])
    before = case.heads()
    case.writes()
    assert refusal(lambda: case.take_over(cleo, read=before)) == "heads"
    assert refusal(lambda: case.take_over(ben)) == "no-thread"
    assert refusal(lambda: case.take_over(cleo, unreadable=1, said=0)) == "act"
    assert not Doing.objects.filter(what__startswith="took").exists()
