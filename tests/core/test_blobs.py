"""Blobs: what is acknowledged is on the disk, whole, under a day and no time."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from fairline.core.blobs import Blobs, FolderBlobs, opened
from fairline.core.blobs_s3 import S3Blobs, from_url
from support.object_store import ObjectStore

OFFICE, OTHER, KEY = bytes(range(16)), bytes(16), bytes(range(16, 32))
DAY = date(2026, 11, 23)


@pytest.fixture(params=["folder", "s3", "SeaweedFS"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, object_store: Callable[[], ObjectStore],
    monkeypatch: pytest.MonkeyPatch,
) -> Blobs:  # fmt: skip
    if request.param == "folder":
        return FolderBlobs(tmp_path / "blobs")
    if request.param == "s3":
        return S3Blobs(MemoryStore())
    settings = object_store().settings(secrets.token_hex(4))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, settings[name])
    return from_url(settings["FAIRLINE_BLOBS"])


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


def test_many_are_deleted_at_once_and_missing_ones_passed_over(store: Blobs) -> None:
    keys = [bytes([number]) * 16 for number in range(6)]
    for key in keys[:5]:
        store.put(OFFICE, key, b"one", DAY)
    store.delete_all(OFFICE, [keys[0], keys[5], keys[1], keys[3]])
    store.delete_all(OFFICE, [])
    assert sorted(store.keys(OFFICE)) == [keys[2], keys[4]]


def test_half_written_files_of_earlier_days_are_tidied_away(store: Blobs, tmp_path: Path) -> None:
    store.put(OFFICE, KEY, b"one", DAY)
    half = tmp_path / "blobs" / OFFICE.hex() / KEY[:1].hex()
    if isinstance(store, FolderBlobs):
        for name, day in ((".yesterday", 22), (".today", 23)):
            (half / name).write_bytes(b"on")
            noon = datetime(2026, 11, day, 12, tzinfo=UTC).timestamp()
            os.utime(half / name, (noon, noon))
    assert store.tidy(OFFICE, DAY) == isinstance(store, FolderBlobs)
    assert store.tidy(OTHER, DAY) == 0
    assert list(store.keys(OFFICE)) == [KEY]
    assert (half / ".today").exists() == isinstance(store, FolderBlobs)
    assert not (half / ".yesterday").exists()


def test_a_store_that_does_not_answer_is_told_as_a_disk_would() -> None:
    store = from_url("s3://bucket/prefix?region=eu-west-1&endpoint=http://127.0.0.1:9&access_key_id=a&secret_access_key=b")
    for ask in (lambda: store.put(OFFICE, KEY, b"one", DAY), lambda: store.get(OFFICE, KEY)):
        with pytest.raises(OSError, match="does not answer"):
            ask()


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
