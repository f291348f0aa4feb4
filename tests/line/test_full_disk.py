"""What the report door takes as a disk fills up: files go first, then drafts, then texts; what frees room works."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest

from fairline.core import disk
from fairline.line.models import Blob, Own, Thread
from fairline.seal.primitives import b64
from fairline.seal.work import REPORT
from support.doors import DoorClient
from support.line import Attached, Line, Sender, done, parcel, post_files, post_head

pytestmark = pytest.mark.django_db

GB = 1 << 30
ROOMY, NO_FILES, TEXT_ONLY, RESERVE = (disk.Space(100 * GB, free * GB) for free in (50, 14, 4, 1))


@pytest.fixture
def line() -> Line:
    return Line().found()


@pytest.fixture
def now_is(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda space: monkeypatch.setattr(disk, "space", lambda: space)


def sent(client: DoorClient, line: Line, what: str, body: bytes | dict[str, Any]) -> Any:
    kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
    content = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(f"/at/{b64(line.office)}/{what}", content, content_type=kind)


def draft(sender: Sender) -> bytes:
    head = {"v": 1, "id": b64(sender.id), "auth": b64(sender.auth), "work": done(sender.line.office, REPORT, sender.id)}
    return parcel(head, [("own", secrets.token_bytes(5000))])


@pytest.mark.parametrize(
    ("space", "taken"),
    [(ROOMY, (200, 200, 200)), (NO_FILES, (409, 200, 200)), (TEXT_ONLY, (409, 409, 200)), (RESERVE, (409, 409, 409))],
    ids=["roomy", "85", "95", "reserve"],
)
def test_files_go_first_then_drafts_then_texts(
    report_client: DoorClient, line: Line, now_is: Any, space: disk.Space, taken: tuple[int, int, int]
) -> None:
    files, drafts, text = taken
    there = Sender(line)
    assert sent(report_client, line, "drop", there.parcel()).status_code == 200
    now_is(space)
    answers = {
        "file": sent(report_client, line, "blobs/part", Attached(line).parcel(0)),
        "draft": sent(report_client, line, "own", draft(Sender(line))),
        "report": sent(report_client, line, "drop", Sender(line).parcel()),
        "message": sent(report_client, line, "post", parcel(post_head(there, "r", 1, {"r": 0}), post_files("r"))),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "file": files, "draft": drafts, "report": text, "message": text,
    }  # fmt: skip
    for name, answer in answers.items():
        if answer.status_code != 200:
            assert answer.json()["error"] == ("full" if name in {"report", "message"} else "no-room")
            assert len(answer.json()["message"].split()) > 10
    assert (Blob.objects.exists(), Own.objects.exists()) == (files == 200, drafts == 200)
    assert Thread.objects.count() == (2 if text == 200 else 1)


def test_what_frees_room_works_when_nothing_else_does(report_client: DoorClient, line: Line, now_is: Any) -> None:
    file, sender = Attached(line).hold(), Sender(line)
    assert sent(report_client, line, "own", draft(sender)).status_code == 200
    now_is(RESERVE)
    assert sent(report_client, line, "blobs/removal", file.asked()).status_code == 200
    mine = {"v": 1, "id": b64(sender.id), "auth": b64(sender.auth)}
    assert sent(report_client, line, "own/read", mine).status_code == 200
    assert sent(report_client, line, "own/removal", mine).status_code == 200
    assert not Own.objects.exists()


def test_a_report_that_has_arrived_still_opens(report_client: DoorClient, line: Line, now_is: Any) -> None:
    sender = Sender(line)
    sent(report_client, line, "drop", sender.parcel())
    now_is(RESERVE)
    assert sent(report_client, line, "mailbox", sender.asked()).status_code == 200
