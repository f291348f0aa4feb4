"""A signed document as it travels: its bytes, who signed them, and who those are.

Source: `docs/formats.md`, "Three signed documents".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairline.seal.fields import Fields, as_bytes, as_hash, as_list, ordered, whole, wrong_type
from fairline.seal.jsontext import parse, write
from fairline.seal.primitives import SIGNATURE_SIZE, H, b64, public_key, sign, verifies
from fairline.seal.roster import Proof, proof_json, read_proof

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE_LIMIT = 512 * 1024
VERSION = 1


@dataclass(frozen=True)
class Signature:
    """A signature with H(public key) of who made it."""

    key: bytes
    signature: bytes


@dataclass(frozen=True)
class Signer:
    """Who signed a sheet: a roster entry as bytes, and its proof."""

    entry: bytes
    proof: Proof


@dataclass(frozen=True)
class DocumentFile:
    """A signed document. Nothing in it is proven.

    Attributes:
        doc: the bytes that are signed and hashed.
        signatures: in the order of their bytes.
        by: who signed, where only the roster tells.
    """

    doc: bytes
    signatures: tuple[Signature, ...]
    by: tuple[Signer, ...] = ()


@dataclass(frozen=True)
class DocumentName:
    """Number and hash of a document, as pins, charters and reports name it."""

    number: int
    hash: bytes


def parse_file(text: bytes) -> DocumentFile:
    """A document file out of its bytes."""
    return read_file(parse(text, FILE_LIMIT))


def read_file(value: Any) -> DocumentFile:
    """A document file out of parsed JSON."""
    return whole(value, _read_file)


def file_json(file: DocumentFile) -> dict[str, Any]:
    """A document file as it is written into a manifest."""
    body: dict[str, Any] = {
        "doc": b64(file.doc),
        "sigs": ordered([b64(one.key), b64(one.signature)] for one in file.signatures),
    }
    if file.by:
        body["by"] = [signer_json(signer) for signer in file.by]
    return body


def write_file(file: DocumentFile) -> bytes:
    """A document file as bytes."""
    return write(file_json(file))


def read_signer(value: Any) -> Signer:
    """`{"entry": …, "proof": …}`."""
    return whole(value, lambda fields: Signer(fields.raw("entry"), read_proof(fields.value("proof"))))


def signer_json(signer: Signer) -> dict[str, Any]:
    """The reverse of `read_signer`."""
    return {"entry": b64(signer.entry), "proof": proof_json(signer.proof)}


def sign_document(seed: bytes, label: str, doc: bytes) -> Signature:
    """Sign a document's bytes; `label` is its kind."""
    return Signature(H(public_key(seed)), sign(seed, label, doc))


def count_signers(file: DocumentFile, label: str, keys: Iterable[bytes]) -> int:
    """How many different ones of `keys` (raw Ed25519) have signed the document."""
    return sum(
        any(one.key == H(key) and verifies(key, label, file.doc, one.signature) for one in file.signatures)
        for key in set(keys)
    )


def read_name(value: Any) -> DocumentName:
    """`{"number": …, "hash": …}`."""
    return whole(value, lambda fields: DocumentName(fields.integer("number"), fields.hash("hash")))


def name_json(name: DocumentName) -> dict[str, Any]:
    """The reverse of `read_name`."""
    return {"number": name.number, "hash": b64(name.hash)}


def _read_file(fields: Fields) -> DocumentFile:
    return DocumentFile(
        doc=fields.raw("doc"),
        signatures=fields.set("sigs", _read_signature),
        by=fields.list("by", read_signer) if fields.has("by") else (),
    )


def _read_signature(value: Any) -> Signature:
    match as_list(value):
        case [key, signature]:
            return Signature(as_hash(key), as_bytes(signature, SIGNATURE_SIZE))
        case _:
            raise wrong_type()
