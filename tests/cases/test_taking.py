"""An exported case that an older copy does not know is taken in once, held by two, and deleted for good."""

from __future__ import annotations

import importlib
import secrets
import threading
from datetime import date, timedelta

import pytest
from django.conf import settings as current
from django.db import connections
from django.test import override_settings

from cases.casework import NOW, TODAY, Office
from cases.deleters import refusal
from cases.desk import Door
from cases.takings import Export, forget, standing
from fairline.cases import boards, queries, services, taking, timekeeping
from fairline.cases.importing import Standing
from fairline.cases.models import Case, CaseKeys, Counted, Doing, Slip, TakenIn
from fairline.core.problems import Problem
from fairline.ledger import promises
from fairline.ledger import queries as ledger
from fairline.ledger.acts import row
from fairline.ledger.errors import PromiseError
from fairline.ledger.keys import promise_seed
from fairline.line import queries as line
from fairline.line.models import Blob, Erasure, Thread
from fairline.seal.jsontext import write
from fairline.seal.primitives import H, b64, sign
from support.line import parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office.founded("ben", "cleo")


@pytest.fixture
def export(office: Office) -> Export:
    """Taken out by ben, of a case that the database knows nothing of since."""
    lead, ben, _cleo = office.people
    one = Export(office.case(), ben, [lead, ben])
    forget(one.case)
    return one.sent()


def test_it_becomes_a_case_of_two_with_the_file_in_it(export, office):
    lead, ben, cleo = office.people
    assert standing(export, ben) == Standing("missing")
    assert len(export.take_in()) == 2
    services.declare(office.facts(lead), export.id, "none", NOW)
    for one in (lead, ben):
        shown = queries.thread(office.facts(one), export.id)
        assert (shown.whole.thread.status, shown.case.keys) == ("case", export.keys[one.id])
    assert refusal(lambda: services.declare(office.facts(cleo), export.id, "none", NOW)) == "no-thread"
    named = Blob.objects.get(id=export.archive.id)
    assert (bytes(named.thread), named.chain, bytes(named.hash)) == (export.id, "i", export.archive.hash)
    for member in (lead, ben):
        part = services.part(office.facts(member), export.id, export.archive.id, 0, today=TODAY, now=NOW)
        assert part == export.archive.parts[0]
    assert [(one.member, one.what) for one in Doing.objects.filter(thread=export.id, what="took-in")] == [
        (ben.id, "took-in")
    ]


def test_who_holds_it_learns_which_case_it_is_now_and_nobody_else(export, office):
    lead, ben, cleo = office.people
    export.take_in()
    for one in (lead, ben):
        assert standing(export, one) == Standing("taken", case=export.id)
    assert standing(export, cleo) == Standing("others")


def test_who_stepped_aside_from_it_or_was_left_out_is_not_told(export, office):
    lead, ben, _cleo = office.people
    export.take_in()
    CaseKeys.objects.filter(thread=export.id, member=lead.id).delete()
    assert standing(export, lead) == Standing("others")
    assert standing(export, ben).state == "taken"


def test_the_record_says_who_took_in_what(export, office):
    export.take_in()
    [found] = ledger.acts(office.maker.id, {"take in"})
    assert (found.act.subject, found.act.member) == (b64(export.id), export.by.id)
    assert {name: found.act.fields[name] for name in ("from", "list", "export")} == {
        "from": b64(export.case.id), "list": b64(export.list), "export": b64(H(export.out.row)),
    }  # fmt: skip


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_taken_in_twice(export, office):
    sent = export.taking()
    facts = office.facts(export.by)
    first = taking.take_in(facts, sent, TODAY, NOW)
    assert taking.take_in(facts, sent, TODAY, NOW) == first
    lead, _ben, cleo = office.people
    for other in (export.again(lead, [lead, cleo]), export.again(export.by, export.people)):
        other.sent()
        assert refusal(other.take_in) == "taken-in"
    assert (Thread.objects.count(), Case.objects.count(), TakenIn.objects.count()) == (1, 1, 1)
    assert TakenIn.objects.get().thread == export.id


def test_another_export_of_the_same_case_is_not_taken_in_beside_it(office):
    lead, ben, _cleo = office.people
    case = office.case()
    one, other = Export(case, ben, [lead, ben]), Export(case, lead, [lead, ben])
    forget(case)
    one.sent().take_in()
    other.sent()
    assert refusal(other.take_in) == "taken-in"
    assert standing(other, ben) == Standing("taken", case=one.id)


@pytest.mark.django_db(transaction=True)
def test_two_members_at_once_take_it_in_once(office):
    importlib.import_module("fairline.ledger.stored").discover()
    lead, ben, cleo = office.people
    for _round in range(5):
        one = Export(office.case(), ben, [lead, ben])
        forget(one.case)
        both = [one.sent(), one.again(lead, [lead, cleo]).sent()]
        ready = [(office.facts(each.by), each.taking()) for each in both]
        begun, came = threading.Barrier(2), []

        def take(facts, sent, begun=begun, came=came):
            begun.wait()
            try:
                came.append(len(taking.take_in(facts, sent, TODAY, NOW)))
            except Problem as refused:
                came.append(refused.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=take, args=args) for args in ready]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(map(str, came)) == ["2", "taken-in"]
        taken = TakenIn.objects.get(id=one.case.id)
        loser = next(each for each in both if each.id != bytes(taken.thread))
        assert not Thread.objects.filter(id=loser.id).exists()
        assert not CaseKeys.objects.filter(thread=loser.id).exists()
        assert bytes(Blob.objects.get(id=loser.archive.id).thread) == b""


def test_a_case_that_stands_here_is_not_taken_in(office):
    lead, ben, _cleo = office.people
    one = Export(office.case(), ben, [lead, ben]).sent()
    assert refusal(one.take_in) == "stands"
    assert not TakenIn.objects.exists()


def test_a_row_or_promise_that_is_not_the_offices_takes_nothing_in(export, office):
    maker, ben = office.maker, office.people[1]
    foreign = promises.make(maker.id, H(export.out.row), TODAY.isoformat(), bytes(32))
    with pytest.raises(PromiseError, match="promise-signature"):
        export.take_in(promise=foreign)
    other = promises.make(bytes(16), H(export.out.row), TODAY.isoformat(), promise_seed(maker.id))
    assert refusal(lambda: export.take_in(promise=other)) == "export-act"
    altered = export.out.row.replace(b"safekeeping", b"persons")
    assert refusal(lambda: export.take_in(row=altered)) == "export-act"
    # What the office has promised, and is no export: a copy that was given.
    what = write({"act": "copy", "subject": b64(export.case.id), "member": b64(ben.id), "counter": 1})
    raw = row(what, sign(ben.sign_seed, "act", what), "2026-03-02T10:00:00Z").written()
    promised = promises.make(maker.id, H(raw), TODAY.isoformat(), promise_seed(maker.id))
    assert refusal(lambda: export.take_in(row=raw, promise=promised)) == "export-act"
    assert not Thread.objects.exists()
    assert not TakenIn.objects.exists()


def test_the_export_of_another_office_is_not_taken_in(export, office):
    strangers = Office.founded("bao", "ilse")
    first, second, _third = strangers.people
    theirs = Export(strangers.case(), first, [first, second])
    forget(theirs.case)
    export.out = theirs.out
    export.case, export.list = theirs.case, theirs.list
    with pytest.raises(PromiseError, match="promise-signature"):
        export.take_in()
    # And nobody of another office sends anything here.
    assert refusal(lambda: taking.hold(strangers.facts(first), export.archive.part(0), TODAY)) == "no-desk"
    assert standing(theirs, first) == Standing("missing")
    assert not TakenIn.objects.exists()


@pytest.mark.parametrize("name", ["from", "list", "export", "note", "until"])
def test_the_signed_act_names_the_export_and_the_note(export, name):
    act = export.taking_act(**{name: b64(bytes(32 if name != "from" else 16)) if name != "until" else "2026-12-01"})
    assert refusal(lambda: export.take_in(act=act)) == "act"
    assert not Thread.objects.exists()
    assert not TakenIn.objects.exists()


def test_the_act_names_who_holds_it(export):
    assert refusal(lambda: export.take_in(act=export.taking_act(people=[b64(bytes(16))]))) == "act"
    assert not TakenIn.objects.exists()


@pytest.mark.parametrize("people", [[1], [0, 2]], ids=["alone", "without-oneself"])
def test_two_hold_it_and_who_takes_it_in_is_one_of_them(export, office, people):
    other = export.again(office.people[1], [office.people[at] for at in people]).sent()
    assert refusal(other.take_in) == "people"
    assert not TakenIn.objects.exists()


def test_who_works_at_no_desk_of_it_sends_nothing(export, office):
    other = export.again(office.people[1], office.people[:2])
    other.desk = secrets.token_bytes(16)
    part = other.archive.part(0, desk=b64(other.desk))
    assert refusal(lambda: taking.hold(office.facts(other.by), part, TODAY)) == "no-desk"
    assert refusal(other.take_in) == "no-desk"


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, True), (3, True)])
def test_a_file_that_two_people_deleted_does_not_come_back_inside_it(export, office, days, refused):
    """Deleted before the export it cannot be in it; since then it may be."""
    day = NOW.date() + timedelta(days=days)
    Erasure.objects.create(
        blob=secrets.token_bytes(16), office=office.maker.id, thread=export.case.id, reason="unneeded",
        asked_by=export.by.id, what=b"", asked=day, day=day,
    )  # fmt: skip
    if refused:
        assert refusal(export.take_in) == "erased"
    else:
        export.take_in()
    assert TakenIn.objects.exists() is not refused


def test_without_the_whole_file_there_is_no_case(export, office):
    other = export.again(office.people[1], office.people[:2])
    taking.hold(office.facts(other.by), other.archive.part(0), TODAY)
    assert refusal(other.take_in) == "blob"
    assert refusal(lambda: export.take_in(note=export.note(blobs=[b64(bytes(16))]))) == "blob"
    assert not Thread.objects.exists()
    assert not TakenIn.objects.exists()
    assert len(export.take_in()) == 2


def test_the_note_names_one_file_and_stands_first(export):
    two = [b64(export.archive.id), b64(bytes(16))]
    for note in (
        export.note(blobs=two), export.note(n=1), export.note(audience={"generation": 1}),
        export.note(thread=b64(bytes(16))),
    ):  # fmt: skip
        assert refusal(lambda note=note: export.take_in(note=note)) == "keys"
    assert not Thread.objects.exists()


def test_it_is_no_report_and_counted_nowhere(export, office):
    ben = office.people[1]
    export.take_in()
    later = TODAY + timedelta(days=400)
    assert line.arrived_by_desk(office.maker.id, date(2020, 1, 1), later) == {}
    assert timekeeping.of_thread(office.maker.id, export.id, later) == []
    assert boards.board(office.maker.id, [export.desk], later) == []
    export.close(ben)
    assert Thread.objects.get().status == "closed"
    assert not Slip.objects.exists()
    assert not Counted.objects.exists()


def test_it_goes_over_the_office_door(office_client, office):
    lead, ben, cleo = office.people
    one = Export(office.case(), ben, [lead, ben])
    forget(one.case)
    with override_settings(MIDDLEWARE=[*current.MIDDLEWARE, "cases.desk.signed_in"]):
        door = Door(office_client, office.maker.id)
        bare = {name: value for name, value in one.archive.head(0).items() if name != "work"}
        for number, part in enumerate(one.archive.parts):
            sent = parcel(bare | {"part": number}, [("part", part)])
            assert door.post(office.facts(ben), "exports/parts", sent).json()["held"] == number + 1
        found = door.post(office.facts(ben), "exports/taking", one.whole_parcel()).json()
        assert len(found["promises"]) == 2
        asked = {"row": b64(one.out.row), "promise": one.out.promise.fields()}
        for member, state, case in ((lead, "taken", b64(one.id)), (cleo, "others", None)):
            said = door.post(office.facts(member), "exports/standing", asked).json()
            assert (said["state"], said["case"]) == (state, case)
        other = one.again(lead, [lead, cleo]).sent()
        refused = door.post(office.facts(lead), "exports/taking", other.whole_parcel())
        assert (refused.status_code, refused.json()["error"]) == (409, "taken-in")
        broken = parcel({"v": 1, "c": b64(bytes(32))}, [("keys", b"x")])
        assert door.post(office.facts(ben), "exports/taking", broken).status_code == 400
