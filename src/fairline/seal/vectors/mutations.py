"""Takes a good JSON text and breaks it field by field: each field has its vector, by one rule."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairline.seal.jsontext import parse, write
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairline.seal.vectors.cases import Book

Path = tuple[str | int, ...]
Given = Callable[[bytes], dict[str, Any]]


@dataclass(frozen=True)
class Shape:
    """What is peculiar about the fields of a text.

    Attributes:
        optional: names of fields that may be left out.
        maps: names of fields whose value is a map of free names.
        only: names of the fields to break, if not all.
    """

    optional: frozenset[str] = frozenset()
    maps: frozenset[str] = frozenset()
    only: frozenset[str] | None = None


PLAIN = Shape()


def as_input(name: str, **more: Any) -> Given:
    """The broken text in base64url as the input of that name, beside others."""
    return lambda text: {name: b64(text), **more}


def every_field(book: Book, do: str, text: bytes, given: Given, shape: Shape = PLAIN) -> None:
    """Add a case for each field of the text left out, and one for each made null; and one field too many.

    Args:
        book: where the cases go.
        do: operation that must refuse them.
        text: the good text.
        given: makes the operation's input out of the broken text; see `as_input`.
        shape: see there.
    """
    good = parse(text, len(text))
    for path in _fields(good, shape.maps):
        name = "/".join(map(str, path))
        if shape.only is not None and path[-1] not in shape.only:
            continue
        if path[-1] not in shape.optional:
            broken = _changed(good, path, lambda holder, key: holder.pop(key))
            book.add(f"{do}: without {name}", "a field left out", do, "json-missing", **given(broken))
        broken = _changed(good, path, lambda holder, key: holder.__setitem__(key, None))
        book.add(f"{do}: {name} null", "a field of the wrong type", do, "json-type", **given(broken))
    if shape.only is None:
        too_many = write(good | {"more": 1})
        book.add(f"{do}: one field too many", "an unknown field", do, "json-unknown", **given(too_many))


def _fields(value: Any, maps: frozenset[str], path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*path, name)
            if name not in maps:
                yield from _fields(inner, maps, (*path, name))
    elif isinstance(value, list) and value and isinstance(value[-1], dict):
        # Of the last item: broken so, a set stays in order.
        yield from _fields(value[-1], maps, (*path, len(value) - 1))


def _changed(good: Any, path: Path, change: Callable[[Any, Any], object]) -> bytes:
    broken = copy.deepcopy(good)
    holder = broken
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return write(broken)
