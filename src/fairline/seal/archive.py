"""Several files in one, as a ZIP archive that any program opens, in the one spelling that we write.

Nothing is compressed and nothing is left to choose: no extra fields, no comment, one fixed date. So an archive is its
list of names and contents and nothing beside them, and what is not written here is not read here.
Source: PKWARE APPNOTE 6.3.10; `docs/formats.md`, "An exported case".
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairline.seal.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
END: Final = struct.Struct("<4sHHHHIIH")
LOCAL_SIGN, CENTRAL_SIGN, END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, STORED, FIRST_DAY = 20, 0, 0x21
"""2.0, as it is; 1 January 1980, the first day that the format knows: it tells nobody anything."""
NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*(?:/[a-z0-9][a-z0-9.-]*)?")
"""Our own names: never a path that leads out of a folder, never a name that somebody else chose."""
MOST_FILES: Final = 65_535
SIZE_LIMIT: Final = 1 << 30
PIECE: Final = 1 << 20
"""So many bytes of a file are held at once."""


@dataclass(frozen=True)
class ArchivedFile:
    """One file: a name of ours, and what is in it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Source:
    """Bytes that are read where they lie: how many, and those from one place to another (not included)."""

    size: int
    fetch: Callable[[int, int], bytes] = field(repr=False)

    @classmethod
    def of(cls, raw: bytes) -> Source:
        """Bytes that lie in memory."""
        return cls(len(raw), lambda start, stop: raw[start:stop])

    def pieces(self, start: int, stop: int) -> Iterator[bytes]:
        """These bytes in pieces of at most `PIECE`."""
        for place in range(start, stop, PIECE):
            yield self.fetch(place, min(place + PIECE, stop))


@dataclass(frozen=True)
class _Place:
    start: int
    stop: int
    hash: bytes


class Archive(Mapping[str, bytes]):
    """The files of an archive by their names, in its order. What is in them stays where it is until it is asked for."""

    def __init__(self, source: Source, places: Mapping[str, _Place]) -> None:
        """Only `read_archive` makes one."""
        self._source = source
        self._places = places

    def __getitem__(self, name: str) -> bytes:
        """What is in a file, whole."""
        return b"".join(self.pieces(name))

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._places)

    def hash_of(self, name: str) -> bytes:
        """SHA-256 of what is in a file, 32 bytes."""
        return self._places[name].hash

    def pieces(self, name: str) -> Iterator[bytes]:
        """What is in a file, in pieces of at most `PIECE`."""
        place = self._places[name]
        return self._source.pieces(place.start, place.stop)


def write_archive(files: list[ArchivedFile]) -> bytes:
    """The archive with these files in this order.

    Raises:
        MalformedError: `archive-name` for a name that is not of ours or comes twice; `archive-size`.
    """
    names = [file.name for file in files]
    if len(set(names)) != len(names) or not all(NAME.fullmatch(name) for name in names):
        raise MalformedError("archive-name", "A file in the archive has a name that none of ours has.")
    if len(files) > MOST_FILES or sum(len(file.content) for file in files) > SIZE_LIMIT:
        raise MalformedError("archive-size", "This is more than one file can hold.")
    body, listed = bytearray(), bytearray()
    for file in files:
        code, size = zlib.crc32(file.content), len(file.content)
        listed += _listed(file.name, code, size, len(body))
        body += _local(file.name, code, size) + file.content
    return bytes(body + listed + _end(len(files), len(listed), len(body)))


def read_archive(source: Source) -> Archive:
    """The files of an archive as `write_archive` made it. Every byte of it is read, and no more than a piece is held.

    Raises:
        MalformedError: `archive` for any other bytes; and whatever the source raises.
    """
    places: dict[str, _Place] = {}
    listed = bytearray()
    at = 0
    while (start := source.fetch(at, at + LOCAL.size))[: len(LOCAL_SIGN)] == LOCAL_SIGN:
        if len(start) < LOCAL.size:
            raise _another()
        *_fixed, size, _unpacked, length, _extra = LOCAL.unpack(start)
        place = _Place(at + LOCAL.size + length, at + LOCAL.size + length + size, b"")
        name = source.fetch(at + LOCAL.size, place.start).decode("ascii", "replace")
        if place.stop > source.size or name in places or not NAME.fullmatch(name) or len(places) == MOST_FILES:
            raise _another()
        code, digest = 0, hashlib.sha256()
        for piece in source.pieces(place.start, place.stop):
            code = zlib.crc32(piece, code)
            digest.update(piece)
        if source.fetch(at, place.start) != _local(name, code, size):
            raise _another()
        places[name] = _Place(place.start, place.stop, digest.digest())
        listed += _listed(name, code, size, at)
        at = place.stop
    end = _end(len(places), len(listed), at)
    whole = at + len(listed) + len(end) == source.size and source.fetch(at, source.size) == bytes(listed) + end
    if not places or not whole or sum(one.stop - one.start for one in places.values()) > SIZE_LIMIT:
        raise _another()
    return Archive(source, places)


def _local(name: str, code: int, size: int) -> bytes:
    """What stands before a file: its name, and the sum and the size of what is in it."""
    head = LOCAL.pack(LOCAL_SIGN, VERSION, 0, STORED, 0, FIRST_DAY, code, size, size, len(name), 0)
    return head + name.encode("ascii")


def _listed(name: str, code: int, size: int, at: int) -> bytes:
    """What stands of it at the end, with the place where it begins."""
    rest = (0, 0, 0, 0, 0, at)
    head = CENTRAL.pack(
        CENTRAL_SIGN, VERSION, VERSION, 0, STORED, 0, FIRST_DAY, code, size, size, len(name), *rest
    )  # fmt: skip
    return head + name.encode("ascii")


def _end(count: int, listed: int, body: int) -> bytes:
    return END.pack(END_SIGN, 0, 0, count, count, listed, body, 0)


def _another() -> MalformedError:
    return MalformedError("archive", "This archive was not written by this program, or was altered.")
