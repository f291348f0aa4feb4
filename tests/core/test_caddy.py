"""Caddy, as `fairline caddy` sets it up, in front of real doors: TLS, names, patience, nothing kept of a visitor."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from factories.reporter import Reporter
from fairline.seal.jsontext import parse
from fairline.seal.manifest import parse_manifest
from fairline.seal.primitives import b64, unb64
from support import noise
from support.browsers import listened
from support.caddy import VISITOR, Answered, Caddy
from support.colleague import Colleague
from support.doors import ROOT
from support.honest import Coming, Honest
from support.installation import DOORS, Installation
from support.noise import Line, NoiseReport
from support.postgres import free_port

DIST = ROOT / "web" / "dist"
CANARY = "Kanarienvogel-8812"
ONION = f"http://{'fairline2' * 6}ab.onion"
BYTES = "application/octet-stream"
OF_A_PROXY = {"date", "via", "server", "accept-ranges", "etag", "last-modified", "vary", "access-control-allow-origin",
              "alt-svc"}  # fmt: skip


@dataclass
class Front:
    """An installation of the demonstration behind Caddy, each door under a name of its own."""

    installation: Installation
    caddy: Caddy
    port: int
    origins: dict[str, str]

    def __post_init__(self) -> None:
        shown = json.loads((self.installation.folder / "var" / "demonstration.json").read_text(encoding="utf-8"))
        self.office = unb64(shown["office"])
        self.sign_in: str = shown["members"][0]["sign_in"]

    def host(self, door: str) -> str:
        return urlsplit(self.origins[door]).hostname or ""

    def raw(self, host: str, said: str) -> bytes:
        """Say something to Caddy under the name of the report door; return all that comes back."""
        with self.caddy.line(self.host("report"), self.port) as line:
            line.sendall(said.replace("HOST", host).encode())
            answer = b""
            while piece := line.recv(65_536):
                answer += piece
            return answer

    def report(self) -> NoiseReport:
        files = parse_manifest(self.caddy.ask(self.origins["report"], f"/at/{b64(self.office)}/manifest").body)
        for desk, sheets in files.sheets.items():
            sheet = parse(sheets[-1].doc)
            if sheet["open"]:
                return NoiseReport(self.office, unb64(desk), sheet["epoch"])
        raise AssertionError("No desk is open.")


@pytest.fixture(scope="module")
def front(make_installation: Callable[..., Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    port = free_port()
    origins = {door: f"https://{door}.localhost:{port}" for door in DOORS}
    named = {f"FAIRLINE_{door.upper()}_ORIGIN": origin for door, origin in origins.items()}
    installation = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes", FAIRLINE_TRUSTED_PROXY="127.0.0.1",
                                     FAIRLINE_REPORT_ONION=ONION, **named)  # fmt: skip
    config = installation.command("caddy", "--internal").stdout
    installation.start("--demo")
    installation.urls = origins
    caddy = Caddy(tmp_path_factory.mktemp("caddy"), config)
    yield Front(installation, caddy, port, origins)
    caddy.stop()


@pytest.fixture(autouse=True)
def _nobody_was_noticed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does, no log, no database and no file knows its address or its browser."""
    yield
    if "front" in request.fixturenames:
        front: Front = request.getfixturevalue("front")
        kept = [path.read_bytes() for path in (front.installation.folder / "var").rglob("*") if path.is_file()]
        for written in (front.caddy.written(), front.installation.logs().encode(), *kept):
            assert VISITOR.encode() not in written
            assert CANARY.encode() not in written


@pytest.mark.parametrize("door", DOORS)
def test_each_door_answers_over_tls_and_browsers_remember_it(front: Front, door: str) -> None:
    answer = front.caddy.ask(front.origins[door], "/", User_Agent=CANARY, Referer=f"https://{CANARY}.example/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for name in ("Server", "Via", "Set-Cookie", "Alt-Svc"):
        assert answer.headers[name] is None


class Behind:
    """The way to the report door through Caddy, from the one address of this module's visitors."""

    def __init__(self, front: Front) -> None:
        self.front = front

    def send(self, method: str, path: str, body: bytes | None = None) -> noise.Answered:
        """Send one request and read the answer."""
        said = self.front.caddy.ask(self.front.origins["report"], path, method, body, Content_Type=BYTES)
        return noise.Answered(said.status, {name.lower(): value for name, value in said.headers.items()}, said.body)


def test_a_school_behind_one_address_gets_through_together_with_its_mischief(front: Front) -> None:
    """Junk comes from the address from which thirty people report at the same moment: nobody counts by addresses."""
    line, desk = Behind(front), front.report().desk
    junk = [NoiseReport(front.office, desk) for _ in range(100)]

    def mischief() -> list[int]:
        return [line.send("POST", f"/at/{b64(front.office)}/drop", one.body).status for one in junk]

    school = Coming(lambda _number: Honest(Reporter(front.origins["report"], front.office, desk), line))
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(mischief)
        school.come(30)
        assert set(refused.result()) == {409}
    assert [one.failed for one in school.people if one.took is None] == []


@pytest.mark.parametrize("door", DOORS)
def test_built_files_come_under_the_same_headers_as_from_the_door(front: Front, door: str) -> None:
    """Caddy serves them itself; a worker's own policy must be the one that the door would give it."""
    own = f"http://127.0.0.1:{front.installation.environment[f'FAIRLINE_{door.upper()}_PORT']}"
    entries = {path.name.partition(".")[0]: path.name for path in DIST.glob("*.js")}
    names = [*entries.values(), *[path.name for path in DIST.glob("style-*.css")], "manifest.json"]
    for name in names:
        ours = front.caddy.ask(front.origins[door], f"/s/{name}")
        theirs = plain(own, f"/s/{name}", urlsplit(front.origins[door]).netloc)
        assert ours.body == theirs.body
        kept = {key.lower(): value for key, value in ours.headers.items() if key.lower() not in OF_A_PROXY}
        given = {key.lower(): value for key, value in theirs.headers.items() if key.lower() not in OF_A_PROXY}
        kept.pop("strict-transport-security")
        assert without_charset(kept) == without_charset(given), name


def without_charset(headers: dict[str, str]) -> dict[str, str]:
    return {**headers, "content-type": headers["content-type"].partition(";")[0]}


def plain(origin: str, path: str, host: str) -> Answered:
    """Ask a door itself."""
    request = urllib.request.Request(origin + path, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return Answered(answer.status, answer.headers, answer.read())


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_built_files_are_sent_compressed_as_they_were_built(front: Front, coding: str) -> None:
    name = next(DIST.glob("report-first.*.js")).name
    answer = front.caddy.ask(front.origins["report"], f"/s/{name}", Accept_Encoding=coding)
    assert answer.headers["Content-Encoding"] == coding
    assert len(answer.body) < (DIST / name).stat().st_size / 2


def test_nothing_but_built_files_is_among_them(front: Front) -> None:
    hidden = DIST / ".stamp-of-a-build"
    hidden.write_bytes(b"")
    try:
        for path in (f"/s/{hidden.name}", "/s/", "/s/../bin/run", "/s/%2e%2e/%2e%2e/pyproject.toml", "/s/nothing.js"):
            answer = front.caddy.ask(front.origins["report"], path)
            assert answer.status in {400, 404}, path
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    finally:
        hidden.unlink()


def test_the_members_cookie_is_for_tls_and_this_host_alone(front: Front) -> None:
    member = type("Member", (Colleague,), {"opened": staticmethod(front.caddy.opened)})(
        front.installation, front.sign_in
    )
    name, _, rest = member.set_cookie.partition("=")
    assert name == "__Host-fairline-office"
    marks = {mark.strip().lower() for mark in rest.split(";")[1:]}
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= marks
    assert not any(mark.startswith("domain") for mark in marks)
    assert member.roles()


class Through(Line):
    """A program at the report door, by way of Caddy."""

    caddy: Caddy

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> noise.Answered:
        named = {"Content-Type": BYTES, "User-Agent": CANARY, **headers}
        answer = self.caddy.ask(self.origin, path, method, body, **named)
        return noise.Answered(answer.status, dict(answer.headers.items()), answer.body)


def test_a_report_comes_through(front: Front) -> None:
    report = front.report()
    line = Through(front.origins["report"], front.office)
    line.caddy = front.caddy
    answer = line.drop(report)
    assert answer.status == 200
    assert answer.promise().leaf == report.leaf


def test_a_browser_sees_the_report_page_whole(front: Front, new_context: Callable[..., object]) -> None:
    page = listened(new_context(ignore_https_errors=True, user_agent=CANARY).new_page())
    page.goto(front.origins["report"])
    page.locator("textarea").first.fill("Something happened.")
    assert page.evaluate("isSecureContext")
    assert [line for line in page.said if not line.startswith(("log", "info", "debug"))] == []


STRANGE = ("elsewhere.example", "localhost", "127.0.0.1", "report.localhost.elsewhere.example", "")


@pytest.mark.parametrize("host", STRANGE)
def test_an_unknown_name_is_refused(front: Front, host: str) -> None:
    answer = front.raw(host, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
    assert int(answer.split(b" ")[1]) == (421 if host else 400)


def test_an_unknown_name_gets_no_certificate(front: Front) -> None:
    with pytest.raises(OSError, match=r"(?i)alert"):
        front.caddy.line("elsewhere.example", front.port)


def test_a_handshake_for_one_door_opens_no_other(front: Front) -> None:
    other = urlsplit(front.origins["office"]).netloc
    answer = front.raw(other, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
    assert b" 421 " in answer.split(b"\r\n")[0]


def test_plain_http_only_leads_to_tls(front: Front) -> None:
    with socket.create_connection(("127.0.0.1", front.caddy.http_port), 10, source_address=(VISITOR, 0)) as line:
        line.sendall(f"GET /at/x HTTP/1.1\r\nHost: {front.host('report')}\r\nConnection: close\r\n\r\n".encode())
        answer = line.recv(65_536)
    assert b" 308 " in answer
    assert b"Location: https://report.localhost" in answer
    with socket.create_connection(("127.0.0.1", front.caddy.http_port), 10, source_address=(VISITOR, 0)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n")
        assert b" 421 " in line.recv(65_536)


def test_a_header_that_drips_is_closed(front: Front) -> None:
    with front.caddy.line(front.host("report"), front.port) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        line.settimeout(0.2)
        # As long as a machine that does much else may take.
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                line.sendall(b"a")
                if line.recv(1024) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return
    pytest.fail("It was never closed.")


def sockets(pid: int) -> int:
    """How many connections a process holds."""
    files = [path for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    return sum(str(path.readlink()).startswith("socket:") for path in files)


def test_half_a_report_never_reaches_the_door(front: Front) -> None:
    report = front.report()
    pid = front.installation.door_pids()["report"]
    before = sockets(pid)
    head = (
        f"POST /at/{b64(front.office)}/drop HTTP/1.1\r\nHost: {front.host('report')}\r\nContent-Type: {BYTES}\r\n"
        f"Content-Length: {len(report.body)}\r\n\r\n"
    ).encode()
    lines = [front.caddy.line(front.host("report"), front.port) for _ in range(30)]
    for line in lines:
        line.sendall(head + report.body[:20_000])
    assert front.caddy.ask(front.origins["report"], "/standing").status == 200
    assert sockets(pid) < before + 5
    for line in lines:
        line.close()


def test_too_long_a_body_is_refused_with_a_sentence(front: Front) -> None:
    head = f"POST /at/{b64(front.office)}/drop HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n"
    head += "Content-Length: 999999999\r\n\r\n"
    answer = front.raw(front.host("report"), head)
    assert b" 413 " in answer.split(b"\r\n")[0]
    assert b"Nothing was stored" in answer


def test_the_onion_service_is_the_same_door(front: Front) -> None:
    name = urlsplit(ONION).netloc
    for host, status in ((name, b" 200 "), ("elsewhere.onion", b" 421 "), (front.host("report"), b" 421 ")):
        with socket.create_connection(("127.0.0.1", front.caddy.onion_port), 10, source_address=(VISITOR, 0)) as line:
            line.sendall(
                f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nUser-Agent: {CANARY}\r\n\r\n".encode()
            )
            assert status in line.recv(65_536).split(b"\r\n")[0], host
    body = b'{"v":1,"id":"%s","auth":"%s","page":0}' % (b"A" * 22, b"A" * 43)
    head = (
        f"POST /at/{b64(front.office)}/mailbox HTTP/1.1\r\nHost: {name}\r\nOrigin: {ONION}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", front.caddy.onion_port), 10, source_address=(VISITOR, 0)) as line:
        line.sendall(head + body)
        assert b"no-mailbox" in line.recv(65_536)
