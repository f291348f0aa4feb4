"""Hash, key derivation, signature and base64 as every format of ours uses them.

Source: `docs/formats.md`, "Notation". All labels live under the prefix `fairline/1 `, so that no key or
signature made for one purpose can serve another, in this version or the next.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fairline.seal import ed25519
from fairline.seal.errors import MalformedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = b"fairline/1 "
HASH_SIZE = 32
ID_SIZE = 16
KEY_SIZE = 32
SIGNATURE_SIZE = 64

SIGNATURE_LABELS = frozenset(
    {"root", "charter", "sheet", "joining", "envelope", "act", "promise", "notice", "statement"},
)


def H(message: bytes | memoryview) -> bytes:  # noqa: N802 - the name that every format page uses
    """SHA-256, 32 bytes."""
    return hashlib.sha256(message).digest()


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes (RFC 2104)."""
    return hmac.digest(key, message, "sha256")


def same(left: bytes, right: bytes) -> bool:
    """Compare two byte strings in time that does not tell where they differ."""
    return hmac.compare_digest(left, right)


def kdf(ikm: bytes, label: str, salt: bytes = b"", length: int = KEY_SIZE) -> bytes:
    """HKDF-SHA256 (RFC 5869) with info `"fairline/1 " + label`; an empty salt means none given."""
    return HKDF(SHA256(), length, salt or None, PREFIX + label.encode("ascii")).derive(ikm)


def framed(label: str, message: bytes) -> bytes:
    """The bytes that are signed: `"fairline/1 " + label + 0x00 + message`."""
    if label not in SIGNATURE_LABELS:
        raise ValueError(f"no signature label {label!r}")
    return PREFIX + label.encode("ascii") + b"\x00" + message


def public_key(seed: bytes) -> bytes:
    """The raw 32-byte Ed25519 public key of a 32-byte seed (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, label: str, message: bytes) -> bytes:
    """Ed25519 over the framed message, 64 bytes, deterministic (RFC 8032)."""
    return signer(seed)(label, message)


def signer(seed: bytes) -> Callable[[str, bytes], bytes]:
    """`sign` with the seed already worked up, for who signs often; it costs as much as the signature itself."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return lambda label, message: key.sign(framed(label, message))


def verifies(public: bytes, label: str, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good, by the strict rule of `fairline.seal.ed25519`."""
    return ed25519.verifies(public, framed(label, message), signature)


def verify(public: bytes, label: str, message: bytes, signature: bytes) -> None:
    """Raise `RefusedError("signature")` unless the signature is good, by the strict rule."""
    if not verifies(public, label, message, signature):
        raise RefusedError("signature", "A signature does not fit what it should have signed.")


def b64(raw: bytes) -> str:
    """base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64(text: str, size: int | None = None) -> bytes:
    """The bytes of strict base64url without padding.

    Only the one spelling that `b64` writes is read: otherwise two texts would name one key or one hash.

    Args:
        text: base64url, no padding, no white space, spare bits zero.
        size: bytes expected, or None for any.

    Raises:
        MalformedError: `base64`, also if the length is another one.
    """
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise MalformedError("base64", "A value is not in base64url.") from None
    if b64(raw) != text:
        raise MalformedError("base64", "A value is not in base64url in its one right spelling.")
    if size is not None and len(raw) != size:
        raise MalformedError("base64", "A value in base64url has the wrong length.")
    return raw
