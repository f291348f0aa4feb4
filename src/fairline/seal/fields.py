"""Takes an object apart field by field, and refuses what is left over.

A reader that skipped what it does not know would show less than was signed.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from fairline.seal.errors import MalformedError
from fairline.seal.jsontext import INTEGER_LIMIT, TEXT_LIMIT, parse, write
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, unb64

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
Word = TypeVar("Word", bound=str)

DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", re.ASCII)
LIST_LIMIT = 1024


class Fields:
    """One object on its way into a typed value.

    Every method raises `MalformedError`: `json-missing`, `json-type`, `base64`, `set-order`; `end` raises
    `json-unknown`.
    """

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise wrong_type()
        self._object = value
        self._taken: set[str] = set()

    def end(self) -> None:
        """Refuse fields that nobody asked for."""
        if not self._taken.issuperset(self._object):
            raise MalformedError("json-unknown", "A text has a field that its format does not know.")

    def names(self) -> tuple[str, ...]:
        """The names as written, for objects whose names are themselves values."""
        return tuple(self._object)

    def has(self, name: str) -> bool:
        """Whether the field is there; it counts as known from now on."""
        self._taken.add(name)
        return name in self._object

    def value(self, name: str) -> Any:
        """The field as parsed."""
        if not self.has(name):
            raise MalformedError("json-missing", "A text lacks a field that its format asks for.")
        return self._object[name]

    def optional(self, name: str, read: Callable[[Any], T]) -> T | None:
        """A field that is left out where it does not apply."""
        return read(self.value(name)) if self.has(name) else None

    def fixed(self, name: str, expected: str | int) -> None:
        """A field that holds just this."""
        value = self.value(name)
        if value != expected or type(value) is not type(expected):
            raise wrong_type()

    def one(self, name: str, allowed: Iterable[Word]) -> Word:
        """A text out of these."""
        value = self.text(name)
        for word in allowed:
            if word == value:
                return word
        raise wrong_type()

    def text(self, name: str) -> str:
        """A text."""
        return as_text(self.value(name))

    def flag(self, name: str) -> bool:
        """True or false."""
        return as_flag(self.value(name))

    def day(self, name: str) -> date:
        """A day that the calendar has."""
        return as_day(self.value(name))

    def integer(self, name: str, least: int = 0, most: int = INTEGER_LIMIT) -> int:
        """A whole number between `least` and `most`, both allowed."""
        return as_integer(self.value(name), least, most)

    def raw(self, name: str, size: int | None = None) -> bytes:
        """Bytes in base64url."""
        return as_bytes(self.value(name), size)

    def id(self, name: str) -> bytes:
        """16 bytes."""
        return as_id(self.value(name))

    def hash(self, name: str) -> bytes:
        """32 bytes."""
        return as_hash(self.value(name))

    def list(self, name: str, read: Callable[[Any], T], most: int = LIST_LIMIT) -> tuple[T, ...]:
        """A list in its own order."""
        return tuple(read(item) for item in as_list(self.value(name), most))

    def set(self, name: str, read: Callable[[Any], T], most: int = LIST_LIMIT) -> tuple[T, ...]:
        """A list sorted by its items' bytes as written, nothing twice."""
        return as_set(self.value(name), read, most)

    def texts(self, name: str) -> dict[str, str]:
        """Names to texts, as in `{"en": "…"}`."""
        return as_texts(self.value(name))


def whole(value: Any, read: Callable[[Fields], T]) -> T:
    """Read an object with `read`; nothing may be left over."""
    fields = Fields(value)
    found = read(fields)
    fields.end()
    return found


def document(text: bytes, read: Callable[[Fields], T], limit: int = TEXT_LIMIT) -> T:
    """Parse JSON strictly and read it as one object."""
    return whole(parse(text, limit), read)


def as_text(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise wrong_type()
    return value


def as_flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong_type()
    return value


def as_integer(value: Any, least: int = 0, most: int = INTEGER_LIMIT) -> int:
    """A whole number in these bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise wrong_type()
    return value


def as_bytes(value: Any, size: int | None = None) -> bytes:
    """Bytes in base64url."""
    return unb64(as_text(value), size)


def as_id(value: Any) -> bytes:
    """16 bytes."""
    return as_bytes(value, ID_SIZE)


def as_hash(value: Any) -> bytes:
    """32 bytes."""
    return as_bytes(value, HASH_SIZE)


def as_day(value: Any) -> date:
    """A day `YYYY-MM-DD` that the calendar has."""
    text = as_text(value)
    if not DAY.fullmatch(text):
        raise wrong_type()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong_type() from None


def as_list(value: Any, most: int = LIST_LIMIT) -> list[Any]:
    """A list with at most so many items."""
    if not isinstance(value, list) or len(value) > most:
        raise wrong_type()
    return value


def as_set(value: Any, read: Callable[[Any], T], most: int = LIST_LIMIT) -> tuple[T, ...]:
    """A list sorted by its items' bytes as written, nothing twice."""
    items = as_list(value, most)
    keys = [write(item) for item in items]
    if any(before >= here for before, here in pairwise(keys)):
        raise MalformedError("set-order", "A set is not sorted, or holds something twice.")
    return tuple(read(item) for item in items)


def as_texts(value: Any) -> dict[str, str]:
    """An object whose values are texts."""
    if not isinstance(value, dict):
        raise wrong_type()
    return {name: as_text(text) for name, text in value.items()}


def ordered(items: Iterable[T]) -> list[T]:
    """Sort a set as the formats ask: by bytes as written."""
    return sorted(items, key=write)


def wrong_type() -> MalformedError:
    """The error for a field of the wrong kind or out of its bounds."""
    return MalformedError("json-type", "A field holds something that its format does not allow.")
