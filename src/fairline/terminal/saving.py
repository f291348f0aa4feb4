"""Attachments written to a folder: under their shown names, never outside it, over nothing, whole or not at all."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from fairline.seal import header, jsontext
from fairline.seal.attachment import Attachment, shape
from fairline.seal.errors import FairlineError
from fairline.seal.primitives import b64
from fairline.seal.shownname import shown_name
from fairline.seal.stream import NONCE_SIZE
from fairline.terminal.attaching import Progress
from fairline.terminal.dialogue import say
from fairline.terminal.door import JSON
from fairline.terminal.errors import TerminalError, UnreachableError
from fairline.terminal.sending import PAUSES
from fairline.terminal.sentences import sentence
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from fairline.seal.envelope import FileName
    from fairline.terminal.door import Line
    from fairline.terminal.exported import Export
    from fairline.terminal.mailbox import Opened

    FetchOf = Callable[[FileName], Callable[[int], bytes]]

OWN, OWN_FOLDER = 0o600, 0o700
LONGEST_NAME = 255
MOST_ALIKE = 1000
"""So many files of one name go into one folder."""
CARE = gettext_noop(
    "Files come from somebody else's device. Open them only with programs that are up to date; never let one run."
)


class Folder:
    """A folder that was named for it; files are made in it by its descriptor, so no name leads elsewhere."""

    def __init__(self, path: Path) -> None:
        """Open the folder, or make it for its owner only.

        Raises:
            TerminalError: `file`.
        """
        self.path = path
        try:
            path.mkdir(mode=OWN_FOLDER, exist_ok=True)
            self._handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            message = _("%(path)s could not be written: %(reason)s.") % {"path": path, "reason": error.strerror}
            raise TerminalError("file", message) from error

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close it."""
        os.close(self._handle)

    def write(self, name: str, pieces: Iterable[bytes]) -> str:
        """Write a file that holds `pieces`, all of them or none; return the name that it got.

        Raises:
            TerminalError: `file`; and whatever `pieces` raises.
        """
        draft = f".fairline-{secrets.token_hex(8)}"
        taken = ""
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN, dir_fd=self._handle)
            with os.fdopen(handle, "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            taken = self._free(shown_name(name))
            os.replace(draft, taken, src_dir_fd=self._handle, dst_dir_fd=self._handle)
        except OSError as error:
            self._drop(draft, taken)
            message = _("%(path)s could not be written: %(reason)s.") % {"path": self.path, "reason": error.strerror}
            raise TerminalError("file", message) from error
        except BaseException:
            self._drop(draft, taken)
            raise
        return taken

    def _free(self, name: str) -> str:
        """A name that nothing has, by making an empty file of it."""
        stem, dot, ending = name.rpartition(".")
        if not stem:
            stem, dot, ending = name, "", ""
        for number in range(1, MOST_ALIKE + 1):
            counted = "" if number == 1 else f" ({number})"
            wanted = f"{_cut(stem, len(f'{counted}{dot}{ending}'.encode()))}{counted}{dot}{ending}"
            with suppress(FileExistsError):
                os.close(os.open(wanted, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN, dir_fd=self._handle))
                return wanted
        raise TerminalError("file", _("There are too many files of one name in %(path)s.") % {"path": self.path})

    def _drop(self, *names: str) -> None:
        for name in names:
            if name:
                with suppress(OSError):
                    os.unlink(name, dir_fd=self._handle)


@dataclass(frozen=True)
class Saved:
    """What became of one attachment: the name it got, or why there is none."""

    file: FileName
    name: str | None
    fault: str


def save(folder: Folder, files: Iterable[FileName], fetch_of: FetchOf) -> list[Saved]:
    """Write each file; one that does not hold what its envelope says is not kept, and stops no other."""
    done: list[Saved] = []
    for file in files:
        try:
            name = folder.write(file.name, _watched(file, Attachment(file, fetch_of(file))))
        except FairlineError as error:
            done.append(Saved(file, None, sentence(error)))
        else:
            done.append(Saved(file, name, ""))
    return done


def told(done: Iterable[Saved], folder: Folder) -> bool:
    """Say what became of the files; return whether all of them are there."""
    whole = True
    for one in done:
        shown = shown_name(one.file.name)
        if one.name is not None:
            say(_("%(name)s is in %(path)s.") % {"name": shown, "path": folder.path / one.name})
        else:
            say(_("NOT SAVED, %(name)s: %(what)s") % {"name": shown, "what": one.fault})
            whole = False
    return whole


def from_mailbox(opened: Opened, line: Line, pause: Callable[[float], None] = time.sleep) -> FetchOf:
    """How the parts of a mailbox's attachments are fetched; a connection that breaks off is dialled again."""

    def of(file: FileName) -> Callable[[int], bytes]:
        def fetch(part: int) -> bytes:
            asked = jsontext.write({
                "v": 1, "id": b64(opened.mailbox.id), "auth": b64(opened.mailbox.auth), "blob": b64(file.blob),
                "part": part,
            })  # fmt: skip
            for wait in (*PAUSES, None):
                try:
                    return line.post(opened.office.path("mailbox/part"), asked, JSON)
                except UnreachableError as error:
                    if wait is None:
                        raise
                    again = _("The file goes on in %(seconds)s s where it stopped.") % {"seconds": f"{wait:.0f}"}
                    say(f"{error.sentence} {again}")
                    pause(wait)
            raise AssertionError("the last attempt either answers or raises")

        return fetch

    return of


def from_export(export: Export, paths: Mapping[bytes, str]) -> FetchOf:
    """How the parts of an export's attachments are read out of the one file that each of them is there."""

    def of(file: FileName) -> Callable[[int], bytes]:
        path, cut = paths.get(file.blob), shape(file.size)
        if path is None:
            raise TerminalError("copy-gone", _("The file is not there any more."))
        start = header.parse(export.read_range(path, 0, header.HEADER_LIMIT)).size + NONCE_SIZE
        first = cut.sealed(0, start)

        def fetch(part: int) -> bytes:
            begin = 0 if part == 0 else first + (part - 1) * cut.sealed(1, start)
            size = cut.sealed(part, start)
            # One byte more than the last part has: a longer file is not the one that came.
            return export.read_range(path, begin, begin + size + (1 if part == cut.parts - 1 else 0))

        return fetch

    return of


def _watched(file: FileName, attachment: Attachment) -> Iterable[bytes]:
    reached = 0
    with Progress(shown_name(file.name), file.size) as progress:
        for piece in attachment.whole():
            yield piece
            reached += len(piece)
            progress.reached(reached)


def _cut(stem: str, beside: int) -> str:
    return stem.encode()[: LONGEST_NAME - beside].decode(errors="ignore")
