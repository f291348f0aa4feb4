"""Who waits for the lock of a report acts by what is there when they get it, not by what was there when they asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY, Casework
from cases.deleters import Deleters, refusal
from fairline.cases import copies, index, services, timekeeping
from fairline.cases.clocks import What
from fairline.cases.models import (
    CaseKeys,
    ClockEvent,
    Copy,
    CopyAnswer,
    Declaration,
    Doing,
    HearingStep,
    Hold,
    ReadMark,
)
from fairline.line import handing
from fairline.line import services as line
from fairline.line.models import Post, Thread
from fairline.seal.primitives import H
from support.line import Attached, Line, Sender, new_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Deleters:
    return Deleters.founded(monkeypatch)


@pytest.fixture
def case(at: Deleters) -> Casework:
    lead, ben, _cleo = at.office.people
    case = at.office.report()
    case.declare(lead, ben)
    case.triage(lead, [lead, ben])
    case.confirm(ben)
    return case


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen while the next one waits for the lock."""

    def arrange(happens: Callable[[], object]) -> None:
        locked = handing.locked

        def waiting(office: bytes, thread: bytes) -> Thread:
            monkeypatch.setattr(handing, "locked", locked)
            happens()
            return locked(office, thread)

        monkeypatch.setattr(handing, "locked", waiting)

    return arrange


ACTS: dict[str, Callable[[Deleters, Casework], object]] = {
    "closes": lambda at, case: case.close(at.office.people[1]),
    "hears": lambda at, case: case.hears(at.office.people[1], "nobody"),
    "holds": lambda at, case: at.holds(at.office.people[1], case, TODAY + timedelta(days=3)),
}


@pytest.mark.parametrize("act", ACTS)
def test_who_lost_the_case_while_waiting_does_nothing_in_it(at: Deleters, case: Casework, meanwhile, act: str) -> None:
    ben = at.office.people[1]
    meanwhile(lambda: CaseKeys.objects.filter(thread=case.id, member=ben.id).delete())
    assert refusal(lambda: ACTS[act](at, case)) == "no-thread"
    assert case.row.status == "case"
    assert not HearingStep.objects.exists()
    assert not Hold.objects.exists()


def test_who_lost_the_case_while_waiting_moves_no_clock_of_it(at: Deleters, case: Casework, meanwhile) -> None:
    ben = at.office.people[1]
    act = case.act(ben, f"{What.EXTENDED} clock", None, H(b"feedback complex"))
    meanwhile(lambda: CaseKeys.objects.filter(thread=case.id, member=ben.id).delete())
    moves = lambda: timekeeping.move(  # noqa: E731
        at.office.facts(ben), case.id, What.EXTENDED, "complex", act=act, now=NOW, today=TODAY
    )
    assert refusal(moves) == "no-thread"
    assert not ClockEvent.objects.filter(thread=case.id, what=What.EXTENDED).exists()


def test_who_stepped_aside_while_waiting_is_given_no_part_of_a_file(at: Deleters, meanwhile) -> None:
    ben, maker = at.office.people[1], at.office.maker
    file = Attached(Line(maker.id, maker.desk)).hold()
    sender = Sender(Line(maker.id, maker.desk), attached=(file,), epoch=1)
    line.drop(maker.id, sender.drop(), TODAY)
    report = Casework(at.office, sender)
    report.declare(ben)
    meanwhile(lambda: report.declare(ben, kind="aside"))
    asked = lambda: services.part(at.office.facts(ben), report.id, file.id, 0, today=TODAY, now=NOW)  # noqa: E731
    assert refusal(asked) == "no-thread"
    assert not Doing.objects.filter(thread=report.id, what="opened").exists()


def test_who_lost_a_closed_case_while_waiting_does_not_reopen_it(at: Deleters, case: Casework, meanwhile) -> None:
    lead, ben, _cleo = at.office.people
    case.close(lead)
    meanwhile(lambda: CaseKeys.objects.filter(thread=case.id, member=ben.id).delete())
    assert refusal(lambda: case.reopen(ben)) == "no-thread"
    assert case.row.status == "closed"


def test_what_was_taken_back_while_waiting_is_neither_shown_nor_answered(
    at: Deleters, case: Casework, meanwhile
) -> None:
    lead, _ben, cleo = at.office.people
    copy = case.give(lead, cleo)
    facts = at.office.facts(cleo)
    meanwhile(lambda: Copy.objects.filter(id=copy).update(sealed=b""))
    assert refusal(lambda: copies.look(facts, copy, TODAY, NOW)) == "no-copy"
    Copy.objects.filter(id=copy).update(sealed=b"for the helper")
    meanwhile(lambda: Copy.objects.filter(id=copy).update(sealed=b""))
    assert refusal(lambda: copies.answer(facts, copy, b"sealed", TODAY, NOW)) == "no-copy"
    assert not CopyAnswer.objects.exists()
    assert not Copy.objects.get(id=copy).opened


def test_who_was_given_a_report_while_waiting_does_not_step_aside_from_it(at: Deleters, meanwhile) -> None:
    lead, ben, _cleo = at.office.people
    report = at.office.report()
    report.declare(lead, ben)
    meanwhile(lambda: report.triage(lead, [lead, ben]))
    assert refusal(lambda: report.declare(ben, kind="aside")) == "assigned"


def test_two_who_open_a_report_for_the_first_time_at_once_have_both_read_it(at: Deleters, meanwhile) -> None:
    lead, ben, _cleo = at.office.people
    report = at.office.report()
    report.declare(lead, ben)
    meanwhile(lambda: at.reads(ben, report))
    at.reads(lead, report)
    assert {bytes(one) for one in ReadMark.objects.values_list("member", flat=True)} == {lead.id, ben.id}
    assert ClockEvent.objects.filter(thread=report.id).count() == 1


def test_what_went_while_somebody_opened_it_keeps_no_word_of_them(at: Deleters, meanwhile) -> None:
    lead, ben, _cleo = at.office.people
    report = at.office.report()
    report.declare(lead, ben)
    meanwhile(lambda: report.declare(ben, kind="aside"))
    assert refusal(lambda: at.reads(ben, report)) == "no-thread"
    assert not ReadMark.objects.exists()


def test_who_stepped_aside_while_keys_were_on_their_way_is_given_none(at: Deleters, case: Casework, meanwhile) -> None:
    lead, ben, cleo = at.office.people
    aside = {"office": at.office.maker.id, "thread": case.id, "member": cleo.id, "kind": "aside", "at": NOW}
    meanwhile(lambda: Declaration.objects.create(**aside))
    assert refusal(lambda: case.rekey(lead, [lead, ben, cleo])) == "people"


def test_what_a_browser_writes_of_a_report_that_goes_to_others_meanwhile_is_not_kept(
    at: Deleters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither before nor after: whoever forgets it waits for who is writing, and who writes asks again."""
    lead, ben, cleo = at.office.people
    report = at.office.report()
    report.declare(lead, ben, cleo)
    locked = index._locked

    def waiting(*whose: object) -> object:
        monkeypatch.setattr(index, "_locked", locked)
        report.triage(lead, [lead, ben])
        return locked(*whose)

    monkeypatch.setattr(index, "_locked", waiting)
    page = index.NewPage(page=0, before=0, key=0, threads=(report.id,), folds=(), sealed=b"words of it")
    assert refusal(lambda: index.put(at.office.facts(cleo), cleo.id, page)) == "index-thread"


def test_a_note_marks_nothing_as_read_that_is_not_there(at: Deleters, case: Casework) -> None:
    ben = at.office.people[1]
    row = case.row
    ahead = {"r": 40, "o": row.o_posts + 3}
    note = new_post(case.sender, "i", row.i_posts, ahead, audience={"generation": row.generation})
    services.post(at.office.facts(ben), note, TODAY, NOW)
    marks = dict(ReadMark.objects.filter(thread=case.id, member=ben.id).values_list("chain", "n"))
    assert (marks["r"], marks["o"]) == (row.r_posts - 1, row.o_posts - 1)
    case.writes()
    assert Post.objects.filter(thread=case.id, chain="r").count() - 1 > marks["r"]
    assert Doing.objects.filter(thread=case.id, what="wrote", chain="i").exists()
