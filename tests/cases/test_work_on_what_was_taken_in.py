"""In a case that was taken in a person is heard, a document goes outside, and duties are noted, as in any case."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.conf import settings as current
from django.test import override_settings

from cases.casework import NOW, TODAY, Office
from cases.deleters import refusal
from cases.desk import Door
from cases.letters import Letter
from cases.takings import Export, forget
from fairline.cases import closing, hearing_steps, outside, services
from fairline.cases.hearing import State, Step
from fairline.cases.hearing_steps import Wanted
from fairline.cases.models import Case, HearingStep
from fairline.duty import queries as duties
from fairline.duty import services as duty
from fairline.duty.clocks import Kind
from fairline.duty.services import Note
from fairline.line import handing, parcels
from fairline.line.heads import read_post
from fairline.line.models import Post, Thread
from fairline.offices.services.acts import SignedAct
from fairline.seal.primitives import H, b64
from support.line import parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office.founded("ben", "cleo")


@pytest.fixture
def export(office: Office) -> Export:
    """Taken in by ben, and declared on by the lead, who holds it with him."""
    lead, ben, _cleo = office.people
    one = Export(office.case(), ben, [lead, ben])
    forget(one.case)
    one.sent().take_in()
    services.declare(office.facts(lead), one.id, "none", NOW)
    return one


def note(export: Export, by) -> bytes:
    """A note, of which the server sees a commitment."""
    n = handing.heads(Thread.objects.get(id=export.id))["i"] + 1
    head = {
        "v": 1, "thread": b64(export.id), "chain": "i", "n": n, "heads": {"o": 1},
        "audience": {"generation": 0}, "c": b64(H(bytes([n]))),
    }  # fmt: skip
    new = read_post(*parcels.read(parcel(head, [("office", export.words)])))
    services.post(export.office.facts(by), new, TODAY, NOW)
    return bytes(Post.objects.get(thread=export.id, chain="i", n=n).content)


def signed(export: Letter, by, act: str, after: bytes) -> SignedAct:
    return export.office.maker.act(by, act, export.id, before=None, after=after)


def hears(export: Export, by, step: str, reason: str = "", *, about: bytes = b"", days: int = 0) -> None:
    wanted = Wanted(Step(step), reason, about, days)
    act = signed(export, by, f"hearing {step}", wanted.signed())
    hearing_steps.take(export.office.facts(by), export.id, wanted, act=act, today=TODAY, now=NOW)


def close(export: Export, by, outcome: str) -> None:
    case = Case.objects.get(id=export.id)
    act = export.signed(by, "close", {"outcome": outcome, "class": "other"}, before=case.recipient, keys=case.keys)
    new = closing.Closing(outcome, "other", export.post("o", 2), act)
    closing.close(export.office.facts(by), export.id, new, TODAY, NOW)


def test_a_person_concerned_is_informed_within_a_month_of_the_day_on_which_it_was_taken_in(export, office):
    lead, ben, cleo = office.people
    found = hearing_steps.of_thread(office.maker.id, export.id, TODAY)
    assert (found.state, found.due) == (State.DUE, TODAY + timedelta(days=30))
    for one in (lead, ben):
        assert [row.thread for row in hearing_steps.of_member(office.facts(one), TODAY)] == [export.id]
    assert hearing_steps.of_member(office.facts(cleo), TODAY) == []
    # What a mailbox's holder asks for is asked in their mailbox.
    assert refusal(lambda: hears(export, ben, "asked", "objection")) == "state"


def test_nobody_is_found_against_in_it_before_they_were_heard(export, office):
    lead, ben, _cleo = office.people
    assert refusal(lambda: close(export, ben, "substantiated")) == "unheard"
    draft = note(export, ben)
    assert refusal(lambda: hears(export, ben, "agreed", about=draft)) == "second"
    hears(export, lead, "agreed", about=draft)
    hears(export, ben, "given", about=draft, days=21)
    hears(export, ben, "heard", "spoken")
    close(export, ben, "substantiated")
    assert Thread.objects.get(id=export.id).status == "closed"
    assert hearing_steps.of_member(office.facts(ben), TODAY) == []


def test_a_mailbox_is_still_no_case_of_its_own(export, office):
    lead, ben, _cleo = office.people
    letter = Letter(office, ben, [lead, ben])
    letter.open()
    assert hearing_steps.of_thread(office.maker.id, letter.id, TODAY) is None
    assert [row.thread for row in hearing_steps.of_member(office.facts(ben), TODAY)] == [export.id]
    wanted = Wanted(Step.ASKED, "objection", b"", 0)
    act = signed(letter, ben, "hearing asked", wanted.signed())
    hearing_steps.take(office.facts(ben), letter.id, wanted, act=act, today=TODAY, now=NOW)
    assert [thread for thread, _one in hearing_steps.waiting_in(office.facts(ben))] == [letter.id]


def test_a_document_of_it_goes_outside(export, office):
    ben, until = office.people[1], TODAY + timedelta(days=7)
    about = note(export, ben)
    act = export.signed(ben, "give outside", {"until": until.isoformat()}, after=about)
    outside.give(office.facts(ben), export.id, outside.GivenOutside(about, until, act), TODAY, NOW)


def test_a_duty_that_had_begun_is_noted_anew_with_its_own_moment(export, office):
    ben, now = office.people[1], NOW.astimezone(UTC).replace(second=0, microsecond=0)
    began = now - timedelta(days=9)
    for kind, row, at in ((Kind.AWARE, "", began), (Kind.DONE, "early-warning", began + timedelta(hours=5))):
        given = Note("eu-nis2", kind, row, at)
        act = signed(export, ben, f"{kind} duty", H(given.said.encode()))
        duty.note(office.facts(ben), export.id, given, act, NOW)
    rows = {one.clock.id: one for one in duties.of_thread(office.facts(ben), export.id, NOW)["eu-nis2"]}
    assert (rows["early-warning"].state, rows["early-warning"].in_time) == ("done", True)
    # As late as it is: nobody gains days by taking a case in.
    assert rows["notification"].state == "late"


def test_every_step_is_told_with_its_day_to_who_takes_the_case_out(office_client, office):
    lead, ben, cleo = office.people
    case = office.report()
    case.declare(lead, ben)
    case.triage(lead, [lead, ben])
    case.confirm(ben)
    case.hears(ben, "delayed", "evidence")
    case.hears(ben, "nobody")
    door = Door(office_client, office.maker.id)
    with override_settings(MIDDLEWARE=[*current.MIDDLEWARE, "cases.desk.signed_in"]):
        said = door.get(office.facts(ben), f"threads/{b64(case.id)}/hearing").json()
        assert [(one["step"], one["reason"], one["day"], one["until"]) for one in said["steps"]] == [
            ("delayed", "evidence", TODAY.isoformat(), None), ("nobody", "", TODAY.isoformat(), None),
        ]  # fmt: skip
        assert door.get(office.facts(cleo), f"threads/{b64(case.id)}/hearing").status_code == 404
    assert HearingStep.objects.count() == len(said["steps"])
