"""Large bodies and attachments have room and threads of their own: whatever they do, a text gets through."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from fairline.core import admission, loop
from fairline.core.admission import AdmittingChannel, Lanes, Room, Rooms, TextFirst
from fairline.core.limits import HURRIED_FILE, HURRIED_TEXT, PRESSED, TEXT_BODY_MAX, THREADS

LARGE = TEXT_BODY_MAX + 1
MOST = 2 << 20
LONG = bytes(range(256)) * (48 << 10)


def head(length: int, path: str = "/", more: str = "") -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: a\r\n{more}Content-Length: {length}\r\n\r\n".encode()


class Stand:
    """A server in a thread of its own, with little room; ``/slow`` answers when it is let go."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.slow = threading.Semaphore(0)
        self.rooms = AdmittingChannel.rooms
        self.descriptors = loop.Descriptors()
        self.threads = admission.use(("/slow",))
        self.threads.set_thread_count(THREADS)
        self.server = create_server(
            self.answer, map=self.descriptors, listen="127.0.0.1:0", connection_limit=100, threads=THREADS,
            recv_bytes=1 << 18, max_request_body_size=4 << 20, inbuf_overflow=5 << 20,
            clear_untrusted_proxy_headers=True, _dispatcher=self.threads,
        )  # fmt: skip
        self.lines: list[socket.socket] = []
        self.ended = False
        self.loop = threading.Thread(target=self.turn, daemon=True)
        self.loop.start()

    def turn(self) -> None:
        while not self.ended:
            self.descriptors.turn(0.02)

    def answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        size = len(environ["wsgi.input"].read())
        if environ["PATH_INFO"] == "/slow":
            self.slow.release()
            self.go_on.wait(20)
        body = LONG if environ["PATH_INFO"] == "/long" else str(size).encode()
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def say(self, *said: bytes) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", int(self.server.effective_port)), 10)
        self.lines.append(line)
        for part in said:
            line.sendall(part)
        return line

    def ask(self, *said: bytes) -> tuple[int, dict[str, str], bytes]:
        return answered(self.say(*said))

    def until(self, reached: Callable[[], bool]) -> None:
        wait = threading.Event()
        for _ in range(1000):
            if reached():
                return
            wait.wait(0.01)
        raise AssertionError("The server does not get there.")

    def close(self) -> None:
        self.go_on.set()
        for line in self.lines:
            line.close()
        self.threads.shutdown()
        self.ended = True
        self.loop.join(10)
        for one in list(self.descriptors.values()):
            one.close()


def answered(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one answer: status, headers, body."""
    with line.makefile("rb") as file:
        status = int(file.readline().split(b" ")[1])
        headers = {}
        while (row := file.readline().strip()) != b"":
            name, _colon, value = row.decode().partition(": ")
            headers[name.lower()] = value
        return status, headers, file.read(int(headers["content-length"]))


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    # Undone after the test: what `use` sets holds for all of a process.
    monkeypatch.setattr(BaseWSGIServer, "channel_class", HTTPChannel)
    monkeypatch.setattr(AdmittingChannel, "heavy_paths", ())
    monkeypatch.setattr(AdmittingChannel, "rooms", Rooms(Room(MOST), Room(MOST)))
    made = Stand()
    yield made
    made.close()


def test_large_bodies_beyond_their_room_are_refused_at_once_and_texts_are_not(stand: Stand) -> None:
    held = [stand.say(head(1 << 20), bytes((1 << 20) - 1)) for _ in range(2)]
    stand.until(lambda: not stand.rooms.large.has(1 << 18))
    status, headers, body = stand.ask(head(LARGE), bytes(LARGE))
    assert (status, headers["retry-after"], json.loads(body)["error"]) == (503, "5", "busy")
    assert len(json.loads(body)["message"].split()) > 5
    for _ in range(20):
        assert stand.ask(head(TEXT_BODY_MAX), bytes(TEXT_BODY_MAX))[0] == 200
    # Those that were there are finished, and make room.
    for line in held:
        line.sendall(b"x")
        assert answered(line)[0] == 200
    stand.until(lambda: stand.rooms.large.taken == 0)
    assert stand.ask(head(LARGE), bytes(LARGE))[0] == 200


def test_a_long_answer_is_whole_for_who_reads_slowly(stand: Stand) -> None:
    line = stand.say(head(0, "/long"))
    # Longer than what two ends of a line hold between them: the rest waits in a buffer of ours.
    stand.until(lambda: any(getattr(one, "total_outbufs_len", 0) for one in list(stand.descriptors.values())))
    status, _headers, body = answered(line)
    assert (status, body) == (200, LONG)
    line.sendall(head(0))
    assert answered(line)[2] == b"0"


def test_who_hangs_up_on_a_long_answer_harms_nobody(stand: Stand) -> None:
    for _ in range(THREADS + 1):
        stand.say(head(0, "/long")).close()
    assert stand.ask(head(LARGE), bytes(LARGE))[0] == 200


def test_what_is_announced_and_never_sent_takes_no_room(stand: Stand) -> None:
    for _ in range(50):
        stand.say(head((4 << 20) - 1))
    assert stand.ask(head(1 << 20), bytes(1 << 20))[0] == 200
    stand.until(lambda: stand.rooms.large.taken == 0)


def test_a_body_that_finds_no_room_half_way_is_forgotten(stand: Stand) -> None:
    status, _headers, _body = stand.ask(head(3 << 20), bytes(3 << 20))
    assert status == 503
    stand.until(lambda: stand.rooms.large.taken == 0)
    assert stand.ask(head(1 << 20), bytes(1 << 20))[0] == 200


def test_a_body_in_chunks_may_be_large(stand: Stand) -> None:
    chunked = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    line = stand.say(chunked, b"1000\r\n" + bytes(0x1000) + b"\r\n")
    stand.until(lambda: stand.rooms.large.taken > 0x1000)
    assert stand.rooms.text.taken == 0
    line.sendall(b"0\r\n\r\n")
    assert answered(line) == (200, answered_headers(4), b"4096")


def answered_headers(length: int) -> Any:
    class Headers:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, dict) and other["content-length"] == str(length)

        __hash__ = None  # type: ignore[assignment]

    return Headers()


def test_who_breaks_off_gives_room_back(stand: Stand) -> None:
    line = stand.say(head(1 << 20), bytes(1 << 19))
    stand.until(lambda: stand.rooms.large.taken == 1 << 19)
    line.close()
    stand.until(lambda: stand.rooms.large.taken == 0)


def test_who_waits_to_be_told_to_go_on_is_told_no(stand: Stand) -> None:
    for _ in range(2):
        stand.say(head(1 << 20), bytes((1 << 20) - 1))
    stand.until(lambda: not stand.rooms.large.has(1 << 18))
    assert stand.ask(head(LARGE, more="Expect: 100-continue\r\n"))[0] == 503


def test_who_is_refused_reads_why_though_they_go_on_sending(stand: Stand) -> None:
    for _ in range(2):
        stand.say(head(1 << 20), bytes((1 << 20) - 1))
    stand.until(lambda: not stand.rooms.large.has(1 << 18))
    for _ in range(10):
        line = stand.say(head(3 << 20))
        stand.until(lambda: any(getattr(one, "lingers_since", None) for one in list(stand.descriptors.values())))
        # A connection that is closed while more comes is reset, and its answer lost.
        line.sendall(bytes(3 << 20))
        assert answered(line)[0] == 503
        line.close()
        stand.until(lambda: not any(getattr(one, "lingers_since", None) for one in list(stand.descriptors.values())))


def test_who_never_stops_sending_is_given_up(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.say(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n")
    stand.until(lambda: any(getattr(one, "lingers_since", None) for one in list(stand.descriptors.values())))
    (channel,) = [one for one in stand.descriptors.values() if getattr(one, "lingers_since", None)]
    assert not channel.overdue(channel.lingers_since + admission.LINGER, crowded=False)
    assert channel.overdue(channel.lingers_since + admission.LINGER + 0.1, crowded=False)
    assert channel.overdue(channel.lingers_since, crowded=True)


def test_texts_have_room_of_their_own_to_the_end(stand: Stand) -> None:
    for _ in range(MOST // (TEXT_BODY_MAX - 1) + 1):
        stand.say(head(TEXT_BODY_MAX), bytes(TEXT_BODY_MAX - 1))
    stand.until(lambda: not stand.rooms.text.has(1 << 18))
    assert stand.ask(head(TEXT_BODY_MAX), bytes(TEXT_BODY_MAX))[0] == 503
    assert stand.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")[0] == 200


def holding(stand: Stand) -> list[AdmittingChannel]:
    return [
        one for one in list(stand.descriptors.values())
        if isinstance(one, AdmittingChannel) and one.request is not None and one.request.reserved
    ]  # fmt: skip


@pytest.mark.parametrize(("size", "time"), [(TEXT_BODY_MAX, HURRIED_TEXT), (1 << 20, HURRIED_FILE)])
def test_who_stalls_in_a_room_that_others_want_is_hurried_out(stand: Stand, size: int, time: int) -> None:
    line = stand.say(head(size), bytes(size - 1))
    stand.until(lambda: bool(holding(stand)))
    (channel,) = holding(stand)
    room = channel.request.room
    late = channel.begun + time + 1
    # Nobody wants it: a slow line has all the time that a slow line needs.
    assert not channel.overdue(late, crowded=False)
    room.refused = late - PRESSED - 1
    assert not channel.overdue(late, crowded=False)
    room.refused = late - 1
    assert channel.overdue(late, crowded=False)
    assert not channel.overdue(late - 2, crowded=False)
    line.sendall(b"x")
    assert answered(line)[0] == 200


def test_small_parts_of_files_take_nothing_of_the_texts_room(stand: Stand) -> None:
    small = 64 << 10
    for _ in range(MOST // small + 1):
        stand.say(head(small, "/slow"), bytes(small - 1))
    stand.until(lambda: not stand.rooms.large.has(1 << 18))
    assert stand.rooms.text.taken == 0
    assert stand.ask(head(small, "/slow"), bytes(small))[0] == 503
    assert stand.ask(head(TEXT_BODY_MAX), bytes(TEXT_BODY_MAX))[0] == 200


def test_attachments_never_hold_the_last_thread(stand: Stand) -> None:
    slow = [stand.say(head(2, "/slow"), b"xx") for _ in range(3 * THREADS)]
    for _ in range(THREADS - 1):
        assert stand.slow.acquire(timeout=10)
    for _ in range(10):
        assert stand.ask(head(2), b"xx")[0] == 200
    assert not stand.slow.acquire(blocking=False)
    stand.go_on.set()
    assert {answered(line)[0] for line in slow} == {200}


class Waiting:
    """A connection that waits for a thread."""

    def __init__(self, *, heavy: bool) -> None:
        self.is_heavy = heavy


def test_a_text_that_waits_goes_first() -> None:
    lanes = Lanes(most_heavy=1)
    files, texts = [Waiting(heavy=True) for _ in range(2)], [Waiting(heavy=False) for _ in range(2)]
    for one in (files[0], texts[0], files[1], texts[1]):
        lanes.append(one)
    assert [lanes.popleft() for _ in range(3)] == [*texts, files[0]]
    assert not lanes
    with pytest.raises(IndexError):
        lanes.popleft()
    lanes.at_work.discard(files[0])
    assert (len(lanes), lanes.popleft()) == (1, files[1])


def test_a_turn_that_fails_still_makes_room() -> None:
    class Failing(Waiting):
        def service(self) -> None:
            raise RuntimeError("x")

    threads = TextFirst()
    failing = Failing(heavy=True)
    threads.add_task(failing)
    served = threads.queue.popleft()
    assert threads.queue.at_work == {served}
    with pytest.raises(RuntimeError):
        served.service()
    assert threads.queue.at_work == set()
