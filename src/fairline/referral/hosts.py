"""Where another office's report door is: only what our charter in force names, and nothing that only looks like it."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.conf import settings

from fairline.core.outbound import Answer, Bounds, OutboundError, exchange
from fairline.offices import queries as offices
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError
from fairline.seal.manifest import parse_manifest
from fairline.seal.primitives import ID_SIZE, H, b64, unb64

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairline.seal.charter import Peer

NAME: Final = re.compile(
    r"(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?"
)
PORT_MOST: Final = 65535
HERE: Final = frozenset({"localhost", "127.0.0.1"})
SECONDS: Final = 20.0
"""For one exchange: a slow office holds up one thread of ours so long, and no longer."""
LOOKING: Final = 40.0
"""For a look at all offices behind a host, before the last of them: the browser waits a minute, and who is slow holds
one of two turns."""
MANIFEST_MOST: Final = 8 << 20
OFFICES_MOST: Final = 64
"""Offices behind one host that are looked through for one of them."""
LIST_MOST: Final = 256 << 10


class UnnamedError(Exception):
    """The charter in force names no such office, or none at that host."""


class NotThereError(Exception):
    """None of the offices behind that host is the one that the charter names."""


def named(office: bytes, peer: bytes) -> Peer:
    """Return the office that our charter in force names by this F.

    Raises:
        UnnamedError: there is none, or its host is no name of a host.
    """
    found = next((one for one in offices.peers(office) if peer == one.F), None)
    if found is None or NAME.fullmatch(found.host) is None or int(found.host.partition(":")[2] or 0) > PORT_MOST:
        raise UnnamedError
    return found


def origin(host: str) -> str:
    """Return where a host's report door is asked: over TLS, but on this machine, which the settings must allow."""
    is_here = host.partition(":")[0] in HERE and settings.FAIRLINE.peers_private
    return f"{'http' if is_here else 'https'}://{host}"


def ask(peer: Peer, path: str, most: int, body: bytes | None = None, kind: str = "application/octet-stream") -> Answer:
    """Ask another office's report door for one thing, and take no more of the answer than ``most`` bytes.

    Raises:
        OutboundError, OSError: there was no answer, or none that may be read.
    """
    bounds = Bounds(SECONDS, most, settings.FAIRLINE.peers_private)
    return exchange(f"{origin(peer.host)}/{path}", bounds, body, {"Content-Type": kind} if body is not None else None)


def manifest(peer: Peer) -> bytes:
    """Return the documents of the office that the charter names, as its host serves them, unproven.

    A host may have several offices, and our charter names one by its fingerprint; so each is looked at.

    Raises:
        NotThereError: none of them has that root.
        OutboundError, OSError: as ``ask``.
    """
    until = time.monotonic() + LOOKING
    for at in _offices(peer):
        if time.monotonic() > until:
            raise OutboundError("silence")
        answer = ask(peer, f"at/{b64(at)}/manifest", MANIFEST_MOST)
        if answer.status == HTTPStatus.OK and _is(answer.body, peer.F):
            return answer.body
    raise NotThereError


def _offices(peer: Peer) -> Iterator[bytes]:
    answer = ask(peer, "offices", LIST_MOST)
    try:
        if answer.status != HTTPStatus.OK:
            raise NotThereError
        rows = jsontext.parse(answer.body, LIST_MOST)["offices"]
        ids = [unb64(row["id"], ID_SIZE) for row in rows[:OFFICES_MOST]]
    except (FairlineError, LookupError, TypeError) as error:
        raise NotThereError from error
    yield from ids


def _is(body: bytes, fingerprint: bytes) -> bool:
    """Whether these documents begin with that root. Nothing is proven by it."""
    try:
        return H(parse_manifest(body).roots[0].doc) == fingerprint
    except (FairlineError, IndexError):
        return False
