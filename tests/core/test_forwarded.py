"""What a proxy says of a visitor is believed of the proxy that the operator named, and of nobody else; no other name
than the door's own opens it."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from fairline.core import loop, serving
from fairline.core.door import for_hosts, forgetful
from fairline.core.settings_file import load
from support.installation import DOORS, Installation
from support.postgres import free_port

FORWARDED = (
    "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Host: elsewhere.example",
    "X-Forwarded-Port: 443", "X-Forwarded-By: 203.0.113.8",
    "Forwarded: for=203.0.113.7;proto=https;host=elsewhere.example", "X-Real-IP: 203.0.113.7",
    "Via: 1.1 elsewhere.example",
)  # fmt: skip
Ask = Callable[..., dict[str, Any]]


def raw(place: tuple[str, int], *lines: str) -> bytes:
    """Send a request of these lines; return all that came back."""
    with socket.create_connection(place, 10) as line:
        line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        answer = b""
        while piece := line.recv(65_536):
            answer += piece
        return answer


@pytest.fixture
def ask_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Ask]]:
    """A function that opens a real server and gives one that asks it: what does the application get to see?"""
    # Undone after the test: what `opened` sets holds for all of a process.
    monkeypatch.setattr("waitress.server.BaseWSGIServer.channel_class", BaseWSGIServer.channel_class)
    monkeypatch.setattr("waitress.channel.HTTPChannel.parser_class", HTTPChannel.parser_class)
    opened: list[tuple[Any, loop.Descriptors, threading.Thread]] = []

    def behind(trusted_proxy: str) -> Ask:
        seen: dict[str, Any] = {}

        def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
            seen.update(environ)
            start("200 OK", [("Content-Length", "2")])
            return [b"ok"]

        door = dataclasses.replace(load({}).doors["report"], port=free_port())
        descriptors = loop.Descriptors()
        inner = forgetful(for_hosts(application, frozenset({"report.example"}), {}))
        server = serving.opened(inner, door, descriptors, trusted_proxy)
        thread = threading.Thread(target=loop.run, args=(server, descriptors), daemon=True)
        thread.start()
        opened.append((server, descriptors, thread))

        def ask(*lines: str, host: str = "report.example") -> dict[str, Any]:
            seen.clear()
            status = raw((door.host, door.port), "GET / HTTP/1.1", f"Host: {host}", *lines).split(b" ")[1]
            return {**seen, "status": int(status)}

        return ask

    yield behind
    for server, descriptors, thread in opened:
        server.task_dispatcher.shutdown()
        for one in list(descriptors.values()):
            one.close()
        thread.join(10)


def telling(seen: dict[str, Any]) -> list[str]:
    """Names of what tells of a visitor or a proxy."""
    return [name for name in seen if "FORWARDED" in name or name in {"HTTP_VIA", "HTTP_X_REAL_IP", "REMOTE_ADDR"}]


def test_without_a_proxy_nobody_is_believed(ask_behind: Callable[[str], Ask]) -> None:
    seen = ask_behind("")(*FORWARDED)
    assert seen["status"] == 200
    assert seen["wsgi.url_scheme"] == "http"
    assert seen["HTTP_HOST"] == "report.example"
    assert telling(seen) == []


def test_who_is_not_the_named_proxy_is_not_believed(ask_behind: Callable[[str], Ask]) -> None:
    seen = ask_behind("192.0.2.1")(*FORWARDED)
    assert seen["wsgi.url_scheme"] == "http"
    assert seen["SERVER_PORT"] != "443"
    assert telling(seen) == []


def test_the_named_proxy_is_believed_about_the_scheme_alone(ask_behind: Callable[[str], Ask]) -> None:
    seen = ask_behind("127.0.0.1")(*FORWARDED)
    assert seen["wsgi.url_scheme"] == "https"
    assert seen["HTTP_HOST"] == "report.example"
    assert seen["SERVER_NAME"] != "elsewhere.example"
    assert [name for name in telling(seen) if name != "HTTP_X_FORWARDED_PROTO"] == []


@pytest.mark.parametrize("proxy", ["", "127.0.0.1"])
def test_a_forwarded_host_opens_no_door(ask_behind: Callable[[str], Ask], proxy: str) -> None:
    ask = ask_behind(proxy)
    assert ask("X-Forwarded-Host: report.example", host="elsewhere.example")["status"] == 400
    assert ask("Forwarded: host=report.example", host="elsewhere.example")["status"] == 400


UNKNOWN = ("elsewhere.example", "localhost.elsewhere.example", "127.0.0.1:1", "[::1]", "", "localhost\t", "xn--a")


@pytest.mark.parametrize("door", DOORS)
def test_an_unknown_name_is_refused_at_every_door_and_every_address(installation: Installation, door: str) -> None:
    place = urlsplit(installation.urls[door])
    static = "/s/manifest.json"
    for path in ("/", "/standing", static, "/nothing"):
        for host in (*UNKNOWN, f"{place.netloc}.", f"a@{place.netloc}", f"{place.netloc}, elsewhere.example"):
            answer = raw((place.hostname or "", place.port or 0), f"GET {path} HTTP/1.1", f"Host: {host}")
            assert answer.split(b" ")[1] == b"400", (path, host)
            assert b"not the address of a site here" in answer
            assert b"Content-Security-Policy" in answer
    answer = raw((place.hostname or "", place.port or 0), f"GET {static} HTTP/1.1", f"Host: {place.netloc}")
    assert answer.split(b" ")[1] == b"200"


@pytest.mark.parametrize("door", DOORS)
def test_the_doors_names_are_its_own(installation: Installation, door: str) -> None:
    """The name of one door opens no other, though all stand on one machine."""
    place = urlsplit(installation.urls[door])
    for other in DOORS:
        said = raw((place.hostname or "", place.port or 0), "GET /standing HTTP/1.1",
                   f"Host: {urlsplit(installation.urls[other]).netloc}")  # fmt: skip
        assert said.split(b" ")[1] == (b"200" if other == door else b"400")
