"""A case that somebody took out as one file: opened off-line, and held against the office that it says it is of."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from fairline.ledger import promises
from fairline.ledger.acts import parse_row
from fairline.ledger.rooted import logged_on
from fairline.seal import age
from fairline.seal.archive import Source
from fairline.seal.author import not_author
from fairline.seal.charter import ProvenCharter, in_force, prove_earlier
from fairline.seal.decided import only_decided
from fairline.seal.document import parse_file
from fairline.seal.envelope import MemberBy, read_envelope
from fairline.seal.errors import FairlineError, MalformedError, RefusedError
from fairline.seal.exportedcase import CHAINS, DOCUMENTS, MOST_POSTS, OpenedExport, open_archive, read_documents
from fairline.seal.manifest import DocumentPins, VerifiedManifest, parse_manifest, prove_manifest
from fairline.seal.primitives import H, b64
from fairline.seal.thread import Found, PostChain, Reader, read_thread
from fairline.terminal.errors import TerminalError
from fairline.terminal.fingerprints import fits, whole_fingerprint
from fairline.terminal.promised import check_promise
from fairline.terminal.reading import ReadThread
from fairline.terminal.sentences import sentence
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fairline.seal.exportedcase import ExportedPost
    from fairline.seal.recipients import Opener

SIZE_LIMIT = 1 << 30
MISSING = gettext_noop("It was there when the case was taken out, and is not in the file.")
MOST_MISSING = 100
"""Of more, the first say enough."""


@dataclass(frozen=True)
class CaseFile:
    """An exported case whose list the office has promised to its record.

    Attributes:
        export: list, record and contents.
        manifest: the office's documents as they were on the day of the export, proven.
        thread: what may be believed of it.
        by: what reporting persons call who took it out, where they wrote something in it; else their number.
    """

    export: OpenedExport
    manifest: VerifiedManifest
    thread: ReadThread
    by: str


@contextmanager
def unsealed(path: Path, openers: Sequence[Opener]) -> Iterator[Source]:
    """The archive inside a sealed file, read where it lies: it may be larger than the machine's memory.

    Raises:
        TerminalError: `file`, also while it is read.
        FairlineError: it opens for none of these, or was altered.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error
    with file:

        def fetch(start: int, stop: int) -> bytes:
            try:
                return os.pread(file.fileno(), stop - start, start)
            except OSError as error:
                raise _unreadable(path, error) from error

        size = os.fstat(file.fileno()).st_size
        if size > SIZE_LIMIT:
            raise TerminalError("file", _("%(path)s is larger than any exported case.") % {"path": path})
        yield Source(*age.unseal_where(size, fetch, openers))


def _unreadable(path: Path, error: OSError) -> TerminalError:
    message = _("%(path)s could not be read: %(reason)s.") % {"path": path, "reason": error.strerror}
    return TerminalError("file", message)


def read_case(archive: Source, fingerprint: str | None) -> CaseFile:
    """Prove an exported case.

    Args:
        archive: what was sealed.
        fingerprint: as the office's poster prints it; None takes the file's word for which office it is.

    Raises:
        FairlineError: it is no exported case, not this office's, or not what its record's act names.
    """
    export = open_archive(archive)
    manifest, charters = _documents(export, fingerprint)
    read_upto = _check_act(export, manifest)
    there = {(post.chain, post.n) for post in export.case.posts}
    missing = [(chain, n) for chain, last in read_upto.items() for n in range(last + 1) if (chain, n) not in there]
    faults = [(f"{chain} {n}", _(MISSING)) for chain, n in missing[:MOST_MISSING]]
    found: list[Found] = []
    for post in export.case.posts:
        try:
            found.append(_found(export, post, manifest, charters))
        except FairlineError as error:
            faults.append((f"{post.chain} {post.n}", sentence(error)))
    known = frozenset(export.case.audience)
    thread = read_thread(
        found,
        Reader(
            office=export.case.office, desk=export.case.desk, thread=export.case.thread, side="office", own=known,
            audience=known, charter_of=charters.get, in_case=True,
        ),
    )  # fmt: skip
    thread = only_decided(thread, export.case.thread, charters.get)
    desk = manifest.charter.desk(export.case.desk)
    names = {"en": b64(export.case.desk)} if desk is None else desk.names
    first = min((post.day for post in export.case.posts), default=export.case.day)
    status = export.case.status
    read = ReadThread(b64(export.case.thread), names, first.isoformat(), status, thread, None, tuple(faults), {})
    wrote = {post.member.id: post.member.alias for post in thread.posts if post.member is not None}
    return CaseFile(export, manifest, read, wrote.get(export.case.by, b64(export.case.by)))


def _documents(export: OpenedExport, fingerprint: str | None) -> tuple[VerifiedManifest, Mapping[int, ProvenCharter]]:
    raw, earlier = read_documents(export.contents[DOCUMENTS])
    whole = None if fingerprint is None else whole_fingerprint(fingerprint)
    # The day of the export is held against the act's own time below: who signs it was in the office that day.
    manifest = prove_manifest(parse_manifest(raw), export.case.day, logged_on(export.case.day), DocumentPins(F=whole))
    if fingerprint is not None and not fits(fingerprint, manifest.F):
        raise RefusedError("root-fork", "This is not the office that the poster names.")
    if manifest.office != export.case.office:
        raise RefusedError("sheet-office", "These are the documents of another office.")
    newest = manifest.charter
    charters = {newest.number: newest}
    for file in earlier:
        newest = prove_earlier(parse_file(file), newest)
        charters[newest.number] = newest
    return manifest, charters


def _check_act(export: OpenedExport, manifest: VerifiedManifest) -> dict[str, int]:
    """Hold the list against the act, and the act against the office's own promise of it.

    Returns the number of the newest post of each chain that its author had read.
    """
    case = export.case
    promise = promises.from_fields(export.record.promise)
    promise.check(manifest.charter.record.promise)
    row = parse_row(export.record.row)
    act = row.act()
    said = (act.act, act.subject, act.member, act.after, act.fields.get("reason"))
    fits_list = said == ("export", b64(case.thread), case.by, export.digest, case.reason)
    if promise.office != case.office or promise.leaf != H(export.record.row) or not fits_list:
        raise RefusedError("export-act", "The office's record names another export than this one.")
    read = act.fields.get("read", {})
    counts = all(type(n) is int and 0 <= n < MOST_POSTS for n in read.values()) if isinstance(read, dict) else False
    if not counts or read.keys() - set(CHAINS):
        raise RefusedError("export-act", "The office's record names another export than this one.")
    return {chain: int(n) for chain, n in read.items()}


def _found(
    export: OpenedExport, post: ExportedPost, manifest: VerifiedManifest, charters: Mapping[int, ProvenCharter]
) -> Found:
    content = export.contents[post.file]
    envelope = read_envelope(content)
    if envelope.c != post.c:
        raise MalformedError("promise", "The office's copy holds something else than what was promised.")
    if post.chain != "i":
        promise = promises.from_fields(post.promise)
        check_promise(promise, manifest, charters)
        promised = (promise.office, promise.leaf, promise.day)
        if promised != (export.case.office, (post.T or b"") + post.c + post.f, post.day.isoformat()):
            raise MalformedError("promise", "The office promised something else than what lies here.")
    by = envelope.header.by
    if isinstance(by, MemberBy) and in_force(charters.values())(by.proof.charter, post.day) is None:
        raise not_author()
    return Found(cast("PostChain", post.chain), post.n, content)
