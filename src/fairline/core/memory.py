"""How a door's process keeps the memory that it has freed.

Parts of attachments are 2 MiB, and each passes through a few buffers of that size. Left to itself the C library gives
them back to the system and asks for fresh, zeroed pages with the next part: a third of the processor time of sending
one out (bench/attachment.py). What is kept is bounded: a few buffers a thread.
"""

from __future__ import annotations

import ctypes
from typing import Final

M_TRIM_THRESHOLD: Final = -1
M_MMAP_THRESHOLD: Final = -3
M_ARENA_MAX: Final = -8
"""As `malloc.h` of the GNU C library numbers them; other libraries have no `mallopt`, or take none of these."""

KEPT: Final = 16 << 20
LARGE: Final = 8 << 20
ARENAS: Final = 2


def keep_freed() -> bool:
    """Let this process use freed buffers again; return whether its C library does that."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    settings = ((M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, KEPT), (M_ARENA_MAX, ARENAS))
    done = [mallopt(name, value) == 1 for name, value in settings]
    return all(done)
