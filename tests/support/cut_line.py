"""A network in between that can be cut: bytes go through it both ways until all connections are torn at once."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress

PIECE = 65536
TORN = struct.pack("ii", 1, 0)
"""Closed so, a connection tells the other side that it is gone, and nothing that was on its way arrives."""


class CutLine:
    """Listens on a port of its own and passes everything on to another one of this machine."""

    def __init__(self, to: int) -> None:
        """Pass on to port ``to``."""
        self._to = to
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._turn = threading.Lock()
        self.passed = 0
        """Bytes that went on to that port."""
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Tear every connection that is open now; new ones are taken again at once."""
        with self._turn:
            torn, self._open = self._open, set()
        for one in torn:
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, TORN)
            with suppress(OSError):
                one.shutdown(socket.SHUT_RD)
            one.close()

    def close(self) -> None:
        """Take no more."""
        self._listening.close()
        self.cut()

    def _take(self) -> None:
        while True:
            try:
                near, _from = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                if self._listening.fileno() < 0:
                    return
                near.close()
                continue
            with self._turn:
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other, other is far), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counted: bool) -> None:  # noqa: FBT001 - a thread's target
        with suppress(OSError):
            while piece := one.recv(PIECE):
                other.sendall(piece)
                if counted:
                    with self._turn:
                        self.passed += len(piece)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)
