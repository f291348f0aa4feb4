"""A report comes in: kept whole or not at all, once, with a promise."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from fairline.core.problems import Problem
from fairline.ledger.models import Waiting
from fairline.ledger.services import prepare_keys
from fairline.line import queries, services
from fairline.line.models import Post, SealedFile, TestTicket, Thread
from fairline.offices.models import Desk
from fairline.seal.primitives import H
from support.line import TODAY, Line, Sender

pytestmark = pytest.mark.django_db


def refused(line: Line, sender: Sender) -> Problem:
    with pytest.raises(Problem) as problem:
        services.drop(line.office, sender.drop(), TODAY)
    return problem.value


def test_a_report_is_stored_whole_and_promised() -> None:
    line = Line().found()
    sender = Sender(line)
    promise = services.drop(line.office, sender.drop(), TODAY)
    promise.check(prepare_keys(line.office).promise)
    assert promise.day == TODAY.isoformat()
    assert promise.leaf == sender.tag + sender.content + sender.drop().received
    files = SealedFile.objects.filter(thread=sender.id).order_by("place")
    assert [(file.kind, file.sealed) for file in files] == sender.files
    assert [file.hash for file in files] == [H(body) for _kind, body in sender.files]
    assert Waiting.objects.filter(entry=promise.leaf).count() == 1


def test_the_same_report_again_gets_the_same_promise_and_no_second_row() -> None:
    line = Line().found()
    sender = Sender(line)
    first = services.drop(line.office, sender.drop(), TODAY)
    assert services.drop(line.office, sender.drop(), TODAY + timedelta(days=3)) == first
    assert (Thread.objects.count(), Post.objects.count(), SealedFile.objects.count()) == (1, 1, 8)
    assert Waiting.objects.count() == 1


@pytest.mark.parametrize("change", ["files", "auth", "content", "tag"])
def test_something_else_under_the_same_id_is_refused(change: str) -> None:
    line = Line().found()
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    if change == "files":
        sender.files[0] = ("office", secrets.token_bytes(9000))
    else:
        setattr(sender, change, secrets.token_bytes(32))
    problem = refused(line, sender)
    assert (problem.status, problem.code) == (409, "taken")
    assert SealedFile.objects.count() == 8


def test_another_epoch_is_refused_and_nothing_is_kept() -> None:
    line = Line().found(epoch=4)
    problem = refused(line, Sender(line, epoch=3))
    assert (problem.status, problem.code) == (409, "epoch")
    assert not Thread.objects.exists()
    assert not Waiting.objects.exists()


def test_a_report_to_another_offices_desk_finds_no_desk() -> None:
    line, other = Line().found(), Line().found()
    sender = Sender(Line(office=line.office, desk=other.desk))
    assert refused(line, sender).code == "no-desk"


def test_a_desk_that_is_gone_takes_nothing() -> None:
    line = Line().found()
    Desk.objects.update(gone=True)
    assert refused(line, Sender(line)).code == "no-desk"


def test_an_office_without_a_record_takes_nothing() -> None:
    line = Line().found()
    stranger = Line()
    Desk.objects.filter(id=line.desk)
    problem = refused(stranger, Sender(line))
    assert problem.status == 404
    assert not Thread.objects.exists()


def test_a_closed_desk_takes_only_what_a_member_let_in() -> None:
    line = Line().found(is_open=False)
    sender = Sender(line)
    assert refused(line, sender).code == "closed"
    assert refused(line, replace(sender, ticket=secrets.token_bytes(32))).code == "closed"
    ticket = services.issue_test_ticket(line.office, line.desk, secrets.token_bytes(16), TODAY)
    assert not queries.test_report_came(line.office, line.desk)
    services.drop(line.office, Sender(line, ticket=ticket).drop(), TODAY)
    assert queries.test_report_came(line.office, line.desk)
    assert refused(line, Sender(line, ticket=ticket)).code == "closed"


def test_a_ticket_is_of_one_desk_and_dies_after_a_day() -> None:
    line, other = Line().found(is_open=False), Line().found(is_open=False)
    ticket = services.issue_test_ticket(other.office, other.desk, secrets.token_bytes(16), TODAY)
    assert refused(line, Sender(line, ticket=ticket)).code == "closed"
    late = services.issue_test_ticket(line.office, line.desk, secrets.token_bytes(16), TODAY - timedelta(days=2))
    assert refused(line, Sender(line, ticket=late)).code == "closed"
    assert not TestTicket.objects.filter(id=late).exists()


def test_a_fault_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line().found()

    def fail(*_args: object) -> None:
        raise OSError("the disk is full")

    real = services.insert
    monkeypatch.setattr(services, "insert", lambda model, *rest: fail() if model is SealedFile else real(model, *rest))
    with pytest.raises(OSError, match="full"):
        services.drop(line.office, Sender(line).drop(), TODAY)
    assert not Thread.objects.exists()
    assert not Post.objects.exists()
    assert not Waiting.objects.exists()
