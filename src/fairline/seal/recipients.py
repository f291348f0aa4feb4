"""Post-quantum hybrid recipients and identities of age, `mlkem768x25519`.

The file key is wrapped by HPKE (RFC 9180) in base mode with the KEM MLKEM768-X25519, HKDF-SHA256 and
ChaCha20-Poly1305. Source: C2SP age specification, "The mlkem768x25519 recipient type";
draft-ietf-hpke-pq for the KEM; the 32-byte seed is expanded by SHAKE256 into 64 bytes for ML-KEM-768 and 32
for X25519.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from fairline.seal import bech32
from fairline.seal.errors import MalformedError
from fairline.seal.header import FILE_KEY_SIZE, Stanza, bare, unbare
from fairline.seal.primitives import KEY_SIZE, H

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = "mlkem768x25519"
INFO = b"age-encryption.org/" + KIND.encode("ascii")
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "age-secret-key-pq-"
MLKEM_PUBLIC_SIZE = 1184
MLKEM_SEED_SIZE = 64
PUBLIC_SIZE = MLKEM_PUBLIC_SIZE + 32
ENCAPSULATED_SIZE = 1088 + 32
BODY_SIZE = FILE_KEY_SIZE + 16


class Opener(Protocol):
    """Whatever may find the file key in a header."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, or None if no stanza is for this one; `age-header` is raised if one is broken."""


@dataclass(frozen=True)
class Identity:
    """`id(seed)`: the secret half of a recipient.

    Attributes:
        seed: 32 secret bytes.
    """

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != KEY_SIZE:
            raise MalformedError("age-identity", "A secret key has the wrong length.")

    @property
    def text(self) -> str:
        """`AGE-SECRET-KEY-PQ-1…`, upper case, for other age tools."""
        return bech32.encoded(IDENTITY_PREFIX, self.seed).upper()

    @property
    def recipient(self) -> str:
        """`age1pq1…`, lower case."""
        return _recipient_of(self.seed)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """See `Opener`."""
        mine = [stanza for stanza in stanzas if stanza.arguments[0] == KIND]
        shares = [_share(stanza) for stanza in mine]
        for stanza, share in zip(mine, shares, strict=True):
            try:
                return SUITE.decrypt(share + stanza.body, _private(self.seed), INFO)
            except InvalidTag:
                _check_order(self.seed, share)
        return None


def identity(seed: bytes) -> Identity:
    """`id(seed)` of the formats: the identity whose 32 bytes are `seed`."""
    return Identity(seed)


def read_identity(text: str) -> Identity:
    """The identity that an age tool wrote as `AGE-SECRET-KEY-PQ-1…`.

    Raises:
        MalformedError: `age-identity`.
    """
    seed = bech32.decoded(IDENTITY_PREFIX, text.lower()) if text == text.upper() else None
    if seed is None:
        raise MalformedError("age-identity", "This is not a secret key of the kind we use.")
    return Identity(seed)


def check_recipient(text: str) -> str:
    """The recipient itself, if it is one, in its one right spelling (lower case).

    Raises:
        MalformedError: `age-recipient`.
    """
    _public(text)
    return text


def recipient_hash(text: str) -> bytes:
    """H(recipient): over the lower-case text."""
    return H(text.encode("ascii"))


def wrap(file_key: bytes, recipient: str) -> Stanza:
    """The stanza that gives `file_key` (16 bytes) to `recipient`; fresh randomness inside HPKE."""
    wrapped = SUITE.encrypt(file_key, _public(recipient), INFO)
    return Stanza((KIND, bare(wrapped[:ENCAPSULATED_SIZE]).decode("ascii")), wrapped[ENCAPSULATED_SIZE:])


def _share(stanza: Stanza) -> bytes:
    share = unbare(stanza.arguments[1].encode("ascii")) if len(stanza.arguments) == 1 + 1 else b""
    if len(share) != ENCAPSULATED_SIZE or len(stanza.body) != BODY_SIZE:
        raise MalformedError("age-header", "This is not a sealed file as we write them: recipient.")
    return share


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(MLKEM_SEED_SIZE + KEY_SIZE)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED_SIZE]),
        X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED_SIZE:]),
    )


def _private(seed: bytes) -> MLKEM768X25519PrivateKey:
    return MLKEM768X25519PrivateKey(*_halves(seed))


def _recipient_of(seed: bytes) -> str:
    mlkem, x25519 = (half.public_key() for half in _halves(seed))
    return bech32.encoded(RECIPIENT_PREFIX, mlkem.public_bytes_raw() + x25519.public_bytes_raw())


def _check_order(seed: bytes, share: bytes) -> None:
    """HPKE says only that it failed; a share of small order is hand-made, not meant for somebody else."""
    try:
        _halves(seed)[1].exchange(X25519PublicKey.from_public_bytes(share[-KEY_SIZE:]))
    except ValueError:
        raise MalformedError("age-header", "This is not a sealed file as we write them: share.") from None


@lru_cache(maxsize=1024)
def _public(text: str) -> MLKEM768X25519PublicKey:
    raw = bech32.decoded(RECIPIENT_PREFIX, text)
    if raw is None or len(raw) != PUBLIC_SIZE:
        raise MalformedError("age-recipient", "This is not a public key of the kind we use.")
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_SIZE]),
            X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC_SIZE:]),
        )
    except ValueError:
        raise MalformedError("age-recipient", "This is not a public key of the kind we use.") from None
