"""A crowd that only takes up room: uploads and downloads that stall, silent connections, headers that drip.

`python -m support.crowd HOST:PORT PATHS WANTED` is a process of its own, so that it shares nothing but processors with
the honest. It says `there` once all of it stands, then holds it up: who is sent away comes again.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

UPLOADS, IDLE, DOWNLOADS, DRIPS = "uploads", "idle", "downloads", "drips"
CROWD: Final[Mapping[str, int]] = {UPLOADS: 600, IDLE: 300, DOWNLOADS: 12, DRIPS: 50}
HALF_SENT: Final = 64 << 10
MOST: Final[Mapping[str, int]] = {DOWNLOADS: 40, DRIPS: sys.maxsize}
"""How many answers a stalled download asks for and does not read; a header drips for ever."""
DRIP: Final = 1.0
"""Seconds between two bytes of a header."""


@dataclass
class Stranger:
    """One connection of the crowd and what it does."""

    kind: str
    line: socket.socket
    unsent: bytes = b""
    asked: int = 0


@dataclass
class Crowd:
    """All of them, towards one door."""

    place: tuple[str, int]
    netloc: str
    paths: Mapping[str, str]
    wanted: Mapping[str, int]
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    there: dict[socket.socket, Stranger] = field(default_factory=dict)

    def begin(self, kind: str) -> None:
        """Let one more come."""
        line = socket.socket()
        # What stalls must stall at once, not after some megabytes in the system's own buffers.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(20)
        line.connect(self.place)
        line.settimeout(0)
        stranger = Stranger(kind, line, self._first_words(kind))
        self.there[line] = stranger
        events = selectors.EVENT_WRITE if stranger.unsent else selectors.EVENT_READ
        self.selector.register(line, events, stranger)

    def _first_words(self, kind: str) -> bytes:
        host = f"Host: {self.netloc}\r\n"
        if kind == UPLOADS:
            head = f"POST {self.paths[kind]} HTTP/1.1\r\n{host}Content-Type: application/octet-stream\r\n"
            return f"{head}Content-Length: {2 * HALF_SENT}\r\n\r\n".encode() + bytes(HALF_SENT)
        if kind == DOWNLOADS:
            return f"GET {self.paths[kind]} HTTP/1.1\r\n{host}\r\n".encode()
        return f"GET / HTTP/1.1\r\n{host}X-".encode() if kind == DRIPS else b""

    def hold(self) -> None:
        """Hold the crowd up for ever."""
        announced, dripped = False, time.monotonic()
        while True:
            for key, events in self.selector.select(0.2):
                self._serve(key.data, events)
            now = time.monotonic()
            if now - dripped >= DRIP:
                dripped = now
                self._to_each(DRIPS, b"a")
            # One after the other, until no buffer of the system takes any more: then they stall in earnest.
            self._to_each(DOWNLOADS, self._first_words(DOWNLOADS))
            for kind, number in self.wanted.items():
                for _ in range(number - sum(one.kind == kind for one in self.there.values())):
                    self.begin(kind)
            if not announced and not any(self._on_its_way(one) for one in self.there.values()):
                announced = True
                sys.stdout.write("there\n")
                sys.stdout.flush()

    def _serve(self, stranger: Stranger, events: int) -> None:
        try:
            if events & selectors.EVENT_WRITE and stranger.unsent:
                stranger.unsent = stranger.unsent[stranger.line.send(stranger.unsent) :]
                if not stranger.unsent:
                    if stranger.kind == DOWNLOADS:
                        # It never reads.
                        self.selector.unregister(stranger.line)
                    else:
                        self.selector.modify(stranger.line, selectors.EVENT_READ, stranger)
            elif events & selectors.EVENT_READ and not stranger.line.recv(65_536):
                self._gone(stranger)
        except BlockingIOError:
            return
        except OSError:
            self._gone(stranger)

    def _to_each(self, kind: str, words: bytes) -> None:
        for stranger in tuple(self.there.values()):
            if stranger.kind == kind and not stranger.unsent and stranger.asked < MOST[kind]:
                stranger.asked += 1
                self._say(stranger, words)

    def _on_its_way(self, stranger: Stranger) -> bool:
        return bool(stranger.unsent) or (stranger.kind == DOWNLOADS and stranger.asked < MOST[DOWNLOADS])

    def _say(self, stranger: Stranger, words: bytes) -> None:
        try:
            stranger.line.send(words)
        except OSError:
            self._gone(stranger)

    def _gone(self, stranger: Stranger) -> None:
        with suppress(KeyError):
            self.selector.unregister(stranger.line)
        stranger.line.close()
        del self.there[stranger.line]


@contextmanager
def crowd(netloc: str, paths: Mapping[str, str], wanted: Mapping[str, int] = CROWD) -> Iterator[None]:
    """Hold a crowd up at the door ``netloc``; ``paths``: where uploads and downloads go."""
    command = [sys.executable, "-m", "support.crowd", netloc, json.dumps(dict(paths)), json.dumps(dict(wanted))]
    folder = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        yield
    finally:
        process.kill()
        process.wait(20)


def main() -> None:
    """Stand in the way until killed."""
    netloc, paths, wanted = sys.argv[1:]
    host, _, port = netloc.rpartition(":")
    Crowd((host, int(port)), netloc, json.loads(paths), json.loads(wanted)).hold()


if __name__ == "__main__":
    main()
