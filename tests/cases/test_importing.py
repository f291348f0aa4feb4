"""Whoever holds an exported case learns what has become of it here; what was deleted stays deleted."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY, Casework, Office
from cases.deleters import Deleters, a_closed_case, refusal
from fairline.cases import exporting, importing
from fairline.cases.exporting import Recorded, TakenOut
from fairline.cases.importing import Standing
from fairline.cases.models import Case, CaseKeys, Declaration
from fairline.core.limits import BACKUP_DAYS
from fairline.ledger import promises
from fairline.ledger.acts import row
from fairline.ledger.errors import PromiseError
from fairline.ledger.keys import promise_seed
from fairline.line.models import Erasure, Thread
from fairline.seal.jsontext import write
from fairline.seal.primitives import H, b64, sign

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


def taken_out(case: Casework, member) -> Recorded:
    read, digest = case.heads(), secrets.token_bytes(32)
    act = case.act(member, "export", case.case.recipient, digest, keys=case.case.keys)
    act = case.saying(member, act, read=read, reason="safekeeping")
    return exporting.take_out(case.office.facts(member), case.id, TakenOut("safekeeping", digest, read), act, NOW)


def standing(case: Casework, member, out: Recorded) -> Standing:
    return importing.standing(case.office.facts(member), out.row, out.promise)


def test_who_is_assigned_learns_that_it_is_theirs_and_who_is_not_that_it_is_not(office, case):
    lead, ben, cleo = office.people
    out = taken_out(case, ben)
    assert standing(case, ben, out) == Standing("yours")
    assert standing(case, lead, out).state == "yours"
    assert standing(case, cleo, out).state == "others"


def test_who_was_left_out_or_stepped_aside_since_is_not_assigned_any_more(office, case):
    lead, ben, cleo = office.people
    out = taken_out(case, ben)
    case.rekey(lead, [lead, cleo])
    assert standing(case, ben, out).state == "others"
    assert standing(case, cleo, out).state == "yours"
    Declaration.objects.filter(thread=case.id, member=cleo.id).update(kind="aside")
    assert standing(case, cleo, out).state == "others"


def test_a_file_that_two_people_deleted_is_named(office, case):
    _lead, ben, _cleo = office.people
    out, gone, asked = taken_out(case, ben), secrets.token_bytes(16), secrets.token_bytes(16)
    shared = {
        "office": office.maker.id,
        "thread": case.id,
        "reason": "unneeded",
        "asked_by": ben.id,
        "what": b"",
        "asked": TODAY,
    }
    Erasure.objects.create(blob=gone, day=TODAY, **shared)
    Erasure.objects.create(blob=asked, **shared)
    assert standing(case, ben, out).erased == (gone,)


def test_what_was_deleted_stays_deleted_for_everybody(monkeypatch):
    at = Deleters.founded(monkeypatch)
    lead, ben, cleo = at.office.people
    case = a_closed_case(at)
    out = taken_out(case, ben)
    at.in_days(4000)
    at.agrees(ben, at.asks(lead, case))
    for member in (lead, ben, cleo):
        found = standing(case, member, out)
        assert (found.state, found.deleted) == ("deleted", at.day)
        assert found.unreadable == at.day + timedelta(days=BACKUP_DAYS + 1)
    # Also where an older copy came back, and its keys with it.
    maker = at.office.maker
    CaseKeys.objects.create(thread=case.id, desk=maker.desk, office=maker.id, member=ben.id, sealed=b"old")
    assert standing(case, ben, out).state == "deleted"


def test_what_a_restored_copy_knows_nothing_of_is_missing(office, case):
    _lead, ben, _cleo = office.people
    out = taken_out(case, ben)
    CaseKeys.objects.filter(thread=case.id).delete()
    Case.objects.filter(id=case.id).delete()
    Thread.objects.filter(id=case.id).delete()
    assert standing(case, ben, out) == Standing("missing")


def test_nothing_is_said_of_an_act_that_this_office_did_not_promise(office, case):
    _lead, ben, _cleo = office.people
    out, maker = taken_out(case, ben), office.maker
    foreign = promises.make(maker.id, H(out.row), TODAY.isoformat(), bytes(32))
    with pytest.raises(PromiseError, match="promise-signature"):
        importing.standing(office.facts(ben), out.row, foreign)
    altered = out.row.replace(b"safekeeping", b"persons")
    assert refusal(lambda: importing.standing(office.facts(ben), altered, out.promise)) == "export-act"
    what = write({"act": "copy", "subject": b64(case.id), "member": b64(ben.id), "counter": 1})
    raw = row(what, sign(ben.sign_seed, "act", what), "2026-03-02T10:00:00Z").written()
    promise = promises.make(maker.id, H(raw), TODAY.isoformat(), promise_seed(maker.id))
    assert refusal(lambda: importing.standing(office.facts(ben), raw, promise)) == "export-act"
    other = promises.make(bytes(16), H(out.row), TODAY.isoformat(), promise_seed(maker.id))
    assert refusal(lambda: importing.standing(office.facts(ben), out.row, other)) == "export-act"


def test_asking_keeps_nothing(office, case):
    _lead, ben, cleo = office.people
    out = taken_out(case, ben)
    before = [(model, model.objects.count()) for model in (Case, CaseKeys, Declaration, Thread)]
    for member in (ben, cleo):
        standing(case, member, out)
    assert before == [(model, model.objects.count()) for model in (Case, CaseKeys, Declaration, Thread)]
