"""A whole case is taken out by who is assigned to it and by nobody else, with a reason that stands in the record."""

from __future__ import annotations

import secrets

import pytest

from cases.casework import NOW, Office
from cases.deleters import refusal
from fairline.cases import exporting
from fairline.cases.exporting import TakenOut
from fairline.cases.models import Doing
from fairline.ledger.acts import parse_row
from fairline.ledger.keys import promise_seed
from fairline.seal.primitives import H, b64, public_key

pytestmark = pytest.mark.django_db


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


def take_out(case, member, *, read=None, reason="court", **said):
    row, found = case.case, case.heads() if read is None else read
    digest = secrets.token_bytes(32)
    act = case.act(member, "export", row.recipient, digest, keys=row.keys)
    act = case.saying(member, act, **{"read": found, "reason": reason} | said)
    return exporting.take_out(case.office.facts(member), case.id, TakenOut(reason, digest, found), act, NOW)


def test_who_is_assigned_takes_it_out_and_the_record_says_who_why_and_what(office, case):
    lead, ben, _cleo = office.people
    recorded = take_out(case, ben)
    row = parse_row(recorded.row)
    assert recorded.promise.leaf == H(recorded.row)
    recorded.promise.check(public_key(promise_seed(office.maker.id)))
    act = row.act()
    assert (act.act, act.subject, act.member) == ("export", b64(case.id), ben.id)
    assert act.fields["reason"] == "court"
    done = Doing.objects.get(thread=case.id, what="exported")
    assert done.member == ben.id
    take_out(case, lead, reason="move")


def test_the_act_holds_no_word_of_the_case(office, case):
    _lead, ben, _cleo = office.people
    fields = parse_row(take_out(case, ben).row).act().fields
    assert set(fields) == {"act", "subject", "member", "counter", "before", "after", "keys", "read", "reason"}


def test_a_closed_case_is_taken_out_too(office, case):
    _lead, ben, _cleo = office.people
    case.close(ben)
    take_out(case, ben, reason="safekeeping")


def test_nobody_else_takes_it_out(office, case):
    lead, ben, cleo = office.people
    assert refusal(lambda: take_out(case, cleo)) == "no-thread"
    # A helper who was given a document has no export of it, and none of the case.
    case.give(lead, cleo)
    assert refusal(lambda: take_out(case, cleo)) == "no-thread"
    # Whom the people assigned leave out has nothing more.
    case.rekey(lead, [lead, cleo])
    assert refusal(lambda: take_out(case, ben)) == "no-thread"
    assert not Doing.objects.filter(what="exported").exists()


def test_a_report_that_is_no_case_yet_is_taken_out_by_nobody(office, case):
    other = office.report()
    lead = office.people[0]
    other.declare(lead)
    act = other.act(lead, "export", None, bytes(32), keys=bytes(32))
    out = TakenOut("court", bytes(32), {"r": 0})
    assert refusal(lambda: exporting.take_out(office.facts(lead), other.id, out, act, NOW)) == "state"


def test_what_came_meanwhile_is_not_left_out_unsaid(office, case):
    _lead, ben, _cleo = office.people
    before = case.heads()
    case.writes()
    assert refusal(lambda: take_out(case, ben, read=before)) == "heads"


@pytest.mark.parametrize("said", [{"reason": "move"}, {"read": {"r": 99}}])
def test_what_was_signed_is_what_is_done(office, case, said):
    _lead, ben, _cleo = office.people
    row, digest, found = case.case, bytes(32), case.heads()
    act = case.act(ben, "export", row.recipient, digest, keys=row.keys)
    act = case.saying(ben, act, **{"read": found, "reason": "court"} | said)
    out = TakenOut("court", digest, found)
    assert refusal(lambda: exporting.take_out(office.facts(ben), case.id, out, act, NOW)) == "act"
    assert not Doing.objects.filter(what="exported").exists()


@pytest.mark.parametrize("reason", ["", "money", "because"])
def test_without_a_reason_of_the_list_nothing_is_taken_out(office, case, reason):
    _lead, ben, _cleo = office.people
    assert refusal(lambda: take_out(case, ben, reason=reason)) == "reason"
