"""The signed envelope inside every sealed file.

age says nothing about who wrote a file, for what, or when; the envelope does. What is not signed by someone
provably entitled is not shown, not obeyed and never wrapped to. Source: `docs/formats.md`, "Envelope".
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, as_hash, as_integer, as_text, document, ordered, whole, wrong_type
from fairline.seal.jsontext import INTEGER_LIMIT, TEXT_LIMIT, write
from fairline.seal.padding import fill, size_class
from fairline.seal.primitives import KEY_SIZE, SIGNATURE_SIZE, H, b64, sign, verifies
from fairline.seal.roster import Proof, proof_json, read_proof

if TYPE_CHECKING:
    from collections.abc import Callable

MAGIC = b"fairline/1\n"
CONTENT = b"fairline/1 content\x00"
VERSION = 1
LENGTH_SIZE = 4
SALT_SIZE = 32
MOST_FILES = 100
# What FILE may say of an attachment: a length, a name and a media type, all from the sender's device.
MOST_BYTES = 4 * 1024**3
NAME_BYTES = 255
TYPE_LETTERS = 127

Chain = Literal["r", "o", "i", "k"]
CHAINS: tuple[Chain, ...] = get_args(Chain)
Kind = Literal[
    "report", "message", "rekey", "handover", "notice", "note", "keys",
    "identity", "share", "own", "copy", "request", "release", "passed", "moment",
]  # fmt: skip

NOWHERE: frozenset[Chain] = frozenset()
# On which chains a kind may stand: r from the reporting person, o from the office to them, i inside the office,
# k keys; nowhere for kinds outside the chains.
PLACES: dict[Kind, frozenset[Chain]] = {
    "report": frozenset({"r"}),
    "message": frozenset({"r", "o"}),
    "rekey": frozenset({"r"}),
    "handover": frozenset({"o"}),
    "notice": frozenset({"o"}),
    "note": frozenset({"i"}),
    "keys": frozenset({"k"}),
    "identity": NOWHERE,
    "share": NOWHERE,
    "own": NOWHERE,
    "copy": NOWHERE,
    "request": NOWHERE,
    "release": NOWHERE,
    "passed": NOWHERE,
    "moment": NOWHERE,
}

# Kinds that look alike whatever they hold: exact sizes of the whole envelope.
EXACT: dict[Kind, int] = {"identity": 2048, "share": 1024}


@dataclass(frozen=True)
class ReporterBy:
    """Written by a reporting person: their raw Ed25519 public key."""

    key: bytes


@dataclass(frozen=True)
class MemberBy:
    """Written by a member: the roster entry as bytes and its proof."""

    entry: bytes
    proof: Proof


@dataclass(frozen=True)
class RecordBy:
    """Written by the record: its raw Ed25519 public key."""

    record: bytes


By = ReporterBy | MemberBy | RecordBy


@dataclass(frozen=True)
class FileName:
    """An attachment as its envelope names it.

    Attributes:
        blob: id, 16 bytes.
        seed: 32 secret bytes; `id(seed)` opens it.
        hash: of the sealed bytes.
        size: bytes in clear.
        name: as the author's device called it, untrusted (`shownname.shown_name`).
        type: media type as that device said, untrusted.
    """

    blob: bytes
    seed: bytes = field(repr=False)
    hash: bytes
    size: int
    name: str = field(repr=False)
    type: str


@dataclass(frozen=True)
class Header:
    """What an envelope says of itself.

    Attributes:
        kind: what the body is.
        office: 16-byte id.
        desk: 16-byte id.
        thread: 16-byte id; of a desk's keys, the desk id.
        to: H of every recipient the author sealed for.
        by: who wrote it. Not proven.
        chain: None outside the chains.
        n: place on the chain.
        prev: `c` of the newest before it on its chain that its author verified.
        seen: `c` of the newest verified envelope of the other side.
        belongs_to: identity and share: the message they belong to (`for`).
        files: attachments; None where there are none.
    """

    kind: Kind
    office: bytes
    desk: bytes
    thread: bytes
    to: tuple[bytes, ...]
    by: By
    chain: Chain | None = None
    n: int | None = None
    prev: bytes | None = None
    seen: bytes | None = None
    belongs_to: int | None = None
    files: tuple[FileName, ...] | None = None


@dataclass(frozen=True)
class Envelope:
    """An envelope taken apart. Its form is right; nothing else about it is proven.

    Attributes:
        header: what it says of itself.
        body: JSON as written.
        signature: 64 bytes.
        signed: H(header) ‖ H(body), which is what was signed.
        c: the content commitment, the same in every sealed copy.
    """

    header: Header
    body: bytes = field(repr=False)
    signature: bytes
    signed: bytes
    c: bytes


@dataclass(frozen=True)
class Written:
    """An envelope as bytes, and its content commitment."""

    content: bytes = field(repr=False)
    c: bytes


def write_envelope(
    header: Header,
    body: bytes,
    seed: bytes,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Written:
    """Write and sign an envelope, filled up to its size class.

    Args:
        header: `by` names the public half of `seed`, or the entry that does.
        body: JSON as written.
        seed: the author's signing seed.
        random: gives that many random bytes.

    Raises:
        MalformedError: `envelope-length`, if an identity or a share is longer than its exact size, or the header (many
            long file names) longer than 64 KiB.
    """
    head = write(_header_json(header, random(SALT_SIZE)))
    if len(head) > TEXT_LIMIT:
        raise _wrong_length()
    signed = H(head) + H(body)
    signature = sign(seed, "envelope", signed)
    content = MAGIC + _sized(head) + _sized(body) + signature
    size = EXACT.get(header.kind) or size_class(len(content))
    return Written(fill(content, size), _commitment(signed, signature))


def read_envelope(content: bytes) -> Envelope:
    """Take an envelope apart.

    Raises:
        MalformedError: `envelope-magic`, `envelope-length`, `envelope-padding`, `envelope-kind`,
            `envelope-salt`, `envelope-files`, and as JSON and fields do.
    """
    if not content.startswith(MAGIC):
        raise MalformedError("envelope-magic", "What is inside a sealed file is not an envelope.")
    head, at = _part(content, len(MAGIC))
    if len(head) > TEXT_LIMIT:
        raise _wrong_length()
    body, at = _part(content, at)
    end = at + SIGNATURE_SIZE
    if end > len(content):
        raise _wrong_length()
    header = document(head, _read_header)
    size = EXACT.get(header.kind) or size_class(end)
    if len(content) != size or content.count(0, end) != size - end:
        raise MalformedError("envelope-padding", "An envelope is not filled up as it must be.")
    signature, signed = content[at:end], H(head) + H(body)
    return Envelope(header, body, signature, signed, _commitment(signed, signature))


def check_signature(envelope: Envelope, key: bytes) -> None:
    """Raise `RefusedError("envelope-signature")` unless this raw public key signed it."""
    if not verifies(key, "envelope", envelope.signed, envelope.signature):
        raise RefusedError("envelope-signature", "Whoever is named as the author did not sign this.")


def _commitment(signed: bytes, signature: bytes) -> bytes:
    return H(CONTENT + signed + signature)


def _sized(part: bytes) -> bytes:
    return len(part).to_bytes(LENGTH_SIZE, "big") + part


def _part(content: bytes, at: int) -> tuple[bytes, int]:
    start = at + LENGTH_SIZE
    end = start + int.from_bytes(content[at:start], "big")
    if start > len(content) or end > len(content):
        raise _wrong_length()
    return content[start:end], end


def _wrong_length() -> MalformedError:
    return MalformedError("envelope-length", "An envelope is shorter or longer than it says.")


def _read_header(fields: Fields) -> Header:
    fields.fixed("v", VERSION)
    kind, chain = _place(fields.text("kind"), fields.optional("chain", as_text))
    header = Header(
        kind=kind,
        chain=chain,
        office=fields.id("office"),
        desk=fields.id("desk"),
        thread=fields.id("thread"),
        n=None if chain is None else fields.integer("n"),
        prev=fields.optional("prev", as_hash),
        seen=fields.optional("seen", as_hash),
        belongs_to=fields.optional("for", as_integer),
        to=fields.set("to", as_hash),
        by=whole(fields.value("by"), _read_by),
        files=fields.list("files", read_file_name, INTEGER_LIMIT) if fields.has("files") else None,
    )
    if len(fields.raw("salt")) != SALT_SIZE:
        raise MalformedError("envelope-salt", "An envelope has too short a salt.")
    if header.files is not None and len(header.files) > MOST_FILES:
        raise MalformedError("envelope-files", "An envelope names too many files.")
    if header.files is not None and len({file.blob for file in header.files}) != len(header.files):
        raise MalformedError("envelope-files", "An envelope names a file twice.")
    return header


def _place(kind: str, chain: str | None) -> tuple[Kind, Chain | None]:
    """A kind on its chain, or outside all of them."""
    for known, allowed in PLACES.items():
        if known == kind and chain is None and not allowed:
            return known, None
        for one in allowed:
            if known == kind and one == chain:
                return known, one
    raise MalformedError("envelope-kind", "An envelope is of a kind that does not belong here.")


def _read_by(fields: Fields) -> By:
    if fields.has("key"):
        return ReporterBy(fields.raw("key", KEY_SIZE))
    if fields.has("record"):
        return RecordBy(fields.raw("record", KEY_SIZE))
    return MemberBy(fields.raw("entry"), read_proof(fields.value("proof")))


def _by_json(by: By) -> dict[str, Any]:
    match by:
        case ReporterBy(key):
            return {"key": b64(key)}
        case RecordBy(record):
            return {"record": b64(record)}
        case MemberBy(entry, proof):
            return {"entry": b64(entry), "proof": proof_json(proof)}


def read_file_name(value: Any) -> FileName:
    """A FILE of an envelope's header, or of a note that says what went along."""
    return whole(
        value,
        lambda fields: FileName(
            blob=fields.id("blob"),
            seed=fields.raw("seed", KEY_SIZE),
            hash=fields.hash("hash"),
            size=fields.integer("size", 0, MOST_BYTES),
            name=as_file_name(fields.value("name")),
            type=as_file_type(fields.value("type")),
        ),
    )


def as_file_name(value: Any) -> str:
    """A file's name of at most 255 bytes."""
    name = as_text(value)
    if len(name.encode()) > NAME_BYTES:
        raise wrong_type()
    return name


def as_file_type(value: Any) -> str:
    """A media type: at most 127 visible ASCII letters, or none."""
    kind = as_text(value)
    if len(kind) > TYPE_LETTERS or not all(" " <= letter <= "~" for letter in kind):
        raise wrong_type()
    return kind


def file_name_json(file: FileName) -> dict[str, Any]:
    """The reverse of `read_file_name`."""
    return {
        "blob": b64(file.blob),
        "seed": b64(file.seed),
        "hash": b64(file.hash),
        "size": file.size,
        "name": file.name,
        "type": file.type,
    }


def _header_json(header: Header, salt: bytes) -> dict[str, Any]:
    body = {
        "v": VERSION,
        "kind": header.kind,
        "office": b64(header.office),
        "desk": b64(header.desk),
        "thread": b64(header.thread),
        "chain": header.chain,
        "n": header.n,
        "prev": None if header.prev is None else b64(header.prev),
        "seen": None if header.seen is None else b64(header.seen),
        "for": header.belongs_to,
        "to": ordered(b64(one) for one in header.to),
        "by": _by_json(header.by),
        "salt": b64(salt),
        "files": None if header.files is None else [file_name_json(file) for file in header.files],
    }
    return {name: value for name, value in body.items() if value is not None}
