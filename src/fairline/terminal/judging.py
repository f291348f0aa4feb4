"""What is held of an export against promises, record and documents. Nothing in the folder is believed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, cast

from fairline.ledger import promises
from fairline.ledger.keeping import Kept, Waiting
from fairline.ledger.record import PublishedRecord, RecordIdentity
from fairline.seal import age
from fairline.seal.author import not_author
from fairline.seal.bodies import Opening, Rekey
from fairline.seal.charter import in_force
from fairline.seal.document import DocumentName
from fairline.seal.envelope import MemberBy, read_envelope
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.post import RECEIVED
from fairline.seal.primitives import H, b64
from fairline.seal.thread import Found, PostChain
from fairline.terminal.errors import TerminalError
from fairline.terminal.promised import check_promise
from fairline.terminal.tags import strange
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairline.seal.bodies import Report
    from fairline.seal.charter import ProvenCharter
    from fairline.seal.recipients import Identity
    from fairline.seal.sheet import ProvenSheet
    from fairline.seal.thread import Thread
    from fairline.terminal.exported import Export, ExportedPost, ExportedThread
    from fairline.terminal.unlocking import Unlocked

SHOWN_OTHER = gettext_noop(
    "The person was shown other documents than this office signed, perhaps with other people's keys. Tell oversight "
    "and the other administrators by another way, and keep this report as it is."
)
SHOWN_NEWER = gettext_noop(
    "The person was shown documents that are newer than any in this export. If the office does not have them either, "
    "tell oversight by another way."
)
UNOWNED = gettext_noop(
    "It was written before the holder of this mailbox made words of their own. Whoever made the code, or has seen the "
    "letter, could have written it. Ask again once they have words of their own."
)
TAG = gettext_noop("Its entry in the record could not be found by this receipt.")


class Judge:
    """One member's eyes on an exported office."""

    def __init__(self, export: Export, unlocked: Unlocked) -> None:
        """Begin with what the member's keys have proven."""
        self.export, self.unlocked = export, unlocked
        charter = unlocked.manifest.charter
        record = charter.record
        self._of_day = in_force(unlocked.charters.values())
        self._newest = charter.number
        self._record = PublishedRecord(
            RecordIdentity(export.office, record.host, record.promise, record.checkpoint), export.published
        )

    def opened(self, row: ExportedThread, post: ExportedPost, openers: Sequence[Identity], *, in_case: bool) -> Found:
        """Open a post that is what the office promised, by somebody of that day.

        Raises:
            FairlineError: it is not, or it was not sealed for these.
        """
        keys = [*(key for _kind, key, _path, _anew in post.files), *(key for _blob, key, _path in post.attachments)]
        if H(RECEIVED + b"".join(keys)) != post.f:
            raise MalformedError("received", "The files listed are not those that came.")
        promise = None if post.chain == "i" else self._promise(row, post)
        content = age.unseal(self._sealed(post, in_case=in_case), openers)
        envelope = read_envelope(content)
        if envelope.c != post.c:
            raise MalformedError("promise", "The office's copy holds something else than what was promised.")
        named = [(file.blob, file.hash) for file in envelope.header.files or ()]
        if named != [(blob, key) for blob, key, _path in post.attachments]:
            raise MalformedError("received", "The files listed are not those that came.")
        by = envelope.header.by
        if isinstance(by, MemberBy) and not self._was_there(by.proof.charter, post, promise):
            raise not_author()
        return Found(cast("PostChain", post.chain), post.n, content)

    def beside(self, row: ExportedThread, thread: Thread) -> Iterator[tuple[str, str]]:
        """What does not hold around proven posts: place, and a sentence."""
        claimed = {(post.chain, post.n): post.T or b"" for post in row.posts}
        for post in strange(thread, claimed):
            yield f"{post.chain} {post.n}", _(TAG)
        if thread.report is not None and (shown := self._shown(thread.report, row.desk)) is not None:
            yield "r 0", _(shown)
        if any(isinstance(post.body, Opening) for post in thread.posts):
            own = min((post.n for post in thread.posts if isinstance(post.body, Rekey)), default=None)
            for post in thread.posts:
                if post.chain == "r" and post.envelope.header.kind == "message" and (own is None or post.n < own):
                    yield f"r {post.n}", _(UNOWNED)

    def _promise(self, row: ExportedThread, post: ExportedPost) -> promises.Promise:
        """Without a promise a report could have been put into the folder by anybody: a desk's recipient is public."""
        other = MalformedError("promise", "The office promised something else than what lies here.")
        if post.promise is None or post.T is None:
            raise other
        promise = promises.from_fields(post.promise)
        check_promise(promise, self.unlocked.manifest, self.unlocked.charters)
        said = (promise.office, promise.leaf, promise.day)
        if said != (self.export.office, post.T + post.c + post.f, post.day) or post.day < row.day:
            raise other
        return promise

    def _sealed(self, post: ExportedPost, *, in_case: bool) -> bytes:
        if in_case and post.anew is not None:
            # Sealed anew at triage, it has other bytes; what is in it is held against c, which the promise names.
            return self.export.read(post.anew)
        held = next(((key, path) for kind, key, path, _anew in post.files if kind == "office"), None)
        if held is None:
            raise TerminalError("copy-gone", _("The office's copy is not there."))
        sealed = self.export.read(held[1])
        if H(sealed) != held[0]:
            raise MalformedError("hash", "The office's copy is not the file that came.")
        return sealed

    def _was_there(self, charter: int, post: ExportedPost, promise: promises.Promise | None) -> bool:
        """Whether that charter was in force: nobody who has left writes on under the one before.

        A promise alone could be dated back, so an answer under an earlier charter counts only if the record of that
        day holds it, or is still to: an export is for ever, and on the day of a new charter both count. Of a note the
        day is the export's own word.
        """
        dated = promise is None or charter == self._newest or self._kept(promise)
        return self._of_day(charter, date.fromisoformat(post.day) if dated else None) is not None

    def _kept(self, promise: promises.Promise) -> bool:
        with suppress(FairlineError):
            return isinstance(self._record.check(promise, self.export.day.isoformat()), Kept | Waiting)
        return False

    def _shown(self, report: Report, desk: bytes) -> str | None:
        """What to say where the report names a charter or sheet that is not the one of that number here."""
        charters = list(self.unlocked.charters.values())
        sheets = self.unlocked.manifest.sheets.get(b64(desk), ())
        least = [one.sheet for charter in charters for one in charter.desks if one.id == desk and one.sheet is not None]
        # Of a desk that has ended no sheets are served any more, and nothing can be judged by the least ones alone.
        of_desk = [*least, *_with_before(sheets)] if sheets else []
        said = {_verdict(report.charter, _with_before(charters)), _verdict(report.sheet, of_desk)}
        return next((one for one in (SHOWN_OTHER, SHOWN_NEWER) if one in said), None)


def _with_before(documents: Sequence[ProvenCharter] | Sequence[ProvenSheet]) -> list[DocumentName]:
    """Each document proves itself and, by `prev`, the one before it."""
    found: list[DocumentName] = []
    for one in documents:
        found.append(DocumentName(one.number, one.hash))
        if one.prev is not None:
            found.append(DocumentName(one.number - 1, one.prev))
    return found


def _verdict(named: DocumentName, held: Sequence[DocumentName]) -> str | None:
    """What is older than anything at hand cannot be judged; what is newer than all was not signed here by then."""
    those = [one for one in held if one.number == named.number]
    if those:
        return SHOWN_OTHER if any(one.hash != named.hash for one in those) else None
    return SHOWN_NEWER if held and all(one.number < named.number for one in held) else None
