"""Large files past the page cache: whole, of every length, and the usual way where the straight one does not go."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairline.core import straight
from fairline.core.limits import PART_MAX
from fairline.core.straight import BLOCK, LEAST, MOST

SIZES = (0, 1, LEAST - 1, LEAST, LEAST + 1, LEAST + BLOCK, PART_MAX, MOST, MOST + 1)


def stored(path: Path, content: bytes | memoryview) -> bytes:
    """Write a file, read it again, and hold it against what the system says is in it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        straight.write(handle, content)
        os.fdatasync(handle)
    finally:
        os.close(handle)
    handle = os.open(path, os.O_RDONLY)
    try:
        found = straight.read(handle)
    finally:
        os.close(handle)
    assert found == path.read_bytes()
    return found


@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_any_length_is_whole(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    assert stored(tmp_path / "file", content) == content


def test_what_begins_anywhere_in_memory_is_written_as_it_is(tmp_path: Path) -> None:
    body = os.urandom(LEAST * 3 + 777)
    assert stored(tmp_path / "file", memoryview(body)[13:]) == body[13:]


def test_a_shorter_file_holds_nothing_of_the_longer_one_before(tmp_path: Path) -> None:
    stored(tmp_path / "long", b"l" * PART_MAX)
    assert stored(tmp_path / "short", b"s" * (LEAST + 5)) == b"s" * (LEAST + 5)


def test_threads_do_not_get_each_others_bytes(tmp_path: Path) -> None:
    wrong: list[int] = []

    def work(number: int) -> None:
        for turn in range(8):
            content = bytes((number,)) * (LEAST + number * BLOCK + turn)
            if stored(tmp_path / f"{number}-{turn}", content) != content:
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(handle: int, what: int, flags: int = 0) -> int:
        if what == straight.fcntl.F_SETFL and flags & straight.STRAIGHT:
            raise OSError(errno.EINVAL, "no")
        return real(handle, what, flags)

    real = straight.fcntl.fcntl
    monkeypatch.setattr(straight.fcntl, "fcntl", refuses)


def not_for_its_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(straight.os, "preadv", failing(errno.EINVAL))
    monkeypatch.setattr(straight.os, "write", failing(errno.EINVAL, straight.os.write, once=True))


def half_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def halves(handle: int, content: Any) -> int:
        return real(handle, content[: max(1, len(content) // 2 // BLOCK * BLOCK)])

    real = os.write
    monkeypatch.setattr(straight.os, "write", halves)


def failing(number: int, otherwise: Callable[..., int] | None = None, *, once: bool = False) -> Callable[..., int]:
    failed: list[bool] = []

    def call(*arguments: Any) -> int:
        if otherwise is not None and once and failed:
            return otherwise(*arguments)
        failed.append(True)
        raise OSError(number, "no")

    return call


@pytest.mark.parametrize("hindered", [without_it, not_for_its_blocks, half_of_it])
def test_where_it_does_not_go_the_file_is_whole_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hindered: Callable[[pytest.MonkeyPatch], None]
) -> None:
    content = os.urandom(LEAST * 5 + 99)
    hindered(monkeypatch)
    assert stored(tmp_path / "file", content) == content


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(straight.os, "write", failing(errno.ENOSPC))
    with pytest.raises(OSError, match="no") as told:
        stored(tmp_path / "file", os.urandom(LEAST))
    assert told.value.errno == errno.ENOSPC
