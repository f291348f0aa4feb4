"""Large files go to the disk and come from it past the system's page cache, where the file system can do that.

Nobody reads a part soon after it came, so what the cache would do for it is make a second copy in fresh pages, write
that out and throw it away: half of what storing or reading a part costs in processor time (bench/attachment.py). The
disk takes whole blocks from memory that begins at a page: each thread that needs it keeps one such room and uses it
again. What the file system does not take so, and the rest of a block at the end, goes the usual way. What stays on the
disk is still for ``fdatasync`` to say.
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import threading
from typing import Final

from fairline.core.limits import PART_MAX

BLOCK: Final = 4096
"""Bytes of which every disk's own block is a divisor, and a page a multiple."""
LEAST: Final = 64 << 10
"""Below this the cache costs less than the way around it."""
MOST: Final = -(-PART_MAX // BLOCK) * BLOCK
STRAIGHT: Final = getattr(os, "O_DIRECT", 0)


class _Rooms(threading.local):
    """One room a thread, made when it is first used."""

    made: mmap.mmap | None = None

    def own(self) -> mmap.mmap:
        if self.made is None:
            self.made = mmap.mmap(-1, MOST)
        return self.made


_ROOMS: Final = _Rooms()


def write(handle: int, content: bytes | memoryview) -> None:
    """Write ``content`` to a new and empty file; sync it afterwards."""
    rest = memoryview(content)
    if LEAST <= len(rest) <= MOST:
        rest = rest[_blocks_written(handle, rest) :]
    while rest:
        rest = rest[os.write(handle, rest) :]


def read(handle: int) -> bytes:
    """Return all that is in a file."""
    size = os.fstat(handle).st_size
    if LEAST <= size <= MOST and _switched(handle, on=True):
        room = _ROOMS.own()
        try:
            found = os.preadv(handle, [room], 0)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            found = -1
        if found == size:
            return room[:size]
        _switched(handle, on=False)
    with os.fdopen(os.dup(handle), "rb", buffering=0) as file:
        content = file.readall()
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    return content


def _blocks_written(handle: int, content: memoryview) -> int:
    """Write whole blocks; return how many bytes are in the file: none where it does not go."""
    if not _switched(handle, on=True):
        return 0
    whole = len(content) // BLOCK * BLOCK
    room = _ROOMS.own()
    room[:whole] = content[:whole]
    try:
        return os.write(handle, memoryview(room)[:whole])
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return 0
    finally:
        _switched(handle, on=False)


def _switched(handle: int, *, on: bool) -> bool:
    """Turn the straight way on or off; return whether that went. Some file systems have none."""
    flags = fcntl.fcntl(handle, fcntl.F_GETFL) & ~STRAIGHT
    try:
        fcntl.fcntl(handle, fcntl.F_SETFL, flags | STRAIGHT if on else flags)
    except OSError:
        return False
    return bool(STRAIGHT)
