"""Others who stall do not keep an honest reporter waiting, and a body never touches the disk."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from urllib.parse import urlsplit

import pytest

from support.installation import Installation

STALLED = 300
MORE_THAN_SELECT_HOLDS = 1100
DIST = Path(__file__).resolve().parents[2] / "web" / "dist"


@pytest.fixture
def crowd(installation: Installation) -> Iterator[int]:
    """Many connections to the report door, each with half a report sent and nothing more to come."""
    parts = urlsplit(installation.urls["report"])
    head = f"POST /standing HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: 900000\r\n\r\n".encode()
    with ExitStack() as open_lines:
        for _number in range(STALLED):
            line = open_lines.enter_context(socket.create_connection((parts.hostname or "", parts.port or 0), 5))
            line.sendall(head + b"x" * 40_000)
        yield STALLED


def test_an_honest_reporter_is_answered_in_a_crowd(installation: Installation, crowd: int) -> None:
    assert answered(installation) == 200
    assert crowd == STALLED


def answered(installation: Installation) -> int:
    with urllib.request.urlopen(f"{installation.urls['report']}/standing", timeout=10) as answer:
        return int(answer.status)


def test_more_connections_than_select_can_hold(installation: Installation) -> None:
    soft, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (min(hard, max(soft, MORE_THAN_SELECT_HOLDS + 300)), hard))
    parts = urlsplit(installation.urls["report"])
    with ExitStack() as open_lines:
        for _number in range(MORE_THAN_SELECT_HOLDS):
            open_lines.enter_context(socket.create_connection((parts.hostname or "", parts.port or 0), 5))
        assert answered(installation) == 200
    assert answered(installation) == 200


def test_who_asks_for_much_at_once_and_reads_nothing_holds_no_thread(installation: Installation) -> None:
    """Unread answers once filled memory up to a mark at which the thread waits: four lines shut the door."""
    parts = urlsplit(installation.urls["report"])
    largest = max(DIST.glob("*.js"), key=lambda path: path.stat().st_size)
    request = f"GET /s/{largest.name} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    with ExitStack() as open_lines:
        for _number in range(8):
            line = open_lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect((parts.hostname or "", parts.port or 0))
            line.sendall(request * 300)
        assert {answered(installation) for _ in range(300)} == {200}


def test_half_sent_bodies_are_in_no_file(installation: Installation, crowd: int) -> None:
    pid = installation.door_pids()["report"]
    files = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    ours = [name for name in files if name.startswith("/") and "/var/" not in name and not name.startswith("/dev/")]
    assert [name for name in ours if "tmp" in name and str(installation.folder) not in name] == []
    assert [name for name in files if "(deleted)" in name] == []


@pytest.mark.parametrize("path", ["/%ff%fe", "/%00", "/" + "a" * 9000, "/../../etc/passwd", "//evil.example/"])
@pytest.mark.parametrize("door", ["report", "office", "public"])
def test_a_strange_address_is_an_error_of_the_asker(installation: Installation, door: str, path: str) -> None:
    parts = urlsplit(installation.urls[door])
    with socket.create_connection((parts.hostname or "", parts.port or 0), 5) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        status = int(line.recv(65536).split(b" ")[1])
    assert 400 <= status < 500


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999", "5, 6"])
def test_a_length_that_is_none_is_refused(installation: Installation, length: str) -> None:
    parts = urlsplit(installation.urls["report"])
    with socket.create_connection((parts.hostname or "", parts.port or 0), 5) as line:
        line.sendall(f"POST /standing HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {length}\r\n\r\nabc".encode())
        status = int(line.recv(65536).split(b" ")[1])
    assert 400 <= status < 500
