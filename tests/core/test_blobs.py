"""Blobs: what is acknowledged is on the disk, whole, under a day and no time."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from fairline.core.blobs import Blobs, FolderBlobs, opened
from fairline.core.blobs_s3 import S3Blobs, from_url

OFFICE, OTHER, KEY = bytes(range(16)), bytes(16), bytes(range(16, 32))
DAY = date(2026, 11, 23)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return FolderBlobs(tmp_path / "blobs") if request.param == "folder" else S3Blobs(MemoryStore())


def test_what_is_put_can_be_got_whole_and_in_parts(store: Blobs) -> None:
    content = bytes(range(256)) * 300
    store.put(OFFICE, KEY, content, DAY)
    assert store.get(OFFICE, KEY) == content
    assert store.get_range(OFFICE, KEY, 10, 20) == content[10:20]
    assert store.get_range(OFFICE, KEY, len(content) - 3, len(content) + 9) == content[-3:]
    assert store.get_range(OFFICE, KEY, len(content) + 5, len(content) + 9) == b""


def test_offices_are_apart(store: Blobs) -> None:
    store.put(OFFICE, KEY, b"one", DAY)
    assert list(store.keys(OFFICE)) == [KEY]
    assert list(store.keys(OTHER)) == []
    with pytest.raises(KeyError):
        store.get(OTHER, KEY)
    with pytest.raises(KeyError):
        store.get_range(OTHER, KEY, 0, 1)


def test_the_same_key_again_replaces_it_whole(store: Blobs) -> None:
    store.put(OFFICE, KEY, b"a longer one", DAY)
    store.put(OFFICE, KEY, b"one", DAY)
    assert store.get(OFFICE, KEY) == b"one"
    assert list(store.keys(OFFICE)) == [KEY]


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: Blobs) -> None:
    store.put(OFFICE, KEY, b"one", DAY)
    store.delete(OFFICE, KEY)
    store.delete(OFFICE, KEY)
    assert list(store.keys(OFFICE)) == []
    with pytest.raises(KeyError):
        store.get(OFFICE, KEY)


@pytest.mark.parametrize(("office", "key"), [(b"short", KEY), (OFFICE, b"../../../../../x"), (OFFICE, b"")])
def test_what_is_no_id_is_refused(store: Blobs, office: bytes, key: bytes) -> None:
    if len(office) == len(key) == 16:
        office = office[:15]
    with pytest.raises(ValueError, match="16 bytes"):
        store.put(office, key, b"x", DAY)


def test_files_and_folders_tell_the_day_only(tmp_path: Path) -> None:
    FolderBlobs(tmp_path / "blobs").put(OFFICE, KEY, b"one", DAY)
    midnight = datetime(2026, 11, 23, tzinfo=UTC).timestamp()
    path = tmp_path / "blobs" / OFFICE.hex() / KEY[:1].hex() / KEY.hex()
    for kept in (path, path.parent):
        assert kept.stat().st_mtime == midnight
        assert kept.stat().st_atime == midnight
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_half_written_file_is_no_blob(tmp_path: Path) -> None:
    store = FolderBlobs(tmp_path / "blobs")
    store.put(OFFICE, KEY, b"one", DAY)
    (tmp_path / "blobs" / OFFICE.hex() / KEY[:1].hex() / ".half").write_bytes(b"on")
    assert list(store.keys(OFFICE)) == [KEY]


PUT = """
from datetime import date
from pathlib import Path
from fairline.core.blobs import FolderBlobs
import os, sys
FolderBlobs(Path(sys.argv[1])).put(bytes(range(16)), bytes(range(16, 32)), b"x" * 5000, date(2026, 11, 23))
os.write(1, b"acknowledged")
"""


def test_nothing_is_acknowledged_before_file_and_names_are_synced(tmp_path: Path) -> None:
    """The trace of system calls: write, sync, rename, sync of the folder, and of every new folder's parent."""
    trace = tmp_path / "trace"
    calls = "trace=write,fdatasync,fsync,rename,renameat,renameat2,openat,mkdir,mkdirat"
    subprocess.run(
        ["strace", "-f", "-y", "-s", "16", "-e", calls, "-o", str(trace),
         sys.executable, "-c", PUT, str(tmp_path / "b")],
        check=True, capture_output=True,
    )  # fmt: skip
    lines = trace.read_text().splitlines()

    def first(pattern: str, after: int = 0) -> int:
        found = [at for at, line in enumerate(lines) if at >= after and re.search(pattern, line)]
        assert found, f"no {pattern} in the trace after line {after}"
        return found[0]

    office = f"{tmp_path}/b/{OFFICE.hex()}"
    written = first(rf"write\(\d+<{office}/10/\.[0-9a-f]+>.*= 5000")
    synced = first(rf"fdatasync\(\d+<{office}/10/\.", written)
    named = first(r"rename", synced)
    folder = first(rf"fsync\(\d+<{office}/10>\)", named)
    acknowledged = first(r'write\(1.*"acknowledged"', folder)
    for made, parent in ((f"{office}/10", office), (office, f"{tmp_path}/b"), (f"{tmp_path}/b", str(tmp_path))):
        born = first(rf'mkdir(at)?\(.*"{made}"')
        assert first(rf"fsync\(\d+<{parent}>\)", born) < acknowledged


def test_the_url_decides_which_store(tmp_path: Path) -> None:
    assert isinstance(opened(f"file://{tmp_path}"), FolderBlobs)
    assert isinstance(from_url("s3://bucket/prefix?region=eu-west-1&endpoint=http://127.0.0.1:9"), S3Blobs)
