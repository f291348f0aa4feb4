"""Requests that name their length in two ways are refused, before anything of them is believed.

A proxy in front of us might take the other of the two, and then somebody's second request would hide inside the first
(RFC 9112 §6.1 and §11.2 allow the refusal).
"""

from __future__ import annotations

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError


class OneLengthParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request as waitress does, and refuses both lengths at once."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header. Raises ParsingError, which the channel answers with 400."""
        super().parse_header(header_plus)
        headers: dict[str, Any] = self.headers
        in_chunks = self.chunked or "TRANSFER_ENCODING" in headers
        if in_chunks and "CONTENT_LENGTH" in headers:
            raise ParsingError("A request names its length once.")


def use() -> None:
    """Let every connection of this process be read so."""
    HTTPChannel.parser_class = OneLengthParser
