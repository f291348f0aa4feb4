"""How the terminal reaches a door: what it says of itself, and through whom it goes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from fairline.terminal.address import Address, read_address
from fairline.terminal.door import Door
from fairline.terminal.errors import DoorRefusedError, TerminalError, UnreachableError

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
NAMES = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


class Listener:
    """Takes one connection after another and lets `speak` answer it; `heard` is what came."""

    def __init__(self, speak: Callable[[socket.socket, bytearray], None]) -> None:
        self.heard = bytearray()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, args=(speak,), daemon=True)
        self.thread.start()

    def _serve(self, speak: Callable[[socket.socket, bytearray], None]) -> None:
        with self.server:
            line, _from = self.server.accept()
            with line:
                line.settimeout(10)
                speak(line, self.heard)


def until(line: socket.socket, heard: bytearray, end: bytes) -> None:
    while end not in heard:
        heard += line.recv(1)


def http(line: socket.socket, heard: bytearray) -> None:
    until(line, heard, b"\r\n\r\n")
    line.sendall(ANSWER)


def door(listener: Listener, host: str = "127.0.0.1") -> Door:
    return Door(Address("http", host, listener.port))


def test_a_request_names_no_program_no_language_and_no_origin() -> None:
    listener = Listener(http)
    assert door(listener).get("/at/x/manifest") == b"ok"
    listener.thread.join(10)
    lines = bytes(listener.heard).decode("ascii").split("\r\n")
    assert lines == ["GET /at/x/manifest HTTP/1.1", f"Host: 127.0.0.1:{listener.port}", "Connection: close", "", ""]


def test_what_is_sent_has_a_length_and_a_kind_and_nothing_more() -> None:
    listener = Listener(http)
    door(listener).post("/at/x/drop", b"sealed")
    listener.thread.join(10)
    head = bytes(listener.heard).decode("ascii")
    assert sorted(line.partition(":")[0] for line in head.split("\r\n")[1:] if line) == [
        "Connection", "Content-Length", "Content-Type", "Host",
    ]  # fmt: skip


@pytest.mark.parametrize("method", [0, 2])
def test_through_socks_the_proxy_looks_the_name_up(monkeypatch: pytest.MonkeyPatch, method: int) -> None:
    def socks(line: socket.socket, heard: bytearray) -> None:
        assert line.recv(4) == b"\x05\x02\x00\x02"
        line.sendall(bytes((5, method)))
        if method:
            line.recv(1)
            for _part in range(2):
                line.recv(line.recv(1)[0])
            line.sendall(b"\x01\x00")
        asked = line.recv(5)
        assert asked[:4] == b"\x05\x01\x00\x03"
        heard += line.recv(asked[4]) + b":" + str(int.from_bytes(line.recv(2), "big")).encode() + b"\n"
        line.sendall(b"\x05\x00\x00\x01" + bytes(6))
        http(line, heard)

    listener = Listener(socks)
    monkeypatch.setenv("ALL_PROXY", f"socks5h://127.0.0.1:{listener.port}")
    name = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion"
    assert Door(Address("http", name, 80)).get("/") == b"ok"
    listener.thread.join(10)
    assert listener.heard.startswith(f"{name}:80\nGET / HTTP/1.1\r\nHost: {name}\r\n".encode())


def test_through_an_http_proxy_by_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    def proxy(line: socket.socket, heard: bytearray) -> None:
        until(line, heard, b"\r\n\r\n")
        line.sendall(b"HTTP/1.1 200 Connection established\r\nProxy-agent: x\r\n\r\n")
        del heard[:]
        http(line, heard)

    listener = Listener(proxy)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{listener.port}")
    assert Door(Address("http", "report.example", 80)).get("/") == b"ok"


def test_no_proxy_spares_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(http)
    monkeypatch.setenv("ALL_PROXY", "socks5h://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "example.org, 127.0.0.1")
    assert door(listener).get("/") == b"ok"


def test_an_onion_address_is_never_asked_for_without_tor() -> None:
    with pytest.raises(TerminalError, match="onion"):
        Door(Address("http", "a.onion", 80))


@pytest.mark.parametrize("named", ["ftp://127.0.0.1:1", "https://127.0.0.1:1"])
def test_a_proxy_of_another_kind_is_refused_instead_of_passed_by(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("ALL_PROXY", named)
    with pytest.raises(TerminalError, match="proxy"):
        Door(Address("http", "report.example", 80))


@pytest.fixture
def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
    return port


def test_nobody_there_is_said_as_such(closed_port: int) -> None:
    with pytest.raises(UnreachableError, match="no connection"):
        Door(Address("http", "127.0.0.1", closed_port)).get("/")


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n",
            DoorRefusedError,
            "without",
        ),
        (b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", UnreachableError, "does not answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", UnreachableError, "broke off"),
        (b"SSH-2.0-OpenSSH\r\n", UnreachableError, "broke off"),
        (
            b'HTTP/1.1 409 No\r\nContent-Length: 35\r\n\r\n{"error":"epoch","message":"Again"}',
            DoorRefusedError,
            "Again",
        ),
    ],
)
def test_answers_that_are_none(answer: bytes, error: type[Exception], said: str) -> None:
    def speak(line: socket.socket, heard: bytearray) -> None:
        until(line, heard, b"\r\n\r\n")
        line.sendall(answer)

    with pytest.raises(error, match=said):
        door(Listener(speak)).get("/")


@pytest.mark.parametrize(
    ("text", "host", "port", "office"),
    [
        ("https://report.example", "report.example", 443, None),
        ("https://report.example/at/AAAAAAAAAAAAAAAAAAAAAA/", "report.example", 443, bytes(16)),
        ("https://report.example/ar/at/AAAAAAAAAAAAAAAAAAAAAA", "report.example", 443, bytes(16)),
        ("http://[::1]:8001/", "::1", 8001, None),
    ],
)
def test_addresses(text: str, host: str, port: int, office: bytes | None) -> None:
    found = read_address(f" {text}#k={'A' * 43} ")
    assert (found.host, found.port, found.office, found.fingerprint) == (host, port, office, bytes(32))


@pytest.mark.parametrize(
    "text",
    ["", "report.example", "ftp://report.example", "https://", "https://me@report.example", "https://x/at/short",
     "https://x/at", "https://x/#k=short", "https://x:99999/"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(TerminalError, match="not the address"):
        read_address(text)


def test_only_tls_onion_and_this_machine_count_as_covered() -> None:
    assert [read_address(one).covered for one in ("https://x", "http://y.onion", "http://localhost:1", "http://x")] == [
        True, True, True, False,
    ]  # fmt: skip
