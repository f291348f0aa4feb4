"""Handing in sealed bytes until they are promised: sent again they are the same report, and never make two."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fairline.ledger import promises
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.terminal.dialogue import say
from fairline.terminal.errors import DoorRefusedError, UnreachableError
from fairline.terminal.words import gettext as _
from fairline.terminal.working import solved, worked

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.ledger.promises import Promise
    from fairline.terminal.office import Office

PAUSES = (1.0, 4.0, 15.0, 40.0)
"""Seconds before each further attempt; together longer than a door takes to start again."""
HARDER = 4
"""So often a door may ask for more work than it did a moment ago."""
ANSWER_LIMIT = 16 * 1024


def hand_in(
    office: Office,
    what: str,
    parcel: bytes,
    leaf: bytes,
    pause: Callable[[float], None] = time.sleep,
    *,
    came: Callable[[bytes], None] | None = None,
) -> Promise:
    """Send a parcel and return the office's promise of exactly this entry.

    Args:
        office: proven.
        what: `drop` or `post`.
        parcel: the sealed bytes.
        leaf: 96 bytes that the promise must name.
        pause: waits so many seconds.
        came: told of an answer before it is read: what fails after that may have arrived.

    Raises:
        DoorRefusedError: the door said no.
        UnreachableError: nobody answered, however often it was tried; it may have arrived.
        PromiseError, MalformedError: what came back is not the promise of what was sent.
    """
    ready = None
    for wait in (*PAUSES, None):
        try:
            ready = ready or worked(office, parcel)
            answer = taken(office.door.post, office.path(what), ready)
            if came is not None:
                came(answer)
            return checked(office, answer, leaf)
        except UnreachableError as error:
            if wait is None:
                raise
            again = _("It is sent again in %(seconds)s s; it stays one and the same.") % {"seconds": f"{wait:.0f}"}
            say(f"{error.sentence} {again}")
            pause(wait)
    raise AssertionError("the last attempt either answers or raises")


def taken(post: Callable[[str, bytes], bytes], path: str, parcel: bytes) -> bytes:
    """Send a parcel by `post`, with more work each time that the door asks for it, and return the answer.

    Raises:
        DoorRefusedError, UnreachableError: as the door does.
        MalformedError, RefusedError: it asks for nonsense, or for more work than a door may.
    """
    for again in reversed(range(HARDER)):
        try:
            return post(path, parcel)
        except DoorRefusedError as error:
            if error.code != "work" or not again:
                raise
            parcel = solved(parcel, error.more.get("work"))
    raise AssertionError("the last attempt either answers or raises")


def checked(office: Office, answer: bytes, leaf: bytes) -> Promise:
    """The promise in a door's answer.

    Raises:
        PromiseError: `promise-shape`, `promise-signature`.
        MalformedError: `promise`, if it is of something else than what was sent; `promise-day`.
    """
    fields = jsontext.parse(answer, ANSWER_LIMIT)
    promise = promises.from_fields(fields.get("promise") if isinstance(fields, dict) else None)
    promise.check(office.manifest.charter.record.promise)
    if (promise.office, promise.leaf) != (office.office, leaf):
        raise MalformedError("promise", "The server promised something else than what was sent.")
    require_plausible(office, promise)
    return promise


def require_plausible(office: Office, promise: Promise) -> None:
    """Refuse a promise for a day far ahead: it would never be due, and so never be broken. One day is for clocks.

    Raises:
        MalformedError: `promise-day`.
    """
    if date.fromisoformat(promise.day) > office.today + timedelta(days=1):
        raise MalformedError("promise-day", "The server promised it for a day that is still to come.")
