"""An address says who may use it, or the door does not open."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, clear_url_caches, include, path, reverse

from fairline.core.permissions import OPEN, Access, Role, may
from fairline.core.problems import Problem
from fairline.core.routes import Gate, gates, require_rows, require_state, route, table


@dataclass(frozen=True)
class Someone:
    roles: frozenset[str]
    id: bytes = bytes(16)
    office: bytes = bytes(16)


def shown(_request: HttpRequest, **values: Any) -> HttpResponse:
    return HttpResponse(repr(sorted(values.items())))


def triage(request: HttpRequest) -> HttpResponse:
    require_state(request, request.GET["state"])
    return HttpResponse("done")


def refused(_request: HttpRequest) -> HttpResponse:
    raise Problem(409, "heads", "Something came meanwhile.", {"heads": {"r": 1}})


@pytest.fixture
def urlconf() -> Iterator[Any]:
    module = types.ModuleType("urlconf_of_this_test")
    sys.modules[module.__name__] = module
    clear_url_caches()
    yield module
    del sys.modules[module.__name__]
    clear_url_caches()


def gate(patterns: list[URLPattern], at: int = 0) -> Gate:
    callback = patterns[at].callback
    assert isinstance(callback, Gate)
    return callback


def test_a_plain_path_stops_the_start(urlconf: Any) -> None:
    urlconf.urlpatterns = [*table(route("GET", "a", shown, access=Access.ANYONE)), path("b", shown)]
    with pytest.raises(ImproperlyConfigured, match="'b' has no row"):
        require_rows(urlconf.__name__)


def test_a_plain_path_in_an_included_room_stops_it_too(urlconf: Any) -> None:
    urlconf.urlpatterns = [path("room/", include(([path("b", shown)], "room")))]
    with pytest.raises(ImproperlyConfigured, match="room/b"):
        require_rows(urlconf.__name__)


@pytest.mark.parametrize("access", ["anyone", None])
def test_a_row_without_a_kind_of_access_cannot_be_made(access: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="access"):
        route("GET", "a", shown, access=access)


def test_an_unknown_method_cannot_be_served() -> None:
    with pytest.raises(ImproperlyConfigured, match="PATCH"):
        route("PATCH", "a", shown, access=Access.ANYONE)


def test_one_method_of_an_address_has_one_row() -> None:
    row = route("GET", "a", shown, access=Access.ANYONE)
    with pytest.raises(ImproperlyConfigured, match="same method"):
        table(row, row)


def test_the_rows_can_be_read_from_the_urlconf(urlconf: Any) -> None:
    urlconf.urlpatterns = table(
        route("GET", "a", shown, access=Access.ANYONE),
        route("POST", "a", shown, access=Access.HANDLER, states=("arrived",)),
        route("GET", "b", shown, access=Access.SIGNED_IN),
    )
    assert require_rows(urlconf.__name__) == 3
    rows = {(where, row.method): row for where, gate in gates(urlconf.__name__) for row in gate.rows.values()}
    assert rows["a", "POST"].states == {"arrived"}


def test_ids_in_addresses_arrive_as_bytes(urlconf: Any) -> None:
    urlconf.urlpatterns = table(
        route("GET", "at/<id16:office>/by-hash/<hash32:hash>", shown, access=Access.ANYONE, name="by-hash")
    )
    address = reverse("by-hash", urlconf.__name__, kwargs={"office": bytes(16), "hash": b"\xff" * 32})
    assert address == f"/at/{'A' * 22}/by-hash/{'_' * 42}8"
    match = urlconf.urlpatterns[0].resolve(address[1:])
    assert match is not None
    assert match.kwargs == {"office": bytes(16), "hash": b"\xff" * 32}


@pytest.mark.parametrize("text", ["A" * 21, "A" * 23, "A" * 21 + "B", "A" * 20 + "=="])
def test_an_address_spells_an_id_in_one_way_only(text: str) -> None:
    (pattern,) = table(route("GET", "<id16:id>", shown, access=Access.ANYONE))
    assert pattern.resolve(text) is None


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("role", [None, *Role])
def test_each_kind_of_access_lets_in_whom_it_names(access: Access, role: Role | None) -> None:
    """Spelled out here, so that a change of the table is seen."""
    expected = {
        Access.SIGNED_IN: set(Role),
        Access.DESK: {Role.HANDLER, Role.LEAD},
        Access.ROOM: {Role.ADMINISTRATOR, Role.LEAD},
        Access.WATCHES_CLOCKS: {Role.LEAD, Role.OVERSIGHT},
        Access.TERMS: {Role.ADMINISTRATOR, Role.LEAD},
        Access.AUDITS: {Role.AUDITOR, Role.OVERSIGHT},
        Access.NAMES: {Role.CUSTODIAN, Role.OVERSIGHT},
    }
    someone = (
        None if role is None else Someone(frozenset({f"{role}@{'A' * 22}" if role in {"handler", "lead"} else role}))
    )
    let_in = access in OPEN or (
        role is not None and role in expected.get(access, {Role(access)} if access in set(Role) else set())
    )
    assert may(access, someone) == let_in
    request = RequestFactory().get("/a", headers={"Accept": "application/json"})
    if someone is not None:
        request.member = someone  # type: ignore[attr-defined]
    answer = gate(table(route("GET", "a", shown, access=access)))(request)
    assert answer.status_code == (200 if let_in else 401 if role is None else 403)


def test_a_member_without_roles_is_signed_in_and_no_more() -> None:
    nobody = Someone(frozenset())
    assert [access for access in Access if may(access, nobody)] == [Access.ANYONE, Access.SET_UP, Access.SIGNED_IN]


def test_another_method_is_refused_and_head_goes_with_get() -> None:
    door = gate(table(route("GET", "a", shown, access=Access.ANYONE)))
    answer = door(RequestFactory().post("/a"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert door(RequestFactory().head("/a")).status_code == 200


def test_an_act_in_the_wrong_state_is_a_conflict() -> None:
    door = gate(table(route("POST", "a", triage, access=Access.ANYONE, states=("arrived", "held"))))
    assert door(RequestFactory().post("/a?state=held")).status_code == 200
    answer = door(RequestFactory().post("/a?state=closed", headers={"Accept": "application/json"}))
    assert answer.status_code == 409
    assert isinstance(answer, HttpResponse)
    assert json.loads(answer.content)["error"] == "state"


def test_a_problem_is_said_to_programs_and_to_people(built_pages: None) -> None:
    door = gate(table(route("GET", "a", refused, access=Access.ANYONE)))
    program = door(RequestFactory().get("/a", headers={"Accept": "application/json"}))
    person = door(RequestFactory().get("/a", headers={"Accept": "text/html"}))
    assert isinstance(program, HttpResponse)
    assert isinstance(person, HttpResponse)
    assert (program.status_code, person.status_code) == (409, 409)
    assert json.loads(program.content) == {"error": "heads", "message": "Something came meanwhile.", "heads": {"r": 1}}
    assert '<p class="lede">Something came meanwhile.</p>' in person.content.decode()
    assert person["Content-Type"].startswith("text/html")
