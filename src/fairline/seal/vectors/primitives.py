"""Vectors of hash, derivation, signature, base64 and strict Ed25519."""

from __future__ import annotations

import hashlib
from typing import Any

from fairline.seal import ed25519
from fairline.seal.primitives import (
    SIGNATURE_LABELS,
    H,
    b64,
    framed,
    kdf,
    mac,
    public_key,
    sign,
    unb64,
    verify,
)
from fairline.seal.vectors.cases import Book, Operations

KDF_LABELS = (
    "root ed25519", "root mldsa44", "identity", "vault", "login auth", "login wrap", "paper wrap", "invite",
    "invite id", "mailbox id", "mailbox auth", "mailbox seal", "mailbox sign", "record tag", "code id",
    "code auth",
    "code seal", "code sign", "index", "blob auth",
)  # fmt: skip


def _verify(given: dict[str, Any]) -> bool:
    verify(unb64(given["public"]), given["label"], unb64(given["message"]), unb64(given["signature"]))
    return True


OPERATIONS: Operations = {
    "hash": lambda given: b64(H(unb64(given["message"]))),
    "kdf": lambda given: b64(
        kdf(unb64(given["ikm"]), given["label"], unb64(given.get("salt", "")), given["length"]),
    ),
    "mac": lambda given: b64(mac(unb64(given["key"]), unb64(given["message"]))),
    "public-key": lambda given: b64(public_key(unb64(given["seed"]))),
    "sign": lambda given: b64(sign(unb64(given["seed"]), given["label"], unb64(given["message"]))),
    "verify": _verify,
    "unb64": lambda given: unb64(given["text"], given.get("size")).hex(),
    "strict": lambda given: ed25519.verifies(
        unb64(given["public"]),
        unb64(given["message"]),
        unb64(given["signature"]),
    ),
}


def primitives() -> Book:
    """`vectors/primitives.json`."""
    book = Book("primitives", OPERATIONS)
    add, seed = book.add, book.random(32)
    message = b"Who signs what is not in the label?"
    add("hash of nothing", "SHA-256", "hash", message="")
    add("hash", "SHA-256", "hash", message=b64(message))
    add("mac", "HMAC-SHA256", "mac", key=b64(seed), message=b64(message))
    for label in KDF_LABELS:
        add(f"kdf {label}", "label, no salt", "kdf", ikm=b64(seed), label=label, length=32)
    salt = b64(book.random(16))
    add("kdf with salt", "salt of 16 bytes", "kdf", ikm=b64(seed), label="mailbox id", salt=salt, length=16)
    add("kdf long", "more than one block", "kdf", ikm=b64(seed), label="mailbox id", salt=salt, length=80)
    public = add("public key", "raw key of a seed", "public-key", seed=b64(seed))
    for label in sorted(SIGNATURE_LABELS):
        signature = add(f"sign {label}", "label", "sign", seed=b64(seed), label=label, message=b64(message))
        add(f"verify {label}", "label", "verify", public=public, label=label, message=b64(message),
            signature=signature)  # fmt: skip
    add("verify other label", "a signature for another purpose", "verify", "signature", public=public,
    label="act",
        message=b64(message), signature=signature)  # fmt: skip
    add("verify other message", "altered", "verify", "signature", public=public, label=label,
        message=b64(message + b"!"), signature=signature)  # fmt: skip
    for text, size in (("", None), ("AA", 1), ("-_-_", 3), ("AAAAAAAAAAAAAAAAAAAAAA", 16)):
        add(f"base64 {text!r}", "read", "unb64", text=text, size=size)
    for what, text in (
        ("padding", "AA=="), ("spare bits", "AB"), ("spare bits of two", "AAB"), ("one letter", "A"),
        ("plus", "A+"),
        ("slash", "A/"), ("line feed", "AA\n"), ("space", " AA"), ("not ASCII", "ÄA"), ("five letters",
        "AAAAA"),
    ):  # fmt: skip
        add(f"base64 refused: {what}", what, "unb64", "base64", text=text)
    add("base64 refused: size", "three bytes for four", "unb64", "base64", text="AAAA", size=4)
    return book


def strict_ed25519() -> Book:
    """`vectors/ed25519.json`: keys and signatures on which implementations differ."""
    book = Book("ed25519", OPERATIONS)
    seed, message = book.random(32), framed("envelope", b"message")
    public, good = public_key(seed), sign(seed, "envelope", b"message")

    def add(name: str, what: str, expected: object, public: bytes, signature: bytes) -> None:
        found = book.add(name, what, "strict", public=b64(public), message=b64(message), signature=b64(signature))
        if found != expected:
            raise AssertionError(f"{name}: {found}")

    add("good", "as signed", True, public, good)  # noqa: FBT003
    order_two = _encoded((0, ed25519.P - 1, 1, 0))
    mixed = _encoded(ed25519.added(_point(public), _point(order_two)))
    high = good[:32] + (int.from_bytes(good[32:], "little") + ed25519.L).to_bytes(32, "little")
    neutral_r = _signed_with_neutral_r(seed, message)
    refused = {
        "S not reduced": ("S + L", public, high),
        "S is L": ("S = L", public, good[:32] + ed25519.L.to_bytes(32, "little")),
        "short signature": ("63 bytes", public, good[:63]),
        "long signature": ("65 bytes", public, good + b"\0"),
        "short key": ("31 bytes", public[:31], good),
        "key of order two": ("small order", order_two, good),
        "neutral key": ("small order", ed25519.NEUTRAL, ed25519.NEUTRAL + bytes(32)),
        "neutral key, S 0, R neutral": ("a signature on everything", ed25519.NEUTRAL,
        ed25519.NEUTRAL + bytes(32)),
        "key of order four": ("small order", bytes(32), good),
        "key not canonical": ("y = p + 1", (ed25519.P + 1).to_bytes(32, "little"), good),
        "key not canonical sign": ("x = 0 with its sign bit", (1 | 1 << 255).to_bytes(32, "little"), good),
        "key not on the curve": ("y = 2", (2).to_bytes(32, "little"), good),
        "key of mixed order": ("public key + point of order two", mixed, _signed_for(seed, mixed, message)),
        "R of mixed order": ("good only with the cofactor", public, _mixed_r(seed, message, order_two)),
        "R neutral": ("good by the equation, yet refused", public, neutral_r),
        "R not canonical": ("the neutral point as y = p + 1", public,
                            (ed25519.P + 1).to_bytes(32, "little") + neutral_r[32:]),
        "R altered": ("first bit", public, bytes([good[0] ^ 1]) + good[1:]),
        "S altered": ("first bit", public, good[:32] + bytes([good[32] ^ 1]) + good[33:]),
    }  # fmt: skip
    for name, (what, key, signature) in refused.items():
        add(name, what, False, key, signature)  # noqa: FBT003
    return book


def _point(encoding: bytes) -> ed25519.Point:
    point = ed25519.decoded(encoding)
    if point is None:
        raise AssertionError("not a point")
    return point


def _encoded(point: ed25519.Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, ed25519.P)
    x, y = x * inverse % ed25519.P, y * inverse % ed25519.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _point((4 * pow(5, -1, ed25519.P) % ed25519.P).to_bytes(32, "little"))


def _scalar(seed: bytes) -> int:
    raw = bytearray(_sha512(seed)[:32])
    raw[0] &= 248
    raw[31] = raw[31] & 127 | 64
    return int.from_bytes(raw, "little")


def _sha512(message: bytes) -> bytes:
    return hashlib.sha512(message).digest()


def _challenge(r: bytes, public: bytes, message: bytes) -> int:
    return int.from_bytes(_sha512(r + public + message), "little") % ed25519.L


def _signature(seed: bytes, nonce: int, r: bytes, public: bytes, message: bytes) -> bytes:
    s = (nonce + _challenge(r, public, message) * _scalar(seed)) % ed25519.L
    return r + s.to_bytes(32, "little")


def _signed_for(seed: bytes, public: bytes, message: bytes) -> bytes:
    """Under the mixed key: tried until the challenge is even, so that the plain equation holds too."""
    for nonce in range(7, 99):
        r = _encoded(ed25519.multiplied(nonce, BASE))
        if _challenge(r, public, message) % 2 == 0:
            return _signature(seed, nonce, r, public, message)
    raise AssertionError("no even challenge")


def _mixed_r(seed: bytes, message: bytes, small: bytes) -> bytes:
    r = _encoded(ed25519.added(ed25519.multiplied(7, BASE), _point(small)))
    return _signature(seed, 7, r, public_key(seed), message)


def _signed_with_neutral_r(seed: bytes, message: bytes) -> bytes:
    return _signature(seed, 0, ed25519.NEUTRAL, public_key(seed), message)
