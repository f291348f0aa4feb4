"""Files that a person named for something secret: new, and readable by nobody else on the machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fairline.terminal.errors import TerminalError
from fairline.terminal.words import gettext as _

OWN = 0o600
TEXT_LIMIT = 4 * 1024 * 1024
STDIN = "-"


def keep(path: Path, content: bytes) -> None:
    """Write a new file.

    Raises:
        TerminalError: `file`, if it is there already or cannot be written. Nothing is ever overwritten.
    """
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN)
        with os.fdopen(place, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        message = _("%(path)s is there already, and nothing is overwritten. Name another file.") % {"path": path}
        raise TerminalError("file", message) from error
    except OSError as error:
        message = _("%(path)s could not be written: %(reason)s.") % {"path": path, "reason": error.strerror}
        raise TerminalError("file", message) from error


def require_new(path: Path) -> None:
    """Refuse a file name that `keep` would refuse, before anything is sent; raises `TerminalError("file")`."""
    if path.exists() or not path.absolute().parent.is_dir():
        raise TerminalError("file", _("%(path)s must be a new file in a folder that is there.") % {"path": path})


def read_text(name: str) -> str:
    """The text of a file, or of the standard input where the name is `-`.

    Raises:
        TerminalError: `file`, if it cannot be read, is no UTF-8, or is over 4 MiB.
    """
    try:
        if name == STDIN:
            raw = sys.stdin.buffer.read(TEXT_LIMIT + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(TEXT_LIMIT + 1)
        if len(raw) > TEXT_LIMIT:
            raise TerminalError("file", _("The text is longer than 4 MiB."))
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TerminalError("file", _("%(path)s is not a text in UTF-8.") % {"path": name}) from error
    except OSError as error:
        message = _("%(path)s could not be read: %(reason)s.") % {"path": name, "reason": error.strerror}
        raise TerminalError("file", message) from error
