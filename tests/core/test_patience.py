"""Each request, body and answer has a total time: who drips is given up, who is only slow is not."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from waitress.server import create_server

from fairline.core import limits, loop, one_length, patience

MORE_THAN_THE_SYSTEM_BUFFERS = 16 << 20
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"


class Stand:
    """A server whose loop and clock are turned by hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.asked: list[bytes] = []
        self.descriptors = loop.Descriptors()
        self.server = create_server(
            self.answer, map=self.descriptors, listen="127.0.0.1:0", threads=1, connection_limit=20,
            max_request_body_size=1 << 20, clear_untrusted_proxy_headers=True,
        )  # fmt: skip
        self.lines: list[socket.socket] = []

    def answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        self.asked.append(environ["wsgi.input"].read())
        body = bytes(MORE_THAN_THE_SYSTEM_BUFFERS if environ["PATH_INFO"] == "/large" else 2)
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def connect(self, said: bytes = b"") -> socket.socket:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(10)
        line.connect(("127.0.0.1", int(self.server.effective_port)))
        self.lines.append(line)
        self.turn_until(lambda: len(self.channels()) == len(self.lines))
        return self.say(line, said)

    def say(self, line: socket.socket, said: bytes) -> socket.socket:
        """Send and let the server read all of it."""
        if said:
            line.sendall(said)
            self.descriptors.turn()
        return line

    def channels(self) -> list[patience.PatientChannel]:
        return [one for one in self.descriptors.values() if isinstance(one, patience.PatientChannel)]

    def turn_until(self, reached: Callable[[], bool]) -> None:
        for _ in range(2000):
            if reached():
                return
            self.descriptors.turn()
        raise AssertionError("The server does not get there.")

    def later(self, seconds: float) -> None:
        """Let time pass, and the loop look for whom it is over."""
        self.now += seconds
        self.descriptors.give_up(self.now, self.server.adj.connection_limit)
        self.descriptors.turn(0)
        self.descriptors.turn(0)

    def close(self) -> None:
        for line in self.lines:
            line.close()
        self.server.task_dispatcher.shutdown()
        for one in list(self.descriptors.values()):
            one.close()


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    # Undone after the test: what `use` sets holds for all of a process.
    monkeypatch.setattr("waitress.server.BaseWSGIServer.channel_class", patience.PatientChannel)
    monkeypatch.setattr("waitress.channel.HTTPChannel.parser_class", one_length.OneLengthParser)
    there = Stand()
    monkeypatch.setattr(patience.PatientChannel, "clock", lambda _channel=None: there.now)
    yield there
    there.close()


def test_a_header_that_drips_is_given_up(stand: Stand) -> None:
    line = stand.connect(b"GET / HTTP/1.1\r\n")
    for _second in range(limits.HEADER_PATIENCE):
        stand.later(1)
        stand.say(line, b"a")
        assert stand.channels()
    stand.later(1)
    assert stand.channels() == []
    assert line.recv(10) == b""


def test_a_second_request_on_the_same_line_has_the_whole_time_again(stand: Stand) -> None:
    line = stand.connect(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    stand.turn_until(lambda: stand.channels()[0].requests == [])
    stand.later(limits.CHANNEL_SILENCE - 1)
    stand.say(line, b"GET / HTTP/1.1\r\n")
    stand.later(limits.HEADER_PATIENCE - 1)
    assert stand.channels()


def test_a_body_that_drips_is_given_up_after_its_time(stand: Stand) -> None:
    length = 10 * limits.SLOWEST_LINE
    line = stand.connect(HEAD + b"Content-Length: %d\r\n\r\n" % length)
    allowed = limits.BODY_PATIENCE + 10
    for _part in range(allowed // 10):
        stand.later(10)
        stand.say(line, b"a")
        assert stand.channels()
    stand.later(1)
    assert stand.channels() == []
    assert stand.asked == []


def test_a_body_as_slow_as_the_slowest_line_arrives(stand: Stand) -> None:
    seconds = 300
    line = stand.connect(HEAD + b"Content-Length: %d\r\n\r\n" % (seconds * limits.SLOWEST_LINE))
    for _second in range(seconds):
        stand.later(1)
        stand.say(line, bytes(limits.SLOWEST_LINE))
    stand.turn_until(lambda: stand.asked != [])
    assert len(stand.asked[0]) == seconds * limits.SLOWEST_LINE


def test_a_body_in_chunks_has_the_time_of_the_largest_one(stand: Stand) -> None:
    line = stand.connect(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    for _part in range(40):
        stand.later(14)
        stand.say(line, b"1\r\na\r\n")
    assert stand.channels()
    stand.later(limits.BODY_PATIENCE + (1 << 20) // limits.SLOWEST_LINE - 40 * 14 + 1)
    assert stand.channels() == []


def test_an_answer_that_nobody_fetches_is_given_up(stand: Stand) -> None:
    stand.connect(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    stand.turn_until(lambda: stand.asked != [] and stand.channels()[0].requests == [])
    stand.later(0)
    left = stand.channels()[0].total_outbufs_len
    assert left > 0
    stand.later(limits.BODY_PATIENCE + left // limits.SLOWEST_LINE - 1)
    assert stand.channels()
    stand.later(2)
    assert stand.channels() == []


def test_silence_is_borne_for_a_while(stand: Stand) -> None:
    stand.connect()
    stand.later(limits.CHANNEL_SILENCE)
    assert stand.channels()
    stand.later(1)
    assert stand.channels() == []


def test_in_a_crowd_the_silent_make_room_and_who_speaks_stays(stand: Stand) -> None:
    speaking = stand.connect(b"GET / HTTP/1.1\r\n")
    for _ in range(15):
        stand.connect()
    stand.later(limits.CROWDED_SILENCE + 1)
    assert len(stand.channels()) == 1
    stand.say(speaking, b"Host: a\r\n\r\n")
    stand.turn_until(lambda: stand.asked != [])


def test_the_loop_asks_nobody_who_has_nothing_new(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(10):
        stand.connect()
    speaking = stand.connect()
    for _ in range(3):
        stand.descriptors.turn(0)
    asked: set[int] = set()
    monkeypatch.setattr(patience.PatientChannel, "readable", lambda channel: asked.add(channel.socket.fileno()) or True)
    stand.say(speaking, b"GET / HTTP/1.1\r\n")
    stand.descriptors.turn(0)
    assert len(asked) == 1


def test_the_loop_forgets_who_is_gone(stand: Stand) -> None:
    stand.connect().close()
    stand.turn_until(lambda: stand.channels() == [])
    stand.lines.clear()
    assert set(stand.descriptors.waiting_for) <= set(stand.descriptors)
    assert stand.descriptors.unsettled <= set(stand.descriptors)


def test_who_leaves_while_being_answered_harms_nobody(stand: Stand) -> None:
    leaving = stand.connect(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    leaving.close()
    stand.turn_until(lambda: stand.channels() == [])
    stand.lines.clear()
    other = stand.connect(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    stand.turn_until(lambda: stand.channels() == [])
    assert other.recv(65_536).startswith(b"HTTP/1.1 200")


def test_many_requests_at_once_get_one_answer(stand: Stand) -> None:
    line = stand.connect(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 50)
    stand.turn_until(lambda: stand.channels() == [])
    answer = line.recv(65_536)
    assert answer.count(b"HTTP/1.1 200") == 1
    assert b"Connection: close" in answer
    assert len(stand.asked) == 1


def test_a_line_end_after_a_body_is_no_second_request(stand: Stand) -> None:
    line = stand.connect(HEAD + b"Content-Length: 2\r\n\r\nab\r\n")
    stand.turn_until(lambda: stand.channels()[0].requests == [] and stand.asked != [])
    assert b"Connection: close" not in line.recv(65_536)
    stand.say(line, HEAD + b"Content-Length: 2\r\n\r\ncd")
    stand.turn_until(lambda: len(stand.asked) == 2)
    assert stand.asked == [b"ab", b"cd"]
