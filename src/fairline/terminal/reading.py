"""The threads of an export as one member may read them, held against promise, hashes and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from fairline.ledger import promises
from fairline.seal import age
from fairline.seal.author import not_author
from fairline.seal.charter import in_force
from fairline.seal.envelope import MemberBy, read_envelope
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.post import RECEIVED
from fairline.seal.primitives import H, b64
from fairline.seal.recipients import recipient_hash
from fairline.seal.thread import Found, PostChain, Reader, Thread, read_thread
from fairline.terminal.casekeys import prove
from fairline.terminal.closings import same_eyes
from fairline.terminal.errors import TerminalError
from fairline.terminal.office import text_in
from fairline.terminal.promised import check_promise
from fairline.terminal.sentences import sentence
from fairline.terminal.showing import clean, state_in_words, thread_lines
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairline.seal.form import Form
    from fairline.seal.recipients import Identity
    from fairline.terminal.exported import Export, ExportedPost, ExportedThread
    from fairline.terminal.unlocking import Unlocked

AT_DESK = ("arrived", "aside")
"""States in which everybody of a desk reads."""
DELETED = "deleted"
SAME_EYES = gettext_noop(
    "%(name)s signed the closing before this one, too. After a second look somebody else decides, and the server "
    "should have refused it. Tell a lead and oversight."
)


@dataclass(frozen=True)
class ReadThread:
    """One thread, proven.

    Attributes:
        name: its id in base64url.
        desk: the desk's names by language.
        day: of arrival.
        status: as the server had it.
        thread: what may be believed.
        form: that the report's author was asked, for the labels; None where it does not have its hash.
        faults: what does not hold outside the envelopes: place, and a sentence.
        paths: where the files of its attachments lie in the folder, by blob id.
    """

    name: str
    desk: Mapping[str, str]
    day: str
    status: str
    thread: Thread
    form: Form | None
    faults: tuple[tuple[str, str], ...]
    paths: Mapping[bytes, str]

    @property
    def wrong(self) -> bool:
        """Whether anything failed a check."""
        return bool(self.faults or self.thread.refused or self.thread.problems or same_eyes(self.thread))

    def lines(self, language: str) -> Iterator[str]:
        """The thread as a text."""
        yield _("Report %(name)s") % {"name": self.name}
        yield _("%(desk)s; arrived on %(day)s; state: %(state)s") % {
            "desk": clean(text_in(self.desk, language)), "day": self.day, "state": state_in_words(self.status)
        }  # fmt: skip
        yield ""
        yield from thread_lines(self.thread, self.form, language)
        for fault in self.faults:
            yield _("WRONG (%(place)s): %(what)s") % {"place": fault[0], "what": clean(fault[1])}
        for post, member in same_eyes(self.thread):
            said = _(SAME_EYES) % {"name": clean(member.alias)}
            yield _("WRONG (%(place)s): %(what)s") % {"place": f"{post.chain} {post.n}", "what": said}


def threads(export: Export, unlocked: Unlocked) -> Iterator[ReadThread]:
    """Every thread that this member may read: of the desks whose keys are open, and of cases their own."""
    for row in export.threads:
        epochs = unlocked.desks.get(row.desk, {})
        held = unlocked.cases.get(row.id)
        if row.status != DELETED and (held or (epochs and not _of_others(row, unlocked))):
            yield _read(export, unlocked, row, tuple(epochs.values()))


def closed_to(export: Export, unlocked: Unlocked) -> tuple[int, int]:
    """How many threads of the desks whose keys are open are cases of others, and how many two members have deleted."""
    here = [row for row in export.threads if unlocked.desks.get(row.desk)]
    deleted = sum(row.status == DELETED for row in here)
    return sum(row.status != DELETED and _of_others(row, unlocked) for row in here), deleted


def _of_others(row: ExportedThread, unlocked: Unlocked) -> bool:
    return row.case is not None and row.status not in AT_DESK and row.id not in unlocked.cases


def identity_lines(unlocked: Unlocked) -> Iterator[str]:
    """An age identities file with everything that was unlocked."""
    yield "# " + _("SECRET. Opens what the named desks received, and key files sealed to this member.")
    for thread, held in unlocked.cases.items():
        for number, one in sorted(held.generations.items()):
            yield "# " + _("case %(name)s, generation %(number)s") % {"name": b64(thread), "number": number}
            yield one.text
    for desk, epochs in unlocked.desks.items():
        named = unlocked.manifest.charter.desk(desk)
        name = b64(desk) if named is None else clean(text_in(named.names, "en"))
        for number, one in sorted(epochs.items()):
            yield "# " + _("%(desk)s, epoch %(number)s") % {"desk": name, "number": number}
            yield one.text
    for one in unlocked.seals:
        yield "# " + _("the member's own: key files of desks and cases")
        yield one.text


def _read(export: Export, unlocked: Unlocked, row: ExportedThread, epochs: tuple[Identity, ...]) -> ReadThread:
    held = unlocked.cases.get(row.id)
    openers = (*(held.generations.values() if held else ()), *epochs)
    own = frozenset(recipient_hash(one.recipient) for one in openers)
    sheets = unlocked.manifest.sheets.get(b64(row.desk), ())
    faults: list[tuple[str, str]] = []
    found: list[Found] = []
    for post in row.posts:
        try:
            found.append(_opened(export, unlocked, post, openers, in_case=held is not None))
        except FairlineError as error:
            faults.append((f"{post.chain} {post.n}", sentence(error)))
    reader = Reader(
        office=export.office,
        desk=row.desk,
        thread=row.id,
        side="office",
        own=own,
        audience=own | {recipient_hash(sheet.recipient) for sheet in sheets},
        charter_of=unlocked.charters.get,
        in_case=held is not None,
    )
    desk = unlocked.manifest.charter.desk(row.desk)
    names = {"en": b64(row.desk)} if desk is None else desk.names
    thread = read_thread(found, reader)
    if held is not None:
        try:
            prove(row, held, thread, unlocked)
        except FairlineError as error:
            faults.append(("k", sentence(error)))
    form = None if thread.report is None else export.form_of(row.desk, thread.report.sheet)
    paths = {blob: path for post in row.posts for blob, _key, path in post.attachments if path is not None}
    return ReadThread(b64(row.id), names, row.day, row.status, thread, form, tuple(faults), paths)


def _opened(
    export: Export, unlocked: Unlocked, post: ExportedPost, openers: tuple[Identity, ...], *, in_case: bool
) -> Found:
    keys = [*(key for _kind, key, _path, _resealed in post.files), *(key for _blob, key, _path in post.attachments)]
    if H(RECEIVED + b"".join(keys)) != post.f:
        raise MalformedError("received", "The files listed are not those that came.")
    if post.promise is not None:
        promise = promises.from_fields(post.promise)
        check_promise(promise, unlocked.manifest, unlocked.charters)
        if promise.leaf != (post.T or b"") + post.c + post.f or promise.office != export.office:
            raise MalformedError("promise", "The office promised something else than what lies here.")
    content = age.unseal(_sealed(export, post, in_case=in_case), openers)
    envelope = read_envelope(content)
    if envelope.c != post.c:
        raise MalformedError("promise", "The office's copy holds something else than what was promised.")
    named = [(file.blob, file.hash) for file in envelope.header.files or ()]
    if named != [(blob, key) for blob, key, _path in post.attachments]:
        raise MalformedError("received", "The files listed are not those that came.")
    by = envelope.header.by
    # Nobody who has left writes on under the charter before. Of a note the day is the export's own word.
    of_day = in_force(unlocked.charters.values())
    if isinstance(by, MemberBy) and of_day(by.proof.charter, date.fromisoformat(post.day)) is None:
        raise not_author()
    return Found(cast("PostChain", post.chain), post.n, content)


def _sealed(export: Export, post: ExportedPost, *, in_case: bool) -> bytes:
    if in_case and post.anew is not None:
        # Sealed anew at triage, it has other bytes; what is in it is held against c, which the promise names.
        return export.read(post.anew)
    held = next(((key, path) for kind, key, path, _resealed in post.files if kind == "office"), None)
    if held is None:
        raise TerminalError("copy-gone", _("The office's copy is not there."))
    sealed = export.read(held[1])
    if H(sealed) != held[0]:
        raise MalformedError("hash", "The office's copy is not the file that came.")
    return sealed
