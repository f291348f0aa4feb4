"""Many reports at once: one declaration, few requests, and setting aside what was read beside what was not."""

from __future__ import annotations

import json

import pytest

from cases.casework import NOW, Office
from cases.desk import handler, report, second_desk
from fairline.cases import many
from fairline.cases.models import AsideBatch, Declaration, Doing, ReadMark
from fairline.core.problems import Problem
from fairline.line import handing, parcels
from fairline.seal.primitives import b64, unb64

pytestmark = pytest.mark.django_db


def declared(door, member, at, senders):
    answer = door.post(member, f"desks/{b64(at.desk)}/declarations", {"threads": [b64(one.id) for one in senders]})
    assert answer.status_code == 200
    return {unb64(one) for one in answer.json()["declared"]}


def fetched(door, member, threads):
    answer = door.get(member, "threads?" + "&".join(f"thread={b64(one)}" for one in threads))
    assert answer.status_code == 200
    _head, files = parcels.read(answer.content)
    return [parcels.read(one) for one in files]


def test_one_declaration_keeps_a_row_for_each_report(door, at):
    member, senders = handler(at), [report(at) for _ in range(5)]
    assert declared(door, member, at, senders) == {one.id for one in senders}
    assert declared(door, member, at, senders[:2]) == {one.id for one in senders[:2]}
    rows = Declaration.objects.filter(member=member.id, kind="none")
    assert {row.thread for row in rows} == {one.id for one in senders}
    assert Doing.objects.filter(what="declared").count() == 5


def test_a_declaration_for_many_brings_back_nobody_who_stepped_aside(door, at):
    member, [first, second] = handler(at), [report(at), report(at)]
    door.post(member, f"threads/{b64(first.id)}/declaration", {"kind": "aside"})
    assert declared(door, member, at, [first, second]) == {second.id}
    assert door.get(member, f"threads/{b64(first.id)}").status_code == 404


def test_a_declaration_covers_reports_of_this_desk_alone(door, at):
    member, other = handler(at), second_desk(at)
    mine, theirs = report(at), report(other)
    assert declared(door, member, at, [mine, theirs]) == {mine.id}
    answer = door.post(member, f"desks/{b64(other.desk)}/declarations", {"threads": [b64(theirs.id)]})
    assert answer.status_code == 404
    assert not Declaration.objects.filter(thread=theirs.id).exists()


def test_several_threads_come_in_one_answer_each_as_by_itself(door, at):
    member, senders = handler(at), [report(at) for _ in range(3)]
    declared(door, member, at, senders)
    together = fetched(door, member, [one.id for one in senders])
    alone = [parcels.read(door.get(member, f"threads/{b64(one.id)}").content) for one in senders]
    assert sorted(head["thread"] for head, _files in together) == sorted(b64(one.id) for one in senders)
    assert all(one in together for one in alone)


def test_what_a_member_may_not_read_is_in_no_answer(door, at):
    member, other = handler(at), second_desk(at)
    mine, undeclared, left, theirs = report(at), report(at), report(at), report(other)
    declared(door, member, at, [mine, left])
    door.post(member, f"threads/{b64(left.id)}/declaration", {"kind": "aside"})
    Declaration.objects.create(office=at.office, thread=theirs.id, member=member.id, kind="none", at=NOW)
    found = fetched(door, member, [mine.id, undeclared.id, left.id, theirs.id])
    assert [head["thread"] for head, _files in found] == [b64(mine.id)]


@pytest.mark.parametrize("query", ["", "thread=x", "&".join(["thread=" + "A" * 22] * 2)])
def test_what_is_asked_for_wrongly_is_refused(door, at, query):
    assert door.get(handler(at), f"threads?{query}").status_code == 400


def test_only_what_was_on_the_screen_is_marked_as_read(door, at):
    member, [first, second] = handler(at), [report(at), report(at)]
    declared(door, member, at, [first, second])
    answer = door.post(member, f"desks/{b64(at.desk)}/reading", {"threads": [b64(first.id)]})
    assert answer.status_code == 200
    assert [(row.thread, row.chain, row.n) for row in ReadMark.objects.all()] == [(first.id, "r", 0)]


def test_reading_needs_the_declaration(door, at):
    member, sender = handler(at), report(at)
    answer = door.post(member, f"desks/{b64(at.desk)}/reading", {"threads": [b64(sender.id)]})
    assert (answer.status_code, answer.json()["error"]) == (409, "declare")


@pytest.fixture
def office():
    return Office.founded("ben")


def test_the_act_names_what_was_read_and_each_report_tells_whether_it_was(office):
    lead, ben = office.people
    reports = [office.report() for _ in range(4)]
    for one in reports:
        one.declare(lead)
    first, *others = reports
    first.read(lead)
    first.set_aside(lead, *others, reason="advertising", read=[first])
    assert {one.row.status for one in reports} == {"aside"}
    did = {row.thread: row.what for row in Doing.objects.filter(what__in=("set-aside", "set-alike"))}
    assert did == {first.id: "set-aside"} | {one.id: "set-alike" for one in others}
    [batch] = many.batches(office.facts(ben), office.maker.desk)
    assert (batch.member, batch.reason, batch.reports, batch.read) == (lead.id, "advertising", 4, 1)


def test_who_stepped_aside_while_waiting_for_the_locks_sets_nothing_aside(office, monkeypatch):
    lead, _ben = office.people
    first, second = office.report(), office.report()
    for one in (first, second):
        one.declare(lead)
        one.read(lead)
    locked = handing.all_locked

    def waiting(*asked):
        rows = locked(*asked)
        Declaration.objects.filter(thread=second.id, member=lead.id).update(kind="aside")
        return rows

    monkeypatch.setattr(handing, "all_locked", waiting)
    with pytest.raises(Problem) as refused:
        first.set_aside(lead, second, read=[first, second])
    assert refused.value.code == "no-thread"
    assert {one.row.status for one in (first, second)} == {"arrived"}


def test_nobody_signs_to_have_read_what_they_have_not(office):
    lead, ben = office.people
    first, second = office.report(), office.report()
    for one in (first, second):
        one.declare(lead, ben)
    first.read(lead, ben)
    second.read(ben)
    for read, said in (([first, second], None), ([first], [first, second]), ([first], [])):
        with pytest.raises(Problem) as refused:
            first.set_aside(lead, second, read=read, said=said)
        assert refused.value.code in {"read", "act"}
    assert not AsideBatch.objects.exists()
    assert {one.row.status for one in (first, second)} == {"arrived"}


def test_who_works_at_another_desk_sees_no_batches(door, at):
    other = second_desk(at)
    answer = door.get(handler(at), f"desks/{b64(other.desk)}/aside")
    assert answer.status_code == 404
    assert json.loads(door.get(handler(at), f"desks/{b64(at.desk)}/aside").content) == {"v": 1, "batches": []}
