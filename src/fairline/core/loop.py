"""The loop that waits for all connections of a door at once, without asking each of them at every turn.

waitress's own loop asks every connection what it waits for whenever one of them has said something: with a thousand
that say nothing, an honest reporter waits three times as long (`bench/slow_clients.py`). Here the kernel remembers
what each waits for (epoll), and only those that may have changed are asked again: whoever had an event, whoever has a
request with a worker, and all of them once in a while.
"""

from __future__ import annotations

import select
import time
from contextlib import suppress
from typing import Any, Final

from waitress import wasyncore

from fairline.core.patience import PatientChannel

TURN: Final = 1.0
"""Seconds between two looks at whether somebody's time is over."""
REST: Final = 5.0
"""The longest wait while nobody is connected: a line at rest should cost a small machine next to nothing. A signal that
comes between two waits is heard no later, and a supervisor has the patience for that."""
FULL: Final = 0.75
"""From this share of the connections that a door takes on, it is crowded."""


class Descriptors(dict[int, Any]):
    """What waitress keeps by descriptor: the listening sockets, its own trigger and one channel a connection."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.epoll = select.epoll()
        self.waiting_for: dict[int, int] = {}
        """What the kernel looks for at each descriptor; those without any are not registered."""
        self.unsettled: set[int] = set()
        """Whose wishes may have changed since they were last asked."""

    def __setitem__(self, descriptor: int, there: Any) -> None:
        """Take one in."""
        super().__setitem__(descriptor, there)
        self.unsettled.add(descriptor)

    def __delitem__(self, descriptor: int) -> None:
        """Forget one; its socket is closed next."""
        super().__delitem__(descriptor)
        self.unsettled.discard(descriptor)
        if self.waiting_for.pop(descriptor, 0):
            with suppress(OSError):
                self.epoll.unregister(descriptor)

    def patience(self) -> float:
        """Return for how long nothing need be looked at, in seconds, unless something happens."""
        connected = any(isinstance(there, PatientChannel) for there in self.values())
        return TURN if connected else REST

    def settle(self) -> None:
        """Ask all that are unsettled what they wait for."""
        for descriptor in tuple(self.unsettled):
            there = self[descriptor]
            # Asked first: a worker that ends says what it leaves behind before it takes its request away.
            with_worker = bool(getattr(there, "requests", ()))
            wanted = select.EPOLLIN | select.EPOLLPRI if there.readable() else 0
            if not there.accepting and there.writable():
                wanted |= select.EPOLLOUT
            self._wait_for(descriptor, wanted)
            if not with_worker and not there.accepting:
                self.unsettled.discard(descriptor)

    def _wait_for(self, descriptor: int, wanted: int) -> None:
        before = self.waiting_for.get(descriptor, 0)
        if wanted == before:
            return
        if not wanted:
            # Not only left unasked: the kernel tells of a broken line even to who asks for nothing, again and again.
            self.epoll.unregister(descriptor)
            del self.waiting_for[descriptor]
            return
        if before:
            self.epoll.modify(descriptor, wanted)
        else:
            self.epoll.register(descriptor, wanted)
        self.waiting_for[descriptor] = wanted

    def turn(self, patience: float = TURN) -> None:
        """Wait for events and let each be handled by whom it concerns."""
        self.settle()
        for descriptor, events in self.epoll.poll(patience):
            there = self.get(descriptor)
            if there is not None:
                self.unsettled.add(descriptor)
                wasyncore.readwrite(there, events)
                if descriptor not in self:
                    self.unsettled.discard(descriptor)

    def give_up(self, now: float, connections_max: int) -> None:
        """Close whatever is over its time."""
        crowded = len(self) > FULL * connections_max
        for descriptor, there in tuple(self.items()):
            self.unsettled.add(descriptor)
            if isinstance(there, PatientChannel) and there.overdue(now, crowded=crowded):
                # Here and now: waitress closes when it can write, and to who fetches nothing it never can.
                there.handle_close()


def run(server: Any, descriptors: Descriptors) -> None:
    """Serve until a signal ends it, as ``server.run()`` does."""
    looked = 0.0
    try:
        while descriptors:
            now = time.monotonic()
            if now >= looked + TURN:
                looked = now
                descriptors.give_up(now, server.adj.connection_limit)
            descriptors.turn(descriptors.patience())
    except (SystemExit, KeyboardInterrupt):
        server.task_dispatcher.shutdown()
