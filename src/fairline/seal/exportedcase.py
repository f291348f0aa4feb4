"""A case that somebody assigned to it took out: one archive with what was written, its proofs, and a page to read.

The list inside names every file by its hash. Its own hash stands in the signed act by which the case was taken out,
and the office has promised that act to its record: so what the list names is this office's own export or it is not.
Source: `docs/formats.md`, "An exported case".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.archive import Archive, ArchivedFile, Source, read_archive
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, as_bytes, as_hash, document, whole
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64
from fairline.seal.stood import read_stood, stood_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fairline.seal.stood import Stood

REASONS: Final = ("court", "authority", "review", "person", "move", "safekeeping")
"""Why a case was taken out: in the act, so a closed list; what more there is to say is inside the file."""
LIST, RECORD, PAGE, DOCUMENTS = "list.json", "record.json", "case.pdf", "documents.json"
FIXED: Final = (LIST, RECORD, PAGE, DOCUMENTS)
LIST_LIMIT: Final = 16 * 1024 * 1024
RECORD_LIMIT: Final = 256 * 1024
MOST_POSTS: Final = 20_000
CHAINS: Final = ("r", "o", "i")


@dataclass(frozen=True)
class ExportedPost:
    """A post of the case; its envelope lies in the archive as `file`. Fields as the office's door gives them."""

    chain: str
    n: int
    day: date
    c: bytes
    f: bytes
    T: bytes | None
    promise: Any
    hash: bytes
    """H of the envelope."""

    @property
    def file(self) -> str:
        """Where its envelope lies."""
        return f"envelopes/{self.chain}-{self.n}.fairline"


@dataclass(frozen=True)
class ExportedFile:
    """An attachment. `part` is where its bytes lie, and `hash` H of them; both None where it was too large."""

    blob: bytes
    name: str
    size: int
    part: str | None
    hash: bytes | None


@dataclass(frozen=True)
class ExportedCase:
    """The list. Nothing in it is proven before the record's promise is."""

    office: bytes
    desk: bytes
    thread: bytes
    day: date
    by: bytes
    """Id of who took it out."""
    reason: str
    words: str
    """What they wrote about it."""
    status: str
    audience: tuple[bytes, ...]
    """H of every recipient that their browser had proven for this thread."""
    posts: tuple[ExportedPost, ...]
    files: tuple[ExportedFile, ...]
    page: bytes
    """H of the page to read."""
    documents: bytes
    """H of the office's documents."""
    stood: Stood | None = None
    """What the office kept beside it; None in exports of before that went along."""


@dataclass(frozen=True)
class ExportRecord:
    """What the record knows of it: the act's row as it stands there, and the office's promise of it."""

    row: bytes
    promise: Any


@dataclass(frozen=True)
class OpenedExport:
    """An archive whose files are those that its list names."""

    case: ExportedCase
    record: ExportRecord
    digest: bytes
    """H of the list, which the act names."""
    contents: Archive = field(repr=False)


def write_list(case: ExportedCase) -> bytes:
    """The list as JSON."""
    return write({
        "v": 1, "kind": "exported case", "office": b64(case.office), "desk": b64(case.desk), "thread": b64(case.thread),
        "day": case.day.isoformat(), "by": b64(case.by), "reason": case.reason, "words": case.words,
        "status": case.status, "audience": [b64(one) for one in case.audience],
        "posts": [
            {
                "chain": post.chain, "n": post.n, "day": post.day.isoformat(), "c": b64(post.c), "f": b64(post.f),
                **({} if post.T is None else {"T": b64(post.T)}),
                **({} if post.promise is None else {"promise": post.promise}),
                "hash": b64(post.hash),
            }
            for post in case.posts
        ],
        "files": [
            {
                "blob": b64(file.blob), "name": file.name, "size": file.size,
                **({} if file.part is None or file.hash is None else {"part": file.part, "hash": b64(file.hash)}),
            }
            for file in case.files
        ],
        "page": b64(case.page), "documents": b64(case.documents),
        **({} if case.stood is None else {"stood": stood_json(case.stood)}),
    })  # fmt: skip


def read_list(raw: bytes) -> ExportedCase:
    """Read a list strictly.

    Raises:
        MalformedError: `json-…`, `export-part` for a place that none of our files has.
    """
    return document(raw, _case, LIST_LIMIT)


def write_record(record: ExportRecord) -> bytes:
    """The record's own file in the archive."""
    return write({"v": 1, "kind": "export record", "row": b64(record.row), "promise": record.promise})


def read_record(raw: bytes) -> ExportRecord:
    """Read it strictly.

    Raises:
        MalformedError: `json-…`.
    """
    return document(raw, _record, RECORD_LIMIT)


def write_documents(manifest: bytes, charters: list[bytes]) -> bytes:
    """The office's manifest, and the files of the charters before the one in it, newest first."""
    return write({
        "v": 1, "kind": "export documents", "manifest": b64(manifest), "charters": [b64(one) for one in charters]
    })  # fmt: skip


def read_documents(raw: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Read them strictly; nothing in them is proven.

    Raises:
        MalformedError: `json-…`.
    """
    return document(raw, _documents, LIST_LIMIT)


def open_archive(source: Source) -> OpenedExport:
    """Take an archive apart and hold every file against the list; the list itself is held against the act elsewhere.

    Raises:
        MalformedError: `archive`, `json-…`, `export-files` where other files lie there than the list names.
        RefusedError: `export-hash` where one is not what the list says.
    """
    contents = read_archive(source)
    names = tuple(contents)
    if names[: len(FIXED)] != FIXED:
        raise MalformedError("export-files", "This is no exported case.")
    case, record = read_list(contents[LIST]), read_record(contents[RECORD])
    named: dict[str, bytes] = {PAGE: case.page, DOCUMENTS: case.documents}
    named |= {post.file: post.hash for post in case.posts}
    named |= {file.part: file.hash for file in case.files if file.part is not None and file.hash is not None}
    places = [post.file for post in case.posts] + [file.part for file in case.files if file.part is not None]
    # Not the table's keys: what is listed twice would lie there once, and only one of the two would be held against it.
    if list(names[len(FIXED) :]) != places:
        raise MalformedError("export-files", "Other files lie in this export than its list names.")
    if any(contents.hash_of(name) != key for name, key in named.items()):
        raise RefusedError("export-hash", "A file of this export is not the one that its list names.")
    return OpenedExport(case, record, contents.hash_of(LIST), contents)


def archived(case: ExportedCase, record: ExportRecord, contents: Mapping[str, bytes]) -> list[ArchivedFile]:
    """The files of an export in their order, for `write_archive`."""
    parts = [post.file for post in case.posts] + [file.part for file in case.files if file.part is not None]
    made = {LIST: write_list(case), RECORD: write_record(record)}
    return [ArchivedFile(name, made.get(name) or contents[name]) for name in (*FIXED, *parts)]


def _record(fields: Fields) -> ExportRecord:
    _headed(fields, "export record")
    return ExportRecord(fields.raw("row"), _object(fields.value("promise")))


def _documents(fields: Fields) -> tuple[bytes, tuple[bytes, ...]]:
    _headed(fields, "export documents")
    return fields.raw("manifest"), fields.list("charters", as_bytes)


def _object(value: Any) -> Any:
    """A promise as parsed; what is in it is read where it is checked."""
    return Fields(value) and value


def _headed(fields: Fields, kind: str) -> None:
    fields.fixed("v", 1)
    fields.fixed("kind", kind)


def _case(fields: Fields) -> ExportedCase:
    _headed(fields, "exported case")
    return ExportedCase(
        office=fields.id("office"),
        desk=fields.id("desk"),
        thread=fields.id("thread"),
        day=fields.day("day"),
        by=fields.id("by"),
        reason=fields.one("reason", REASONS),
        words=fields.text("words"),
        status=fields.one("status", ("case", "closed")),
        audience=fields.list("audience", as_hash),
        posts=fields.list("posts", lambda one: whole(one, _post), MOST_POSTS),
        files=fields.list("files", lambda one: whole(one, _file), MOST_POSTS),
        page=fields.hash("page"),
        documents=fields.hash("documents"),
        stood=fields.optional("stood", read_stood),
    )


def _post(fields: Fields) -> ExportedPost:
    return ExportedPost(
        chain=fields.one("chain", CHAINS),
        n=fields.integer("n"),
        day=fields.day("day"),
        c=fields.hash("c"),
        f=fields.hash("f"),
        T=fields.optional("T", as_hash),
        promise=fields.optional("promise", _object),
        hash=fields.hash("hash"),
    )


def _file(fields: Fields) -> ExportedFile:
    part, key = (fields.text("part"), fields.hash("hash")) if fields.has("part") else (None, None)
    if part is not None and not part.startswith("attachments/"):
        raise MalformedError("export-part", "An attachment lies where none can lie.")
    return ExportedFile(fields.id("blob"), fields.text("name"), fields.integer("size"), part, key)
