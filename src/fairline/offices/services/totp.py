"""The second factor: six digits that a telephone shows (RFC 6238), each good once."""

from __future__ import annotations

from datetime import datetime

import pyotp

from fairline.offices.limits import TOTP_DRIFT, TOTP_SECONDS
from fairline.seal.primitives import same

DIGITS = 6
SECRET_LETTERS = 32
"""160 bits in base32, as RFC 4226 section 4 recommends."""


def is_secret(text: str) -> bool:
    """Return whether ``text`` is a secret as our pages make it."""
    return len(text) == SECRET_LETTERS and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def step_of(secret: str, digits: str, now: datetime, after: int) -> int | None:
    """Return the time step, newer than ``after``, whose digits these are, or None.

    All candidates are computed and compared, whatever matches, so that time tells nothing.
    """
    generator = pyotp.TOTP(secret, digits=DIGITS, interval=TOTP_SECONDS)
    newest = int(now.timestamp()) // TOTP_SECONDS
    found: int | None = None
    given = digits.encode() if digits.isascii() else b""
    for step in range(newest - TOTP_DRIFT, newest + TOTP_DRIFT + 1):
        if same(generator.generate_otp(step).encode(), given) and step > after:
            found = step
    return found
