"""A door's process uses freed buffers again, and says where its C library cannot."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys

import pytest

from fairline.core import memory

FAULTS = """
import resource
from fairline.core.memory import keep_freed
if {kept}: keep_freed()
def part(): return [bytearray(b"x") * (2 << 20) for _ in range(4)]
for _ in range(5): part()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50): part()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*, kept: bool) -> int:
    done = subprocess.run([sys.executable, "-c", FAULTS.format(kept=kept)], check=True, capture_output=True, text=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library has these settings")
def test_buffers_of_parts_are_used_again() -> None:
    # Four buffers of a part at once, as a request that is read, hashed and stored has them.
    pages = 50 * 4 * (2 << 20) // 4096
    assert faults(kept=False) > pages // 2
    assert faults(kept=True) < pages // 20


def test_another_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert not memory.keep_freed()
