"""Bech32 (BIP-173) without its limit of 90 characters, as age spells its keys.

Source: C2SP age specification, "Native recipient types"; BIP-173 for alphabet and checksum.
"""

from __future__ import annotations

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_SIZE = 6


def _sum_of_generators(bits: int) -> int:
    total = 0
    for place, generator in enumerate(GENERATORS):
        if bits >> place & 1:
            total ^= generator
    return total


SUMS = tuple(_sum_of_generators(bits) for bits in range(1 << len(GENERATORS)))
"""What the five bits that leave the remainder put back: a hybrid key has two thousand letters, a step each."""


def encoded(prefix: str, raw: bytes) -> str:
    """`raw` in lower-case Bech32 under a lower-case prefix."""
    words = _regrouped(raw, 8, 5)
    check = _remainder(_expanded(prefix) + words + [0] * CHECKSUM_SIZE) ^ 1
    words += [check >> 5 * (CHECKSUM_SIZE - 1 - place) & 31 for place in range(CHECKSUM_SIZE)]
    return prefix + "1" + "".join(ALPHABET[word] for word in words)


def decoded(prefix: str, text: str) -> bytes | None:
    """The bytes under a lower-case text with that prefix, or None if it is not its one right spelling."""
    head = prefix + "1"
    tail = text.removeprefix(head)
    if not text.startswith(head) or len(tail) < CHECKSUM_SIZE or any(letter not in VALUES for letter in tail):
        return None
    words = [VALUES[letter] for letter in tail]
    if _remainder(_expanded(prefix) + words) != 1:
        return None
    raw = bytes(_regrouped(words[:-CHECKSUM_SIZE], 5, 8, whole=True))
    return raw if encoded(prefix, raw) == text else None


def _expanded(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _remainder(words: list[int]) -> int:
    check = 1
    for word in words:
        check = (check & 0x1FFFFFF) << 5 ^ word ^ SUMS[check >> 25]
    return check


def _regrouped(values: bytes | list[int], width: int, into: int, *, whole: bool = False) -> list[int]:
    """Bits of `values` (each `width` wide) cut anew into groups of `into`; a rest is filled, or dropped."""
    total, bits, groups = 0, 0, []
    for value in values:
        total, bits = total << width | value, bits + width
        while bits >= into:
            bits -= into
            groups.append(total >> bits & ((1 << into) - 1))
        total &= (1 << bits) - 1
    if bits and not whole:
        groups.append(total << into - bits)
    return groups
