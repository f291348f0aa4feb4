"""Whether an installation is whole: a restore leaves a mark until it has ended, and nothing serves under it.

A copy that is half in place, or in which what two people deleted since has not been deleted again, must not answer
anybody: it would bring back what was destroyed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from fairline.core.folders import make_folder, sync_folder
from fairline.core.settings_file import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = "restore-not-finished"
"""A file in the data folder."""


def begin(data: Path) -> None:
    """Mark ``data`` as not whole; the mark is on the disk when this returns."""
    make_folder(data)
    (data / MARK).touch(mode=0o600)
    sync_folder(data)


def end(data: Path) -> None:
    """Take the mark away: everything is in place, and on the disk before the mark is gone from it."""
    os.sync()
    (data / MARK).unlink()
    sync_folder(data)


def require_whole(data: Path) -> None:
    """Refuse to serve what a restore has not finished.

    Raises:
        SettingsError: it has not.
    """
    if (data / MARK).exists():
        raise SettingsError(
            f"A restore into {data} began and did not end, so what was deleted since the copy may be in it again."
            " Put that folder aside and restore once more; nothing serves before."
        )
