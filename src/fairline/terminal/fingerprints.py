"""An office's fingerprint as posters print it: F in base64url, or its first 88 bits as eight words of any list."""

from __future__ import annotations

import re
import unicodedata

from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, same, unb64
from fairline.seal.words import ACCENTS, LISTS, fingerprint

GAPS = re.compile(r"[\s\-,.·]+")


def fits(typed: str, hashed: bytes) -> bool:
    """Whether what a person typed from a poster names the office with this F.

    Args:
        typed: 43 letters of base64url, or eight words, in any case, with accents or without.
        hashed: F of the proven root document 0.
    """
    whole = whole_fingerprint(typed)
    if whole is not None:
        return same(whole, hashed)
    bare = _bare(typed)
    return any(bare == _bare("".join(fingerprint(hashed, name))) for name in LISTS)


def whole_fingerprint(typed: str) -> bytes | None:
    """F, where all of it was typed; None for words."""
    try:
        return unb64(typed.strip(), HASH_SIZE)
    except MalformedError:
        return None


def _bare(text: str) -> str:
    return GAPS.sub("", ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower()))
