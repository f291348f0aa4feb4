"""A member leaves an address, sees only their own, and administrators see the health of the line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from fairline.core import clock
from fairline.core.door import TELLING, forgetful
from fairline.core.headers import NEAR
from fairline.notify import health, services
from fairline.notify.delivery import deliver
from fairline.notify.models import Address, Outgoing
from fairline.offices.services import sessions
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=BERLIN)


@dataclass(frozen=True)
class Someone:
    id: bytes
    office: bytes
    roles: tuple[str, ...]
    session: bytes = bytes(32)
    joining: bytes | None = None
    charter: int = 0


@pytest.fixture
def door(maker, told, mail_server, office_client, monkeypatch):
    """A function that asks as a member of the office, on the fourth of May at noon."""
    told(mail=mail_server.settings())
    first = Someone(maker.first.id, maker.id, ("administrator",))
    monkeypatch.setattr(clock, "now", lambda: at(4, 12))

    def ask(method: str, path: str, body: object = None, who: Someone = first):
        monkeypatch.setattr(sessions, "found", lambda _token, _now: who)
        office_client.cookies["fairline-office"] = "token"
        sent = b"" if body is None else json.dumps(body).encode()
        return office_client.generic(method, f"/api/at/{b64(maker.id)}/{path}", sent, "application/json")

    ask.first = first
    return ask


def test_an_address_is_left_seen_by_its_owner_alone_and_deleted(door):
    assert door("GET", "notices").json()["address"] == ""
    left = door("PUT", "notices", {"address": "anna@post.example", "language": "zh-hans"}).json()
    assert (left["address"], left["language"], left["mail"]) == ("anna@post.example", "zh-hans", True)
    other = replace(door.first, id=bytes([7] * 16))
    assert door("GET", "notices", who=other).json()["address"] == ""
    assert door("POST", "notices/trial", {}, who=other).json()["error"] == "no-address"
    assert door("POST", "notices/deletion", {}, who=other).status_code == 200
    assert Address.objects.count() == 1
    assert door("POST", "notices/deletion", {}).json()["address"] == ""
    assert Address.objects.count() == 0


def test_what_is_no_address_is_refused_with_a_sentence(door):
    assert door("PUT", "notices", {"address": "anna", "language": "en"}).json()["error"] == "address"
    assert door("PUT", "notices", {"address": "a@b.example", "language": "tlh"}).status_code == 422
    assert door("PUT", "notices", {"address": 1}).status_code == 422
    assert Address.objects.count() == 0


def test_a_trial_says_how_it_went(door, mail_server):
    door("PUT", "notices", {"address": "anna@post.example", "language": "en"})
    assert door("POST", "notices/trial", {}).json()["trial"]["state"] == "waiting"
    mail_server.refuse = "550 no"
    deliver(lambda: at(4, 12))
    told = door("GET", "notices").json()["trial"]
    assert told["state"] == "failed"
    assert "refused the message" in told["why"]
    mail_server.refuse = ""
    deliver(lambda: Outgoing.objects.get().next_try)
    assert door("GET", "notices").json()["trial"] == {"state": "done", "why": ""}


def test_an_administrator_sees_that_nothing_gets_through_and_others_see_nothing(door, mail_server, maker, monkeypatch):
    door("PUT", "notices", {"address": "anna@post.example", "language": "en"})
    mail_server.refuse = "451 later"
    deliver(lambda: at(5, 8))
    monkeypatch.setattr(clock, "now", lambda: at(5, 10))
    answer = door("GET", "health")
    said = answer.json()
    mail = said["ways"]["mail"]
    assert (mail["state"], mail["waiting"], mail["success"]) == ("slow", 1, None)
    assert mail["oldest"] == "2026-05-05T06:00+00:00"
    assert said["ways"]["webhook"]["state"] == "off"
    assert {job["name"] for job in said["jobs"]} >= {"shred", "record", "manifests"}
    assert "anna" not in answer.content.decode(), "nobody's address is shown to others"
    handler = replace(door.first, roles=(f"handler@{b64(maker.desk)}",))
    assert door("GET", "health", who=handler).status_code == 403


def test_monitoring_on_this_machine_is_told_without_a_word_of_content(door, mail_server, office_client, monkeypatch):
    door("PUT", "notices", {"address": "anna@post.example", "language": "en"})
    mail_server.refuse = "451 later"
    deliver(lambda: at(5, 8))
    monkeypatch.setattr(clock, "now", lambda: at(5, 10))
    answer = office_client.get("/health", **{NEAR: True})
    said = answer.json()
    assert answer.status_code == 200
    assert said["good"] is False
    assert "mail" in said["wrong"]
    assert said["queue"] == {"waiting": 1, "seconds": 7200, "success": None}
    assert set(said) == {"v", "good", "wrong", "queue", "nights", "disk"}
    assert office_client.get("/health", **{NEAR: False}).status_code == 404
    assert office_client.get("/health", REMOTE_ADDR="127.0.0.1").status_code == 404


def test_the_door_tells_its_pages_whether_a_request_is_from_here_and_not_from_where():
    """Through a proxy everybody is on this machine; what the door is told of them it forgets."""
    told = []

    def page(environ, _start):
        told.append((environ[NEAR], [name for name in environ if name in TELLING]))
        return [b""]

    for more in (
        {"REMOTE_ADDR": "127.0.0.1"}, {"REMOTE_ADDR": "192.0.2.7"}, {},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    ):  # fmt: skip
        forgetful(page)(dict(more), None)
    assert told == [(True, []), (False, []), (False, []), (False, [])]


def test_all_is_well_is_said_too(door, mail_server, monkeypatch):
    from fairline.core.nights import run_all  # noqa: PLC0415 - models exist only now

    door("PUT", "notices", {"address": "anna@post.example", "language": "en"})
    run_all(at(5, 1))
    deliver(lambda: at(5, 8))
    assert health.in_short(at(5, 10)) | {"nights": 0, "disk": 0} == {
        "v": 1, "good": True, "wrong": [], "nights": 0, "disk": 0,
        "queue": {"waiting": 0, "seconds": 0, "success": "2026-05-05T06:00+00:00"},
    }  # fmt: skip
    assert health.in_short(at(6, 10))["good"] is False, "a day on which nothing was sent is not taken for a quiet one"


def test_without_a_mail_server_there_is_no_trial(door, told):
    door("PUT", "notices", {"address": "anna@post.example", "language": "en"})
    told(mail=None)
    assert door("POST", "notices/trial", {}).json()["error"] == "no-mail"
    assert door("GET", "notices").json()["mail"] is False
    assert services.next_due(at(4, 12)) <= at(4, 12) + timedelta(hours=1)
    assert settings.FAIRLINE.mail is None
