"""Attachments: parts come in any order and are on the disk before they are acknowledged; a report names them later.

A part's hash is stored before its bytes are, and only bytes with that hash are ever stored under it: whatever stops in
between, a part is there whole or asked for again. Nothing of an attachment is opened here, and nobody is asked who they
are: the secret derived from the key that lies in the envelope says who may add to it.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from fairline.core import blobs as stores
from fairline.core import disk
from fairline.core.limits import UNNAMED_MAX
from fairline.core.problems import Problem
from fairline.core.statements import first
from fairline.core.transactions import writing
from fairline.line import room
from fairline.line.blob_heads import Asked, NewPart
from fairline.line.models import Blob, BlobPart, Erasure
from fairline.line.rows import insert
from fairline.offices import queries as offices
from fairline.seal.attachment import attachment_hash
from fairline.seal.primitives import ID_SIZE, H, same

BLOB_FIELDS: Final = (
    "id", "office", "desk", "auth_hash", "parts", "held", "day", "gone", "hash", "thread", "chain", "n", "place",
    "read",
)  # fmt: skip
PART_FIELDS: Final = ("blob", "number", "hash", "size", "held")
log = logging.getLogger(__name__)
NAME: Final = b"fairline/1 part\x00"
NUMBER: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Attached:
    """A whole attachment that a drop or post names."""

    id: bytes
    hash: bytes
    room: int
    """Bytes that count against its desk until the desk has read what names it."""


@dataclass(frozen=True, slots=True)
class State:
    """How far an attachment has come: H of every part that is on the disk, and nothing for the others."""

    hashes: tuple[bytes, ...]


def key_of(blob: bytes, number: int) -> bytes:
    """Return the name in the store of a part: 16 bytes that tell nobody which parts belong together."""
    return H(NAME + blob + NUMBER.pack(number))[:ID_SIZE]


def hold(office: bytes, new: NewPart, today: date) -> int:
    """Store a part and return how many parts are held; the bytes and their name are on the disk by then.

    Raises:
        Problem: 403 ``blob-auth``; 404 ``no-desk``, ``no-blob`` (it was given up); 409 ``taken`` (other bytes under its
            number, or another desk or count than at first), ``blob-named``, ``no-room``; 503 ``busy``.
    """
    if not disk.space().takes_files:
        raise room.none_left()
    try:
        held = _reserved(office, new, today)
    except IntegrityError:
        # Another part of a new attachment, or the same part, was quicker by a moment: its row is there now.
        held = _reserved(office, new, today)
    if held is not None:
        return held
    store = stores.opened(settings.FAIRLINE.blobs)
    try:
        store.put(office, key_of(new.blob, new.number), new.sealed, today)
    except OSError as error:
        raise (room.none_left() if disk.is_full(error) else _busy(error)) from error
    with writing():
        stored = first(
            BlobPart,
            "UPDATE {} SET {held} = %s WHERE {blob} = %s AND {number} = %s AND {held} = %s RETURNING {number}",
            (True, new.blob, new.number, False),
        )
        now = first(
            Blob,
            "UPDATE {} SET {held} = {held} + %s WHERE {id} = %s AND {gone} = %s RETURNING {held}",
            (int(stored is not None), new.blob, False),
        )
    if now is None:
        # It was taken back while this part came.
        store.delete(office, key_of(new.blob, new.number))
        raise no_blob()
    return int(now[0])


def begun(office: bytes, blob: bytes) -> bool:
    """Return whether a part of this attachment is held: what follows it needs no work of its own."""
    text = "SELECT {held} FROM {} WHERE {id} = %s AND {office} = %s AND {held} > %s"
    return first(Blob, text, (blob, office, 0)) is not None


def state(office: bytes, asked: Asked) -> State:
    """Return which parts are held.

    Raises:
        Problem: 404 ``no-blob``, also for a wrong secret: nobody can tell which.
    """
    row = _mine(office, asked)
    hashes = [b""] * row.parts
    for number, key in BlobPart.objects.filter(blob=row.id, held=True).values_list("number", "hash"):
        hashes[number] = key
    return State(tuple(hashes))


def remove(office: bytes, asked: Asked, today: date) -> None:
    """Delete an attachment that nothing names yet.

    Raises:
        Problem: 404 ``no-blob``; 409 ``blob-named``.
    """
    row = _mine(office, asked)
    with writing():
        given_up = Blob.objects.filter(id=row.id, thread=b"", gone=False).update(gone=True, day=today)
        if given_up:
            room.give_back(row.desk, counted(row.id))
    if not given_up:
        raise _named()
    delete_parts(row.office, row.id, row.parts)


def attached(office: bytes, desk: bytes, ids: Sequence[bytes]) -> tuple[Attached, ...]:
    """Return the attachments of these ids, whole, in order; before the transaction in which they are named.

    Raises:
        Problem: 409 ``blob``: one is unknown, not whole, or of another desk.
    """
    rows = {row.id: row for row in Blob.objects.filter(id__in=list(ids), office=office, desk=desk, gone=False)}
    if any(key not in rows or rows[key].held != rows[key].parts for key in ids):
        raise _not_there()
    hashes: dict[bytes, list[bytes]] = {key: [] for key in ids}
    sizes = dict.fromkeys(ids, 0)
    parts = BlobPart.objects.filter(blob__in=list(ids)).order_by("blob_id", "number")
    for blob, key, size in parts.values_list("blob_id", "hash", "size"):
        hashes[bytes(blob)].append(bytes(key))
        sizes[bytes(blob)] += room.counted(size)
    return tuple(Attached(key, attachment_hash(hashes[key]), sizes[key]) for key in ids)


def name(found: Sequence[Attached], desk: bytes, thread: bytes, place: tuple[str, int]) -> None:
    """Let ``found`` belong to a post from now on; inside the transaction that stores it.

    Raises:
        Problem: 409 ``blob``: one belongs to something else already, or was taken back.
    """
    chain, n = place
    # What the office itself attaches has nobody to wait for.
    own = chain != "r"
    # In the order of their ids, so that two who name the same ones do not wait for each other for ever.
    for at, one in sorted(enumerate(found), key=lambda pair: pair[1].id):
        named = first(
            Blob,
            "UPDATE {} SET {thread} = %s, {chain} = %s, {n} = %s, {place} = %s, {hash} = %s, {read} = %s"
            " WHERE {id} = %s AND {thread} = %s AND {gone} = %s RETURNING {id}",
            (thread, chain, n, at, one.hash, own, one.id, b"", False),
        )
        if named is None:
            raise _not_there()
    if own:
        room.give_back(desk, sum(one.room for one in found))


def was_read(thread: bytes) -> None:
    """Give the room of a thread's attachments back to its desk: somebody there has read it; inside a transaction."""
    for key, desk in Blob.objects.filter(thread=thread, read=False, gone=False).values_list("id", "desk"):
        if Blob.objects.filter(id=key, read=False).update(read=True):
            room.give_back(bytes(desk), counted(bytes(key)))


def part(office: bytes, thread: bytes, blob: bytes, number: int, *, notes: bool) -> bytes:
    """Return the bytes of a part of an attachment that a post of ``thread`` names.

    Args:
        office: whose.
        thread: the caller has checked who asks for it.
        blob: id of the attachment.
        number: of the part.
        notes: whether attachments of the office's own notes count, too.

    Raises:
        Problem: 404 ``no-blob``; 410 ``blob-lost``: the store has it no more, ``blob-erased``: the office deleted it;
            503 ``busy``.
    """
    row = first(
        Blob,
        "SELECT {parts}, {chain}, {gone} FROM {} WHERE {id} = %s AND {office} = %s AND {thread} = %s",
        (blob, office, thread),
    )
    if row is None or number >= row[0] or (row[1] == "i" and not notes):
        raise no_blob()
    if row[2]:
        raise was_erased(blob)
    try:
        return stores.opened(settings.FAIRLINE.blobs).get(office, key_of(blob, number))
    except KeyError:
        message = _("This part of the file is not in the store any more. Please tell whoever runs this service.")
        raise Problem(410, "blob-lost", message) from None
    except OSError as error:
        raise _busy(error) from error


def is_of(office: bytes, thread: bytes, blob: bytes) -> bool:
    """Return whether a post of ``thread`` names this attachment and it was not deleted."""
    return Blob.objects.filter(id=blob, office=office, thread=thread, gone=False).exists()


def parts(row: Blob) -> Iterator[bytes]:
    """Yield the bytes of each part of a whole attachment, in order, one in memory at a time.

    Raises:
        KeyError: the store has one no more.
    """
    store = stores.opened(settings.FAIRLINE.blobs)
    for number in range(row.parts):
        yield store.get(row.office, key_of(row.id, number))


def delete_parts(office: bytes, blob: bytes, parts: int) -> None:
    """Delete every part from the store, also one that is on its way and has no row yet."""
    keys = [key_of(blob, number) for number in range(parts)]
    stores.opened(settings.FAIRLINE.blobs).delete_all(office, keys)


def counted(blob: bytes) -> int:
    """Return how many bytes an attachment counts while nothing names it."""
    return sum(room.counted(size) for size in BlobPart.objects.filter(blob=blob).values_list("size", flat=True))


def no_blob() -> Problem:
    """Return the refusal that does not tell what is there."""
    return Problem(404, "no-blob", _("There is no such file here, or it was taken back."))


def was_erased(blob: bytes) -> Problem:
    """Return the refusal of a file that the office has deleted, with the day and the reason's code."""
    row = Erasure.objects.filter(blob=blob).exclude(day=None).first()
    if row is None or row.day is None:
        return no_blob()
    message = _("The office deleted this file on %(day)s. The report and all that was written stay.")
    more = {"day": row.day.isoformat(), "reason": row.reason}
    return Problem(410, "blob-erased", message % {"day": row.day.isoformat()}, more)


def _reserved(office: bytes, new: NewPart, today: date) -> int | None:
    """Store the part's hash before its bytes; return how many parts are held if this one is among them already."""
    row = first(
        Blob,
        "SELECT {office}, {desk}, {auth_hash}, {parts}, {held}, {thread}, {gone} FROM {} WHERE {id} = %s",
        (new.blob,),
    )
    if row is None:
        if offices.taking(office, new.desk) is None:
            raise Problem(404, "no-desk", _("There is no such desk here."))
    else:
        there, desk, auth_hash, parts, held, thread, gone = row
        if there != office or not same(H(new.auth), auth_hash):
            raise Problem(403, "blob-auth", _("This file belongs to somebody else. Please choose your file again."))
        if gone:
            raise no_blob()
        if thread:
            raise _named()
        if (desk, parts) != (new.desk, new.parts):
            raise _taken()
        known = first(
            BlobPart, "SELECT {hash}, {held} FROM {} WHERE {blob} = %s AND {number} = %s", (new.blob, new.number)
        )
        if known is not None:
            if known[0] != new.hash:
                raise _taken()
            return int(held) if known[1] else None
    with writing():
        if row is None:
            begun = (new.blob, office, new.desk, H(new.auth), new.parts, 0, today.isoformat(), False)
            insert(Blob, BLOB_FIELDS, ((*begun, b"", b"", "", 0, 0, False),))
        insert(BlobPart, PART_FIELDS, ((new.blob, new.number, new.hash, len(new.sealed), False),))
        room.take(new.desk, room.counted(len(new.sealed)), UNNAMED_MAX)
    return None


def _mine(office: bytes, asked: Asked) -> Blob:
    row = Blob.objects.filter(id=asked.id, office=office, gone=False).first()
    # The comparison happens in each case, so that its time does not tell whether the file is there.
    if not same(H(asked.auth), row.auth_hash if row else bytes(32)) or row is None:
        raise no_blob()
    return row


def _taken() -> Problem:
    message = _("Something else lies here already: this is another file than the one that was begun. Nothing changed.")
    return Problem(409, "taken", message)


def _busy(error: OSError) -> Problem:
    log.error("the store of files does not answer: %s", type(error).__name__)
    return Problem(503, "busy", _("Files cannot be taken or given at this moment. It is tried again by itself."))


def _named() -> Problem:
    return Problem(409, "blob-named", _("This file belongs to a report already and stays with it."))


def _not_there() -> Problem:
    message = _("A file of this report is not here as a whole. What you wrote is still here; send the file again.")
    return Problem(409, "blob", message)
