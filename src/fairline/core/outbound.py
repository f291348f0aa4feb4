"""One request to another program: to an address that was looked at first, never on to another, and never without end.

Whoever is asked may be broken or hostile. Its name is looked up once and the connection goes to the very number that
was judged, so that a name which changes in between leads nowhere else; no redirect is followed; the whole exchange
ends after a fixed time, also with somebody who sends one byte now and then; and no more is read than was asked for.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

AT_ONCE: Final = 65536
UNICAST: Final = ipaddress.IPv6Network("2000::/3")
"""All that IPv6 routes between networks; what lies outside is a machine's, a network's own or not given out yet."""
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""An IPv4 number in an IPv6 one (RFC 6052): how a network without IPv4 names the rest of the world, and itself."""
NOT_PUBLIC: Final = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Set apart by RFC 6890, 7526 and 9637; the standard library calls them global until a later release."""


class OutboundError(Exception):
    """The exchange came to nothing; ``word`` says why: ``private``, ``long``, ``silence`` or ``protocol``."""

    def __init__(self, word: Literal["private", "long", "silence", "protocol"]) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Bounds:
    """What one exchange may cost.

    Attributes:
        seconds: for all of it.
        most: bytes of the answer's body; None: nobody reads it.
        private: whether addresses of private networks and of this machine are allowed.
    """

    seconds: float
    most: int | None
    private: bool


def exchange(url: str, bounds: Bounds, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Send one request (POST where there is a ``body``, else GET) and return the answer, whatever its status.

    Raises:
        OutboundError, OSError: there was none, or none that may be read.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _judged(host, port, private=bounds.private)
    line = socket.create_connection((address, port), bounds.seconds)
    try:
        with _ended_after(bounds.seconds, line.fileno()) as ended:
            try:
                if parts.scheme == "https":
                    line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
                connection = http.client.HTTPConnection(host, port, timeout=bounds.seconds)
                connection.sock = line
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                usual = {"Connection": "close", "User-Agent": "fairline"}
                connection.request("GET" if body is None else "POST", path, body, {**usual, **(headers or {})})
                answer = connection.getresponse()
                found = b"" if bounds.most is None else _read(answer, bounds.most)
            except (http.client.HTTPException, OSError, ValueError) as error:
                if ended.is_set():
                    raise OutboundError("silence") from error
                if isinstance(error, OSError):
                    raise
                raise OutboundError("protocol") from error
            if ended.is_set():
                raise OutboundError("silence")
            return Answer(answer.status, found)
    finally:
        line.close()


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    found = bytearray()
    while len(found) <= most:
        some = answer.read1(AT_ONCE)
        if not some:
            if answer.length:
                raise OutboundError("protocol")
            return bytes(found)
        found += some
    raise OutboundError("long")


@contextmanager
def _ended_after(seconds: float, number: int) -> Iterator[threading.Event]:
    """End the connection after ``seconds``: a limit on each step alone is none to who sends byte by byte.

    It is known by its number: TLS takes the object over, and the number stays.
    """
    ended, over, turn = threading.Event(), threading.Event(), threading.Lock()

    def end() -> None:
        with turn, suppress(OSError):
            if not over.is_set():
                ended.set()
                with socket.socket(fileno=os.dup(number)) as copy:
                    copy.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield ended
    finally:
        timer.cancel()
        with turn:
            # From here on the number may be another connection's.
            over.set()


def _judged(host: str, port: int, *, private: bool) -> str:
    """Return the number that ``host`` has; refused if any of its numbers is no public one."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not private and not all(_is_public(one) for one in found):
        raise OutboundError("private")
    return found[0]


def _is_public(number: str) -> bool:
    one = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour
        if one in NAT64:
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
        if one not in UNICAST:
            return False
    return one.is_global and not one.is_multicast and not any(one in apart for apart in NOT_PUBLIC)
