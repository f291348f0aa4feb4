"""What browsers send, as the values that services take."""

from __future__ import annotations

from fairline.offices.services.acts import SignedAct
from fairline.offices.services.key_files import NewKeys
from fairline.offices.services.setting_up import Person
from fairline.offices.services.signing_in import Proofs
from fairline.offices.services.vaults import Ways
from fairline.seal.fields import Fields, as_bytes, as_id, whole
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, KEY_SIZE, SIGNATURE_SIZE


def act_of(fields: Fields) -> SignedAct:
    """Read ``act``: ``{"what": b64, "sig": b64}``."""
    return whole(fields.value("act"), lambda inner: SignedAct(inner.raw("what"), inner.raw("sig", SIGNATURE_SIZE)))


def ways_of(fields: Fields) -> Ways:
    """Read ``ways``: hashes of both login values, the salt, and a wrap for each way."""
    return whole(
        fields.value("ways"),
        lambda inner: Ways(
            inner.hash("auth_hash"),
            inner.raw("salt", ID_SIZE),
            inner.hash("paper_hash"),
            whole(inner.value("wraps"), lambda wraps: {name: wraps.raw(name) for name in wraps.names()}),
        ),
    )


def proofs_of(fields: Fields) -> Proofs:
    """Read ``auth``, ``paper`` and ``digits``, as many as there are."""
    return Proofs(
        fields.raw("auth", KEY_SIZE) if fields.has("auth") else None,
        fields.raw("paper", KEY_SIZE) if fields.has("paper") else None,
        fields.text("digits") if fields.has("digits") else "",
    )


def keys_of(fields: Fields) -> NewKeys:
    """Read a desk's new keys: number, epoch, commitment, and a file for each person."""
    return NewKeys(
        fields.integer("n"),
        fields.integer("epoch"),
        fields.raw("commitment", HASH_SIZE),
        whole(
            fields.value("files"),
            lambda files: {as_id(name): as_bytes(files.value(name)) for name in files.names()},
        ),
    )


def person_of(fields: Fields) -> Person:
    """Read what a new member's browser lets the server keep."""
    return Person(
        name=fields.text("name").strip()[:100],
        sign_in_name=fields.text("sign_in_name"),
        recipient=fields.text("recipient"),
        totp_secret=fields.text("totp_secret"),
        vault=fields.raw("vault"),
        ways=ways_of(fields),
    )
