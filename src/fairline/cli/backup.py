"""`fairline backup FOLDER`: copies a running installation into FOLDER/<day>, and lets old copies go.

Everything in it is sealed but for the server's own secrets. It works for SQLite and a folder of files; PostgreSQL and
S3 have means of their own, and this command says so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from fairline.core import instants
from fairline.core.folders import sync_folder
from fairline.core.settings_file import Settings, SettingsError, load

KEEP_DAYS: Final = 30
"""What was deleted in the office dies in the copies too, within this time."""
PARTIAL: Final = ".partial"


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, help="where the copies lie, one a day; best on another, encrypted disk")


def run(arguments: argparse.Namespace) -> int:
    """Copy; return 0, or 1 where the disk failed.

    Raises:
        SettingsError: a setting is bad, or the installation keeps its data where this command does not reach.
    """
    settings = load()
    today = instants.read(settings.test_clock).date()
    try:
        copy(settings, arguments.folder, today)
        for old in _days(arguments.folder):
            if date.fromisoformat(old.name) < today - timedelta(days=KEEP_DAYS):
                shutil.rmtree(old)
    except (OSError, sqlite3.Error) as error:
        print(f"fairline: the copy could not be made: {error}.", file=sys.stderr)
        return 1
    print(f"Copied to {arguments.folder / today.isoformat()}.")
    return 0


def copy(settings: Settings, folder: Path, today: date) -> Path:
    """Copy the installation into a folder of this day, whole or not at all; return that folder.

    Raises:
        SettingsError: it is on PostgreSQL or S3.
        OSError: a disk failed.
    """
    databases = [_sqlite(settings.public_database), _sqlite(settings.database)]
    files = _folder(settings.blobs)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial, day = folder / PARTIAL, folder / today.isoformat()
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    # Public content first: what the sealed store knows to be published, and is missing there, the next night publishes.
    # Then the rows, then the files that they name: a file is on the disk before its row is, and never changes.
    for database in databases:
        _copy_database(database, partial / database.name)
    before = [one for one in _days(folder) if one != day]
    _copy_files(files, partial / "blobs", before[-1] / "blobs" if before else None)
    shutil.copytree(settings.data / "secrets", partial / "secrets")
    with suppress(FileNotFoundError):
        shutil.copy2(settings.data / "fairline.toml", partial)
    for path in [*partial.rglob("*"), partial]:
        _sync(path)
    if day.exists():
        shutil.rmtree(day)
    partial.rename(day)
    sync_folder(folder)
    return day


def _days(folder: Path) -> list[Path]:
    """Return the copies there, oldest first."""
    found = []
    for path in folder.iterdir():
        with suppress(ValueError):
            date.fromisoformat(path.name)
            found.append(path)
    return sorted(found)


def _sqlite(url: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        raise SettingsError(
            "This installation is on PostgreSQL: copy its databases with pg_dump, public content first."
        )
    return Path(unquote(parts.path))


def _folder(url: str) -> Path:
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


def _copy_files(there: Path, copied: Path, before: Path | None) -> None:
    """Copy every file, or link it to the copy of the day before; pass over what is deleted meanwhile."""
    copied.mkdir(mode=0o700)
    for folder, _folders, names in os.walk(there):
        place = Path(folder).relative_to(there)
        (copied / place).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            with suppress(FileNotFoundError):
                _copy_file(Path(folder) / name, copied / place / name, before / place / name if before else None)


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
