"""How full the disk is, and what that leaves room for: a file waits before a text does, and a text before the office.

At 85 % attachments stop, at 95 % drafts, too, and the last of it is kept for the office: it must be able to sign in and
to make room. The file system is asked each time; that costs two millionths of a second and is never out of date.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from fairline.core.limits import DISK_FILES, DISK_RESERVE_LEAST, DISK_RESERVE_MOST, DISK_RESERVE_SHARE, DISK_TEXT
from fairline.core.problems import Problem

OUT_OF_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL: Final = "53100"
"""SQLSTATE of PostgreSQL, whose disk may be another machine's."""
NOTHING: Final = 1 << 20
"""Bytes below which a database that cannot write is taken to have no room, whatever it says."""


@dataclass(frozen=True)
class Space:
    """A file system that we write to; sizes in bytes."""

    total: int
    free: int

    @property
    def used(self) -> float:
        """Percent that are taken, 0 to 100."""
        return 100.0 * (1 - self.free / self.total) if self.total else 100.0

    @property
    def reserve(self) -> int:
        """Bytes that are kept for the office's own acts."""
        share = self.total * DISK_RESERVE_SHARE // 100
        return max(DISK_RESERVE_LEAST, min(share, DISK_RESERVE_MOST))

    @property
    def takes_files(self) -> bool:
        """Whether attachments are taken."""
        return self.used < DISK_FILES

    @property
    def takes_drafts(self) -> bool:
        """Whether anything but the text of reports and messages is taken."""
        return self.used < DISK_TEXT

    @property
    def takes_text(self) -> bool:
        """Whether reports and messages are taken."""
        return self.free > self.reserve


def folders() -> tuple[Path, ...]:
    """Return the folders of this machine that the installation writes to."""
    given = settings.FAIRLINE
    found = [given.data]
    for url in (given.database, given.public_database, given.blobs):
        parts = urlsplit(url)
        path = Path("/", unquote(parts.path).lstrip("/"))
        if parts.scheme == "sqlite":
            found.append(path.parent)
        elif parts.scheme == "file":
            found.append(path)
    return tuple(dict.fromkeys(found))


def space_at(folder: Path) -> Space:
    """Return the file system in which ``folder`` lies, or will lie."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    there = os.statvfs(folder)
    # As `df` counts: what the system keeps for itself is neither used nor free.
    taken = there.f_blocks - there.f_bfree
    return Space((taken + there.f_bavail) * there.f_frsize, there.f_bavail * there.f_frsize)


def space() -> Space:
    """Return the fullest file system that the installation writes to."""
    if settings.FAIRLINE.test_roomy:
        return Space(1 << 40, 1 << 40)
    return max((space_at(folder) for folder in folders()), key=lambda one: (not one.takes_text, one.used))


def require_room_for_text() -> None:
    """Refuse a text where only the office's reserve is left.

    Raises:
        Problem: 409 ``full``.
    """
    if not space().takes_text:
        raise full()


def full() -> Problem:
    """Return the refusal of whatever finds no room."""
    message = _(
        "There is no room left here at the moment, so nothing was stored. What you wrote is still in your page; please "
        "try again later, or use one of the other ways."
    )
    return Problem(409, "full", message)


def is_full(error: BaseException) -> bool:
    """Return whether ``error`` came because a disk is full."""
    if isinstance(error, OSError):
        return error.errno in OUT_OF_SPACE
    if not isinstance(error, Error):
        return False
    cause: Any = error.__cause__
    if getattr(cause, "sqlstate", None) == DISK_FULL:
        return True
    if isinstance(cause, sqlite3.Error):
        # The write-ahead log and its index say so in other words: an input or output error, or a file not opened.
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        unwritten = code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
        return code == sqlite3.SQLITE_FULL or (unwritten and space().free < NOTHING)
    return False
