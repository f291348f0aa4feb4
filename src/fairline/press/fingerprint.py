"""The office's fingerprint ``F`` as people compare it: eight words, a text, and a QR code for the poster."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Final

import segno
from django.utils.safestring import SafeString, mark_safe
from mnemonic import Mnemonic

from fairline.seal.primitives import HASH_SIZE

WORDS: Final = 8
WORD_BITS: Final = 11
LISTS: Final = MappingProxyType({"zh-hans": "chinese_simplified"})
"""BIP-39 list of each language that has one; the others read the English words (formats §3)."""


def words(fingerprint: bytes, language: str) -> tuple[str, ...]:
    """Return the first 88 bits of ``fingerprint`` (32 bytes) as eight words of the list of ``language``.

    Raises:
        ValueError: the fingerprint has another length.
    """
    if len(fingerprint) != HASH_SIZE:
        raise ValueError("A fingerprint has 32 bytes.")
    number = int.from_bytes(fingerprint, "big") >> (HASH_SIZE * 8 - WORDS * WORD_BITS)
    wordlist = _list(LISTS.get(language, "english"))
    places = range((WORDS - 1) * WORD_BITS, -1, -WORD_BITS)
    return tuple(wordlist[(number >> place) & (2**WORD_BITS - 1)] for place in places)


def in_english(language: str) -> bool:
    """Return whether the words of ``language`` come from the English list."""
    return language not in LISTS


@lru_cache(maxsize=64)
def qr(address: str) -> SafeString:
    """Return a QR code of ``address`` as an SVG element, black on the white of its frame."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)
    # segno draws modules only: nothing of the address stands in the markup as text.
    return mark_safe(drawn)  # noqa: S308


@lru_cache(maxsize=4)
def _list(name: str) -> tuple[str, ...]:
    return tuple(Mnemonic(name).wordlist)
