"""Several files in one, as a ZIP archive that any program opens, in the one spelling that we write.

Nothing is compressed and nothing is left to choose: no extra fields, no comment, one fixed date. So an archive is its
list of names and contents and nothing beside them, and what is not written here is not read here.
Source: PKWARE APPNOTE 6.3.10; `docs/formats.md`, "An exported case".
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

from fairline.seal.errors import MalformedError

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


@dataclass(frozen=True)
class ArchivedFile:
    """One file: a name of ours, and what is in it."""

    name: str
    content: bytes = field(repr=False)


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
        name, size, code = file.name.encode("ascii"), len(file.content), zlib.crc32(file.content)
        listed += CENTRAL.pack(
            CENTRAL_SIGN,
            VERSION,
            VERSION,
            0,
            STORED,
            0,
            FIRST_DAY,
            code,
            size,
            size,
            len(name),
            0,
            0,
            0,
            0,
            0,
            len(body),
        )
        listed += name
        body += LOCAL.pack(LOCAL_SIGN, VERSION, 0, STORED, 0, FIRST_DAY, code, size, size, len(name), 0)
        body += name + file.content
    end = END.pack(END_SIGN, 0, 0, len(files), len(files), len(listed), len(body), 0)
    return bytes(body + listed + end)


def read_archive(raw: bytes) -> list[ArchivedFile]:
    """The files of an archive as `write_archive` made it.

    Raises:
        MalformedError: `archive` for any other bytes.
    """
    files: list[ArchivedFile] = []
    place = 0
    while raw[place : place + len(LOCAL_SIGN)] == LOCAL_SIGN and len(files) <= MOST_FILES:
        if place + LOCAL.size > len(raw):
            raise _another()
        *_fixed, size, _unpacked, length, _extra = LOCAL.unpack_from(raw, place)
        start = place + LOCAL.size + length
        if start + size > len(raw):
            raise _another()
        try:
            name = raw[place + LOCAL.size : start].decode("ascii")
        except UnicodeDecodeError as error:
            raise _another() from error
        files.append(ArchivedFile(name, raw[start : start + size]))
        place = start + size
    try:
        same = bool(files) and write_archive(files) == raw
    except MalformedError as error:
        raise _another() from error
    if not same:
        raise _another()
    return files


def _another() -> MalformedError:
    return MalformedError("archive", "This archive was not written by this program, or was altered.")
