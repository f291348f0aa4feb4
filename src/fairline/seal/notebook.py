"""A member's notebook: what somebody said by telephone, in a letter or in person, until it is a report.

Source: `docs/formats.md` §17.

Sealed by the member's browser for that browser alone. Python has no use for a note of its own; it holds the format
together with the browsers by the test vectors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fairline.seal.errors import CannotOpenError, MalformedError
from fairline.seal.fields import Fields, as_id, as_text, document
from fairline.seal.indexpages import NONCE_SIZE, TAG_SIZE
from fairline.seal.jsontext import write
from fairline.seal.padding import KIB, fill
from fairline.seal.primitives import b64, kdf

if TYPE_CHECKING:
    from collections.abc import Mapping

LENGTH: Final = 4
SIZES: Final = (4 * KIB, 16 * KIB, 64 * KIB)
"""A note in clear has one of these sizes, so that the server cannot follow how much somebody says."""


@dataclass(frozen=True)
class Note:
    """What a member takes down for somebody else.

    Attributes:
        text: as it shall stand in the report.
        language: tag of the language it is written in.
        contact: how to reach the person, if they agreed to that.
        desk: 16-byte id of the desk that it is meant for.
    """

    text: str = field(repr=False)
    language: str
    contact: str | None = field(default=None, repr=False)
    desk: bytes | None = None


def notebook_key(secret: bytes, member: bytes) -> bytes:
    """The AES-256 key of a member's notes; ``secret`` is the vault's index key."""
    return kdf(secret, "notebook", member)


def note_aad(member: bytes, note: bytes, version: int) -> bytes:
    """What a sealed note is bound to: whose it is, its own 16-byte id, and how often it was written."""
    return member + note + version.to_bytes(8, "big")


def seal_note(key: bytes, aad: bytes, note: Note, nonce: bytes) -> bytes:
    """A sealed note: nonce, ciphertext, tag. ``nonce`` is 12 random bytes, never used twice.

    Raises:
        MalformedError: `note-long`.
    """
    return nonce + AESGCM(key).encrypt(nonce, write_note(note), aad)


def open_note(key: bytes, aad: bytes, sealed: bytes) -> Note:
    """The note.

    Raises:
        CannotOpenError: `note-sealed`: another key, member, note or version, or altered.
        MalformedError: as `read_note`.
    """
    if len(sealed) < NONCE_SIZE + TAG_SIZE:
        raise _not_this()
    try:
        return read_note(AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], aad))
    except InvalidTag:
        raise _not_this() from None


def write_note(note: Note) -> bytes:
    """A note in clear, filled up to one of the sizes.

    Raises:
        MalformedError: `note-long`.
    """
    fields: dict[str, Any] = {"v": 1, "kind": "intake", "text": note.text, "language": note.language}
    optional: Mapping[str, Any] = {"contact": note.contact, "desk": None if note.desk is None else b64(note.desk)}
    text = write(fields | {name: value for name, value in optional.items() if value is not None})
    size = next((one for one in SIZES if LENGTH + len(text) <= one), None)
    if size is None:
        raise MalformedError("note-long", "A note is longer than a report may be.")
    return fill(len(text).to_bytes(LENGTH, "big") + text, size)


def read_note(plain: bytes) -> Note:
    """A note out of its bytes in clear.

    Raises:
        MalformedError: `note-form` (another size, or filled with something), or as JSON does.
    """
    length = int.from_bytes(plain[:LENGTH], "big")
    if len(plain) not in SIZES or LENGTH + length > len(plain) or any(plain[LENGTH + length :]):
        raise MalformedError("note-form", "A note does not have the form that its format asks for.")
    return document(plain[LENGTH : LENGTH + length], _read, SIZES[-1])


def _read(fields: Fields) -> Note:
    fields.fixed("v", 1)
    fields.fixed("kind", "intake")
    contact, desk = fields.optional("contact", as_text), fields.optional("desk", as_id)
    return Note(fields.text("text"), fields.text("language"), contact, desk)


def _not_this() -> CannotOpenError:
    return CannotOpenError("note-sealed", "A note is another one, or was altered.")
