"""Sixteen bytes as twelve words that people can copy, and hashes as eight words that people can compare.

Source: BIP-39 for the lists and the four check bits (the entropy itself is used, not BIP-39's wallet seed).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from mnemonic import Mnemonic

from fairline.seal.errors import MalformedError
from fairline.seal.primitives import H

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LISTS = (
    "english",
    "chinese simplified",
    "chinese traditional",
    "czech",
    "french",
    "italian",
    "japanese",
    "korean",
    "portuguese",
    "spanish",
)
WORD_BITS = 11
ENTROPY_SIZE = 16
ENTROPY_WORDS = 12
CHECK_BITS = 4
FINGERPRINT_SIZE = 11
FINGERPRINT_WORDS = 8

# What every browser calls white space; Python's own idea differs in a few control characters.
WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
GAP = re.compile(f"[{WHITE_SPACE}]+")
# Accents of Latin letters only: in Japanese a mark makes another word.
ACCENTS = re.compile("[\u0300-\u036f]")
HAN_NAMES = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The 2 048 words, in NFKD, of one of `LISTS`."""
    if name not in LISTS:
        raise ValueError(f"no list of words {name!r}")
    return tuple(Mnemonic(name.replace("chinese ", "chinese_")).wordlist)


def fingerprint(hashed: bytes, name: str) -> list[str]:
    """The first 88 bits of a hash as eight words, to be compared by people."""
    return _packed(hashed[:FINGERPRINT_SIZE], FINGERPRINT_WORDS, word_list(name))


def entropy_to_words(entropy: bytes, name: str) -> list[str]:
    """Sixteen bytes as twelve words: 128 bits and four bits of their SHA-256."""
    if len(entropy) != ENTROPY_SIZE:
        raise ValueError("sixteen bytes")
    return _packed(entropy + bytes([H(entropy)[0] & 0xF0]), ENTROPY_WORDS, word_list(name))


def words_to_entropy(text: str, lists: Iterable[str] = LISTS) -> bytes:
    """Sixteen bytes from twelve words as people write them.

    Any case, any white space, Latin accents or none, Chinese with or without spaces.

    Args:
        text: the words.
        lists: names of the lists to try; the first whose check bits fit is taken, so put the reader's first.

    Raises:
        MalformedError: `receipt-length` (not twelve words), `receipt-word` (a word is in no list),
            `receipt-check` (the check bits do not fit: a typing error).
    """
    words = _split(text)
    if len(words) != ENTROPY_WORDS:
        raise MalformedError("receipt-length", "The receipt has twelve words.")
    known = False
    for name in lists:
        indexes = _looked_up(words, name)
        if indexes is None:
            continue
        known = True
        entropy = _unpacked(indexes)
        if entropy is not None:
            return entropy
    if not known:
        raise MalformedError("receipt-word", "One of these words is in no list of receipt words.")
    raise MalformedError(
        "receipt-check",
        "These words do not belong together: one is mistyped or misplaced.",
    )


def strange_words(text: str, name: str) -> list[int]:
    """The places (from 0) of words that the list does not hold, so that a page can mark them."""
    return [place for place, word in enumerate(_split(text)) if _found(word, name) is None]


def _packed(raw: bytes, count: int, words: Sequence[str]) -> list[str]:
    spare = len(raw) * 8 - count * WORD_BITS
    number = int.from_bytes(raw, "big") >> spare
    return [words[number >> WORD_BITS * (count - 1 - place) & 0x7FF] for place in range(count)]


def _unpacked(indexes: Sequence[int]) -> bytes | None:
    number = 0
    for index in indexes:
        number = number << WORD_BITS | index
    entropy = (number >> CHECK_BITS).to_bytes(ENTROPY_SIZE, "big")
    return entropy if number & 0xF == H(entropy)[0] >> CHECK_BITS else None


def _split(text: str) -> list[str]:
    tidy = unicodedata.normalize("NFKD", text).lower()
    words = [word for word in GAP.split(tidy) if word]
    if len(words) == 1 and all(unicodedata.name(letter, "").startswith(HAN_NAMES) for letter in words[0]):
        return list(words[0])
    return words


@cache
def _places(name: str) -> tuple[dict[str, int], dict[str, int]]:
    words = word_list(name)
    exact = {word: index for index, word in enumerate(words)}
    return exact, {ACCENTS.sub("", word): index for index, word in enumerate(words)}


def _found(word: str, name: str) -> int | None:
    exact, bare = _places(name)
    return exact.get(word, bare.get(ACCENTS.sub("", word)))


def _looked_up(words: Sequence[str], name: str) -> list[int] | None:
    indexes = [index for word in words if (index := _found(word, name)) is not None]
    return indexes if len(indexes) == len(words) else None
