"""Joining: how an invited browser hands in the keys that it made.

The link's secret never reaches the server. The MAC keeps the server out, not the inviter: therefore every other
administrator compares the eight words with the new member before signing. Source: `docs/formats.md`, "Joining".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairline.seal.document import VERSION
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, document, whole
from fairline.seal.jsontext import write
from fairline.seal.primitives import (
    HASH_SIZE,
    ID_SIZE,
    KEY_SIZE,
    SIGNATURE_SIZE,
    H,
    b64,
    kdf,
    mac,
    same,
    sign,
    verifies,
)
from fairline.seal.recipients import check_recipient
from fairline.seal.root import RootKey, read_root_key
from fairline.seal.words import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Joining:
    """The public halves of keys that the invited browser made itself.

    Attributes:
        office: 16-byte id.
        id: member id, 16 bytes.
        sign: raw Ed25519 public key.
        recipient: `age1pq1…`.
        root: of a future administrator.
    """

    office: bytes
    id: bytes
    sign: bytes
    recipient: str
    root: RootKey | None = None


@dataclass(frozen=True)
class JoiningFile:
    """A joining as sent: signed by its own key, and by who holds the invitation's secret."""

    doc: bytes
    signature: bytes
    mac: bytes


def invite_id(secret: bytes, fingerprint_of_office: bytes) -> bytes:
    """Under this the server knows the invitation; it never learns the secret. 16 bytes."""
    return kdf(secret, "invite id", fingerprint_of_office)[:ID_SIZE]


def make_joining(joining: Joining, sign_seed: bytes, secret: bytes, fingerprint_of_office: bytes) -> JoiningFile:
    """What the invited browser sends; `secret` is the link's."""
    body: dict[str, Any] = {
        "v": VERSION,
        "kind": "joining",
        "office": b64(joining.office),
        "id": b64(joining.id),
        "sign": b64(joining.sign),
        "recipient": joining.recipient,
    }
    if joining.root is not None:
        body["root"] = {"ed25519": b64(joining.root.ed25519), "mldsa44": b64(joining.root.mldsa44)}
    doc = write(body)
    return JoiningFile(doc, sign(sign_seed, "joining", doc), _mac(secret, fingerprint_of_office, doc))


def prove_joining(file: JoiningFile, office: bytes, secret: bytes, fingerprint_of_office: bytes) -> Joining:
    """Prove that the keys come from who was invited, and that they hold them.

    Raises:
        RefusedError: `joining-mac`, `joining-signature`, `joining-office`.
    """
    if not same(_mac(secret, fingerprint_of_office, file.doc), file.mac):
        raise RefusedError("joining-mac", "These keys were not made by who holds the invitation.")
    joining = read_joining(file.doc)
    if not verifies(joining.sign, "joining", file.doc, file.signature):
        raise RefusedError("joining-signature", "Whoever sent these keys does not hold them.")
    if joining.office != office:
        raise RefusedError("joining-office", "These keys are for another office.")
    return joining


def read_joining(doc: bytes) -> Joining:
    """A joining that nothing has proven yet."""
    return document(doc, _read_joining)


def joining_words(doc: bytes, list_name: str) -> list[str]:
    """The eight words that the other administrators compare with the invited, by voice."""
    return fingerprint(H(doc), list_name)


def joining_json(file: JoiningFile) -> dict[str, Any]:
    """A joining as sent."""
    return {"doc": b64(file.doc), "sig": b64(file.signature), "mac": b64(file.mac)}


def read_joining_file(value: Mapping[str, Any]) -> JoiningFile:
    """The reverse of `joining_json`."""
    return whole(
        value,
        lambda fields: JoiningFile(
            fields.raw("doc"),
            fields.raw("sig", SIGNATURE_SIZE),
            fields.raw("mac", HASH_SIZE),
        ),
    )


def check_secret(secret: bytes) -> bytes:
    """The secret of an invitation, as it stands in the link's fragment.

    Raises:
        MalformedError: `base64`.
    """
    if len(secret) != KEY_SIZE:
        raise MalformedError("base64", "An invitation's secret has 32 bytes.")
    return secret


def _mac(secret: bytes, fingerprint_of_office: bytes, doc: bytes) -> bytes:
    return mac(kdf(check_secret(secret), "invite", fingerprint_of_office), doc)


def _read_joining(fields: Fields) -> Joining:
    fields.fixed("v", VERSION)
    fields.fixed("kind", "joining")
    return Joining(
        office=fields.id("office"),
        id=fields.id("id"),
        sign=fields.raw("sign", KEY_SIZE),
        recipient=check_recipient(fields.text("recipient")),
        root=fields.optional("root", lambda value: whole(value, read_root_key)),
    )
