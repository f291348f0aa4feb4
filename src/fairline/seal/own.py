"""The reporting person's own: what they wrote and have not sent, what they noted, which files are on their way.

Sealed to their own box alone, so that a killed page costs nobody their words. Source: `docs/formats.md`, "Draft and own
notes".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fairline.seal.bodies import BODY_LIMIT
from fairline.seal.envelope import MOST_BYTES, MOST_FILES, as_file_name, as_file_type
from fairline.seal.fields import as_day, as_hash, as_id, as_text, as_texts, document, whole
from fairline.seal.header import FILE_KEY_SIZE
from fairline.seal.jsontext import write
from fairline.seal.pins import Pins, read_pins, written_pins
from fairline.seal.primitives import KEY_SIZE, b64

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class KeptUpload:
    """An attachment that the draft remembers, so that it goes on after the page was killed.

    Attributes:
        blob: 16-byte id.
        seed: 32 secret bytes.
        size: bytes of the file.
        name: as the device has it.
        type: as the device has it.
        going: file key and first bytes, while parts are missing; they fill a draft, so a whole one keeps its hash only.
        hash: of the whole file as sealed, once every part is held.
    """

    blob: bytes
    seed: bytes = field(repr=False)
    size: int
    name: str = field(repr=False)
    type: str
    going: tuple[bytes, bytes] | None = field(default=None, repr=False)
    hash: bytes | None = None


@dataclass(frozen=True)
class Own:
    """The reporting person's own: a draft, pins, notes. The newest replaces.

    Attributes:
        draft: answers so far, by the form's question.
        desk: the one chosen.
        contact: how to reach them, as written so far.
        until: the last day of the draft.
        uploads: attachments begun or whole.
        pins: what this person's browser has proven of the office on an earlier visit.
        notes: their own.
    """

    draft: Mapping[str, str] | None = field(default=None, repr=False)
    desk: bytes | None = None
    contact: str | None = field(default=None, repr=False)
    until: date | None = None
    uploads: tuple[KeptUpload, ...] | None = None
    pins: Pins | None = None
    notes: str | None = field(default=None, repr=False)


def read_own(body: bytes) -> Own:
    """The body of an `own`."""
    return document(
        body,
        lambda fields: Own(
            draft=fields.optional("draft", as_texts),
            desk=fields.optional("desk", as_id),
            contact=fields.optional("contact", as_text),
            until=fields.optional("until", as_day),
            uploads=fields.list("uploads", _upload, MOST_FILES) if fields.has("uploads") else None,
            pins=fields.optional("pins", read_pins),
            notes=fields.optional("notes", as_text),
        ),
        BODY_LIMIT,
    )


def write_own(own: Own) -> bytes:
    """The reverse of `read_own`."""
    body = {
        "draft": None if own.draft is None else dict(own.draft),
        "desk": None if own.desk is None else b64(own.desk),
        "contact": own.contact,
        "until": None if own.until is None else own.until.isoformat(),
        "uploads": None if own.uploads is None else [_upload_json(one) for one in own.uploads],
        "pins": None if own.pins is None else written_pins(own.pins),
        "notes": own.notes,
    }
    return write({name: value for name, value in body.items() if value is not None})


def _upload(value: Any) -> KeptUpload:
    return whole(
        value,
        lambda fields: KeptUpload(
            blob=fields.id("blob"),
            seed=fields.raw("seed", KEY_SIZE),
            size=fields.integer("size", 0, MOST_BYTES),
            name=as_file_name(fields.value("name")),
            type=as_file_type(fields.value("type")),
            going=None if fields.has("hash") else (fields.raw("key", FILE_KEY_SIZE), fields.raw("start")),
            hash=fields.optional("hash", as_hash),
        ),
    )


def _upload_json(upload: KeptUpload) -> dict[str, Any]:
    going, whole_hash = upload.going, upload.hash
    return {
        "blob": b64(upload.blob),
        "seed": b64(upload.seed),
        "size": upload.size,
        "name": upload.name,
        "type": upload.type,
        **({} if going is None else {"key": b64(going[0]), "start": b64(going[1])}),
        **({} if whole_hash is None else {"hash": b64(whole_hash)}),
    }
