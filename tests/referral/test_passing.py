"""What a member's browser may ask of another office through our server: a short list, of hosts in the charter only."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fairline.core.problems import Problem
from fairline.referral import hosts, passing, queries
from fairline.seal.charter import Peer
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64
from referral.other_office import OtherOffice, Said, said
from support.line import parcel

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Someone:
    office: bytes
    id: bytes = bytes([1] * 16)
    roles: tuple[str, ...] = ()


@pytest.fixture
def member(waiting, monkeypatch):
    """Whose the referral is: the case's people alone, which `rights` decides elsewhere."""
    monkeypatch.setattr(queries.rights, "desk_of", lambda _member, _thread: b"")
    return Someone(waiting.row.office)


def refusal(act) -> tuple[int, str]:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.status, refused.value.code


def echoes(_office: OtherOffice, path: str, body: bytes) -> Said:
    return said(200, {"path": path, "body": body.decode("latin-1")[:40]})


@pytest.mark.parametrize(
    "what", ["charter/3", f"by-hash/{'A' * 43}", "record/acts/checkpoint", "record/arrivals/2026-05-04"]
)
def test_what_everybody_may_read_is_carried(waiting, there, member, what):
    there.answer = echoes
    assert f"/at/{b64(there.id)}/{what}".encode() in passing.public(member, waiting.F, there.id, what)


@pytest.mark.parametrize(
    "what",
    ["own/read", "drop", "", "../offices", "record/acts/../../offices", "record/others/x", "charter/-1", "work?x"],
)
def test_nothing_else_is_and_nobody_is_asked_for_it(waiting, there, member, what):
    assert refusal(lambda: passing.public(member, waiting.F, there.id, what)) == (404, "not-found")
    assert there.came == []


def test_a_mailbox_is_carried_for_the_referral_it_belongs_to_and_for_no_other(waiting, there, member):
    there.answer = echoes
    asked = write({"v": 1, "id": b64(waiting.row.id), "auth": b64(bytes(32)), "page": 0})
    assert b"/mailbox" in passing.mailbox(member, waiting.F, there.id, asked)
    stranger = write({"v": 1, "id": b64(bytes(16)), "auth": b64(bytes(32)), "page": 0})
    assert refusal(lambda: passing.mailbox(member, waiting.F, there.id, stranger)) == (404, "no-referral")
    assert refusal(lambda: passing.mailbox(Someone(bytes(16)), waiting.F, there.id, asked)) == (404, "no-referral")
    assert refusal(lambda: passing.mailbox(member, waiting.F, bytes(16), asked)) == (404, "no-referral")
    assert refusal(lambda: passing.mailbox(member, waiting.F, there.id, b"{}")) == (400, "parcel")
    assert refusal(lambda: passing.post(member, waiting.F, there.id, b"junk")) == (400, "parcel")
    # Another office of the charter's would learn the mailbox's secret.
    waiting.named.append(Peer(bytes([7] * 32), there.host))
    assert refusal(lambda: passing.mailbox(member, bytes([7] * 32), there.id, asked)) == (404, "no-referral")
    message = parcel({"v": 1, "id": b64(bytes(16))}, [("office", b"x")])
    assert refusal(lambda: passing.post(member, waiting.F, there.id, message)) == (404, "no-referral")
    assert len(there.came) == 1


def test_an_office_that_the_charter_does_not_name_is_not_asked(waiting, there, member):
    assert refusal(lambda: passing.manifest(member, bytes(32))) == (404, "no-peer")
    waiting.name()
    assert refusal(lambda: passing.public(member, waiting.F, there.id, "manifest")) == (404, "no-peer")
    assert there.came == []


def test_another_offices_documents_are_not_carried_as_its_own(waiting, there, member):
    there.answer = lambda _office, path, _body: (
        said(200, {"v": 1, "offices": [{"id": b64(there.id), "names": {}}]}) if path == "/offices" else said(200, {})
    )
    assert refusal(lambda: passing.manifest(member, waiting.F)) == (502, "peer-another")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (said(302, {}, Location="/x"), (502, "peer-redirect")), (said(500, {}), (502, "peer-server")),
        (said(409, {"error": "heads"}), (409, "their-heads")),
        (said(404, {"error": "no-mailbox"}), (404, "no-mailbox")),
        (said(400, {"error": ["x"]}), (409, "their-refused")),
    ],
)  # fmt: skip
def test_what_the_other_office_refuses_has_a_word_of_ours(waiting, there, member, answer, found):
    there.answer = lambda *_: answer
    assert refusal(lambda: passing.public(member, waiting.F, there.id, "charter/0")) == found


def test_two_wait_for_other_offices_at_once_and_no_more(waiting, there, member, monkeypatch):
    monkeypatch.setattr(passing, "PATIENCE", 0.01)
    for _turn in range(2):
        passing.TURNS.acquire()
    try:
        assert refusal(lambda: passing.public(member, waiting.F, there.id, "charter/0")) == (503, "busy")
        assert there.came == []
    finally:
        passing.TURNS.release(2)


def test_no_more_is_read_than_was_asked_for(waiting, there, member, monkeypatch):
    monkeypatch.setattr(passing, "PUBLIC_MOST", 100)
    there.answer = lambda *_: Said(200, iter([b" " * 1000]))
    assert refusal(lambda: passing.public(member, waiting.F, there.id, "charter/0")) == (502, "peer-long")
    assert hosts.origin("a.example") == "https://a.example"
