"""A folder that `fairline export` wrote. Nothing in it is believed before it is proven."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from fairline.seal import jsontext
from fairline.seal.document import parse_file
from fairline.seal.errors import MalformedError
from fairline.seal.fields import Fields, as_list, whole
from fairline.seal.form import read_form
from fairline.seal.primitives import SIGNATURE_SIZE, H, b64
from fairline.seal.sheet import read_sheet
from fairline.terminal.errors import TerminalError
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fairline.seal.document import DocumentName
    from fairline.seal.form import Form

DAY = re.compile(r"(arrivals|acts)/\d{4}-\d{2}-\d{2}")
"""A day of the record as it is published; its batch lies as `batch` in the folder of that day."""
INDEX_LIMIT = 1024 * 1024 * 1024
SALT_SIZE = 16


@dataclass(frozen=True)
class ExportedMember:
    """A member who can sign in: id; names to sign in, to colleagues and to reporters; the salt of their passphrase."""

    id: bytes
    sign_in: str
    name: str
    salt: bytes
    alias: str


@dataclass(frozen=True)
class ExportedKeys:
    """One member's copy of a desk's key file, with the act that names it."""

    desk: bytes
    n: int
    member: bytes
    what: bytes
    signature: bytes
    path: str


@dataclass(frozen=True)
class ExportedCase:
    """The keys of a case in force: the number of their file, the act that names it, and whose copies lie where."""

    n: int
    what: bytes
    signature: bytes
    paths: Mapping[bytes, str]


@dataclass(frozen=True)
class ExportedPost:
    """A post as the index names it.

    Attributes:
        chain: r, o or i.
        n: place on it.
        day: of arrival.
        c: content commitment.
        f: commitment to the files.
        T: search tag; None for a note.
        promise: as it stands there.
        files: kind, H as it came, path, and whether it was sealed anew since.
        attachments: blob id, hash, and path; None where it is not there any more.
        anew: where the copy lies that triage sealed anew to the case.
    """

    chain: str
    n: int
    day: str
    c: bytes
    f: bytes
    T: bytes | None
    promise: Any
    files: tuple[tuple[str, bytes, str, bool], ...]
    attachments: tuple[tuple[bytes, bytes, str | None], ...] = ()
    anew: str | None = None


@dataclass(frozen=True)
class ExportedThread:
    """A thread as the index names it; `case` where it is one, and the export holds its keys."""

    id: bytes
    desk: bytes
    day: str
    status: str
    posts: tuple[ExportedPost, ...]
    case: ExportedCase | None = None


@dataclass
class Export:
    """The folder, and its index as read.

    Raises:
        TerminalError: `export`, if this is no such folder, or one that was cut off.
    """

    folder: Path
    office: bytes = field(init=False)
    day: date = field(init=False)
    members: list[ExportedMember] = field(init=False)
    keys: list[ExportedKeys] = field(init=False)
    threads: list[ExportedThread] = field(init=False)

    def __post_init__(self) -> None:
        """Read the index."""
        try:
            parsed = jsontext.parse((self.folder / "index.json").read_bytes(), INDEX_LIMIT)
            whole(parsed, self._read)
        except OSError as error:
            message = _("%(folder)s has no index.json: it is no export, or it was cut off.")
            raise TerminalError("export", message % {"folder": self.folder}) from error
        except MalformedError as error:
            message = _("The index of %(folder)s is not as exports have it.")
            raise TerminalError("export", message % {"folder": self.folder}) from error

    def member(self, sign_in: str) -> ExportedMember:
        """The member who signs in with this name.

        Raises:
            TerminalError: `member`.
        """
        wanted = sign_in.strip().casefold()
        for one in self.members:
            if wanted in {one.sign_in.casefold(), one.name.casefold(), b64(one.id).casefold()}:
                return one
        raise TerminalError("member", _("Nobody in this export signs in with that name."))

    def read(self, path: str) -> bytes:
        """A file of the folder, never one beside it.

        Raises:
            TerminalError: `export`, if it is not there.
        """
        try:
            return self._place(path).read_bytes()
        except OSError as error:
            raise _missing(path) from error

    def read_range(self, path: str, start: int, stop: int) -> bytes:
        """Bytes `start` to `stop` (not included) of a file of the folder, fewer at its end; raises as `read`."""
        try:
            with self._place(path).open("rb") as file:
                file.seek(start)
                return file.read(stop - start)
        except OSError as error:
            raise _missing(path) from error

    def published(self, path: str) -> bytes | None:
        """A public file of the record as it was served; None where it is not here."""
        try:
            return self.read(f"public/{path}/batch" if DAY.fullmatch(path) else f"public/{path}")
        except TerminalError:
            return None

    def form_of(self, desk: bytes, name: DocumentName) -> Form | None:
        """The form of the sheet that a report names; None where either is not there, or is not what its hash says."""
        try:
            sheet = read_sheet(parse_file(self.read(f"documents/sheet-{b64(desk)}-{name.number}.json")).doc)
            text = self.read(f"documents/text-{b64(sheet.form)}.json")
            return read_form(text) if sheet.hash == name.hash and H(text) == sheet.form else None
        except (TerminalError, MalformedError):
            return None

    def _place(self, path: str) -> Path:
        place = self.folder / path if "\0" not in path else self.folder
        # Nothing is followed out of the folder, and nothing is waited for that is no file.
        try:
            inside = not place.is_symlink() and place.resolve().is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError):  # links in a circle
            inside = False
        if not inside:
            raise TerminalError("export", _("The index names a file outside the folder."))
        if not place.is_file():
            raise _missing(path)
        return place

    def _read(self, fields: Fields) -> None:
        fields.fixed("v", 1)
        fields.fixed("kind", "export")
        self.office, self.day = fields.id("office"), fields.day("day")
        for name in ("names", "zone"):
            fields.value(name)
        rows = as_list(fields.value("members"), INDEX_LIMIT)
        self.members = [_member(row) for row in rows if isinstance(row, dict) and "salt" in row]
        self.keys = [whole(row, _keys) for row in as_list(fields.value("keys"), INDEX_LIMIT)]
        # Exports of before have none: what is a case opens from none of them.
        rows = as_list(fields.value("cases"), INDEX_LIMIT) if fields.has("cases") else []
        cases = dict(whole(row, _case) for row in rows)
        threads = (whole(row, _thread) for row in as_list(fields.value("threads"), INDEX_LIMIT))
        self.threads = [replace(one, case=cases.get(one.id)) for one in threads]


def _missing(path: str) -> TerminalError:
    return TerminalError("export", _("A file of the export is missing: %(path)s.") % {"path": path})


def _member(row: dict[str, Any]) -> ExportedMember:
    kept = {name: row.get(name) for name in ("id", "sign_in", "name", "salt", "alias")}
    return whole(
        kept,
        lambda fields: ExportedMember(
            fields.id("id"),
            fields.text("sign_in"),
            fields.text("name"),
            fields.raw("salt", SALT_SIZE),
            fields.text("alias"),
        ),
    )


def _keys(fields: Fields) -> ExportedKeys:
    for name in ("epoch", "c", "hash"):
        fields.value(name)
    return ExportedKeys(
        desk=fields.id("desk"),
        n=fields.integer("n"),
        member=fields.id("member"),
        what=fields.raw("what"),
        signature=fields.raw("sig", SIGNATURE_SIZE),
        path=fields.text("file"),
    )


def _case(fields: Fields) -> tuple[bytes, ExportedCase]:
    return fields.id("thread"), ExportedCase(
        n=fields.integer("n"),
        what=fields.raw("what"),
        signature=fields.raw("sig", SIGNATURE_SIZE),
        paths=dict(whole(row, _copy) for row in as_list(fields.value("files"))),
    )


def _copy(fields: Fields) -> tuple[bytes, str]:
    fields.hash("hash")
    return fields.id("member"), fields.text("file")


def _thread(fields: Fields) -> ExportedThread:
    for name in ("epoch", "generation"):
        if fields.has(name):
            fields.value(name)
    return ExportedThread(
        id=fields.id("thread"),
        desk=fields.id("desk"),
        day=fields.day("day").isoformat(),
        status=fields.text("status"),
        posts=tuple(whole(row, _post) for row in as_list(fields.value("posts"), INDEX_LIMIT)),
    )


def _post(fields: Fields) -> ExportedPost:
    return ExportedPost(
        chain=fields.one("chain", ("r", "o", "i")),
        n=fields.integer("n"),
        day=fields.day("day").isoformat(),
        c=fields.hash("c"),
        f=fields.hash("f"),
        T=fields.hash("T") if fields.has("T") else None,
        promise=fields.value("promise") if fields.has("promise") else None,
        files=tuple(whole(row, _file) for row in as_list(fields.value("files"))),
        attachments=(
            tuple(whole(row, _attachment) for row in as_list(fields.value("attachments")))
            if fields.has("attachments")
            else ()
        ),
        anew=fields.text("case") if fields.has("case") else None,
    )


def _attachment(fields: Fields) -> tuple[bytes, bytes, str | None]:
    return fields.id("blob"), fields.hash("hash"), fields.text("file") if fields.has("file") else None


def _file(fields: Fields) -> tuple[str, bytes, str, bool]:
    resealed = fields.flag("resealed") if fields.has("resealed") else False
    return fields.text("as"), fields.hash("hash"), fields.text("file"), resealed
