"""A member refers a report: what is stored, who may, and what is refused before anything goes out."""

from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta

import pytest
from django.db import connections

from cases.casework import NOW, TODAY
from fairline.core.erasure import require_nothing_stands
from fairline.core.problems import Problem
from fairline.ledger import promises
from fairline.ledger.acts import parse_row, parse_what
from fairline.ledger.models import Row
from fairline.line import handing
from fairline.offices import queries as offices
from fairline.referral import erasure, queries, services
from fairline.referral.models import Competence, Referral
from fairline.referral.services import FoundThere
from fairline.seal.charter import Peer
from fairline.seal.competence import Competence as Said
from fairline.seal.competence import write_competence
from fairline.seal.primitives import b64, public_key

pytestmark = pytest.mark.django_db


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_the_report_the_note_and_the_act_are_stored_together(referring):
    notes = handing.heads(referring.case.row)["i"]
    row = referring.refer()
    assert (row.state, row.peer, row.at) == ("waiting", referring.F, referring.there.id)
    assert handing.heads(referring.case.row)["i"] == notes + 1
    assert acted("refer")["after"] == b64(row.content)
    [told] = queries.of_thread(referring.office.facts(referring.member), referring.case.id)
    assert (told["state"], told["host"]) == ("waiting", referring.there.host)
    assert services.wake_file().exists()


def test_nothing_goes_to_an_office_that_the_charter_does_not_name(referring):
    stranger = bytes([5] * 32)
    assert refusal(lambda: referring.refer(referring.new(peer=stranger))) == "peer"
    assert not Referral.objects.exists()


def test_what_the_member_signed_is_what_goes_out(referring):
    new, other = referring.new(), referring.sealed()
    assert refusal(lambda: referring.refer(dataclasses.replace(new, sealed=other))) == "act"
    assert not Referral.objects.exists()
    assert referring.refer(new).state == "waiting"


def test_the_same_report_is_put_on_its_way_once(referring):
    new = referring.new()
    referring.refer(new)
    again = dataclasses.replace(new, act=referring.act(new.sealed, new.peer))
    assert refusal(lambda: referring.refer(again)) == "taken"
    assert Referral.objects.count() == 1


def test_who_is_not_assigned_neither_refers_nor_sees_it(referring):
    referring.refer()
    cleo = referring.office.facts(referring.office.people[2])
    new = referring.new()
    assert refusal(lambda: services.refer(cleo, referring.case.id, new, TODAY, NOW)) == "no-thread"
    assert refusal(lambda: queries.of_thread(cleo, referring.case.id)) == "no-thread"
    assert refusal(lambda: services.try_again(cleo, referring.case.id, new.sealed.drop.id, NOW)) == "no-thread"
    assert Referral.objects.count() == 1


def test_the_cases_that_another_office_has_acknowledged_are_named_to_those_assigned_alone(referring):
    row = referring.refer()
    ben, cleo = (referring.office.facts(one) for one in referring.office.people[1:3])
    assert queries.passed_on_by(ben) == []
    Referral.objects.filter(id=row.id).update(state="promised")
    referring.case.close(referring.member, "unfounded")
    [told] = queries.passed_on_by(ben)
    assert (told["thread"], told["status"], told["notes"]) == (
        b64(referring.case.id), "closed", handing.heads(referring.case.row)["i"] + 1
    )  # fmt: skip
    assert [one["id"] for one in told["referrals"]] == [b64(row.id)]
    assert queries.passed_on_by(cleo) == []


def test_a_closed_case_is_opened_again_before_anything_is_passed_on(referring):
    referring.case.close(referring.member, "referred")
    assert refusal(referring.refer) == "state"


def test_a_report_before_the_desk_is_passed_on_in_one_step(referring):
    report = referring.office.report()
    report.declare(referring.member)
    referring.case = report
    assert referring.refer().state == "waiting"


def test_a_referral_goes_with_its_case_and_what_is_said_of_an_office_with_its_place_in_the_charter(referring):
    row = referring.refer()
    say(referring)
    assert erasure.shred_referrals(NOW) == 0
    assert erasure.shred_competence(NOW) == 0
    Referral.objects.filter(id=row.id).update(thread=bytes(16))
    referring.name()
    assert erasure.shred_referrals(NOW) == 1
    assert erasure.shred_competence(NOW) == 1


def test_what_another_office_is_for_is_signed_and_shown_beside_its_place_in_the_charter(referring):
    document = say(referring)
    [told] = queries.peers(referring.office.maker.id)
    assert told["document"] == b64(document)
    assert acted("say competence")["peer"] == b64(referring.F)
    assert [peer.F for peer in offices.peers(referring.office.maker.id)] == [referring.F]


def test_nothing_is_said_of_an_office_that_the_charter_does_not_name(referring):
    referring.name(Peer(bytes(32), referring.there.host))
    assert refusal(lambda: say(referring)) == "no-peer"
    assert not Competence.objects.exists()


def say(referring) -> bytes:
    administrator = referring.office.maker.first
    document = write_competence(Said({"en": "Harbour authority"}, ("tampering",), "The harbour"))
    act = referring.competence_act(administrator, document)
    services.say_competence(referring.office.facts(administrator), referring.F, document, act, NOW)
    return document


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_at_once_what_another_office_is_for_the_second_is_told(referring):
    administrator, begun, told = referring.office.maker.first, threading.Barrier(2), []
    documents = [write_competence(Said({"en": name}, (), "")) for name in ("Harbour authority", "Port office")]
    acts = [referring.competence_act(administrator, document) for document in documents]

    def says(document: bytes, act) -> None:
        begun.wait()
        try:
            services.say_competence(referring.office.facts(administrator), referring.F, document, act, NOW)
        except Problem as refused:
            told.append(refused.code)
        connections.close_all()

    threads = [threading.Thread(target=says, args=one) for one in zip(documents, acts, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == ["act"]
    assert Competence.objects.count() == 1


def acted(what: str) -> dict[str, object]:
    """What the newest act of that name says."""
    found = [parse_what(parse_row(bytes(row.row)).what) for row in Row.objects.filter(kind="act").order_by("number")]
    return next(dict(one.fields) | {"after": b64(one.after or b"")} for one in reversed(found) if one.act == what)


def test_sealed_anew_it_keeps_its_mailbox_and_waits_again(referring):
    row = referring.refer()
    Referral.objects.filter(id=row.id).update(state="stale", fault="epoch", next_try=NOW + timedelta(hours=1))
    anew = referring.sealed(row.id, epoch=4)
    member = referring.office.facts(referring.member)
    services.seal_anew(member, referring.case.id, row.id, anew, act=referring.act(anew, referring.F), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.epoch, row.content, row.next_try) == ("waiting", 4, anew.drop.content, NOW)
    other = referring.sealed(epoch=4)
    assert refusal(lambda: services.seal_anew(member, referring.case.id, row.id, other,
                                              act=referring.act(other, referring.F), now=NOW)) == "act"  # fmt: skip


def test_who_is_taken_off_the_case_in_that_very_moment_seals_nothing_anew(referring, monkeypatch):
    row = referring.refer()
    Referral.objects.filter(id=row.id).update(state="stale")
    lead, ben, cleo = referring.office.people
    member, anew = referring.office.facts(ben), referring.sealed(row.id, epoch=4)
    act, begins = referring.act(anew, referring.F), services.writing

    def after_a_colleague():
        monkeypatch.setattr(services, "writing", begins)
        referring.case.rekey(lead, [lead, cleo])
        return begins()

    for does in (
        lambda: services.seal_anew(member, referring.case.id, row.id, anew, act=act, now=NOW),
        lambda: services.try_again(member, referring.case.id, row.id, NOW),
    ):
        monkeypatch.setattr(services, "writing", after_a_colleague)
        assert refusal(does) == "no-thread"
    row.refresh_from_db()
    assert row.state == "stale"


def found(referring, promise, key: bytes) -> None:
    member, row = referring.office.facts(referring.member), Referral.objects.get()
    services.found_there(member, referring.case.id, row.id, FoundThere(promise, key))


def test_what_lies_there_under_an_earlier_sealing_or_another_record_key_has_arrived(referring):
    row = referring.refer()
    Referral.objects.filter(id=row.id).update(state="refused", fault="taken")
    seed, day = bytes([7] * 32), "2026-05-04"
    leaf = row.leaf[:32] + bytes([1] * 32) + row.leaf[64:]
    make = promises.make
    for promise, key in (
        (make(row.at, bytes(32) + leaf[32:], day, seed), public_key(seed)),
        (make(bytes(16), leaf, day, seed), public_key(seed)),
        (make(row.at, leaf, day, seed), public_key(bytes([8] * 32))),
    ):
        assert refusal(lambda promise=promise, key=key: found(referring, promise, key)) == "promise"
    found(referring, make(row.at, leaf, day, seed), public_key(seed))
    row.refresh_from_db()
    assert (row.state, row.fault, row.sealed, row.content) == ("promised", "", b"", leaf[32:64])
    [told] = queries.of_thread(referring.office.facts(referring.member), referring.case.id)
    promises.from_fields(told["promise"]).check(public_key(seed))
    assert refusal(lambda: found(referring, make(row.at, leaf, day, seed), public_key(seed))) == "promised"


def takes_back(referring, row) -> None:
    made = referring.case.act(referring.member, "withdraw referral", row.content, None)
    act = referring.case.saying(referring.member, made, peer=b64(row.peer))
    services.take_back(referring.office.facts(referring.member), referring.case.id, row.id, act, NOW)


def test_what_is_taken_back_is_sent_no_more_and_the_record_says_so(referring):
    row = referring.refer()
    takes_back(referring, row)
    assert acted("withdraw referral")["peer"] == b64(referring.F)
    row.refresh_from_db()
    assert (row.state, row.sealed) == ("back", b"")
    member = referring.office.facts(referring.member)
    assert refusal(lambda: services.try_again(member, referring.case.id, row.id, NOW)) == "back"
    assert refusal(lambda: takes_back(referring, row)) == "back"


@pytest.mark.parametrize("state", ["waiting", "stale", "refused"])
def test_no_case_is_deleted_while_something_of_it_has_not_arrived(referring, state):
    row = referring.refer()
    Referral.objects.filter(id=row.id).update(state=state)
    office, thread = referring.office.maker.id, referring.case.id
    assert refusal(lambda: require_nothing_stands(office, thread)) == "referral"
    takes_back(referring, row)
    require_nothing_stands(office, thread)
