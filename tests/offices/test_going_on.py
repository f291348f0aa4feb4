"""No charter leaves reports to nobody, and none is the last that can be signed."""

from __future__ import annotations

import dataclasses
import secrets

import pytest

from cases.casework import Office
from factories.offices import Insider
from fairline.core.problems import Problem
from fairline.line.models import Thread
from fairline.offices import queries as offices
from fairline.offices.models import Desk
from fairline.seal.charter import Desk as Named
from fairline.seal.charter import Peer, read_charter
from fairline.seal.primitives import public_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office.founded("ben")


def refusal(office: Office, people: list[Insider], **changes: object) -> str:
    with pytest.raises(Problem) as refused:
        office.maker.propose(office.maker.first, office.maker.next_charter(people, **changes))
    return refused.value.code


def without_the_desk() -> dict[str, object]:
    elsewhere = Named(secrets.token_bytes(16), {"en": "Elsewhere"}, (), None, Peer(bytes(32), "else.example"))
    return {"desks": (elsewhere,)}


def test_a_desk_at_which_reports_lie_does_not_end(office: Office) -> None:
    office.report()
    for status in ("arrived", "aside", "held", "case"):
        Thread.objects.update(status=status)
        assert refusal(office, office.people, **without_the_desk()) == "desk-reports"
    assert [desk.id for desk in offices.desks(office.maker.id)] == [office.maker.desk]
    Thread.objects.update(status="closed")
    office.maker.propose(office.maker.first, office.maker.next_charter(office.people, **without_the_desk()))
    assert offices.desks(office.maker.id) == []


def test_a_desk_that_takes_reports_or_has_some_is_not_left_to_nobody(office: Office) -> None:
    office.report()
    lead, ben = office.people
    before = ben.roles
    for one in office.people:
        one.roles = tuple(role for role in one.roles if "@" not in role) or ("auditor",)
    Desk.objects.update(open=False)
    assert refusal(office, [lead, ben]) == "desk-empty"
    Thread.objects.update(status="closed")
    Desk.objects.update(open=True)
    assert refusal(office, [lead, ben]) == "desk-empty"
    for roles, is_open in ((before, True), (("auditor",), False)):
        ben.roles = roles
        Desk.objects.update(open=is_open)
        office.maker.propose(lead, office.maker.next_charter([lead, ben]))


def test_no_charter_is_the_last_that_anybody_can_sign(office: Office) -> None:
    maker, [lead, ben] = office.maker, office.people
    new = maker.next_charter([lead, ben])
    roles, lead.roles = lead.roles, tuple(role for role in lead.roles if role != "administrator")
    built, signers = maker.roster([lead, ben], read_charter(new.charter).number)
    lead.roles = roles
    last = maker.next_charter([lead, ben], roster=built)
    with pytest.raises(Problem) as refused:
        maker.propose(lead, dataclasses.replace(last, roster=signers, filler=built.filler))
    assert refused.value.code == "administrators"
    maker.propose(lead, new)


def test_no_charter_names_another_record_than_the_office_has(office: Office) -> None:
    maker = office.maker
    record = read_charter(maker.stored().charter.doc).record
    for changed in ("promise", "checkpoint"):
        other = dataclasses.replace(record, **{changed: public_key(secrets.token_bytes(32))})
        assert refusal(office, office.people, record=other) == "record"
    assert refusal(office, office.people, record=dataclasses.replace(record, host="else.example")) == "record"
    maker.propose(maker.first, maker.next_charter(office.people))
