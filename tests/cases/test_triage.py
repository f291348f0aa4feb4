"""From desk to case: who reads when, what is destroyed when, and that nobody overwrites what they have not seen."""

from __future__ import annotations

import importlib
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from cases.casework import NOW, TODAY, Office
from fairline.cases import assigning, boards, queries, rights, services
from fairline.cases.models import Case, CaseKeys
from fairline.cases.nightly import give_back
from fairline.core.jobs import Night
from fairline.core.problems import Problem
from fairline.ledger.models import Row
from fairline.line import mailbox, parcels
from fairline.line.models import SealedFile, Thread

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


def read(office, person, case) -> object:
    return queries.thread(office.facts(person), case.id)


def triaged(office):
    lead, ben, _cleo = office.people
    case = office.report()
    case.declare(lead, ben)
    case.triage(lead, [lead, ben])
    return case


def confirmed(office):
    case = triaged(office)
    case.confirm(office.people[1])
    return case


def test_after_triage_only_those_assigned_read_and_nobody_gets_the_desks_copy(office, people):
    _lead, ben, cleo = people
    case = triaged(office)
    case_view = read(office, ben, case)
    kinds = {file.kind for files in case_view.whole.files.values() for file in files}
    assert "case" in kinds
    assert case_view.case.keys
    assert refusal(lambda: read(office, cleo, case)) == "no-thread"
    assert refusal(lambda: case.declare(cleo)) == "no-thread"
    assert case.row.status == "held"


def test_the_list_shows_a_case_to_those_assigned_alone(office, people):
    lead, ben, cleo = people
    case = triaged(office)
    other = office.report()
    listed = {one.id: {row.line.id for row in queries.arrivals(office.facts(one)).rows} for one in people}
    assert listed[lead.id] == listed[ben.id] == {case.id, other.id}
    assert listed[cleo.id] == {other.id}


def test_a_page_of_the_list_asks_of_no_case_but_those_on_it(office, people, django_assert_num_queries):
    """However many cases somebody holds: what a page asks must not grow with them, one of another desk included."""
    ben = people[1]
    cases = [triaged(office) for _ in range(4)]
    facts = office.facts(ben)
    with django_assert_num_queries(4) as asked:
        page = queries.arrivals(facts, [office.maker.desk], only=cases[0].id)
    assert [(row.line.id, row.assigned) for row in page.rows] == [(cases[0].id, True)]
    text = " ".join(one["sql"] for one in asked.captured_queries).lower()
    assert cases[0].id.hex() in text
    assert not any(one.id.hex() in text for one in cases[1:])
    # Who works at no desk any more still finds them, at the desk to which they came.
    elsewhere = replace(facts, roles=())
    assert {row.line.id for row in queries.arrivals(elsewhere).rows} == {one.id for one in cases}
    assert {row.line.id for row in queries.arrivals(elsewhere, [office.maker.desk]).rows} == {one.id for one in cases}


def test_at_which_desks_somebody_has_a_case_is_told_by_one_look_for_each(office, people, django_assert_num_queries):
    lead, ben, cleo = people
    theirs = {secrets.token_bytes(16) for _ in range(2)}
    for desk in [*theirs] * 3:
        CaseKeys.objects.create(office=office.maker.id, thread=secrets.token_bytes(16), desk=desk, member=ben.id)
    others = {"office": secrets.token_bytes(16), "member": ben.id}, {"office": office.maker.id, "member": lead.id}
    for other in others:
        CaseKeys.objects.create(thread=secrets.token_bytes(16), desk=secrets.token_bytes(16), **other)
    facts = office.facts(ben)
    with django_assert_num_queries(3):
        assert rights.desks_of_cases(facts) == theirs
    assert rights.desks_of_cases(office.facts(cleo)) == frozenset()


def test_both_ways_of_asking_whose_case_it_is_find_the_same(office, people):
    lead, ben, cleo = people
    given_back, waits, case, _arrival = triaged(office), triaged(office), confirmed(office), office.report()
    given_back.refuse(ben)
    for one, theirs in ((lead, {waits.id, case.id}), (ben, {waits.id, case.id}), (cleo, set())):
        facts = office.facts(one)
        asked = (rights.is_case_of(facts), rights.is_one_of_all(facts), rights.is_one_of_all(facts, office.maker.desk))
        found = [{row.id for row in Thread.objects.filter(whose)} for whose in asked]
        among = rights.cases_among(facts, [one.id for one in Thread.objects.all()])
        assert [*found, among, set(rights.cases_of(facts))] == [theirs] * 5
        assert not Thread.objects.filter(rights.is_one_of_all(facts, bytes(16))).exists()


def test_keys_of_before_are_told_their_desk_by_the_migration(office, people):
    case = triaged(office)
    CaseKeys.objects.update(desk=b"")
    assert rights.desks_of_cases(office.facts(people[1])) == frozenset()
    importlib.import_module("fairline.cases.migrations.0017_desk_of_keys").fill(apps, None)
    assert set(CaseKeys.objects.values_list("thread", "desk")) == {(case.id, office.maker.desk)}


def test_who_is_assigned_sees_what_is_due_in_it_also_where_the_desk_is_not_theirs(office, people):
    _lead, ben, cleo = people
    case, _arrival = triaged(office), office.report()
    case.confirm(ben)
    for one, sees in ((ben, {case.id}), (cleo, set())):
        elsewhere = replace(office.facts(one), roles=())
        assert {row.thread for row in boards.board_of(elsewhere, TODAY)} == sees


def test_the_desks_copy_is_destroyed_when_a_second_person_has_confirmed(office, people):
    case = triaged(office)
    desk = SealedFile.objects.filter(thread=case.id, chain="r", n=0, kind="office")
    assert desk.exclude(sealed=b"").exists()
    assert refusal(lambda: case.confirm(people[0])) == "second"
    case.confirm(people[1])
    assert case.row.status == "case"
    assert not desk.exclude(sealed=b"").exists()
    assert SealedFile.objects.filter(thread=case.id, chain="r", n=0, kind="case").exclude(sealed=b"").count() == 1
    # The hash of what came stays: `fairline verify` still knows the post.
    assert desk.exclude(hash=b"").exists()


def test_a_refused_triage_goes_back_to_the_desk_and_a_lead_triages_again(office, people):
    lead, ben, cleo = people
    case = triaged(office)
    case.refuse(ben)
    assert case.row.status == "arrived"
    assert case.case.alarm == "refused"
    assert not CaseKeys.objects.filter(thread=case.id).exists()
    case.declare(cleo)
    [row] = [one for one in queries.arrivals(office.facts(cleo)).rows if one.line.id == case.id]
    assert row.alarm == "refused"
    assert refusal(lambda: case.triage(cleo, [ben, cleo])) == "lead"
    case.triage(lead, [lead, cleo])
    assert (case.case.n, case.row.generation, case.case.alarm) == (1, 1, "")
    assert refusal(lambda: read(office, ben, case)) == "no-thread"
    case.confirm(cleo)
    assert case.row.status == "case"


def test_a_triage_that_nobody_confirms_in_a_week_goes_back_by_night(office):
    case = triaged(office)
    give_back(Night(NOW + timedelta(days=6)))
    assert case.row.status == "held"
    give_back(Night(NOW + timedelta(days=7, hours=1)))
    assert (case.row.status, case.case.alarm) == ("arrived", "lapsed")
    assert any(b"triage lapsed" in row for row in Row.objects.values_list("row", flat=True))


def test_two_who_triage_at_once_do_not_overwrite_each_other(office, people):
    lead, ben, cleo = people
    case = office.report()
    case.declare(lead, ben, cleo)
    mine, theirs = case.prepared(lead, [lead, ben]), case.prepared(ben, [ben, cleo])
    case.triage(lead, [lead, ben], mine)
    assert refusal(lambda: case.triage(ben, [ben, cleo], theirs)) == "state"
    assert refusal(lambda: case.triage(lead, [lead, ben], mine)) == "state"
    assert {bytes(row.member) for row in CaseKeys.objects.filter(thread=case.id)} == {lead.id, ben.id}


@pytest.mark.parametrize("chain", ["r", "i"])
def test_what_came_between_is_read_before_anything_is_triaged(office, people, chain):
    lead, ben, _cleo = people
    case = office.report()
    case.declare(lead, ben)
    prepared = case.prepared(lead, [lead, ben])
    if chain == "r":
        case.writes()
    else:
        services.post(office.facts(ben), case.post("i"), TODAY, NOW)
    assert refusal(lambda: case.triage(lead, [lead, ben], prepared)) == "heads"
    assert (case.row.status, case.case) == ("arrived", None)
    case.triage(lead, [lead, ben])
    assert case.row.status == "held"


def test_one_person_alone_is_no_case_and_neither_is_who_stepped_aside(office, people):
    lead, _ben, cleo = people
    case = office.report()
    case.declare(lead)
    case.declare(cleo, kind="aside")
    assert refusal(lambda: case.triage(lead, [lead])) == "people"
    assert refusal(lambda: case.triage(lead, [lead, cleo])) == "people"
    assert not Case.objects.exists()


def test_what_was_signed_must_name_just_those_who_get_the_keys(office, people):
    lead, ben, cleo = people
    case = office.report()
    case.declare(lead)
    prepared = case.prepared(lead, [lead, ben])
    files = {lead.id: b"file", cleo.id: b"file"}
    assert refusal(lambda: case.triage(lead, [], replace(prepared, keys=replace(prepared.keys, files=files)))) == "act"
    assert not CaseKeys.objects.exists()


def test_nobody_writes_while_a_triage_waits_and_those_assigned_write_afterwards(office, people):
    lead, ben, _cleo = people
    case = triaged(office)
    assert refusal(lambda: services.post(office.facts(lead), case.post("o"), TODAY, NOW)) == "held"
    case.writes()
    case.confirm(ben)
    services.post(office.facts(ben), case.post("o"), TODAY, NOW)
    services.post(office.facts(lead), case.post("i"), TODAY, NOW)
    old = case.post("o", audience={"epoch": 1})
    assert refusal(lambda: services.post(office.facts(lead), old, TODAY, NOW)) == "audience"


def test_the_mailbox_tells_the_generation_that_reads_now(office):
    case = confirmed(office)
    head, _files = parcels.read(mailbox.page(case.row, 0))
    assert (head["status"], head["audience"]) == ("case", {"generation": 0})


def test_new_keys_let_one_in_and_one_out_and_never_leave_fewer_than_two(office, people):
    lead, ben, cleo = people
    case = confirmed(office)
    assert refusal(lambda: case.rekey(lead, [lead])) == "people"
    case.rekey(lead, [lead, cleo])
    assert (case.row.generation, case.case.n) == (1, 1)
    assert refusal(lambda: read(office, ben, case)) == "no-thread"
    case.declare(cleo)
    assert read(office, cleo, case).case.keys
    assert refusal(lambda: case.rekey(ben, [ben, lead])) == "no-thread"


def test_two_who_change_the_people_at_once_do_not_overwrite_each_other(office, people):
    lead, ben, cleo = people
    case = confirmed(office)
    there = case.case
    mine = case.keys(lead, [lead, ben, cleo], "rekey", there.recipient, 1)
    theirs = case.keys(ben, [ben, cleo], "rekey", there.recipient, 1)
    assigning.rekey(office.facts(lead), case.id, mine, TODAY, NOW)
    assert refusal(lambda: assigning.rekey(office.facts(ben), case.id, theirs, TODAY, NOW)) == "state"
    assert CaseKeys.objects.filter(thread=case.id).count() == 3


def test_who_is_assigned_hands_over_before_they_step_aside(office, people):
    lead, ben, cleo = people
    case = confirmed(office)
    assert refusal(lambda: case.declare(ben, kind="aside")) == "assigned"
    case.rekey(ben, [lead, cleo])
    assert refusal(lambda: read(office, ben, case)) == "no-thread"
