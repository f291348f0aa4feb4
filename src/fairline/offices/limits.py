"""Sizes and waits of this room alone, each with its reason; what the pages must know too stands in ``core.limits``."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

SESSION_STEP: Final = timedelta(minutes=1)
"""How often a session writes down that it was seen: not at each request, and too coarse to watch someone work."""

FREE_FAILURES: Final = 3
"""People mistype. From the next failure on, a name has to wait."""

LONGEST_WAIT: Final = timedelta(seconds=60)
"""Not longer: the delay counts by name, so a stranger could otherwise keep a member out for hours. At one attempt
a minute, with Argon2id and a second factor behind it, guessing is hopeless all the same."""

TOTP_SECONDS: Final = 30
TOTP_DRIFT: Final = 1
"""Steps of 30 seconds by which a telephone's clock may be off, either way (RFC 6238 section 5.2)."""

KEY_FILE_BYTES: Final = 64 * 1024
"""A `keys` envelope of 2 to 32 KiB, sealed to one person."""

VAULT_BYTES: Final = 256 * 1024
"""Keys and pins of one member; a hundred old seals and a hundred desks fit."""

WRAP_BYTES: Final = 8 * 1024
"""32 bytes sealed to one recipient are about 2 kB."""

NAME_LETTERS: Final = 64
PEOPLE: Final = 400
"""Members in one charter; the roster of depth 12 has room for ten times as many random places."""
