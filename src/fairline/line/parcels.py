"""Parcels: a JSON head and the files that it lists, one after another (docs/formats.md §7).

What stands between a browser and the store. Nothing here looks into a sealed file.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fairline.seal import jsontext
from fairline.seal.errors import MalformedError

HEAD_LIMIT: Final = 64 * 1024
PAGE: Final = 64 * 1024
LENGTH: Final = struct.Struct(">I")


def read(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return the head of a parcel and its files, in order.

    Raises:
        MalformedError: ``parcel`` (lengths that do not add up, padding that is not zero), or the codes of JSON.
    """
    head, files = read_in_place(body)
    return head, [bytes(one) for one in files]


def read_in_place(body: bytes) -> tuple[dict[str, Any], list[memoryview]]:
    """Return the same without another copy of each file: for parts of attachments. Raises as ``read``."""
    if len(body) < LENGTH.size:
        raise _broken()
    (length,) = LENGTH.unpack_from(body)
    at = LENGTH.size + length
    if at > len(body):
        raise _broken()
    head = jsontext.parse(body[LENGTH.size : at], HEAD_LIMIT)
    if not isinstance(head, dict) or not isinstance(head.get("files"), list):
        raise _broken()
    whole = memoryview(body)
    files: list[memoryview] = []
    for row in head["files"]:
        size = row.get("size") if isinstance(row, dict) else None
        if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= len(body) - at:
            raise _broken()
        files.append(whole[at : at + size])
        at += size
    if body.count(0, at) != len(body) - at:
        raise _broken()
    return head, files


def write(head: Mapping[str, Any], files: Sequence[bytes], multiple: int = 1) -> bytes:
    """Return the parcel of ``head`` (which lists ``files``) with zeros up to a multiple of ``multiple`` bytes."""
    text = jsontext.write(dict(head))
    whole = b"".join((LENGTH.pack(len(text)), text, *files))
    return whole + bytes(-len(whole) % multiple)


def _broken() -> MalformedError:
    return MalformedError("parcel", "What was sent is cut off or not in the form that this address takes.")
