"""Large bodies have a room of their own, so that no flood of attachments takes what a text needs.

A body is in memory while it comes. What may be a text and what is larger have 256 MiB each, for all connections of a
process together, counted before a byte is kept; beyond it the answer is 503 at once, with the time after which to try
again; and while there is too little, whoever holds some of it and does not come to an end is hurried, so that nobody
can keep the room for themselves by stalling. Threads are shared out in the same way: attachments use all but one of
them, and a text that waits goes first. Nobody is counted by who they are: a school behind one address is a crowd of
people.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from waitress.receiver import FixedStreamReceiver
from waitress.server import BaseWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from fairline.core.limits import (
    BODIES_IN_FLIGHT,
    FILE_BODY_LEAST,
    HURRIED_FILE,
    HURRIED_TEXT,
    PRESSED,
    TEXT_BODY_MAX,
    THREADS,
)
from fairline.core.one_length import OneLengthParser
from fairline.core.patience import PatientChannel
from fairline.core.pieces import Pieces

AGAIN_AFTER: Final = 5
"""Seconds after which who was refused may try again: about as long as a part takes on a slow line."""
LINGER: Final = 5.0
"""Seconds for which a refused sender may still send before it has read the answer; nothing of it is kept."""
LINGER_READ: Final = 64 << 10
LONG_ANSWER: Final = 64 << 10
"""From this length on an answer is not copied into a buffer before it is sent."""
BODY_READ: Final = 1 << 20
"""Bytes of a long body that are read at once: each reading costs the loop a turn."""


class BusyError(Error):  # type: ignore[misc]
    """The answer to who comes when there is no room: nothing was stored, and when to try again."""

    code = 503
    reason = "Service Unavailable"
    sentence = "Too much is coming in at this moment, so this was not taken. Nothing is lost; please send it again."

    def __init__(self) -> None:
        """Make the one answer that there is."""
        super().__init__(self.sentence)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002
        """Return status, headers and body, as waitress wants them."""
        body = json.dumps({"error": "busy", "message": self.sentence}).encode("ascii")
        headers = [
            ("Content-Type", "application/json"),
            ("Retry-After", str(AGAIN_AFTER)),
            ("Cache-Control", "no-store"),
        ]
        return f"{self.code} {self.reason}", headers, body


class Room:
    """So many bytes for bodies of one kind. Taken by the loop, given back by whoever has done with them."""

    def __init__(self, most: int = BODIES_IN_FLIGHT) -> None:
        """Begin with nothing in it."""
        self.most = most
        self.taken = 0
        self.refused = -float("inf")
        """When somebody was last refused for want of room, in seconds of the monotonic clock."""
        self._turn = threading.Lock()

    def has(self, size: int) -> bool:
        """Return whether ``size`` bytes would fit now."""
        return self.taken + size <= self.most

    def take(self, size: int) -> bool:
        """Take room for ``size`` bytes; return whether there was any."""
        with self._turn:
            if not self.has(size):
                return False
            self.taken += size
            return True

    def give_back(self, size: int) -> None:
        """Give back what was taken."""
        with self._turn:
            self.taken -= size


@dataclass(frozen=True)
class Rooms:
    """The two rooms of a process."""

    text: Room = field(default_factory=Room)
    large: Room = field(default_factory=Room)


class AdmittingParser(OneLengthParser):
    """Keeps of a body only what there is room for."""

    def __init__(self, adj: Any, rooms: Rooms, heavy_paths: Collection[str] = ()) -> None:
        """Read a request whose body needs a place in one of ``rooms``."""
        super().__init__(adj)
        self.rooms = rooms
        self.heavy_paths = heavy_paths
        self.reserved = 0

    @property
    def is_large(self) -> bool:
        """Whether the body is more than a text, or part of a file; one that does not say how long it is may be."""
        if self.chunked or self.content_length > TEXT_BODY_MAX:
            return True
        # Small parts of files in the room of the texts would fill that up, too.
        return self.content_length > FILE_BODY_LEAST and any(mark in self.path for mark in self.heavy_paths)

    @property
    def room(self) -> Room:
        """Where its body needs a place."""
        return self.rooms.large if self.is_large else self.rooms.text

    def received(self, data: bytes) -> int:
        """Take what belongs to this request, if there is room for it."""
        if self.body_rcv is not None and not self.completed:
            if not self.room.take(len(data)):
                self.refuse()
                return len(data)
            self.reserved += len(data)
            return super().received(data)
        taken = super().received(data)
        if isinstance(self.body_rcv, FixedStreamReceiver) and self.is_large and not self.completed:
            # Nothing of the body came yet.
            self.body_rcv.buf = Pieces()
        # Before the first byte of the body: there must be room for as much as is read at once.
        if self.body_rcv is not None and not self.completed and not self.room.has(self.adj.recv_bytes):
            self.refuse()
        if self.error is not None:
            # Nobody is asked to go on with what is refused already.
            self.expect_continue = False
        return taken

    def refuse(self) -> None:
        """End the request here: what came of it is forgotten."""
        self.error = BusyError()
        self.room.refused = time.monotonic()
        self.completed = True
        self.close()
        self.body_rcv = None

    def close(self) -> None:
        """Forget the body and give its room back; twice does no harm."""
        super().close()
        reserved, self.reserved = self.reserved, 0
        self.room.give_back(reserved)


class AdmittingChannel(PatientChannel):
    """A connection that hears a refusal out: closed too early, the system would throw away what it is to read."""

    heavy_paths: tuple[str, ...] = ()
    """What addresses contain whose work is an attachment's, however small what was sent."""
    rooms = Rooms()
    refused_one = False
    lingers_since: float | None = None

    @property
    def parser_class(self) -> Callable[[Any], AdmittingParser]:
        """What reads a request of this connection."""
        return partial(AdmittingParser, rooms=self.rooms, heavy_paths=self.heavy_paths)

    @property
    def is_heavy(self) -> bool:
        """Whether the request that waits is an attachment's."""
        request = self.requests[0] if self.requests else None
        if request is None or request.error is not None:
            return False
        return bool(request.is_large) or any(mark in request.path for mark in self.heavy_paths)

    def service(self) -> None:
        """Answer the request; in a thread of its own."""
        self.refused_one = self.refused_one or any(request.error is not None for request in self.requests)
        super().service()

    def recv(self, buffer_size: int) -> bytes:
        """Read what came; more at once where a long body is on its way."""
        request = self.request
        if request is not None and request.body_rcv is not None and not request.chunked:
            missing = request.content_length - len(request.body_rcv)
            buffer_size = max(buffer_size, min(missing, BODY_READ))
        said: bytes = super().recv(buffer_size)
        return said

    def write_soon(self, data: Any) -> int:
        """Say something; of what is long, only what the system does not take at once waits in a buffer of ours."""
        sent = 0
        if isinstance(data, bytes) and len(data) >= LONG_ANSWER:
            with self.outbuf_lock:
                if self.connected and not self.total_outbufs_len:
                    with suppress(OSError):
                        # Met again by whoever sends the rest, who knows what to do then.
                        sent = self.send(data, do_close=False)
        if not sent:
            return int(super().write_soon(data))
        if sent < len(data):
            super().write_soon(memoryview(data)[sent:])
        return len(data)

    def handle_write(self) -> None:
        """Send what is to be sent, unless all was said."""
        if self.lingers_since is not None:
            return
        super().handle_write()

    def handle_close(self) -> None:
        """Close, and forget what was on its way."""
        if self.refused_one and self.lingers_since is None and self.connected and self._hang_up():
            return
        if self.request is not None:
            self.request.close()
        super().handle_close()

    def _hang_up(self) -> bool:
        """Say that nothing more comes from us, and go on listening; return whether the line still stands."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        self.lingers_since = self.clock()
        self.will_close = False
        return True

    def readable(self) -> bool:
        """Whether to listen."""
        return self.lingers_since is not None or bool(super().readable())

    def writable(self) -> bool:
        """Whether there is something to say."""
        return self.lingers_since is None and bool(super().writable())

    def handle_read(self) -> None:
        """Read what comes; of who was refused, into nothing."""
        if self.lingers_since is None:
            super().handle_read()
            return
        try:
            more = self.socket.recv(LINGER_READ)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self.handle_close()

    def overdue(self, now: float, *, crowded: bool) -> bool:
        """Return whether this connection is to be given up."""
        if self.lingers_since is not None:
            return crowded or now > self.lingers_since + LINGER
        return super().overdue(now, crowded=crowded) or self._hurried_out(now)

    def _hurried_out(self, now: float) -> bool:
        """Whether this connection holds room that others want, and has had time enough for what it sends."""
        request = self.request
        if self.requests or request is None or not request.headers_finished or not request.reserved:
            return False
        if now > request.room.refused + PRESSED:
            return False
        return bool(now > self.begun + (HURRIED_FILE if request.is_large else HURRIED_TEXT))


class Lanes(deque[Any]):
    """Connections that wait for a thread: texts go first, and attachments never hold the last one.

    It stands in the place of waitress's queue and is asked under waitress's lock.
    """

    def __init__(self, most_heavy: int = THREADS - 1) -> None:
        """Begin empty; ``most_heavy`` threads may work at attachments."""
        super().__init__()
        self.heavy: deque[Any] = deque()
        self.most_heavy = most_heavy
        self.at_work: set[Any] = set()

    def append(self, channel: Any) -> None:
        """Let a connection wait."""
        if getattr(channel, "is_heavy", False):
            self.heavy.append(channel)
        else:
            super().append(channel)

    def popleft(self) -> Any:
        """Return the next one. Raises IndexError if none may go."""
        if super().__len__():
            return super().popleft()
        if len(self.at_work) >= self.most_heavy:
            raise IndexError("no thread is left for attachments")
        channel = self.heavy.popleft()
        self.at_work.add(channel)
        return channel

    def __len__(self) -> int:
        """How many may go now."""
        free = self.most_heavy - len(self.at_work)
        return super().__len__() + max(0, min(free, len(self.heavy)))

    def __bool__(self) -> bool:
        """Whether one may go now."""
        return len(self) > 0


class TextFirst(ThreadedTaskDispatcher):  # type: ignore[misc]
    """waitress's threads, with lanes in the place of its queue."""

    def __init__(self) -> None:
        """Have no threads yet."""
        super().__init__()
        self.queue = Lanes()

    def add_task(self, task: Any) -> None:
        """Let a connection wait for a thread."""
        super().add_task(_Served(task, self))

    def left(self, channel: Any) -> None:
        """Make room in its lane: the connection has its answer."""
        with self.lock:
            self.queue.at_work.discard(channel)
            if self.queue:
                self.queue_cv.notify()


class _Served:
    """One connection's turn with a thread."""

    def __init__(self, channel: Any, dispatcher: TextFirst) -> None:
        self.channel = channel
        self.dispatcher = dispatcher
        self.is_heavy = getattr(channel, "is_heavy", False)

    def service(self) -> None:
        try:
            self.channel.service()
        finally:
            self.dispatcher.left(self)

    def cancel(self) -> None:
        self.channel.cancel()


def use(heavy_paths: Collection[str] = ()) -> TextFirst:
    """Let every connection of this process be admitted so; return the threads, none of them started."""
    AdmittingChannel.heavy_paths = tuple(heavy_paths)
    BaseWSGIServer.channel_class = AdmittingChannel
    return TextFirst()
