"""Shamir's secret sharing over GF(2^8), byte by byte, laid out as npm `shamir-secret-sharing` 0.0.4 has it.

A share of a 32-byte key is 33 bytes: 32 values y,
then the one coordinate x they belong to. The field is that of
AES (x^8 + x^4 + x^3 + x + 1). Plain Shamir gives silent rubbish from one wrong share, so each share is first
held against the hashes that the report names.
Source: Shamir, "How to share a secret", 1979.
"""

from __future__ import annotations

import secrets
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.primitives import H, same

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECRET_SIZE = 32
SHARE_SIZE = SECRET_SIZE + 1
LEAST = 2
MOST = 9
REDUCTION = 0x11B
FIELD = 256


def split(
    secret: bytes,
    n: int,
    k: int,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> list[bytes]:
    """Deal a 32-byte key to `n` custodians so that any `k` can rebuild it; 2 ≤ k ≤ n ≤ 9."""
    if len(secret) != SECRET_SIZE or not LEAST <= k <= n <= MOST:
        raise ValueError("2 <= k <= n <= 9, and 32 bytes")
    rows = [bytes([byte]) + random(k - 1) for byte in secret]
    return [bytes(_evaluated(row, x) for row in rows) + bytes([x]) for x in _coordinates(n, random)]


def combine(shares: Mapping[int, bytes], hashes: Sequence[bytes]) -> bytes:
    """Rebuild the key from at least k shares.

    Args:
        shares: by index in the deal.
        hashes: H of every share dealt, as the report or a later deal names them.

    Raises:
        RefusedError: `share-hash`, naming the custodian whose share is wrong.
        MalformedError: `share-count`, for fewer than two.
    """
    for index, share in shares.items():
        known = 0 <= index < len(hashes) and len(share) == SHARE_SIZE
        if not known or not same(H(share), hashes[index]):
            raise RefusedError("share-hash", f"The share of custodian {index + 1} is not the one that was dealt.")
    found = list(shares.values())
    if len(found) < LEAST or len({share[-1] for share in found}) != len(found):
        raise MalformedError("share-count", "At least two different shares are needed.")
    places = [share[-1] for share in found]
    weights = [_weight(place, places) for place in places]
    return bytes(
        reduce(xor, (_product(share[at], weight) for share, weight in zip(found, weights, strict=True)))
        for at in range(SECRET_SIZE)
    )


def _product(left: int, right: int) -> int:
    total = 0
    # A fixed number of steps without branches on the secret.
    for _ in range(8):
        total ^= left * (right & 1)
        right >>= 1
        left = left << 1 ^ REDUCTION * (left >> 7)
    return total


def _inverse(value: int) -> int:
    result = 1
    for _ in range(FIELD - 2):  # value^254
        result = _product(result, value)
    return result


def _evaluated(row: bytes, x: int) -> int:
    total = 0
    for coefficient in reversed(row):
        total = _product(total, x) ^ coefficient
    return total


def _weight(place: int, places: Sequence[int]) -> int:
    """Lagrange's weight at zero."""
    weight = 1
    for other in places:
        if other != place:
            weight = _product(weight, _product(other, _inverse(other ^ place)))
    return weight


def _coordinates(n: int, random: Callable[[int], bytes]) -> list[int]:
    found: list[int] = []
    while len(found) < n:
        x = random(1)[0]
        if x and x not in found:
            found.append(x)
    return found
