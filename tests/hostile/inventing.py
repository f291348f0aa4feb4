"""Requests that nobody would write: whatever field a reader asks for is made up, most often of the right type.

The readers of JSON all go through `fairline.seal.fields.Fields`, so a generator that answers its questions reaches
every branch behind them, also those of routes that did not exist when this was written.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fairline.seal.fields import Fields, as_bytes, as_integer, as_text
from fairline.seal.primitives import b64

ECHO = "zzEchozz"
TEXTS = (
    ECHO, "", " ", "\x01", f"{ECHO}\x7ftail", "a" * 70_000, "٣" * 300, "\u202e\u2066", "ﷺ" * 200, "/../../etc",
    "'; DROP TABLE x;--", "<script>", "{{7*7}}", "%s%n", "2026-02-30", "0000-00-00", "-1", "1e400", "NaN", "ilse",
    "sign charter", "sheet", "none", "aside", "r", "o", "i", "UTC", "Europe/Oslo", "Mars/Base", "en",
    "age1pq1" + "q" * 1952, "AGE-SECRET-KEY-PQ-1QQ", "handler@AAAAAAAAAAAAAAAAAAAAAA", "administrator", "123456",
    "１２３４５６", "ABCDEFGHIJKLMNOP", "\ud7ff\ue000",
)  # fmt: skip
NUMBERS = (0, 1, 2, 7, 255, 65_535, 2**31 - 1, 2**31, 2**32, 2**53 - 1, -1, -(2**53) + 1)
# The character zero is refused before any field is looked at: test_every_route.py has it in whole bodies.
WRONG: tuple[Any, ...] = (None, True, [], {}, "", 0, [[]], {"": ""}, ECHO)


class Inventor:
    """Makes up fields, the same ones for the same number."""

    def __init__(self, number: int, known: tuple[bytes, ...]) -> None:
        """``known``: ids that exist, tried now and then."""
        self.random = random.Random(number)  # noqa: S311 - tests that fail should fail again
        self.known = known

    def wrong(self) -> bool:
        """Whether this field shall be of any type at all."""
        return self.random.random() < 0.04

    def any(self) -> Any:
        return self.random.choice((*WRONG, *TEXTS, *NUMBERS))

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def raw(self, size: int | None) -> bytes:
        fitting = [one for one in self.known if size in (None, len(one))]
        if fitting and self.random.random() < 0.6:
            return self.random.choice(fitting)
        return self.random.randbytes(size if size is not None else self.random.choice((0, 1, 16, 32, 64, 300, 70_000)))

    def integer(self, least: int, most: int) -> int:
        return self.random.choice([number for number in (*NUMBERS, least, most) if least <= number <= most])

    def names(self) -> tuple[str, ...]:
        made = (b64(self.raw(16)), self.text(), "en", "passphrase", "paper")
        return tuple(self.random.sample(made, self.random.randrange(3)))


@contextmanager
def invented(patch: pytest.MonkeyPatch, inventor: Inventor) -> Iterator[None]:
    """Let every reader of fields find what ``inventor`` makes up, for the time of one request."""

    def value(self: Fields, name: str) -> Any:
        self._taken.add(name)
        return inventor.any() if inventor.wrong() else {}

    def text(self: Fields, name: str) -> str:
        self._taken.add(name)
        return as_text(inventor.any() if inventor.wrong() else inventor.text())

    def raw(self: Fields, name: str, size: int | None = None) -> bytes:
        self._taken.add(name)
        return as_bytes(inventor.any() if inventor.wrong() else b64(inventor.raw(size)), size)

    def integer(self: Fields, name: str, least: int = 0, most: int = 2**53 - 1) -> int:
        self._taken.add(name)
        return as_integer(inventor.any() if inventor.wrong() else inventor.integer(least, most), least, most)

    def has(self: Fields, name: str) -> bool:
        self._taken.add(name)
        return inventor.random.random() < 0.7

    def listed(self: Fields, name: str, read: Any, most: int = 1024) -> tuple[Any, ...]:
        self._taken.add(name)
        return tuple(read(inventor.any() if inventor.wrong() else {}) for _ in range(inventor.random.randrange(3)))

    made = {
        "value": value, "text": text, "raw": raw, "integer": integer, "has": has, "list": listed, "set": listed,
        "id": lambda self, name: raw(self, name, 16), "hash": lambda self, name: raw(self, name, 32),
        "flag": lambda self, name: self._taken.add(name) is None and inventor.random.random() < 0.5,
        "names": lambda _self: inventor.names(), "end": lambda _self: None,
    }  # fmt: skip
    with patch.context() as changed:
        for name, method in made.items():
            changed.setattr(Fields, name, method)
        yield
