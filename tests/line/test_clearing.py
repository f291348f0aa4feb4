"""An office makes room by itself: it sees what lies where, and deletes what no report names, signed and recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory

from factories.offices import NOW, Insider, Maker, founded
from fairline.core import clock, disk
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.line import blobs, services
from fairline.line.clearing import DELETE_UNFINISHED
from fairline.line.models import Blob, Unnamed
from fairline.line.views import room
from fairline.offices.models import Desk
from fairline.offices.services.acts import SignedAct
from fairline.seal.primitives import b64
from support.line import TODAY, Attached, Line, Sender

pytestmark = pytest.mark.django_db
GB = 1 << 30


@dataclass
class Asking:
    """Who asks, as the sign-in knows them."""

    office: bytes
    id: bytes
    roles: tuple[str, ...]


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return founded()


@pytest.fixture
def line(maker: Maker) -> Line:
    Desk.objects.filter(id=maker.desk).update(open=True)
    return Line(maker.id, maker.desk)


def ask(maker: Maker, member: Insider, roles: tuple[str, ...], act: SignedAct | None = None, desk: bytes = b"") -> Any:
    """Ask for the room, or delete with ``act``; the refusal, if it is one."""
    factory = RequestFactory()
    body = {} if act is None else {"act": {"what": b64(act.what), "sig": b64(act.signature)}}
    request = factory.get("/") if act is None else factory.post("/", json.dumps(body), content_type="application/json")
    request.member = Asking(maker.id, member.id, roles)  # type: ignore[attr-defined]
    try:
        if act is None:
            return json.loads(room.room(request, maker.id).content)
        return json.loads(room.delete_unfinished(request, maker.id, desk or maker.desk).content)
    except Problem as problem:
        return problem.status, problem.code


def stored(office: bytes) -> int:
    folder = Path(settings.FAIRLINE.data) / "blobs" / office.hex()
    return sum(1 for path in folder.rglob("*") if path.is_file())


def test_it_is_told_what_lies_at_each_desk_and_how_full_the_disk_is(
    maker: Maker, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    Attached(line, (1000, 500)).hold(0)
    read, unread = (Sender(line, attached=(Attached(line, (size,)).hold(),)) for size in (300, 200))
    for sender in (read, unread):
        services.drop(line.office, sender.drop(), TODAY)
    blobs.was_read(read.id)
    for free, state in ((50, "roomy"), (14, "no-files"), (4, "text"), (1, "full")):
        monkeypatch.setattr(disk, "space", lambda free=free: disk.Space(100 * GB, free * GB))
        told = ask(maker, maker.first, ("administrator",))
        assert told["disk"] == {"used": 100 - free, "free": free * GB, "state": state}
    assert told["desks"] == {
        b64(maker.desk): {
            "unfinished": {"files": 1, "bytes": 1000},
            "unread": {"files": 1, "bytes": 200},
            "read": {"files": 1, "bytes": 300},
        }
    }


def test_a_lead_is_told_of_their_own_desk_only(maker: Maker, line: Line) -> None:
    Attached(line).hold()
    other = b64(bytes(16))
    assert list(ask(maker, maker.first, (f"lead@{b64(maker.desk)}",))["desks"]) == [b64(maker.desk)]
    assert ask(maker, maker.first, (f"lead@{other}",))["desks"] == {}


@pytest.mark.parametrize("role", ["administrator", "lead"])
def test_what_no_report_names_is_deleted_at_once_and_recorded(maker: Maker, line: Line, role: str) -> None:
    unfinished, whole, named = (Attached(line) for _ in range(3))
    unfinished.hold(0, 1)
    whole.hold()
    named.hold()
    services.drop(line.office, Sender(line, attached=(named,)).drop(), TODAY)
    before = stored(line.office)
    roles = (role if role == "administrator" else f"lead@{b64(maker.desk)}",)
    act = maker.act(maker.first, DELETE_UNFINISHED, maker.desk)
    assert ask(maker, maker.first, roles, act) == {"v": 1, "deleted": 2}
    assert before - stored(line.office) == 2 + 3
    assert [bytes(key) for key in Blob.objects.filter(gone=False).values_list("id", flat=True)] == [named.id]
    # What is left to count is the file of the report that nobody has read.
    assert Unnamed.objects.get(id=line.desk).bytes == blobs.counted(named.id)
    recorded = parse_row(Row.objects.filter(office=maker.id).latest("number").row).act()
    assert (recorded.act, recorded.subject, recorded.member) == (DELETE_UNFINISHED, b64(maker.desk), maker.first.id)
    # Who was sending begins anew.
    with pytest.raises(Problem) as refused:
        blobs.hold(line.office, unfinished.part(2), TODAY)
    assert refused.value.code == "no-blob"


def test_nothing_is_deleted_without_the_right_signature(maker: Maker, line: Line) -> None:
    Attached(line).hold()
    good = maker.act(maker.first, DELETE_UNFINISHED, maker.desk)
    for act, answer in (
        (maker.act(maker.first, DELETE_UNFINISHED, bytes(16)), (422, "act")),
        (maker.act(maker.first, "delete files", maker.desk), (422, "act")),
        (SignedAct(good.what, bytes(64)), (422, "act-signature")),
        (SignedAct(b"{}", good.signature), (422, "act-shape")),
    ):
        assert ask(maker, maker.first, ("administrator",), act) == answer
    assert Blob.objects.filter(gone=False).count() == 1
    assert ask(maker, maker.first, ("administrator",), good) == {"v": 1, "deleted": 1}
    assert ask(maker, maker.first, ("administrator",), good) == (409, "counter")


def test_a_lead_of_another_desk_deletes_nothing(maker: Maker, line: Line) -> None:
    Attached(line).hold()
    act = maker.act(maker.first, DELETE_UNFINISHED, maker.desk)
    assert ask(maker, maker.first, (f"lead@{b64(bytes(16))}",), act) == (404, "not-found")
    assert ask(maker, maker.first, ("administrator",), act, desk=bytes(16)) == (404, "not-found")
    assert Blob.objects.filter(gone=False).exists()
