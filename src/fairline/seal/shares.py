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
    return _at(0, found)


def again(shares: Mapping[int, bytes], hashes: Sequence[bytes], lost: int) -> bytes | None:
    """Make a share that was lost once more, exactly as it was dealt, from at least k others.

    No deal is made anew: each share lies on the same curves, and its hash tells when the right place is found.

    Args:
        shares: by index in the deal.
        hashes: H of every share dealt.
        lost: the index of the lost one.

    Returns:
        The share; None where these are fewer than k.

    Raises:
        RefusedError: `share-hash`, naming the custodian whose share is wrong.
        MalformedError: `share-count`, for fewer than two, or if none of that index was dealt or it is not lost.
    """
    combine(shares, hashes)
    if lost in shares or not 0 <= lost < len(hashes):
        raise MalformedError("share-count", "This share is not one that was lost.")
    found = list(shares.values())
    for place in sorted(set(range(1, FIELD)) - {share[-1] for share in found}):
        share = _at(place, found) + bytes([place])
        if same(H(share), hashes[lost]):
            return share
    return None


def _at(place: int, found: Sequence[bytes]) -> bytes:
    """What the curves through these shares have at a place. Moved by it, which is xor in this field, it lies at 0."""
    places = [share[-1] ^ place for share in found]
    weights = [_weight(one, places) for one in places]
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
