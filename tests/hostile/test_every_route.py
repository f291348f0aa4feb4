"""Hundreds of broken requests at every address of every door: always a sentence, never a fault of the server."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import override_settings

from fairline.core import clock
from fairline.core.permissions import Role
from fairline.core.routes import Route, gates
from fairline.core.settings_file import DOORS
from fairline.demo.founding import found
from fairline.line import services as line_services
from fairline.offices.models import Desk
from fairline.offices.services import sessions
from fairline.seal.primitives import b64
from hostile.inventing import ECHO, NUMBERS, TEXTS, WRONG, Inventor, invented
from support.doors import DoorClient, door_overrides
from support.line import Line, Sender, post_files, post_head

ROUNDS = 24
SHARES = 6
"""Of each list of broken things a route gets this part, the next route the next one; on the other database others."""
DEEP = 10_000
PLACED = {Role.HANDLER, Role.LEAD, Role.OFFICER}

BODIES = (
    b"", b"\0", b"\xff\xfe{}", b"\xef\xbb\xbf{}", b'{"a":"\xc3\x28"}', b"{", b"[]", b"null", b"1", b'"text"', b"{}{}",
    b"[" * DEEP, b"[" * DEEP + b"]" * DEEP, b'{"a":' * DEEP + b"1" + b"}" * DEEP, b'{"v":1e999}', b'{"v":NaN}',
    b'{"v":' + b"9" * 5000 + b"}", b'{"v":-0}', b'{"v":1.5}', b'{"v":1,"v":1}', b'{"v":"\\ud800"}', b'{"\\u0000":1}',
    b'{"name":"a\\u0000"}',
    b'{"name":"a","member":"\\u0000","person":{"name":"\\u0000"},"office":["\\u0000"]}',
    b"\0\0\0\0", b"\xff\xff\xff\xff{}", b"\0\0\0\x02{}", b"\0\0\0\x04null", b'\0\0\0\x0c{"files":[]}', b"a=b&c=d",
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n--x--', b"<?xml version='1.0'?><a/>",
    b" " * 70_000, secrets.token_bytes(5000),
)  # fmt: skip
KINDS = (
    "application/json", "application/octet-stream", "text/plain", "", "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded", "application/json; charset=utf-7", "é/\xff", "a" * 3000,
)  # fmt: skip
PATHS = (
    "..", "%2e%2e/%2e%2e/etc/passwd", "%00", "a" * 3000, "%ff%fe", "文字", "-1", "9" * 60, "2026-02-30", "2026-13-01",
    " ", "a//b", "arrivals/checkpoint%00", "tile/0/x9", "tile/99/999999999999999999999", "\\..\\..", "0.p/999",
    "%0d%0aA: b", ".", "arrivals/9999-12-31/head", "0000-00-00",
)  # fmt: skip
QUERIES = (
    "?lang=%00", "?lang=" + "a" * 3000, "?desk=x&desk=%ff", "?desk=" + "A" * 22, "?page=-1", "?%ff=%00",
    "?a[]=b&a[c]=d", "?=&&=",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {"Accept-Language": "q=,;;,en;q=nan,*;q=-1," + "a-" * 2000},
    {"Accept": "\x00text/html;q=zz"},
    {"Cookie": "fairline-office=\x00; a=b; fairline-office=" + "x" * 3000},
    {"If-None-Match": '"' + "a" * 3000, "If-Modified-Since": "yesterday"},
    {"Range": "bytes=-9999999999999999999999-", "Accept-Encoding": "gzip;q=nan, br;q=2"},
    {"Content-Length": "-1"},
    {"X-Http-Method-Override": "DELETE", "X-Original-Url": "/setup", "X-Forwarded-Proto": "https"},
)


@dataclass(frozen=True)
class Everybody:
    """A member with every role at once, so that nothing is stopped before it is tried."""

    id: bytes
    office: bytes
    roles: tuple[str, ...]
    session: bytes = bytes(32)
    joining: bytes | None = None
    charter: int = 0


@dataclass
class Range:
    """The office that is shot at, a thread in it, and what broke."""

    office: bytes
    desk: bytes
    sender: Sender
    member: bytes
    thorough: bool
    """Whether every route gets everything."""
    turn: int = 0
    """Which share is next."""
    broken: list[str] = field(default_factory=list)
    said: int = 0

    def known(self) -> tuple[bytes, ...]:
        return (self.office, self.desk, self.sender.id, self.sender.auth)

    def share(self, of: Iterable[Any]) -> Iterator[Any]:
        """Yield what the route at hand gets of ``of``."""
        first, step = (0, 1) if self.thorough else (self.turn % SHARES, SHARES)
        return islice(of, first, None, step)


@pytest.fixture
def target(db: None, thorough: bool) -> Range:  # noqa: FBT001 - a fixture's name
    office = found(clock.now())
    desk = Desk.objects.get(id=office.desks[0].id)
    Desk.objects.filter(id=desk.id).update(open=True)
    sender = Sender(Line(office.id, desk.id), epoch=desk.epoch)
    line_services.drop(office.id, sender.drop(), clock.today("UTC"))
    # The two databases take shares that are not the same.
    turn = 0 if connection.vendor == "sqlite" else SHARES // 2
    return Range(office.id, desk.id, sender, office.members[0].id, thorough, turn)


def rows() -> Iterator[tuple[str, str, Route]]:
    for door in DOORS:
        for where, gate in gates(f"fairline.doors.{door}.urls"):
            for row in gate.rows.values():
                yield door, where, row


def address(where: str, there: Range, odd: str = "") -> str:
    """Fill an address pattern with what is there; ``odd`` for the free parts of it."""
    ids = {"office": there.office, "desk": there.desk, "thread": there.sender.id}

    def sample(match: re.Match[str]) -> str:
        kind, name = match[1] or "str", match[2]
        if kind == "id16":
            return b64(ids.get(name, bytes([9] * 16)))
        return odd or {"int": "0", "hash32": "A" * 43, "path": "arrivals/checkpoint"}.get(kind, "arrivals")

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", sample, where)


def shoot(
    there: Range, client: DoorClient, method: str, path: str, *given: bytes,
    kind: str = "application/json", **headers: str,
) -> None:  # fmt: skip
    """Send one request, undo what it did, and note what broke."""
    body = b"".join(given)
    name = f"{method} {path[:200]} {kind[:40]} {body[:60]!r} {headers and next(iter(headers))}"
    with transaction.atomic(), transaction.atomic("public"):
        try:
            answer: HttpResponseBase = client.generic(method, path, body, kind, headers=headers)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            there.broken.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
        else:
            judge(there, name, answer)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="public")


def judge(there: Range, name: str, answer: HttpResponseBase) -> None:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if answer.status_code >= 500 or b"Traceback" in content:
        there.broken.append(f"{name}: {answer.status_code}")
    elif answer.status_code >= 400:
        there.said += 1
        if ECHO.encode() in content:
            there.broken.append(f"{name}: says again what was sent: {content[:200]!r}")
        if content and answer["Content-Type"] == "application/json" and not json.loads(content)["message"].strip():
            there.broken.append(f"{name}: no sentence")


@pytest.mark.django_db
def test_no_route_of_any_door_breaks(target: Range, monkeypatch: pytest.MonkeyPatch, built_pages: None) -> None:
    roles = [f"{role}@{b64(target.desk)}" if role in PLACED else role.value for role in Role]
    somebody = Everybody(target.member, target.office, tuple(roles))
    monkeypatch.setattr(sessions, "found", lambda _token, _now: somebody)
    for door, where, row in rows():
        with override_settings(**door_overrides(door)):
            client = DoorClient(door_overrides(door)["DOOR"].origin)
            client.cookies["fairline-office"] = "token"
            path = address(where, target)
            if "threads/" in where:
                client.post(path.partition("/read")[0] + "/declaration", {"kind": "none"}, "application/json")
            target.turn += 1
            plain(target, client, row, where, path)
            if row.method != "GET":
                written(target, client, row, path, monkeypatch)
    if target.broken:
        pytest.fail("\n".join(target.broken))
    assert target.said > (10_000 if target.thorough else 1000)


def plain(there: Range, client: DoorClient, row: Route, where: str, path: str) -> None:
    """Odd addresses, queries, headers and methods; the last two reach no database, so they are tried on one."""
    for odd in there.share(PATHS):
        shoot(there, client, row.method, address(where, there, odd))
    for query in there.share(QUERIES):
        shoot(there, client, row.method, path + query)
    if connection.vendor != "sqlite":
        return
    for headers in there.share(HEADERS):
        shoot(there, client, row.method, path, **headers)
    for method in there.share(("HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "A" * 300)):
        shoot(there, client, method, path)


def written(there: Range, client: DoorClient, row: Route, path: str, patch: pytest.MonkeyPatch) -> None:
    """Odd bodies, then bodies that are right but for their values; what reaches no database is tried on one."""
    for body in there.share(BODIES):
        shoot(there, client, row.method, path, body)
    if connection.vendor == "sqlite":
        for body in there.share(BODIES):
            shoot(there, client, row.method, path, body, kind="application/octet-stream")
        for kind in there.share(KINDS):
            shoot(there, client, row.method, path, b"{}", kind=kind)
    for number in there.share(range(ROUNDS)):
        with invented(patch, Inventor(number, there.known())):
            shoot(there, client, row.method, path, b"{}")
    if path.endswith(("drop", "post", "posts", "mailbox")):
        for body in there.share(parcels_for(there)):
            shoot(there, client, row.method, path, body, kind="application/octet-stream")


def packed(head: dict[str, Any], files: list[tuple[str, bytes]]) -> bytes:
    """A parcel whose head no writer of ours would write."""
    rows = [{"as": kind, "size": len(body)} for kind, body in files]
    text = json.dumps({"files": rows, **head}).encode()
    return len(text).to_bytes(4, "big") + text + b"".join(body for _kind, body in files)


def parcels_for(there: Range) -> Iterator[bytes]:
    """Drops, posts and questions that were right before one field was changed."""
    odd = (*WRONG, *NUMBERS, *TEXTS[:8], 1e300, [{}] * 50)
    sender = Sender(there.sender.line, epoch=there.sender.epoch)
    for name in sender.head():
        for value in odd:
            yield packed({**sender.head(), name: value}, sender.files)
    for chain, n in (("r", 1), ("o", 0), ("i", 0)):
        head = post_head(there.sender, chain, n, {"r": 0})
        for name in (*head, "files"):
            for value in odd:
                yield packed({**head, name: value}, post_files(chain, 300))
        for more in (
            {"rekey": {"id": b64(bytes(16)), "auth": b64(bytes(32))}},
            {"unknown": 1},
            {"heads": {"r": 2**40}},
        ):
            yield packed({**head, **more}, post_files(chain, 300))
    asked = there.sender.asked()
    for name in asked:
        for value in odd:
            yield json.dumps({**asked, name: value}).encode()
