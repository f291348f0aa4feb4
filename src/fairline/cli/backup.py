"""`fairline backup FOLDER`: copies a running installation into FOLDER/<day>, and lets old copies go.

Everything in it is sealed but for the server's own secrets, and wraps of keys lie in a set of their own (``keyset``).
It works for SQLite and a folder of files; PostgreSQL and
S3 have means of their own, and this command says so.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from fairline.cli import keyset
from fairline.core import instants, restoring
from fairline.core.folders import sync_folder
from fairline.core.limits import BACKUP_DAYS
from fairline.core.settings_file import Settings, SettingsError, load

KEYS: Final = "keys"
"""Folder of the keys, beside the copies."""
KEEP_KEYS: Final = 7
"""Days: what was deleted is unreadable in all copies once no set is left that held its keys, which is sooner still."""
PARTIAL: Final = ".partial"
OLD: Final = ".old"


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, help="where the copies lie, one a day; best on another, encrypted disk")
    parser.add_argument("--keys", type=Path, help="where the keys lie (default: `keys` in that folder)")


def run(arguments: argparse.Namespace) -> int:
    """Copy; return 0, or 1 where the disk failed.

    Raises:
        SettingsError: a setting is bad, or the installation keeps its data where this command does not reach.
    """
    settings = load()
    today = instants.read(settings.test_clock).date()
    try:
        keys = arguments.keys or arguments.folder / KEYS
        restoring.require_whole(settings.data)
        copy(settings, arguments.folder, keys, today)
        for folder, days in ((arguments.folder, BACKUP_DAYS), (keys, KEEP_KEYS)):
            for old in days_in(folder):
                if date.fromisoformat(old.name) < today - timedelta(days=days):
                    shutil.rmtree(old)
    except (OSError, sqlite3.Error) as error:
        print(f"fairline: the copy could not be made: {error}.", file=sys.stderr)
        return 1
    print(f"Copied to {arguments.folder / today.isoformat()}.")
    return 0


def copy(settings: Settings, folder: Path, keys: Path, today: date) -> Path:
    """Copy the installation into a folder of this day, whole or not at all; return that folder.

    The wraps of keys go into ``keys``, into a folder of the same day, and are nowhere in the other.

    Raises:
        SettingsError: it is on PostgreSQL or S3.
        OSError: a disk failed.
    """
    databases = [sqlite_file(settings.public_database), sqlite_file(settings.database)]
    if databases[0].name == databases[1].name:
        raise SettingsError("The two databases have one name, so one copy would take the place of the other.")
    folder_of(settings.blobs)
    with _alone(folder):
        return _copied(settings, databases, folder, keys, today)


def _copied(settings: Settings, databases: list[Path], folder: Path, keys: Path, today: date) -> Path:
    files = folder_of(settings.blobs)
    partial, day = _begun(folder), folder / today.isoformat()
    apart = _begun(keys)
    # Public content first: what the sealed store knows to be published, and is missing there, the next night publishes.
    # Then the rows, then the files that they name: a file is on the disk before its row is, and never changes.
    for database in databases:
        _copy_database(database, partial / database.name)
    keyset.take_out(partial / databases[-1].name, apart / keyset.FILE)
    require_keys(apart, days_in(keys))
    before = [one for one in days_in(folder) if one != day]
    if files.is_dir() or _has_files(partial / databases[-1].name):
        copy_files(files, partial / "blobs", before[-1] / "blobs" if before else None)
    shutil.copytree(settings.data / "secrets", partial / "secrets")
    with suppress(FileNotFoundError):
        # The file that was read, wherever it lies.
        shutil.copy2(os.environ.get("FAIRLINE_CONFIG") or settings.data / "fairline.toml", partial / "fairline.toml")
    # The keys first: a copy without them would be one that nobody opens.
    _finish(apart, keys / today.isoformat())
    _finish(partial, day)
    return day


def _has_files(database: Path) -> bool:
    """Whether an attachment has come: until the first one, there is no folder for them."""
    with closing(sqlite3.connect(database)) as copied:
        return bool(copied.execute("SELECT EXISTS (SELECT 1 FROM line_blobpart WHERE held)").fetchone()[0])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no two runs copy into one folder: each would wipe what the other has begun.

    Raises:
        OSError: another one is copying.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise OSError("another copy is being made into this folder") from error
    finally:
        os.close(descriptor)


def require_keys(apart: Path, before: list[Path]) -> None:
    """Refuse an empty set where the one before had keys: restored as the newest, it would open nothing for anybody.

    Raises:
        OSError: something is wrong with the installation, and what was copied before stays.
    """
    newest = before[-1] / keyset.FILE if before else None
    if newest is not None and keyset.holds_keys(newest) and not keyset.holds_keys(apart / keyset.FILE):
        raise OSError("the installation has no keys any more; the copies that are there stay as they are")


def _begun(folder: Path) -> Path:
    """Return an empty folder for what is being copied."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = folder / PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    return partial


def _finish(partial: Path, day: Path) -> None:
    """Let a copy take the place of the one of its day, durably: at no moment is there none."""
    for path in [*partial.rglob("*"), partial]:
        _sync(path)
    old = day.with_name(OLD)
    shutil.rmtree(old, ignore_errors=True)
    if day.exists():
        day.rename(old)
    partial.rename(day)
    sync_folder(day.parent)
    shutil.rmtree(old, ignore_errors=True)


def days_in(folder: Path) -> list[Path]:
    """Return the copies there, oldest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(ValueError):
            date.fromisoformat(path.name)
            found.append(path)
    return sorted(found)


def sqlite_file(url: str) -> Path:
    """Return the file of a database.

    Raises:
        SettingsError: it is on PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        raise SettingsError(
            "This installation is on PostgreSQL: copy its databases with pg_dump, public content first."
        )
    # Two slashes at the beginning would be another path than one.
    return Path(f"/{unquote(parts.path).lstrip('/')}")


def folder_of(url: str) -> Path:
    """Return the folder of the files.

    Raises:
        SettingsError: they are in S3.
    """
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise SettingsError("This installation keeps its files in S3: copy them with the means of your store.")
    return Path(unquote(parts.path))


def _copy_database(there: Path, copied: Path) -> None:
    with (
        closing(sqlite3.connect(f"{there.as_uri()}?mode=rw", uri=True)) as source,
        closing(sqlite3.connect(copied)) as target,
    ):
        source.backup(target)


def copy_files(there: Path, copied: Path, before: Path | None) -> None:
    """Copy every file, or link it to the copy of the day before; pass over what is deleted meanwhile.

    Raises:
        OSError: a folder cannot be read: what is not mounted is not empty.
    """
    copied.mkdir(mode=0o700)

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError) or not there.is_dir():
            raise error

    for folder, _folders, names in os.walk(there, onerror=unread):
        place = Path(folder).relative_to(there)
        (copied / place).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            with _unless_deleted(Path(folder) / name):
                _copy_file(Path(folder) / name, copied / place / name, before / place / name if before else None)


@contextmanager
def _unless_deleted(there: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        # Deleted meanwhile. Where it is still here, it is the copy that went.
        if there.exists():
            raise


def _copy_file(there: Path, copied: Path, before: Path | None) -> None:
    now = there.stat()
    if before is not None and before.exists() and _same(before.stat(), now):
        copied.hardlink_to(before)
    else:
        shutil.copy2(there, copied)


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _sync(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
