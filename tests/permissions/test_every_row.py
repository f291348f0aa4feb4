"""Every address of every door, with every role: made from the doors' own tables, so that none can be forgotten."""

from __future__ import annotations

import base64
import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import override_settings

from fairline.core.permissions import OPEN, Role, may
from fairline.core.routes import Route, gates
from fairline.core.settings_file import DOORS
from fairline.offices.models import Office
from fairline.offices.services import sessions
from support.doors import DoorClient, door_overrides

OWN, OTHER, DESK = bytes([1] * 16), bytes([2] * 16), bytes([3] * 16)
SIGN_IN = "fairline.offices.middleware.MemberMiddleware"
PLACED = {Role.HANDLER, Role.LEAD, Role.OFFICER}
SAMPLES = {"str": "en", "slug": "en", "int": "0", "path": "record/arrivals/0", "hash32": "A" * 43}


def spelled(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass(frozen=True)
class Someone:
    roles: tuple[str, ...]
    id: bytes = bytes([4] * 16)
    office: bytes = OWN
    session: bytes = bytes(32)


MEMBERS = {
    "nobody": None,
    "without-roles": Someone(()),
    **{role.value: Someone((f"{role}@{spelled(DESK)}" if role in PLACED else role.value,)) for role in Role},
}


def rows() -> Iterator[tuple[str, str, Route]]:
    for door in DOORS:
        for where, gate in gates(f"fairline.doors.{door}.urls"):
            for row in gate.rows.values():
                yield door, where, row


ROWS = {f"{door} {row.method} /{where}": (door, where, row) for door, where, row in rows()}


def address(where: str, office: bytes) -> str:
    """Fill an address pattern: ids that exist nowhere, but for the office's."""

    def sample(match: re.Match[str]) -> str:
        kind, name = match[1] or "str", match[2]
        if name == "office":
            return spelled(office)
        if kind == "id16":
            return spelled(DESK if name == "desk" else bytes([9] * 16))
        return SAMPLES[kind]

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", sample, where)


@pytest.fixture
def offices(db: None) -> None:
    for number, key in enumerate((OWN, OTHER)):
        Office.objects.create(
            id=key, names={"en": "Office"}, zone="UTC", fingerprint=bytes([number] * 32), founded=date(2026, 11, 23)
        )


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
@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("row", ROWS)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(
    row: str, name: str, offices: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, where, route = ROWS[row]
    member = MEMBERS[name]
    answer = ask(door, route, address(where, OWN), member, monkeypatch)
    assert answer.status_code < 500
    assert answer.status_code != 405
    known = member if door == "office" else None
    if may(route.access, known):
        assert refusal(answer) == ""
    else:
        assert (answer.status_code, refusal(answer)) == ((401, "sign-in") if known is None else (403, "role"))


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["another", "none"])
@pytest.mark.parametrize(
    "row",
    [
        name
        for name, (door, where, row) in ROWS.items()
        if door == "office" and "office>" in where and row.access not in OPEN
    ],
)
def test_another_offices_objects_are_not_there(
    row: str, other: str, offices: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answer for an office that exists and for one that does not, whatever the member's roles."""
    _door, where, route = ROWS[row]
    everything = Someone(tuple(role for member in MEMBERS.values() if member for role in member.roles))
    office = OTHER if other == "another" else bytes([7] * 16)
    answer = ask("office", route, address(where, office), everything, monkeypatch)
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
