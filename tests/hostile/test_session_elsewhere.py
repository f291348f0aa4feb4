"""A living session is good at its own door and nowhere else: not at other doors, not at another installation."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from fairline.core.routes import Route, gates
from fairline.seal.primitives import b64
from support.colleague import Colleague
from support.installation import Installation

ANONYMOUS = ("report", "public")
VOLATILE = re.compile(rb'"(?:nonce|work)": ?(?:"[^"]*"|\{[^}]*\})')


@pytest.fixture(scope="module")
def demo(demonstrations: Callable[[str], Installation]) -> Installation:
    return demonstrations("sqlite")


@pytest.fixture(scope="module")
def member(demo: Installation) -> Colleague:
    shown = json.loads((demo.folder / "var" / "demonstration.json").read_text(encoding="utf-8"))
    return Colleague(demo, shown["members"][0]["sign_in"])


def rows(door: str, office: bytes) -> Iterator[tuple[Route, str]]:
    samples = {"int": "0", "path": "arrivals/checkpoint", "str": "A" * 43}
    for where, gate in gates(f"fairline.doors.{door}.urls"):
        place = re.sub(
            r"<(?:(\w+):)?(\w+)>",
            lambda at: b64(office) if at[2] == "office" else samples.get(at[1] or "str", b64(bytes(16))), where,
        )  # fmt: skip
        yield from ((row, f"/{place}") for row in gate.rows.values())


def asked(url: str, method: str, cookie: str = "") -> tuple[int, str | None, bytes]:
    """Ask as a page of that door would; return status, the cookie that is set, and the body without what changes."""
    origin = "/".join(url.split("/")[:3])
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    body = None if method == "GET" else b"{}"
    request = urllib.request.Request(url, body, headers | ({"Cookie": cookie} if cookie else {}), method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers["Set-Cookie"], VOLATILE.sub(b"", answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Set-Cookie"], VOLATILE.sub(b"", error.read())


@pytest.mark.parametrize("door", ANONYMOUS)
def test_doors_that_know_nobody_answer_a_member_as_anybody(demo: Installation, member: Colleague, door: str) -> None:
    value = member.cookie.partition("=")[2]
    under_any_name = "; ".join([member.cookie, f"fairline-{door}={value}", f"sessionid={value}"])
    for row, path in rows(door, member.office):
        url = demo.urls[door] + path
        nobody, somebody = asked(url, row.method), asked(url, row.method, under_any_name)
        assert somebody == nobody, f"{row.method} {path}"
        assert nobody[1] is None


def test_no_address_of_the_members_exists_at_the_other_doors(demo: Installation, member: Colleague) -> None:
    for door in ANONYMOUS:
        for row, path in rows("office", member.office):
            if path.startswith("/api/"):
                status, _cookie, _body = asked(demo.urls[door] + path, row.method, member.cookie)
                assert status == 404, f"{door} {row.method} {path}"


def test_the_session_opens_its_own_door(demo: Installation, member: Colleague) -> None:
    me = f"{demo.urls['office']}/api/at/{b64(member.office)}/me"
    assert asked(me, "GET", member.cookie)[0] == 200
    assert asked(me, "GET")[0] == 401


def test_another_installations_office_door_knows_no_such_session(
    member: Colleague, make_installation: Callable[..., Installation]
) -> None:
    other = make_installation("sqlite")
    status, _cookie, _body = asked(f"{other.urls['office']}/api/at/{b64(member.office)}/me", "GET", member.cookie)
    assert status in {401, 404}


def test_a_session_that_ended_is_worth_nothing_anywhere(demo: Installation, member: Colleague) -> None:
    cookie = member.cookie
    member.ask("POST", "signout", {})
    me = f"{demo.urls['office']}/api/at/{b64(member.office)}/me"
    assert asked(me, "GET", cookie)[0] == 401
