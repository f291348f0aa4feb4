"""Requests that name their length in two ways are refused, and what follows a request unasked is not read.

A proxy in front of us might take the other of two lengths, and then somebody's second request would hide inside the
first (RFC 9112 §6.1 and §11.2 allow the refusal). Who sends many requests at once and reads no answer would fill our
memory with answers and hold a thread for each connection: four of them shut a door. No browser and no proxy of ours
does that, so the first is answered and the connection closed (RFC 9112 §9.3.2: who pipelines asks again then).
"""

from __future__ import annotations

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError


class OneLengthParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request as waitress does; refuses both lengths at once, and takes one request at a time."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header. Raises ParsingError, which the channel answers with 400."""
        super().parse_header(header_plus)
        headers: dict[str, Any] = self.headers
        in_chunks = self.chunked or "TRANSFER_ENCODING" in headers
        if in_chunks and "CONTENT_LENGTH" in headers:
            raise ParsingError("A request names its length once.")

    def received(self, data: bytes) -> int:
        """Take what belongs to this request; return how much of ``data`` needs no further look."""
        taken: int = super().received(data)
        if not self.completed or self.empty or taken == len(data):
            return taken
        # Old programs send a line's end after a body (RFC 9112 §2.2): nobody means anything by it.
        if data[taken:].strip(b"\r\n"):
            self.headers["CONNECTION"] = "close"
        return len(data)


def use() -> None:
    """Let every connection of this process be read so."""
    HTTPChannel.parser_class = OneLengthParser
