"""The server's own secrets: made once, readable by their owner only."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fairline.core.secret_files import make, read_or_make


def test_a_secret_is_made_once_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "door.key"
    first = read_or_make(path, 32)
    assert len(first) == 32
    assert read_or_make(path, 32) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_of_another_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="should hold 32 bytes"):
        read_or_make(path, 32)


def test_those_who_make_it_at_once_agree(tmp_path: Path) -> None:
    path, found = tmp_path / "key", []
    threads = [threading.Thread(target=lambda: found.append(read_or_make(path, 32))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert make(path, b"one")
    assert not make(path, b"two")
    assert path.read_bytes() == b"one"
