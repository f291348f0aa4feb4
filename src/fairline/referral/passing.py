"""What a member's browser asks of another office's report door: our server carries it and looks at none of it.

It asks only what stands in a short list, and only hosts that our charter names. A browser of the office door speaks to
its own server alone (its policy allows no other address), and the other office should not learn from which address a
handler looks.
"""

from __future__ import annotations

import re
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairline.core.outbound import Answer, OutboundError
from fairline.core.problems import Problem
from fairline.referral import hosts, queries, relaying
from fairline.referral.hosts import NotThereError, UnnamedError
from fairline.referral.services import no_peer
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.parcel import read_parcel
from fairline.seal.primitives import ID_SIZE, b64, unb64

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.core.permissions import Member
    from fairline.seal.charter import Peer

PUBLIC: Final = re.compile(
    r"manifest|charter/\d{1,6}|by-hash/[A-Za-z0-9_-]{43}|record/(arrivals|acts)/[a-z0-9][a-z0-9./-]{0,80}"
)
"""What everybody may read of an office."""
PUBLIC_MOST: Final = 8 << 20
MAILBOX_MOST: Final = 1 << 20
ASKED_MOST: Final = 4096
POST_MOST: Final = 1 << 20
TURNS: Final = threading.BoundedSemaphore(2)
"""Threads of a process that may wait for other offices at once: a slow one must not take them all."""
PATIENCE: Final = 5.0


def manifest(member: Member, peer: bytes) -> bytes:
    """Return the other office's documents; the browser proves them.

    Raises:
        Problem: 404 ``no-peer``; 502 ``peer-…``; 503 ``busy``.
    """
    return _carried(member, peer, hosts.manifest)


def public(member: Member, peer: bytes, at: bytes, what: str) -> bytes:
    """Return one public file of the other office.

    Raises:
        Problem: 404 ``no-peer``, ``not-found``; 502 ``peer-…``; 503 ``busy``.
    """
    if PUBLIC.fullmatch(what) is None or ".." in what:
        raise Problem(404, "not-found", _("There is nothing at this address."))
    return _carried(member, peer, lambda named: _body(hosts.ask(named, f"at/{b64(at)}/{what}", PUBLIC_MOST)))


def mailbox(member: Member, peer: bytes, at: bytes, asked: bytes) -> bytes:
    """Return a page of the mailbox of a referral that ``member`` may read.

    Raises:
        Problem: 404 ``no-peer``, ``no-referral``; 400; 502 ``peer-…``; 503 ``busy``.
    """
    try:
        fields = jsontext.parse(asked, ASKED_MOST)
        key = unb64(fields["id"], ID_SIZE)
    except (FairlineError, LookupError, TypeError) as error:
        raise _malformed() from error
    _require_theirs(member, peer, key, at)
    path = f"at/{b64(at)}/mailbox"
    return _carried(member, peer, lambda named: _body(hosts.ask(named, path, MAILBOX_MOST, asked, "application/json")))


def post(member: Member, peer: bytes, at: bytes, parcel: bytes) -> bytes:
    """Hand over what a member writes into the mailbox of their referral; return the answer.

    Raises:
        Problem: as ``mailbox``, and what the other office refuses.
    """
    if len(parcel) > POST_MOST:
        raise _malformed()
    try:
        head: dict[str, Any] = dict(read_parcel(parcel).head)
        key = unb64(head["id"], ID_SIZE)
    except (FairlineError, LookupError, TypeError) as error:
        raise _malformed() from error
    _require_theirs(member, peer, key, at)
    path = f"at/{b64(at)}/post"
    return _carried(member, peer, lambda named: _body(relaying.sent_with_work(named, path, parcel)))


def _require_theirs(member: Member, peer: bytes, key: bytes, at: bytes) -> None:
    # Or any member could send anything through us to another office, and nobody would know whose it is.
    if not queries.is_theirs(member, peer, key, at):
        raise Problem(404, "no-referral", _("There is no such referral here."))


def _carried(member: Member, peer: bytes, carry: Callable[[Peer], bytes]) -> bytes:
    try:
        named = hosts.named(member.office, peer)
    except UnnamedError as error:
        raise no_peer() from error
    if not TURNS.acquire(timeout=PATIENCE):
        raise Problem(503, "busy", _("Other offices are being asked already. Please try again in a moment."))
    try:
        return carry(named)
    except NotThereError as error:
        raise _failed("another") from error
    except relaying.FaultError as error:
        raise _failed(error.word) from error
    except (OutboundError, OSError) as error:
        raise _failed(relaying.word_of(error)) from error
    finally:
        TURNS.release()


def _body(answer: Answer) -> bytes:
    if answer.status == HTTPStatus.OK:
        return answer.body
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        raise relaying.FaultError("redirect")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise relaying.FaultError("server")
    # The code is for our page, which has its own words for it; the other office's sentence goes no further.
    code = relaying.code_of(answer)
    if answer.status == HTTPStatus.NOT_FOUND:
        raise Problem(404, code or "not-found", _("The other office has nothing there."))
    raise Problem(409, f"their-{code or 'refused'}"[:40], _("The other office refused this. Nothing was lost."))


def _failed(word: str) -> Problem:
    return Problem(502, f"peer-{word}", _("The other office could not be asked. Nothing was lost; please try again."))


def _malformed() -> Problem:
    message = _("This could not be read, so nothing was sent. What you wrote is still in your page; please retry.")
    return Problem(400, MalformedError("parcel", "").code, message)
