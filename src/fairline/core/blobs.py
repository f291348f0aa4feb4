"""Sealed files: a folder by default, S3 by URL, one prefix an office.

``put`` returns only when the bytes and their name are on the disk: what is acknowledged stays after a power failure.
"""

from __future__ import annotations

import importlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from fairline.core import straight
from fairline.core.folders import make_folder, sync_folder

ID_BYTES: Final = 16


class Blobs(Protocol):
    """A store of immutable byte strings by office and key, both 16 bytes."""

    def put(self, office: bytes, key: bytes, content: bytes | memoryview, day: date) -> None:
        """Store ``content``, durably, with no finer time than ``day``; the same key again replaces it whole."""

    def get(self, office: bytes, key: bytes) -> bytes:
        """Return the whole content. Raises KeyError if there is none."""

    def get_range(self, office: bytes, key: bytes, start: int, end: int) -> bytes:
        """Return the bytes from ``start`` to before ``end``, fewer at its end. Raises KeyError if there is none."""

    def delete(self, office: bytes, key: bytes) -> None:
        """Remove the content, durably; nothing happens if there is none."""

    def delete_all(self, office: bytes, keys: Sequence[bytes]) -> None:
        """Remove many, durably; those that are not there are passed over."""

    def keys(self, office: bytes) -> Iterator[bytes]:
        """Yield the keys of the office, in no order that means anything."""

    def tidy(self, office: bytes, before: date) -> int:
        """Remove what a stop left half written before that day; return how many there were."""


@cache
def opened(url: str) -> Blobs:
    """Return the store at ``url`` (``file:///folder`` or ``s3://bucket/prefix``, as ``settings_file`` checked it)."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderBlobs(Path(unquote(parts.path)))
    # Its library takes 15 MB of memory in every process that imports it, so only who uses S3 does.
    store: Blobs = importlib.import_module("fairline.core.blobs_s3").from_url(url)
    return store


def relative_name(office: bytes, key: bytes) -> str:
    """Return the name of a blob below the store: office, first byte of the key, key, in hexadecimal.

    Raises:
        ValueError: office or key is not 16 bytes.
    """
    if len(office) != ID_BYTES or len(key) != ID_BYTES:
        raise ValueError("An office and a key of a blob are 16 bytes each.")
    return f"{office.hex()}/{key[:1].hex()}/{key.hex()}"


class FolderBlobs:
    """Blobs as files of a folder, written aside, synced, named, and the name synced too."""

    def __init__(self, root: Path) -> None:
        """Use the folder ``root``, which is made when the first blob comes."""
        self.root = root

    def put(self, office: bytes, key: bytes, content: bytes | memoryview, day: date) -> None:
        """Store ``content`` under ``key``; return once file and folder are on the disk."""
        # Text instead of Path: this is done for each part of a file.
        path = f"{self.root}/{relative_name(office, key)}"
        folder = path.rpartition("/")[0]
        draft = f"{folder}/.{secrets.token_hex(8)}"
        noon = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        handle = _new(draft)
        try:
            try:
                straight.write(handle, content)
                # The time of a file must not say more than its day.
                os.utime(handle, (noon, noon))
                os.fdatasync(handle)
                # Nobody reads it soon: in memory it would push the database out, and fresh pages cost more than it.
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
            os.replace(draft, path)  # noqa: PTH105 - a Path costs more than the call
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(draft)  # noqa: PTH108
            raise
        os.utime(folder, (noon, noon))
        sync_folder(folder)

    def get(self, office: bytes, key: bytes) -> bytes:
        """Return the whole file. Raises KeyError if there is none."""
        handle = self._opened(office, key)
        try:
            return straight.read(handle)
        finally:
            os.close(handle)

    def get_range(self, office: bytes, key: bytes, start: int, end: int) -> bytes:
        """Return a part of the file. Raises KeyError if there is none."""
        handle = self._opened(office, key)
        try:
            return os.pread(handle, max(0, end - start), start)
        finally:
            os.close(handle)

    def _opened(self, office: bytes, key: bytes) -> int:
        try:
            return os.open(self.root / relative_name(office, key), os.O_RDONLY)
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, office: bytes, key: bytes) -> None:
        """Remove the file and sync its folder."""
        path = self.root / relative_name(office, key)
        with suppress(FileNotFoundError):
            path.unlink()
            sync_folder(path.parent)

    def delete_all(self, office: bytes, keys: Sequence[bytes]) -> None:
        """Remove the files, then sync each folder once."""
        touched = set()
        for key in keys:
            path = self.root / relative_name(office, key)
            with suppress(FileNotFoundError):
                path.unlink()
                touched.add(path.parent)
        for folder in touched:
            sync_folder(folder)

    def tidy(self, office: bytes, before: date) -> int:
        """Remove half-written files; one that is being written now has a time of today."""
        count = 0
        midnight = datetime(before.year, before.month, before.day, tzinfo=UTC).timestamp()
        for path in (self.root / office.hex()).glob("??/.*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < midnight:
                    path.unlink()
                    count += 1
        return count

    def keys(self, office: bytes) -> Iterator[bytes]:
        """Yield the keys; what was being written when the power failed is no blob and is passed over."""
        for path in (self.root / office.hex()).glob("??/*"):
            if not path.name.startswith("."):
                yield bytes.fromhex(path.name)


def _new(path: str) -> int:
    """Make a file that only we may read, and its folder with it; return its descriptor."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        make_folder(Path(path).parent)
        return os.open(path, flags, 0o600)
