"""How files travel: `u32be len ‖ JSON head ‖ the files' bytes ‖ zeros`. Source: `docs/formats.md`, "Parcels"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_list, whole, wrong_type
from fairline.seal.jsontext import parse, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Heads of long mailboxes name every post.
HEAD_LIMIT = 1024 * 1024
MOST_FILES = 65536
LENGTH_SIZE = 4


@dataclass(frozen=True)
class ParcelFile:
    """A file in a parcel.

    Attributes:
        kind: what it is there for (`as`).
        content: its sealed bytes.
        place: chain and n, where the head says of which post it is.
    """

    kind: str
    content: bytes = field(repr=False)
    place: tuple[str, int] | None = None


@dataclass(frozen=True)
class Parcel:
    """A parcel taken apart; `head` still holds `files` as sent."""

    head: Mapping[str, Any]
    files: tuple[ParcelFile, ...]


def write_parcel(head: Mapping[str, Any], files: Sequence[ParcelFile], multiple: int = 1) -> bytes:
    """A parcel; the head's `files` are written here.

    Args:
        head: everything but `files`.
        files: in order.
        multiple: the whole is filled up with zeros to a multiple of this size.
    """
    text = write({**head, "files": [_file_json(file) for file in files]})
    content = b"".join([len(text).to_bytes(LENGTH_SIZE, "big"), text, *(file.content for file in files)])
    return content + bytes(-len(content) % multiple)


def read_parcel(content: bytes) -> Parcel:
    """Take a parcel apart.

    Raises:
        MalformedError: `parcel`, if lengths do not fit or what fills it up is not zero; and as JSON does.
    """
    at = LENGTH_SIZE + int.from_bytes(content[:LENGTH_SIZE], "big")
    if len(content) < LENGTH_SIZE or at > len(content) or at - LENGTH_SIZE > HEAD_LIMIT:
        raise _torn()
    head = parse(content[LENGTH_SIZE:at], HEAD_LIMIT)
    if not isinstance(head, dict):
        raise wrong_type()
    files = []
    for value in as_list(head.get("files"), MOST_FILES):
        kind, size, place = _read_file(value)
        if at + size > len(content):
            raise _torn()
        files.append(ParcelFile(kind, content[at : at + size], place))
        at += size
    if content.count(0, at) != len(content) - at:
        raise _torn()
    return Parcel(head, tuple(files))


def _read_file(value: Any) -> tuple[str, int, tuple[str, int] | None]:
    return whole(
        value,
        lambda fields: (
            fields.text("as"),
            fields.integer("size", 1),
            (fields.one("chain", ("r", "o", "i")), fields.integer("n")) if fields.has("chain") else None,
        ),
    )


def _file_json(file: ParcelFile) -> dict[str, Any]:
    body: dict[str, Any] = {"as": file.kind, "size": len(file.content)}
    return body if file.place is None else body | {"chain": file.place[0], "n": file.place[1]}


def _torn() -> MalformedError:
    return MalformedError("parcel", "What was sent is cut or broken.")
