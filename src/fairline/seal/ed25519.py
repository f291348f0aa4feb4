"""Strict Ed25519 verification, the same in every language.

Implementations differ on hand-made keys and signatures (cofactor, non-canonical points, small order). A
signature that one of our programs accepts and another refuses would split what people see, so the rule is
narrowed until all agree. Accepted is a signature `R ‖ S` under `A` only if

1. `A` is 32 bytes, the canonical encoding of a point of the prime-order subgroup other than the neutral one;
2. `S` is below the group order `L`, and `R` is not the neutral point;
3. `encode(S·B − k·A) = R` byte for byte (RFC 8032 without the cofactor).

OpenSSL checks `S < L` and 3; what it leaves out is checked here. Under 1, the equations with and without
cofactor differ only when `R` has a part of small order; `web/seal/ed25519.ts` refuses such an `R` expressly.
Source: RFC 8032 section 5.1; "Taming the many EdDSAs" (Chalkias and others, 2020).
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
POINT_SIZE = 32
SIGNATURE_SIZE = 64
NEUTRAL = (1).to_bytes(POINT_SIZE, "little")
SIGN_BIT = 1 << 255

Point = tuple[int, int, int, int]


def decoded(encoding: bytes) -> Point | None:
    """The point in extended coordinates (X, Y, Z, T), or None if the encoding is not a canonical one."""
    if len(encoding) != POINT_SIZE:
        return None
    number = int.from_bytes(encoding, "little")
    y, sign = number & (SIGN_BIT - 1), number >> 255
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == (-u) % P:
        x = x * SQRT_MINUS_ONE % P
    if v * x * x % P != u:
        return None
    if x == 0 and sign:
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def added(left: Point, right: Point) -> Point:
    """The sum of two points, by the complete formulas of RFC 8032 section 5.1.4."""
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiplied(factor: int, point: Point) -> Point:
    """`factor` times the point. Not in constant time: only ever used on public keys."""
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = added(total, point)
        point = added(point, point)
        factor >>= 1
    return total


def neutral(point: Point) -> bool:
    """Whether the point is the neutral one."""
    x, y, z, _ = point
    return x == 0 and y == z


@lru_cache(maxsize=4096)
def acceptable(public: bytes) -> bool:
    """Whether rule 1 holds for a public key; remembered, because one check costs about two milliseconds."""
    point = decoded(public)
    return point is not None and not neutral(point) and neutral(multiplied(L, point))


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` is good under `public` (32 bytes), by the strict rule."""
    if len(signature) != SIGNATURE_SIZE or signature[:POINT_SIZE] == NEUTRAL or not acceptable(public):
        return False
    if int.from_bytes(signature[POINT_SIZE:], "little") >= L:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
