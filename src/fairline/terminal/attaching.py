"""Files on their way to an office: sealed part by part here, kept in no memory but two parts, sent until they arrived.

A part that was sent and never answered is sent again, the very same bytes, which the door takes silently. What breaks
off for good is taken back, so that nothing of it waits there for a week.
"""

from __future__ import annotations

import mimetypes
import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from fairline.seal import jsontext
from fairline.seal.attachment import Upload, attachment_hash, begin_upload, seal_part
from fairline.seal.envelope import MOST_BYTES, MOST_FILES, FileName
from fairline.seal.errors import FairlineError
from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import H, b64
from fairline.seal.shownname import kept_name, kept_type, shown_name
from fairline.terminal.dialogue import ask_yes, here, say
from fairline.terminal.door import JSON
from fairline.terminal.errors import TerminalError, UnreachableError
from fairline.terminal.sending import PAUSES, taken
from fairline.terminal.sentences import sentence
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop
from fairline.terminal.working import worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairline.terminal.door import Line
    from fairline.terminal.office import Office

AS_THEY_ARE = gettext_noop(
    "Files go sealed, with their names, but as they are: pictures, films and documents often hold when, where, with "
    "which device and by whom they were made. Everyone who reads the report can see that. Take it out first if it "
    "could give you away."
)
STEP = 10
"""Percent between two lines of progress where nobody watches a screen."""


@dataclass(frozen=True)
class Chosen:
    """A file that shall go along."""

    path: Path
    size: int
    name: str
    type: str

    @property
    def shown(self) -> str:
        """Its name, fit for a terminal."""
        return shown_name(self.name)


def chosen(names: Sequence[str]) -> tuple[Chosen, ...]:
    """Look at the files before anything else is done.

    Raises:
        TerminalError: `file`: there are too many, or one is not there, no file, or longer than 4 GiB.
    """
    if len(names) > MOST_FILES:
        raise TerminalError("file", _("At most 100 files go with one report or message."))
    return tuple(_chosen(Path(name)) for name in names)


def attach(
    office: Office, desk: bytes, files: Sequence[Chosen], pause: Callable[[float], None] = time.sleep
) -> tuple[FileName, ...]:
    """Seal and send the files; return what the report or message says of them.

    Raises:
        DoorRefusedError: 409 `no-room` and whatever else a door may say.
        UnreachableError: nobody answered, however often it was tried.
        TerminalError: `file`: one could not be read, or changed meanwhile.
    """
    found: list[FileName] = []
    uploads: list[Upload] = []
    try:
        with office.door.one_line() as line:
            for file in files:
                upload = begin_upload(file.size)
                uploads.append(upload)
                found.append(_Sending(office, desk, line, pause).whole(file, upload))
    except BaseException:
        for upload in uploads:
            _take_back(office, upload)
        raise
    return tuple(found)


def discard(office: Office, files: Sequence[FileName]) -> None:
    """Take files back that no report will name; what cannot be reached dies in a week by itself."""
    for file in files:
        _take_back(office, Upload(file.blob, file.seed, b"", b"", file.size))


@dataclass(frozen=True)
class _Sending:
    office: Office
    desk: bytes
    line: Line
    pause: Callable[[float], None]

    def whole(self, file: Chosen, upload: Upload) -> FileName:
        hashes = []
        with _opened(file) as handle, Progress(file.shown, file.size) as progress:
            for part in range(upload.shape.parts):
                start, stop = upload.shape.own_span(part)
                sealed = seal_part(upload, part, _read(file, handle, start, stop))
                hashes.append(H(sealed))
                self._until_taken(self._parcel(upload, part, sealed), first=part == 0)
                progress.reached(stop)
        whole = attachment_hash(hashes)
        return FileName(upload.blob, upload.seed, whole, file.size, kept_name(file.name), kept_type(file.type))

    def _parcel(self, upload: Upload, part: int, sealed: bytes) -> bytes:
        head = {
            "v": 1, "blob": b64(upload.blob), "auth": b64(upload.auth), "desk": b64(self.desk), "part": part,
            "parts": upload.shape.parts,
        }  # fmt: skip
        return write_parcel(head, [ParcelFile("part", sealed)])

    def _until_taken(self, parcel: bytes, *, first: bool) -> None:
        ready = None if first else parcel
        while True:
            for wait in (*PAUSES, None):
                try:
                    ready = ready or worked(self.office, parcel)
                    taken(self.line.post, self.office.path("blobs/part"), ready)
                except UnreachableError as error:
                    failed = error
                    if wait is not None:
                        again = _("The file goes on in %(seconds)s s where it stopped.") % {"seconds": f"{wait:.0f}"}
                        say(f"{error.sentence} {again}")
                        self.pause(wait)
                else:
                    return
            once_more = _("Nothing is lost yet. Try once more?")
            if not here() or not ask_yes(f"{sentence(failed)} {once_more}"):
                raise failed


class Progress:
    """How far a file has come: one line that grows where somebody watches, else a line now and then."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size = name, size
        self._said = -STEP
        self._live = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Say that it begins."""
        self.reached(0)
        return self

    def __exit__(self, *_raised: object) -> None:
        """End the line."""
        if self._live:
            sys.stderr.write("\n")
            sys.stderr.flush()

    def reached(self, size: int) -> None:
        """So many bytes are there."""
        percent = 100 if self._size == 0 and size == 0 else size * 100 // max(1, self._size)
        if percent == self._said or (not self._live and percent < self._said + STEP and percent != 100):  # noqa: PLR2004
            return
        self._said = percent
        text = _("%(name)s: %(percent)s %%") % {"name": self._name, "percent": percent}
        if self._live:
            sys.stderr.write(f"\r{text}")
            sys.stderr.flush()
        else:
            say(text)


def _chosen(path: Path) -> Chosen:
    try:
        state = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(state.st_mode):
        raise TerminalError("file", _("%(path)s is no file that can be sent.") % {"path": path})
    if state.st_size > MOST_BYTES:
        raise TerminalError("file", _("%(path)s is longer than 4 GiB; send it in parts.") % {"path": path})
    return Chosen(path, state.st_size, path.name, mimetypes.guess_type(path.name)[0] or "")


@contextmanager
def _opened(file: Chosen) -> Iterator[int]:
    """A descriptor of the file, which must be the same one at the end as at the beginning."""
    try:
        handle = os.open(file.path, os.O_RDONLY)
    except OSError as error:
        raise _unreadable(file.path, error) from error
    try:
        before = os.fstat(handle)
        yield handle
        after = os.fstat(handle)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise _changed(file)
    finally:
        os.close(handle)


def _read(file: Chosen, handle: int, start: int, stop: int) -> bytes:
    found = b""
    try:
        while len(found) < stop - start:
            piece = os.pread(handle, stop - start - len(found), start + len(found))
            if not piece:
                raise _changed(file)
            found += piece
    except OSError as error:
        raise _unreadable(file.path, error) from error
    return found


def _take_back(office: Office, upload: Upload) -> None:
    asked = jsontext.write({"v": 1, "blob": b64(upload.blob), "auth": b64(upload.auth)})
    with suppress(FairlineError):
        office.door.post(office.path("blobs/removal"), asked, JSON)


def _changed(file: Chosen) -> TerminalError:
    return TerminalError("file", _("%(path)s changed while it was being sent. Please try again.") % {"path": file.path})


def _unreadable(path: Path, error: OSError) -> TerminalError:
    message = _("%(path)s could not be read: %(reason)s.") % {"path": path, "reason": error.strerror}
    return TerminalError("file", message)
