"""Root documents: who may speak for the office, each chained to the one before.

`F`, the hash of number 0, is on every poster: who knows it walks the chain, so that posters stay valid when
administrators change. Source: `docs/formats.md`, "Three signed documents".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NewType

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from fairline.seal.document import VERSION, count_signers
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, as_hash, document, ordered, whole
from fairline.seal.jsontext import write
from fairline.seal.primitives import KEY_SIZE, H, b64, kdf, public_key, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairline.seal.document import DocumentFile

MOST_KEYS = 16
LEAST_OF_MANY = 2


@dataclass(frozen=True)
class RootKey:
    """One administrator's root key: Ed25519, and H of the ML-DSA-44 key for the day both are checked."""

    ed25519: bytes
    mldsa44: bytes


@dataclass(frozen=True)
class RootDocument:
    """A root document.

    Attributes:
        doc: its bytes.
        hash: H(doc); of number 0 it is `F`.
        office: 16-byte id, for ever.
        number: 0, 1, 2 …
        prev: H of the one before; None in number 0.
        keys: one for each administrator.
        threshold: how many of them must sign.
    """

    doc: bytes
    hash: bytes
    office: bytes
    number: int
    prev: bytes | None
    keys: tuple[RootKey, ...]
    threshold: int


ProvenRoot = NewType("ProvenRoot", RootDocument)


def ed25519_seed(root_seed: bytes) -> bytes:
    """The signing seed out of a root seed (32 bytes)."""
    return kdf(root_seed, "root ed25519")


def mldsa44_seed(root_seed: bytes) -> bytes:
    """The post-quantum signing seed out of a root seed; signs nothing yet, but is committed to."""
    return kdf(root_seed, "root mldsa44")


def root_key(root_seed: bytes) -> RootKey:
    """The public half of an administrator's root key (FIPS 204 key generation for the ML-DSA-44 half)."""
    mldsa44 = MLDSA44PrivateKey.from_seed_bytes(mldsa44_seed(root_seed)).public_key()
    return RootKey(public_key(ed25519_seed(root_seed)), H(mldsa44.public_bytes_raw()))


def read_root(doc: bytes) -> RootDocument:
    """A root document that nothing has proven yet."""
    return document(doc, lambda fields: _read_root(doc, fields))


def write_root(office: bytes, number: int, prev: bytes | None, keys: Sequence[RootKey], threshold: int) -> bytes:
    """The bytes to be signed, keys in any order.

    Raises:
        MalformedError: `root-threshold`.
    """
    _check_threshold(len(keys), threshold)
    body: dict[str, Any] = {"v": VERSION, "kind": "root", "office": b64(office), "number": number}
    if prev is not None:
        body["prev"] = b64(prev)
    written = ordered({"ed25519": b64(key.ed25519), "mldsa44": b64(key.mldsa44)} for key in keys)
    return write(body | {"keys": written, "threshold": threshold})


def prove_roots(files: Sequence[DocumentFile], fingerprint: bytes | None = None) -> tuple[ProvenRoot, ...]:
    """Walk the chain of root documents from number 0.

    Args:
        files: from number 0 on.
        fingerprint: `F`, where the poster, the sheet or a pin gave it.

    Raises:
        RefusedError: `root-fork`, `root-chain`, `root-threshold`.
    """
    chain: list[ProvenRoot] = []
    for file in files:
        root = read_root(file.doc)
        before = chain[-1] if chain else None
        if before is None and fingerprint is not None and not same(root.hash, fingerprint):
            raise RefusedError("root-fork", "This is not the office that the poster names.")
        _check_place(root, before)
        if not _signed_by(file, root) or (before is not None and not _signed_by(file, before)):
            raise RefusedError("root-threshold", "Too few administrators have signed the office's root.")
        chain.append(ProvenRoot(root))
    if not chain:
        raise MalformedError("root-chain", "The office shows no root.")
    return tuple(chain)


def _signed_by(file: DocumentFile, root: RootDocument) -> bool:
    return count_signers(file, "root", (key.ed25519 for key in root.keys)) >= root.threshold


def _check_place(root: RootDocument, before: RootDocument | None) -> None:
    if before is None:
        follows = root.number == 0 and root.prev is None
    else:
        follows = (root.number, root.prev, root.office) == (before.number + 1, before.hash, before.office)
    if not follows:
        raise RefusedError("root-chain", "A root document does not follow the one before it.")


def _check_threshold(keys: int, threshold: int) -> None:
    """One administrator alone signs alone; from two on, nobody does."""
    fits = threshold == 1 if keys == 1 else keys > 1 and LEAST_OF_MANY <= threshold <= keys
    if not fits:
        raise MalformedError("root-threshold", "A root document has an impossible threshold.")


def _read_root(doc: bytes, fields: Fields) -> RootDocument:
    fields.fixed("v", VERSION)
    fields.fixed("kind", "root")
    root = RootDocument(
        doc=doc,
        hash=H(doc),
        office=fields.id("office"),
        number=fields.integer("number"),
        prev=fields.optional("prev", as_hash),
        keys=fields.set("keys", lambda value: whole(value, read_root_key), MOST_KEYS),
        threshold=fields.integer("threshold", 1),
    )
    _check_threshold(len(root.keys), root.threshold)
    return root


def read_root_key(fields: Fields) -> RootKey:
    """`{"ed25519": …, "mldsa44": …}`."""
    return RootKey(fields.raw("ed25519", KEY_SIZE), fields.hash("mldsa44"))
