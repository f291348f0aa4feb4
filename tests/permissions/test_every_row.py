"""Every address of every door, with every role: made from the doors' own tables, so that none can be forgotten."""

from __future__ import annotations

import base64
import importlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings

from fairline.core.permissions import OPEN, Role, may
from fairline.core.routes import Route, gates
from fairline.core.settings_file import DOORS
from fairline.offices.models import Office
from fairline.offices.services import sessions
from support.doors import DoorClient, door_overrides
from support.founded import Founded

OTHER = bytes([2] * 16)
SIGN_IN = "fairline.offices.middleware.MemberMiddleware"
PLACED = {Role.HANDLER, Role.LEAD, Role.OFFICER}
SAMPLES = {"str": "en", "slug": "en", "int": "0", "path": "record/arrivals/0", "hash32": "A" * 43}


def spelled(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass(frozen=True)
class Someone:
    id: bytes
    office: bytes
    roles: tuple[str, ...]
    session: bytes = bytes(32)
    joining: bytes | None = None
    charter: int = 0


NAMES = ("nobody", "without-roles", *(role.value for role in Role))


def member_named(name: str, office: Founded) -> Someone | None:
    """The office's member with this one role; nobody; or one who is in no charter yet."""
    if name == "nobody":
        return None
    held = () if name == "without-roles" else (f"{name}@{spelled(office.desk)}" if name in PLACED else name,)
    return Someone(office.member, office.office, held)


def rows() -> Iterator[tuple[str, str, Route]]:
    for door in DOORS:
        for where, gate in gates(f"fairline.doors.{door}.urls"):
            for row in gate.rows.values():
                yield door, where, row


ROWS = {f"{door} {row.method} /{where}": (door, where, row) for door, where, row in rows()}


def address(where: str, office: bytes, desk: bytes) -> str:
    """Fill an address pattern: a real office and desk, other ids that exist nowhere."""

    def sample(match: re.Match[str]) -> str:
        kind, name = match[1] or "str", match[2]
        if kind == "id16":
            return spelled({"office": office, "desk": desk}.get(name, bytes([9] * 16)))
        return SAMPLES[kind]

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", sample, where)


def ask(door: str, row: Route, path: str, member: Someone | None, patch: pytest.MonkeyPatch) -> HttpResponse:
    """Ask as ``member`` through the whole of the door; only the look-up of the session is replaced."""
    patch.setattr(sessions, "found", lambda _token, _now: member)
    settings = door_overrides(door)
    if door == "office":
        assert SIGN_IN in settings["MIDDLEWARE"], "the office door does not ask who its members are"
    with override_settings(**settings):
        client = DoorClient(settings["DOOR"].origin)
        client.cookies["fairline-office"] = "token"
        headers = {"Accept": "application/json"}
        if row.method == "GET":
            answer: HttpResponse = client.get(path, headers=headers)
        else:
            answer = client.generic(row.method, path, b"{}", "application/json", headers=headers)
        return answer


def refusal(answer: HttpResponse) -> str:
    """The gate's own word for a refusal, or nothing: a view's refusals have other words."""
    if answer.status_code in {401, 403} and answer["Content-Type"] == "application/json":
        word: str = json.loads(answer.content)["error"]
        return word if word in {"sign-in", "role"} else ""
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(
    row: str, founded: Founded, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    for name in NAMES:
        with subtests.test(name), undone():
            gets_in_where_the_table_says(row, member_named(name, founded), founded, monkeypatch)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever one asks leaves nothing behind for who asks next: the office is founded once for all of them."""
    with transaction.atomic(), transaction.atomic("public"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="public")


def gets_in_where_the_table_says(
    row: str, member: Someone | None, founded: Founded, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, where, route = ROWS[row]
    answer = ask(door, route, address(where, founded.office, founded.desk), member, monkeypatch)
    assert answer.status_code < 500
    assert answer.status_code != 405
    known = member if door == "office" else None
    if may(route.access, known):
        assert refusal(answer) == ""
    else:
        assert (answer.status_code, refusal(answer)) == ((401, "sign-in") if known is None else (403, "role"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        name
        for name, (door, where, row) in ROWS.items()
        if door == "office" and "office>" in where and row.access not in OPEN
    ],
)
def test_another_offices_objects_are_not_there(
    row: str, founded: Founded, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    """The same answer for an office that exists and for one that does not, whatever the member's roles."""
    _door, where, route = ROWS[row]
    Office.objects.create(
        id=OTHER, names={"en": "Office"}, zone="UTC", fingerprint=bytes(32), founded=date(2026, 11, 23)
    )
    members = [member_named(name, founded) for name in NAMES]
    everything = Someone(founded.member, founded.office, tuple(role for one in members if one for role in one.roles))
    for other, office in (("another", OTHER), ("none", bytes([7] * 16))):
        with subtests.test(other), undone():
            answer = ask("office", route, address(where, office, founded.desk), everything, monkeypatch)
            assert answer.status_code == 404
            assert spelled(OTHER) not in answer.content.decode()


def test_anonymous_doors_ask_nobody_to_sign_in() -> None:
    assert [name for name, (door, _where, row) in ROWS.items() if door != "office" and row.access not in OPEN] == []


def test_no_door_lists_a_middleware_that_it_must_not_have() -> None:
    """No session, no account and no cookie on the doors where nobody is known; no ready-made accounts anywhere."""
    for door in DOORS:
        module = importlib.import_module(f"fairline.doors.{door}.settings")
        assert not any("django.contrib" in name for name in [*module.MIDDLEWARE, *module.INSTALLED_APPS])
        assert (SIGN_IN in module.MIDDLEWARE) == (door == "office")
