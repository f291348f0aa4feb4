"""Connections that use up our patience: each request, each body and each answer has a total time, not silence alone.

waitress closes a connection that says nothing for a while; one byte a second is never silence, and a header that drips
would stand for ever. Here a header has a few seconds, a body and an answer as long as the slowest line that people
really have needs for them. Where a door is crowded, who says nothing at all makes room at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from fairline.core.limits import (
    BODY_PATIENCE,
    CHANNEL_SILENCE,
    CROWDED_SILENCE,
    HEADER_PATIENCE,
    SLOWEST_LINE,
)


class PatientChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it has kept us waiting. Instants are seconds of the monotonic clock."""

    clock: Callable[[], float] = staticmethod(time.monotonic)
    begun = 0.0
    """When the first byte of the request that is being read came."""
    behind_since: float | None = None
    """When an answer was first seen that its asker does not fetch."""
    behind = 0
    """How many bytes of it there were."""

    heard = 0.0
    """When this connection last said something, or last had all that it was to get."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Take the connection."""
        super().__init__(*arguments, **named)
        self.heard = self.clock()

    def received(self, data: bytes) -> bool:
        """Read what came."""
        self.heard = self.clock()
        if self.request is None:
            self.begun = self.heard
        went: bool = super().received(data)
        return went

    def overdue(self, now: float, *, crowded: bool) -> bool:
        """Return whether this connection is to be given up; called about once a second."""
        if self.requests:
            self.heard = now
            return False
        if self.will_close:
            return True
        if self.total_outbufs_len:
            if self.behind_since is None:
                self.behind_since, self.behind = now, self.total_outbufs_len
            return now > self.behind_since + BODY_PATIENCE + self.behind / SLOWEST_LINE
        if self.behind_since is not None:
            # The answer went out: what comes next has its time from here on.
            self.behind_since, self.heard = None, now
        request = self.request
        if request is None:
            return now > self.heard + (CROWDED_SILENCE if crowded else CHANNEL_SILENCE)
        if not request.headers_finished:
            return now > self.begun + HEADER_PATIENCE
        length: int = self.adj.max_request_body_size if request.chunked else request.content_length
        return now > self.begun + BODY_PATIENCE + length / SLOWEST_LINE


def use() -> None:
    """Let every connection of this process be such a one."""
    BaseWSGIServer.channel_class = PatientChannel
