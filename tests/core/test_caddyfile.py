"""What Caddy tells a door, and what `fairline caddy` writes."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fairline.core.caddyfile import Certificates, caddyfile
from fairline.core.settings_file import SettingsError, load
from support.caddy import VISITOR, Caddy
from support.doors import ROOT
from support.installation import DOORS
from support.postgres import free_port

DIST = ROOT / "web" / "dist"
CANARY = "Kanarienvogel-8812"
ONION = f"http://{'fairline2' * 6}ab.onion"
BYTES = "application/octet-stream"
OF_A_PROXY = {"date", "via", "server", "accept-ranges", "etag", "last-modified", "vary", "access-control-allow-origin",
              "alt-svc"}  # fmt: skip


@pytest.fixture
def overheard(tmp_path: Path) -> Iterator[tuple[Caddy, str, list[bytes]]]:
    """Caddy in front of a door that only listens: what is it told?"""
    heard: list[bytes] = []
    door = socket.create_server(("127.0.0.1", 0))
    port = free_port()
    origin = f"https://report.localhost:{port}"
    settings = load({
        "FAIRLINE_REPORT_PORT": str(door.getsockname()[1]), "FAIRLINE_REPORT_ORIGIN": origin,
        "FAIRLINE_OFFICE_ORIGIN": f"https://office.localhost:{port}",
        "FAIRLINE_PUBLIC_ORIGIN": f"https://public.localhost:{port}",
        # Where no door answers, also while a Fairline runs on this machine at its usual ports.
        "FAIRLINE_OFFICE_PORT": str(free_port()),
    })  # fmt: skip

    def listen() -> None:
        while True:
            try:
                line, _address = door.accept()
            except OSError:
                return
            with line:
                heard.append(line.recv(65_536))
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    threading.Thread(target=listen, daemon=True).start()
    caddy = Caddy(tmp_path, caddyfile(settings, [], DIST, Certificates(internal=True)))
    yield caddy, origin, heard
    caddy.stop()
    door.shutdown(socket.SHUT_RDWR)
    door.close()


def test_a_door_is_told_nothing_of_who_asks(overheard: tuple[Caddy, str, list[bytes]]) -> None:
    caddy, origin, heard = overheard
    told = {
        "X_Forwarded_For": CANARY, "X_Forwarded_Host": CANARY, "X_Forwarded_Proto": "http", "X_Real_IP": CANARY,
        "Forwarded": f"for={CANARY}", "Via": f"1.1 {CANARY}", "User_Agent": CANARY, "Referer": f"https://{CANARY}.example/",
        "Sec_CH_UA": CANARY, "Sec_CH_UA_Platform": CANARY, "DNT": "1",
    }  # fmt: skip
    assert caddy.ask(origin, "/", **told, Accept_Language="ar").status == 200
    (request,) = heard
    assert CANARY.encode() not in request
    assert VISITOR.encode() not in request
    lines = dict(line.split(": ", 1) for line in request.decode().split("\r\n")[1:] if line)
    assert lines["X-Forwarded-Proto"] == "https"
    assert lines["Accept-Language"] == "ar"
    assert lines["Host"] == urlsplit(origin).netloc
    assert not {"X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"} & lines.keys()


def test_a_door_that_does_not_answer_is_said_in_words_and_in_no_log(overheard: tuple[Caddy, str, list[bytes]]) -> None:
    caddy, origin, _heard = overheard
    answer = caddy.ask(origin.replace("report", "office"), f"/{CANARY}", User_Agent=CANARY)
    assert answer.status == 502
    assert "please try again" in answer.body.decode()
    assert "请" in answer.body.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert CANARY.encode() not in caddy.written()
    assert VISITOR.encode() not in caddy.written()


def test_a_door_without_tls_is_not_put_behind_caddy() -> None:
    with pytest.raises(SettingsError, match="needs an address with https"):
        caddyfile(load({}), [], DIST, Certificates())


def test_an_own_certificate_and_the_ports_of_the_doors() -> None:
    names = {f"FAIRLINE_{door.upper()}_ORIGIN": f"https://{door}.example.org" for door in DOORS}
    everywhere = "0.0.0.0"  # noqa: S104 - nothing listens in this test
    said = caddyfile(
        load({**names, "FAIRLINE_OFFICE_HOST": everywhere}), [], DIST, Certificates("/a b/cert.pem", "/key.pem")
    )
    assert said.count('tls "/a b/cert.pem" "/key.pem"') == len(DOORS)
    assert "reverse_proxy 127.0.0.1:8002" in said
    assert re.search(r"^https://:443 {$", said, re.MULTILINE)


def test_the_shipped_example_is_what_the_command_prints() -> None:
    example = ROOT / "deploy" / "Caddyfile"
    settings = load({"FAIRLINE_CONFIG": str(ROOT / "deploy" / "fairline.toml")})
    assert example.read_text(encoding="utf-8") == caddyfile(
        settings, [path.name for path in DIST.glob("*.js")], Path("/srv/fairline/web/dist"), Certificates()
    )
