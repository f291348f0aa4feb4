"""Two people delete many with one request: what is signed of them, what falls out, and what stays."""

from __future__ import annotations

import pytest

from cases.deleters import Deleters, a_closed_case, refusal, set_aside
from factories.offices import Insider
from fairline.cases import deleting
from fairline.cases.models import (
    DeletedThread,
    Deletion,
)
from fairline.cases.retention import State
from fairline.ledger.verifying import verify
from fairline.line import services as line
from fairline.line.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Deleters:
    return Deleters.founded(monkeypatch)


@pytest.fixture
def people(at: Deleters) -> list[Insider]:
    return at.office.people


def test_many_that_were_set_aside_go_with_one_request(at: Deleters, people: list[Insider]) -> None:
    lead, ben, cleo = people
    others = [at.office.report() for _ in range(4)]
    report = set_aside(at, *others)
    at.in_days(60)
    request = at.asks(lead, report, *others)
    assert at.state(report) == State.ASKED
    assert refusal(lambda: at.asks(lead, report)) == "asked"
    others[0].declare(ben, kind="aside")
    assert refusal(lambda: at.agrees(ben, request)) == "no-thread"
    at.agrees(cleo, request)
    assert {one.row.status for one in (report, *others)} == {"deleted"}
    assert list(verify(at.office.maker.id)) == []


def test_who_cannot_prove_one_of_them_agrees_to_the_others(at: Deleters, people: list[Insider]) -> None:
    lead, ben, cleo = people
    others = [at.office.report() for _ in range(4)]
    report = set_aside(at, *others)
    at.in_days(60)
    request = at.asks(lead, report, *others)
    # What moved in one of them is no matter of the others.
    line.look_again(at.office.maker.id, others[0].sender.id, others[0].sender.auth, at.day)
    assert refusal(lambda: at.agrees(ben, request, only=[])) == "threads"
    assert refusal(lambda: at.agrees(ben, request, only=[a_closed_case(at)])) == "threads"
    row = at.agrees(ben, request, only=[report, *others[2:]])
    assert {one.row.status for one in (report, *others[2:])} == {"deleted"}
    assert (others[0].row.status, at.state(others[1])) == ("arrived", State.DUE)
    assert {bytes(one.id) for one in row.threads.all()} == {report.id, others[2].id, others[3].id}
    assert list(verify(at.office.maker.id)) == []
    # Nobody has agreed to this one: it is asked for anew, by whoever has read it.
    at.agrees(cleo, at.asks(lead, others[1]))
    assert others[1].row.status == "deleted"
    assert list(verify(at.office.maker.id)) == []


def test_a_part_is_signed_as_it_is_and_nothing_of_the_rest(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    other = at.office.report()
    report = set_aside(at, other)
    at.in_days(60)
    request = at.asks(lead, report, other)
    [whole] = deleting.named([report.id, other.id])
    assert refusal(lambda: at.agrees(ben, request, only=[report], erased=whole["erased"])) == "act"
    assert refusal(lambda: at.agrees(ben, request, only=[report], threads=whole["threads"])) == "act"
    assert (report.row.status, at.state(report)) == ("aside", State.ASKED)


def test_long_threads_take_several_acts(at: Deleters, people: list[Insider], monkeypatch: pytest.MonkeyPatch) -> None:
    lead, ben, _cleo = people
    monkeypatch.setattr(deleting, "MOST", 3)
    others = [at.office.report() for _ in range(3)]
    report = set_aside(at, *others)
    case = a_closed_case(at)
    assert [len(one["erased"]) for one in deleting.named([report.id, *(one.id for one in others)])] == [3, 1]
    many = deleting.named([case.id])
    posts = Post.objects.filter(thread=case.id).exclude(chain="i").count()
    assert sum(len(one["erased"]) for one in many) == posts
    case.writes()
    at.reads(lead, case)
    at.in_days(400)
    at.agrees(ben, at.asks(lead, case))
    assert list(verify(at.office.maker.id)) == []


def test_a_second_look_or_a_new_message_lets_the_request_fall(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    report, case = set_aside(at), a_closed_case(at)
    at.in_days(400)
    first, second = at.asks(lead, report), at.asks(lead, case)
    sender = report.sender
    line.look_again(at.office.maker.id, sender.id, sender.auth, at.day)
    case.writes()
    for request in (first, second):
        assert refusal(lambda request=request: at.agrees(ben, request)) == "state"
    assert not Deletion.objects.exists()
    assert not DeletedThread.objects.exists()
    assert (report.row.status, case.row.status) == ("arrived", "closed")


def test_what_moved_falls_out_of_a_request_and_leaves_the_others_in_it(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    other = at.office.report()
    report = set_aside(at, other)
    at.in_days(60)
    request = at.asks(lead, report, other)
    line.look_again(at.office.maker.id, other.sender.id, other.sender.auth, at.day)
    assert refusal(lambda: at.agrees(ben, request)) == "state"
    assert (at.state(report), other.row.status) == (State.ASKED, "arrived")
    at.agrees(ben, request, only=[report])
    assert report.row.status == "deleted"
    assert list(verify(at.office.maker.id)) == []
