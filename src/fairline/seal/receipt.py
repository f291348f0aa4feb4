"""The receipt: sixteen random bytes that are the whole of a reporting person's account.

All keys of a mailbox come from them and the office's id by plain derivation. There is no password hash: 128
random bits need none, and WebAssembly is missing exactly where the careful are.
Source: `docs/formats.md`, "Receipt".
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, kdf, public_key
from fairline.seal.recipients import Identity, identity
from fairline.seal.words import WHITE_SPACE

if TYPE_CHECKING:
    from collections.abc import Callable

RECEIPT_SIZE = 16
VALUE_DIGITS = 39
CHECK_DIGITS = 3
CHECK_MODULUS = 997
GROUP = 6
SPACES = re.compile(f"[{WHITE_SPACE}]")
IGNORED = {"Pd", "Cf"}

Kind = Literal["mailbox", "code"]


@dataclass(frozen=True)
class Mailbox:
    """What a mailbox is made of.

    Attributes:
        id: 16 bytes; that of the report is also the thread's id.
        auth: 32 secret bytes, sent in the body of a request; the server keeps their hash.
        box: opens what the office writes, and the own copies.
        sign: Ed25519 seed, secret.
        sign_public: its public key.
        tag: secret key of the record's tags.
    """

    id: bytes
    auth: bytes = field(repr=False)
    box: Identity = field(repr=False)
    sign: bytes = field(repr=False)
    sign_public: bytes
    tag: bytes = field(repr=False)


def new_receipt(random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """Sixteen random bytes."""
    return random(RECEIPT_SIZE)


def derive(receipt: bytes, office: bytes, kind: Kind = "mailbox") -> Mailbox:
    """The mailbox of a receipt at an office (16-byte id).

    `kind` is "code" for a mailbox that a member opened for somebody else, so that no receipt opens one.

    Raises:
        MalformedError: `receipt-length`.
    """
    if len(receipt) != RECEIPT_SIZE:
        raise MalformedError("receipt-length", "A receipt has sixteen bytes.")
    sign = kdf(receipt, f"{kind} sign", office)
    return Mailbox(
        id=kdf(receipt, f"{kind} id", office)[:ID_SIZE],
        auth=kdf(receipt, f"{kind} auth", office),
        box=identity(kdf(receipt, f"{kind} seal", office)),
        sign=sign,
        sign_public=public_key(sign),
        tag=kdf(receipt, "record tag", office),
    )


def to_digits(receipt: bytes) -> list[str]:
    """Seven groups of six digits: the value in 39, then value mod 997 in three."""
    value = int.from_bytes(receipt, "big")
    digits = f"{value:0{VALUE_DIGITS}}{value % CHECK_MODULUS:0{CHECK_DIGITS}}"
    return [digits[place : place + GROUP] for place in range(0, len(digits), GROUP)]


def from_digits(text: str) -> bytes:
    """Read digits of any script, with any space or dash between them.

    Raises:
        MalformedError: `receipt-word` (something that is no digit), `receipt-length` (not 42 digits),
            `receipt-check` (the check digits do not fit).
    """
    digits = ""
    for letter in SPACES.sub("", unicodedata.normalize("NFKD", text)):
        if unicodedata.category(letter) in IGNORED:
            continue
        value = unicodedata.decimal(letter, None)
        if value is None:
            raise MalformedError("receipt-word", "There is something among the digits that is no digit.")
        digits += str(value)
    if len(digits) != VALUE_DIGITS + CHECK_DIGITS:
        raise MalformedError("receipt-length", "The receipt has forty-two digits.")
    number, check = int(digits[:VALUE_DIGITS]), int(digits[VALUE_DIGITS:])
    if number >> RECEIPT_SIZE * 8 or number % CHECK_MODULUS != check:
        raise MalformedError("receipt-check", "These digits do not belong together: one is mistyped.")
    return number.to_bytes(RECEIPT_SIZE, "big")


def looks_like_digits(text: str) -> bool:
    """Whether what was typed begins like digits, in any script, and not like words."""
    for letter in SPACES.sub("", text):
        category = unicodedata.category(letter)
        if category not in IGNORED:
            return category == "Nd"
    return False
