"""The threads of an export as one member may read them, held against promise, hashes and signatures."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.seal import age
from fairline.seal.decided import only_decided
from fairline.seal.errors import FairlineError
from fairline.seal.notes import Note
from fairline.seal.primitives import b64
from fairline.seal.recipients import recipient_hash
from fairline.seal.thread import Found, Reader, Thread, read_thread
from fairline.terminal.apart import means_same
from fairline.terminal.casekeys import prove
from fairline.terminal.closings import same_eyes
from fairline.terminal.judging import Judge
from fairline.terminal.office import text_in
from fairline.terminal.sentences import sentence
from fairline.terminal.showing import clean, state_in_words, thread_lines
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairline.seal.chain import Problem
    from fairline.seal.form import Form
    from fairline.seal.recipients import Identity
    from fairline.terminal.casekeys import Held
    from fairline.terminal.exported import Export, ExportedThread
    from fairline.terminal.unlocking import Unlocked

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
        closed: places of what members wrote for others than this reader.
    """

    name: str
    desk: Mapping[str, str]
    day: str
    status: str
    thread: Thread
    form: Form | None
    faults: tuple[tuple[str, str], ...]
    paths: Mapping[bytes, str]
    closed: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether anything failed a check."""
        gaps = any(self._is_fault(one) for one in self.thread.problems)
        return bool(self.faults or self.thread.refused or gaps or same_eyes(self.thread))

    def _is_fault(self, problem: Problem) -> bool:
        """A lead may take a case over; and what follows on something closed to this reader has no fault of its own."""
        if problem.code == "chain-hole":
            return f"{problem.chain} {problem.n - 1}" not in self.closed
        other = "r" if problem.chain == "o" else "o"
        return problem.code == "chain-seen" and not any(place.startswith(other) for place in self.closed)

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
        for place in self.closed:
            yield _("NOT OPEN (%(place)s): it was sealed for others.") % {"place": place}
        for post, member in same_eyes(self.thread):
            said = _(SAME_EYES) % {"name": clean(member.alias)}
            yield _("WRONG (%(place)s): %(what)s") % {"place": f"{post.chain} {post.n}", "what": said}


@dataclass(frozen=True)
class Read:
    """What one member reads of an export, and how much of it is there and not for them.

    Attributes:
        threads: opened and proven, or not.
        others: cases whose keys others hold.
        deleted: said by the export to be deleted by two members; nothing of them opens.
        apart: reports whose author asked that somebody of this member's name should not read them.
    """

    threads: tuple[ReadThread, ...]
    others: int
    deleted: int
    apart: int


def read(export: Export, unlocked: Unlocked) -> Read:
    """Read every thread of the desks whose keys are open, and of cases the member's own."""
    judge = Judge(export, unlocked)
    found: list[ReadThread] = []
    others = deleted = apart = 0
    for row in export.threads:
        held = unlocked.cases.get(row.id)
        epochs = tuple(unlocked.desks.get(row.desk, {}).values())
        if held is None and not epochs:
            continue
        # What the index says of a thread closes none that opens.
        if row.status == DELETED and not _opens(export, row, epochs, held):
            deleted += 1
        elif held is None and _of_others(row, unlocked) and not _opens(export, row, epochs, held):
            others += 1
        else:
            one = _read(judge, row, epochs, held)
            if any(means_same(words, name) for words in _unwanted(one.thread) for name in unlocked.names):
                apart += 1
            else:
                found.append(one)
    return Read(tuple(found), others, deleted, apart)


def _unwanted(thread: Thread) -> tuple[str, ...]:
    """Whom the report's author did not want to read it; of a case that was taken in its first note says so."""
    if thread.report is not None:
        return thread.report.must_not_see
    taken = (post.body.taken for post in thread.posts if isinstance(post.body, Note))
    return next((one.must_not_see for one in taken if one is not None), ())


def _of_others(row: ExportedThread, unlocked: Unlocked) -> bool:
    return row.case is not None and unlocked.member not in row.case.paths


def _opens(export: Export, row: ExportedThread, epochs: tuple[Identity, ...], held: Held | None) -> bool:
    """Whether any of its files that lie in the folder opens with these keys."""
    openers = (*(held.generations.values() if held else ()), *epochs)
    for post in row.posts:
        for path in (post.anew, *(path for kind, _key, path, _anew in post.files if kind == "office")):
            with suppress(FairlineError):
                if path is not None and age.unseal(export.read(path), openers):
                    return True
    return False


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


def _read(judge: Judge, row: ExportedThread, epochs: tuple[Identity, ...], held: Held | None) -> ReadThread:
    export, unlocked = judge.export, judge.unlocked
    openers = (*(held.generations.values() if held else ()), *epochs)
    own = frozenset(recipient_hash(one.recipient) for one in openers)
    sheets = unlocked.manifest.sheets.get(b64(row.desk), ())
    faults: list[tuple[str, str]] = []
    closed: list[str] = []
    found: list[Found] = []
    for post in row.posts:
        try:
            found.append(judge.opened(row, post, openers, in_case=held is not None))
        except FairlineError as error:
            # A member sealed it to others, or to a generation that nobody holds any more: a triage came to nothing.
            # What the reporting person wrote while it waited is then sealed so too; their first word never is.
            if error.code == "not-mine" and (post.chain, post.n) != ("r", 0) and post.anew is None:
                closed.append(f"{post.chain} {post.n}")
            else:
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
    thread = only_decided(read_thread(found, reader), row.id, unlocked.charters.get)
    if held is not None:
        try:
            prove(row, held, thread, unlocked)
        except FairlineError as error:
            faults.append(("k", sentence(error)))
    faults += judge.beside(row, thread)
    desk = unlocked.manifest.charter.desk(row.desk)
    names = {"en": b64(row.desk)} if desk is None else desk.names
    form = None if thread.report is None else export.form_of(row.desk, thread.report.sheet)
    paths = {blob: path for post in row.posts for blob, _key, path in post.attachments if path is not None}
    return ReadThread(b64(row.id), names, row.day, row.status, thread, form, tuple(faults), paths, tuple(closed))
