"""C2SP signed notes with Ed25519 signatures, and witnesses' timed cosignatures (cosignature/v1).

A note is a text and lines of signatures, each naming its key. Lines of unknown keys are passed over; a line
that claims to be from a known key and does not verify sinks the whole note.

Sources: https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairline.ledger.errors import NoteError
from fairline.seal import ed25519
from fairline.seal.primitives import SIGNATURE_SIZE, H, public_key

ED25519 = 0x01
COSIGNATURE = 0x04
KEY_ID_SIZE = 4
TIME_SIZE = 8
TIME_LIMIT = 2**53 - 1
SIGNATURE_LIMIT = 100
NOTE_LIMIT = 64 * 1024
DASH = "\u2014 "

_NAME = re.compile(r"[^\s+\x00-\x20\x7f\u0085\ufeff]{1,512}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key that may sign notes."""

    name: str
    """Name in the signature line: a log's origin, or a witness's name."""
    public: bytes
    """Raw Ed25519 public key, 32 bytes."""
    kind: int = ED25519
    """`ED25519` for a log's own signature, `COSIGNATURE` for a witness's."""

    @property
    def key_id(self) -> bytes:
        """First four bytes of H(name ‖ newline ‖ kind ‖ public key)."""
        return H(self.name.encode() + b"\n" + bytes([self.kind]) + self.public)[:KEY_ID_SIZE]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    blob: bytes
    """What follows the key id: 64 bytes of Ed25519, with 8 bytes of time before them in a cosignature."""

    def line(self) -> str:
        """The line as it stands in a note, without the newline."""
        return f"{DASH}{self.name} {padded64(self.key_id + self.blob)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A note that has been parsed; nothing in it is proven before `check` said so."""

    text: bytes
    """The signed text, with its final newline."""
    signatures: tuple[Signature, ...]

    def written(self) -> bytes:
        """The note as bytes."""
        lines = "".join(signature.line() + "\n" for signature in self.signatures)
        return self.text + b"\n" + lines.encode()

    def check(self, key: NoteKey) -> int | None:
        """Check every line of this key.

        Returns:
            The latest time of a cosignature in seconds since 1970; None for a log's own signature.

        Raises:
            NoteError: `note-unsigned` if there is no line of this key, `note-signature` if one is wrong.
        """
        lines = [line for line in self.signatures if (line.name, line.key_id) == (key.name, key.key_id)]
        if not lines:
            raise NoteError("note-unsigned", "A signed text does not carry the signature that it must carry.")
        times = [_checked(self.text, key, line.blob) for line in lines]
        return max(times) if key.kind == COSIGNATURE else None

    def cosigned(self, witnesses: list[NoteKey]) -> dict[str, int]:
        """Which of these witnesses signed, by name, and when (seconds since 1970).

        Raises:
            NoteError: `note-signature` if a line of one of them is wrong.
        """
        names = {(line.name, line.key_id) for line in self.signatures}
        return {key.name: self.check(key) or 0 for key in witnesses if (key.name, key.key_id) in names}

    def with_signature(self, signature: Signature) -> Note:
        """This note with one more line; a line already there is not repeated."""
        if signature in self.signatures:
            return self
        return Note(self.text, (*self.signatures, signature))


def parse(raw: bytes) -> Note:
    """Read a note strictly.

    Raises:
        NoteError: `note-encoding` (not UTF-8, a control character, over 64 KiB) or `note-shape`.
    """
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError("note-encoding", "A signed text is not in UTF-8.") from error
    if len(raw) > NOTE_LIMIT or _CONTROL.search(whole):
        raise NoteError("note-encoding", "A signed text is too long or holds a control character.")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise _shapeless()
    rows = lines.removesuffix("\n").split("\n")
    if len(rows) > SIGNATURE_LIMIT:
        raise _shapeless()
    return Note((text + "\n").encode(), tuple(_signature(row) for row in rows))


def sign(text: bytes, name: str, seed: bytes) -> Signature:
    """A log's own signature over a text that ends with a newline."""
    key = NoteKey(name, public_key(seed))
    return Signature(name, key.key_id, Ed25519PrivateKey.from_private_bytes(seed).sign(text))


def cosign(text: bytes, name: str, seed: bytes, time: int) -> Signature:
    """A witness's cosignature at `time` (seconds since 1970)."""
    key = NoteKey(name, public_key(seed), COSIGNATURE)
    blob = Ed25519PrivateKey.from_private_bytes(seed).sign(_timed(text, time))
    return Signature(name, key.key_id, time.to_bytes(TIME_SIZE, "big") + blob)


def signature_line(row: str) -> Signature:
    """One signature line as a witness returns it, without the newline."""
    return _signature(row)


def padded64(raw: bytes) -> str:
    """Base64 with padding (RFC 4648 section 4), as C2SP formats have it."""
    return base64.b64encode(raw).decode("ascii")


def unpadded64(text: str) -> bytes:
    """Bytes of strict base64 with padding; only the spelling of `padded64` is read.

    Raises:
        NoteError: `note-base64`.
    """
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise NoteError("note-base64", "A value in a signed text is not in base64.") from error
    if padded64(raw) != text:
        raise NoteError("note-base64", "A value in a signed text is not in base64 in its one right spelling.")
    return raw


def _shapeless() -> NoteError:
    return NoteError("note-shape", "A signed text does not have the form of a signed note.")


def _signature(row: str) -> Signature:
    parts = row.removeprefix(DASH).split(" ")
    if not row.startswith(DASH) or len(parts) != 2 or not _NAME.fullmatch(parts[0]):  # noqa: PLR2004 - name, value
        raise _shapeless()
    raw = unpadded64(parts[1])
    if len(raw) <= KEY_ID_SIZE:
        raise _shapeless()
    return Signature(parts[0], raw[:KEY_ID_SIZE], raw[KEY_ID_SIZE:])


def _timed(text: bytes, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n".encode() + text


def _checked(text: bytes, key: NoteKey, blob: bytes) -> int:
    time, signature, message = 0, blob, text
    if key.kind == COSIGNATURE:
        time, signature = int.from_bytes(blob[:TIME_SIZE], "big"), blob[TIME_SIZE:]
        message = _timed(text, time)
    good = len(signature) == SIGNATURE_SIZE and time <= TIME_LIMIT
    if not good or not ed25519.verifies(key.public, message, signature):
        raise NoteError("note-signature", "A signature under a signed text is wrong.")
    return time
