"""Whatever is done, in any order: who holds no keys reads no case, and no case has fewer than two who hold them."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.casework import NOW, TODAY, Office
from fairline.cases import absence, copies, queries, rights
from fairline.cases.models import CaseKeys, Copy
from fairline.cases.nightly import give_back
from fairline.core.jobs import Night
from fairline.core.problems import Problem
from fairline.line.models import SealedFile
from fairline.line.states import AT_DESK

pytestmark = pytest.mark.django_db

WHO = st.integers(0, 3)
SOME = st.lists(WHO, max_size=4, unique=True)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("declare"), WHO, st.sampled_from(["none", "aside"])),
        st.tuples(st.sampled_from(["triage", "rekey"]), WHO, SOME),
        st.tuples(st.sampled_from(["confirm", "refuse", "close", "reopen", "set_aside", "take_up"]), WHO, st.none()),
        st.tuples(st.just("gives"), WHO, WHO),
        st.tuples(st.sampled_from(["leaves", "comes back", "take_over"]), WHO, st.none()),
        st.tuples(st.sampled_from(["writes", "week"]), WHO, st.none()),
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_sequence_of_acts_lets_others_read_or_leaves_one_alone(office, acts):
    case = office.report()
    case.declare(*office.people[:2])
    # Some way is made first, or most sequences would end at a report that nobody has triaged.
    case.triage(office.people[0], office.people[:2])
    holds(office, case)
    for act in [("confirm", 1, None), *acts]:
        with contextlib.suppress(Problem):
            done(office, case, *act)
        holds(office, case)


@pytest.fixture
def office():
    return Office.founded("ben", "cleo", "dora")


def done(office, case, act, who, more):
    member = office.people[who]
    match act:
        case "declare":
            case.declare(member, kind=more)
        case "triage" | "rekey":
            people = [office.people[one] for one in more]
            if act == "rekey" and case.case is None:
                return
            getattr(case, act)(member, people)
        case "gives":
            case.give(member, office.people[more])
        case "leaves" | "comes back":
            comes_or_goes(office.facts(member), act)
        case "confirm" | "refuse" | "close" | "reopen" | "take_over":
            if case.case is not None:
                getattr(case, act)(member)
        case "set_aside" | "take_up":
            getattr(case, act)(member)
        case "writes":
            case.writes()
        case _:
            give_back(Night(NOW + timedelta(days=8)))


def comes_or_goes(member, act):
    if act == "leaves":
        absence.leave(member, TODAY, TODAY, TODAY)
    else:
        absence.come_back(member)


def holds(office, case):
    row = case.row
    holders = {bytes(one) for one in CaseKeys.objects.filter(thread=case.id).values_list("member", flat=True)}
    reading = {one.id for one in office.people if reads(office, one, case)}
    listed = {
        one.id for one in office.people if case.id in {row.line.id for row in queries.arrivals(office.facts(one)).rows}
    }
    if row.status in AT_DESK:
        assert not holders
        # The desk reads what it could read before, and no copy for a case is left.
        assert not SealedFile.objects.filter(thread=case.id, kind="case").exists()
    else:
        assert len(holders) >= 2
        assert reading <= holders
        # A document reaches whom it was given to, and nobody else.
        of_case = Copy.objects.filter(thread=case.id)
        for one in office.people:
            mine = {row.id for row in copies.given_to(office.facts(one), TODAY) if row.thread == case.id}
            assert mine == set(of_case.filter(receiver=one.id).values_list("id", flat=True))
        assert listed <= holders
        if row.status != "held":
            desk = SealedFile.objects.filter(thread=case.id, chain="r", n=0, kind="office")
            assert not desk.exclude(sealed=b"").exists()


def reads(office, person, case) -> bool:
    try:
        rights.desk_of(office.facts(person), case.id)
        queries.thread(office.facts(person), case.id)
    except Problem:
        return False
    return True
