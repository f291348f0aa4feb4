"""What no HTTP library would send, at real doors: always a refusal, the door stays open, nothing is lost."""

from __future__ import annotations

import json
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import H, b64, unb64
from support import made_office
from support.installation import DOORS, Installation
from support.noise import Line, NoiseReport

JSON = {"Content-Type": "application/json"}


@dataclass
class Stand:
    """A running installation with an office."""

    installation: Installation
    office: bytes
    desks: tuple[bytes, bytes]

    @property
    def line(self) -> Line:
        return Line(self.installation.urls["report"], self.office)

    def at(self, what: str) -> str:
        return f"/at/{b64(self.office)}/{what}"

    def report(self) -> NoiseReport:
        return self.line.ready(NoiseReport(self.office, self.desks[0]))


@pytest.fixture(scope="module")
def stand(make_installation: Callable[..., Installation]) -> Stand:
    installation = make_installation("sqlite")
    path = installation.folder / "made-office.json"
    office = unb64(json.loads(made_office.run(installation, "found", str(path)))["id"])
    return Stand(installation, office, made_office.MadeOffice.read(path).desks)


@pytest.fixture(autouse=True)
def _nothing_breaks(stand: Stand) -> None:
    """After each attack the doors answer, nobody lost a word, and no log holds a trace."""
    yield
    for door in DOORS:
        assert stand.installation.answers(door)
    report = stand.report()
    assert stand.line.drop(report).promise().leaf == report.leaf
    logs = stand.installation.logs()
    assert "Traceback" not in logs
    assert ".py:" not in logs


def said(stand: Stand, raw: bytes, door: str = "report", *, more: bytes = b"") -> tuple[int, bytes]:
    """Send bytes as they are; return status and all that came back until the door closed or fell silent."""
    place = urlsplit(stand.installation.urls[door])
    with socket.create_connection((place.hostname, place.port), 10) as line:
        line.sendall(raw.replace(b"HOST", place.netloc.encode()))
        if more:
            line.sendall(more)
        line.settimeout(1.5)
        answer = b""
        try:
            while part := line.recv(65_536):
                answer += part
        except TimeoutError:
            pass
    status = int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else 0
    return status, answer


POST = b"POST /at/OFFICE/drop HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/octet-stream\r\n"
ODD = {
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
    "length and chunks": POST
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "chunks spelled oddly": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "a broken chunk": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "a negative chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
    "a length that is no number": POST + b"Content-Length: 0x10\r\n\r\n{}",
    "a negative length": POST + b"Content-Length: -5\r\n\r\n{}",
    "a folded header": POST + b"X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}",
    "a space before the colon": POST + b"Content-Length : 2\r\n\r\n{}",
    "a bare line feed in a header": POST + b"X-A: b\nContent-Length: 99\r\nContent-Length: 2\r\n\r\n{}",
    "a zero in a header": POST + b"X-A: b\x00c\r\nContent-Length: 2\r\n\r\n{}",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: HOST\r\nHost: elsewhere.example\r\n\r\n",
    "another host": b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    "a host with a path": b"GET / HTTP/1.1\r\nHost: HOST/../x\r\n\r\n",
    "the address of another site": b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    "no address": b"GET  HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "an address that climbs": b"GET /s/../../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "an address that climbs in code": b"GET /s/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "an address that is no UTF-8": b"GET /at/%c3%28/manifest HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "raw bytes in the address": b"GET /\xff\xfe\x00 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "an unknown method": b"BREW / HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "a version of the future": b"GET / HTTP/9.9\r\nHost: elsewhere.example\r\n\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64) + b"\r\n\r\n",
    "headers without end": b"GET / HTTP/1.1\r\nHost: HOST\r\nX-A: " + b"a" * 40_000 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: HOST\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n",
    "an address without end": b"GET /" + b"a" * 30_000 + b" HTTP/1.1\r\nHost: HOST\r\n\r\n",
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ODD)
def test_odd_requests_are_refused(stand: Stand, name: str, door: str) -> None:
    status, answer = said(stand, ODD[name].replace(b"OFFICE", b64(stand.office).encode()), door)
    # A closed connection without an answer is a refusal too, of what is no HTTP; and 501 is the standard's own refusal
    # of a coding that nobody knows (RFC 9112 §6.1).
    assert status in {0, 501} or 400 <= status < 500, answer[:300]
    assert b"Traceback" not in answer
    assert b"root:" not in answer
    # One request, one answer: nothing that was hidden in it is taken for a second one.
    assert answer.count(b"HTTP/1.") <= 1


def test_a_body_that_is_too_long_is_refused_unread(stand: Stand) -> None:
    head = POST.replace(b"OFFICE", b64(stand.office).encode())
    status, _answer = said(stand, head + b"Content-Length: 999999999999\r\n\r\n")
    assert status == 413
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    try:
        status, _answer = said(stand, head + b"Transfer-Encoding: chunked\r\n\r\n", more=chunk * 40)
    except ConnectionError:
        status = 0
    assert status in {0, 413}


def test_a_body_in_chunks_is_a_report_like_any_other(stand: Stand) -> None:
    report = stand.report()
    head = (
        POST.replace(b"OFFICE", b64(stand.office).encode()) + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in cut(report.body, 7000)) + b"0\r\n\r\n"
    status, answer = said(stand, head, more=chunks)
    assert status == 200
    assert b64(report.leaf).encode() in answer


def test_who_waits_for_continue_is_told_to_go_on(stand: Stand) -> None:
    report = stand.report()
    head = POST.replace(b"OFFICE", b64(stand.office).encode()) + b"Connection: close\r\nExpect: 100-continue\r\n"
    status, answer = said(stand, head + b"Content-Length: %d\r\n\r\n" % len(report.body), more=report.body)
    assert status in {100, 200}
    assert b64(report.leaf).encode() in answer


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


def test_a_body_that_breaks_off_stores_nothing(stand: Stand) -> None:
    report = stand.report()
    head = POST.replace(b"OFFICE", b64(stand.office).encode()) + b"Content-Length: %d\r\n\r\n" % len(report.body)
    place = urlsplit(stand.installation.urls["report"])
    for share in (0, 100, len(report.body) - 1):
        with socket.create_connection((place.hostname, place.port), 5) as line:
            line.sendall(head.replace(b"HOST", place.netloc.encode()) + report.body[:share])
    assert stand.line.send("POST", stand.at("mailbox"), report.asked(), **JSON).status == 404
    assert stand.line.drop(report).status == 200
    assert stand.line.send("POST", stand.at("mailbox"), report.asked(), **JSON).status == 200


def test_each_cut_of_a_report_is_refused_with_a_sentence(stand: Stand) -> None:
    report = stand.report()
    for body in (report.body[:3], report.body[:50], report.body[:-1], report.body[4:], report.body + b"x", bytes(9)):
        answer = stand.line.send("POST", stand.at("drop"), body)
        assert answer.status == 400
        assert len(json.loads(answer.body)["message"].split()) > 5
    for place in range(0, len(report.body), 997):
        changed = bytearray(report.body)
        changed[place] ^= 1
        answer = stand.line.send("POST", stand.at("drop"), bytes(changed))
        # One bit: another report of noise, or no report at all; the first one to come under this id stays.
        assert answer.status in {200, 400, 404, 409}
        assert answer.status != 200 or answer.promise().leaf != report.leaf


def test_a_report_sent_again_with_other_files_takes_nobodys_place(stand: Stand) -> None:
    report = stand.report()
    promise = stand.line.drop(report).promise()
    forged = NoiseReport(stand.office, stand.desks[0], id=report.id, auth=report.auth, tag=report.tag)
    answer = stand.line.drop(forged)
    assert (answer.status, json.loads(answer.body)["error"]) == (409, "taken")
    assert stand.line.drop(report).promise() == promise


def test_sixteen_tabs_race_for_one_place_and_one_wins(stand: Stand) -> None:
    key = {"id": secrets.token_bytes(16), "auth": secrets.token_bytes(32)}
    reports = [NoiseReport(stand.office, stand.desks[0], **key) for _ in range(8)] * 2
    answers: list[tuple[bytes, int]] = []

    def race(report: NoiseReport) -> None:
        answers.append((report.leaf, stand.line.drop(report).status))

    threads = [threading.Thread(target=race, args=(report,)) for report in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {status for _leaf, status in answers} == {200, 409}
    assert len({leaf for leaf, status in answers if status == 200}) == 1


def test_eight_tabs_answer_at_once_and_one_is_taken(stand: Stand) -> None:
    report = stand.report()
    assert stand.line.drop(report).status == 200
    said_to: list[tuple[int, bytes]] = []

    def answer_from_a_tab() -> None:
        head = {
            "v": 1, "id": b64(report.id), "auth": b64(report.auth), "thread": b64(report.id), "chain": "r", "n": 1,
            "heads": {"r": 0}, "audience": {"epoch": 0}, "T": b64(secrets.token_bytes(32)),
            "c": b64(secrets.token_bytes(32)),
        }  # fmt: skip
        body = stand.line.worked(
            write_parcel(head, [ParcelFile(kind, secrets.token_bytes(3000)) for kind in ("office", "own")])
        )
        answer = stand.line.send("POST", stand.at("post"), body)
        said_to.append((answer.status, answer.body))

    threads = [threading.Thread(target=answer_from_a_tab) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(status for status, _body in said_to) == [200, *[409] * 7]
    assert {json.loads(body)["error"] for status, body in said_to if status == 409} <= {"taken", "heads"}
    assert stand.line.send("POST", stand.at("mailbox"), report.asked(), **JSON).body.count(b'"chain":"r"') >= 2


def test_another_mailboxs_secret_opens_nothing(stand: Stand) -> None:
    one, other = stand.report(), stand.report()
    stand.line.drop(one)
    stand.line.drop(other)
    for auth in (other.auth, H(one.auth), bytes(32), one.auth[::-1]):
        asked = json.dumps({"v": 1, "id": b64(one.id), "auth": b64(auth), "page": 0}).encode()
        answer = stand.line.send("POST", stand.at("mailbox"), asked, **JSON)
        nobody = json.dumps({"v": 1, "id": b64(secrets.token_bytes(16)), "auth": b64(auth), "page": 0}).encode()
        nothing = stand.line.send("POST", stand.at("mailbox"), nobody, **JSON)
        assert (answer.status, answer.body) == (404, nothing.body)


@pytest.mark.parametrize("what", ["drop", "post", "mailbox"])
def test_another_sites_page_gets_nothing_in(stand: Stand, what: str) -> None:
    report = stand.report()
    body = report.asked() if what == "mailbox" else report.body
    forged: tuple[dict[str, str], ...] = (
        {"Origin": "https://elsewhere.example"},
        {"Origin": stand.installation.urls["office"]},
        {"Origin": f"{stand.installation.urls['report']}.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": stand.installation.urls["report"], "Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    for headers in forged:
        answer = stand.line.send("POST", stand.at(what), body, **headers)
        assert (answer.status, json.loads(answer.body)["error"]) == (403, "other-origin"), headers
        assert "access-control-allow-origin" not in answer.headers


def test_a_handlers_session_is_nothing_at_the_other_doors(stand: Stand) -> None:
    cookie = {"Cookie": "fairline-office=x; __Host-fairline-office=x; sessionid=x; csrftoken=x"}
    for door in ("report", "public"):
        line = Line(stand.installation.urls[door], stand.office)
        plain, sent = line.send("GET", "/"), line.send("GET", "/", **cookie)
        assert (plain.status, plain.body) == (sent.status, sent.body)
        assert "set-cookie" not in sent.headers
        assert line.send("GET", f"/api/at/{b64(stand.office)}/me", **cookie).status == 404
