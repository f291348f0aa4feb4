"""A long body while it comes: kept as the pieces that came, put together once.

waitress writes what comes to one buffer that grows, and is copied, with each piece, and read out as another copy: more
than the hash of a part of an attachment costs (bench/attachment.py).
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

SMALL: Final = 64 << 10
"""Pieces below this are put together as they come: a body that drips would be a million objects."""


class Pieces:
    """Stands in the place of waitress's `OverflowableBuffer` for a body that is to be held in memory whole."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[bytes | bytearray] = []
        self._size = 0
        self._file: BytesIO | None = None

    def __len__(self) -> int:
        """How many bytes came."""
        return self._size

    def append(self, piece: bytes) -> None:
        """Take what came."""
        self._size += len(piece)
        last = self._pieces[-1] if self._pieces else b""
        if len(piece) >= SMALL:
            self._pieces.append(piece)
        elif isinstance(last, bytearray) and len(last) < SMALL:
            last += piece
        else:
            self._pieces.append(bytearray(piece))

    def getfile(self) -> BytesIO:
        """Return all of it, to be read; nothing comes after that."""
        if self._file is None:
            # Read as a whole, this gives the very bytes that it was made of.
            self._file = BytesIO(b"".join(self._pieces))
            self._pieces = []
        return self._file

    def close(self) -> None:
        """Forget it."""
        self._pieces = []
        self._size = 0
        if self._file is not None:
            self._file.close()
