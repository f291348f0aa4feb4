"""Composing a report and what follows it, on the reporting person's side: what `fairline send` does.

Nothing here talks to a network or knows the time. Source: `docs/formats.md`, "Parcels, posts and drops".
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fairline.seal.bodies import Message, Report, ReporterKeys, write_message, write_report
from fairline.seal.document import DocumentName
from fairline.seal.envelope import Header, ReporterBy
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.naming import NOBODY, seal_name
from fairline.seal.parcel import write_parcel
from fairline.seal.post import VERSION, Audiences, Request, SealedPost, blobs_json, post_parcel, seal_post
from fairline.seal.primitives import H, b64
from fairline.seal.receipt import Mailbox, derive, to_digits
from fairline.seal.words import LISTS, entropy_to_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fairline.seal.author import Where
    from fairline.seal.bodies import IdentityCard
    from fairline.seal.envelope import FileName
    from fairline.seal.manifest import VerifiedManifest
    from fairline.seal.post import Readers
    from fairline.seal.referral import Origin
    from fairline.seal.sheet import ProvenSheet
    from fairline.seal.statement import Statement
    from fairline.seal.thread import Thread


@dataclass(frozen=True)
class Filing:
    """What a reporting person says, before it is sealed.

    Attributes:
        answers: by the form's question.
        language: tag of the language it is written in.
        contact: how to reach them outside the mailbox, if they wish.
        name: who they are, if everybody who reads the report shall know.
        must_not_see: who must not read it, as they put it.
        card: their name under seal; nobody for who does not leave one there.
        answerable: False where the receipt was declined.
        statement: of the member who files it for them.
        referral: from which office it comes, with a statement of that purpose.
        ticket: of a test, 32 bytes; a closed desk takes tests only.
        files: attachments that the server holds whole already.
        continues: what they remember of an earlier report whose receipt they lost.
    """

    answers: Mapping[str, str] = field(repr=False)
    language: str
    contact: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    must_not_see: tuple[str, ...] = field(default=(), repr=False)
    card: IdentityCard = field(default=NOBODY, repr=False)
    answerable: bool = True
    statement: Statement | None = None
    referral: Origin | None = field(default=None, repr=False)
    ticket: bytes | None = field(default=None, repr=False)
    files: tuple[FileName, ...] = ()
    continues: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Drop:
    """A sealed report, ready to be handed in.

    Attributes:
        mailbox: its id is the thread's.
        desk: 16-byte id.
        epoch: of the sheet it was sealed to.
        post: `post.leaf` is what the promise must name.
        ticket: of a test.
    """

    mailbox: Mailbox
    desk: bytes
    epoch: int
    post: SealedPost
    ticket: bytes | None = field(default=None, repr=False)

    def parcel(self) -> bytes:
        """The drop as it goes to the report door. Sent again, it is the same bytes: same id, same promise."""
        head: dict[str, Any] = {
            "v": VERSION,
            "id": b64(self.mailbox.id),
            "auth": b64(H(self.mailbox.auth)),
            "desk": b64(self.desk),
            "epoch": self.epoch,
            "T": b64(self.post.T or b""),
            "c": b64(self.post.c),
        }
        if self.ticket is not None:
            head["ticket"] = b64(self.ticket)
        return write_parcel(head | blobs_json(self.post.blobs), self.post.files)


def compose_report(
    manifest: VerifiedManifest,
    desk: bytes,
    receipt: bytes,
    filing: Filing,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Drop:
    """Seal a report to a desk of a proven office.

    Args:
        manifest: proven; its newest sheet of the desk is sealed to.
        desk: 16-byte id.
        receipt: sixteen fresh random bytes, never used before.
        filing: what the person says.
        random: gives that many random bytes.

    Raises:
        RefusedError: `desk-unknown`, `desk-closed`, `receipt-inside`.
        MalformedError: `envelope-length`, if the name is too long, or the names of very many files are.
    """
    sheet = manifest.sheet(desk)
    if sheet is None:
        raise RefusedError("desk-unknown", "This office has no such desk of its own.")
    if not sheet.open and filing.ticket is None:
        raise RefusedError("desk-closed", "This desk takes no reports now.")
    said = (filing.contact, filing.name, filing.continues)
    texts = [*filing.answers.values(), *(one or "" for one in said), *filing.must_not_see]
    check_receipt_inside(receipt, texts)
    mailbox = derive(receipt, manifest.office)
    header = Header(
        kind="report", office=manifest.office, desk=desk, thread=mailbox.id, to=(),
        by=ReporterBy(mailbox.sign_public), chain="r", n=0, files=filing.files or None,
    )  # fmt: skip
    custody = manifest.charter.custody
    named = None if custody is None else seal_name(header, filing.card, mailbox.sign, custody, random=random)
    report = _report(manifest, sheet, mailbox, filing)
    if named is not None:
        report = replace(report, dealt=named.dealt)
    audiences = Audiences(sheet.recipient, mailbox.box.recipient, mailbox.tag)
    further = () if named is None else named.files
    post = seal_post(header, write_report(report), mailbox.sign, audiences, further, random=random)
    return Drop(mailbox, desk, sheet.epoch, post, filing.ticket)


def compose_message(
    thread: Thread,
    mailbox: Mailbox,
    message: Message,
    readers: Readers,
    where: Where,
    *,
    files: tuple[FileName, ...] = (),
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[SealedPost, bytes]:
    """Seal a message of the reporting person into their proven thread.

    Args:
        thread: loaded and proven just before.
        mailbox: of the receipt in force.
        message: what they say.
        readers: the office's audience, proven by sheet or handover.
        where: ids of office, desk and thread.
        files: attachments that the server holds whole already.
        random: gives that many random bytes.

    Returns:
        The sealed post, whose leaf the promise must name, and the parcel for the report door.

    Raises:
        RefusedError: `thread-unread`, if the report itself is not in the thread.
    """
    head = thread.chains.head("r")
    if head is None or thread.reporter is None or thread.reporter.sign != mailbox.sign_public:
        raise RefusedError("thread-unread", "The conversation could not be read, so nothing can follow it.")
    header = Header(
        kind="message", office=where.office, desk=where.desk, thread=where.thread, to=(),
        by=ReporterBy(mailbox.sign_public),
        chain="r", n=head + 1, prev=thread.chains.newest("r"), seen=thread.chains.newest("o"),
        files=files or None,
    )  # fmt: skip
    audiences = Audiences(readers.recipient, mailbox.box.recipient, mailbox.tag)
    post = seal_post(header, write_message(message), mailbox.sign, audiences, random=random)
    heads = {chain: n for chain in ("r", "o") if (n := thread.chains.head(chain)) is not None}
    return post, post_parcel(post, where.thread, Request(heads, readers, (mailbox.id, mailbox.auth)))


def check_receipt_inside(receipt: bytes, texts: list[str]) -> None:
    """Refuse a text that holds the receipt: whoever reads it would then be the reporting person.

    Raises:
        RefusedError: `receipt-inside`.
    """
    digits = "".join(to_digits(receipt))
    spelled = ["".join(entropy_to_words(receipt, name)) for name in LISTS]
    for text in texts:
        bare = "".join(unicodedata.normalize("NFKD", text).lower().split())
        if digits in bare.replace("-", "") or any(words in bare for words in spelled):
            raise RefusedError("receipt-inside", "The text holds the receipt itself. Take it out before sending.")


def _report(manifest: VerifiedManifest, sheet: ProvenSheet, mailbox: Mailbox, filing: Filing) -> Report:
    # Somebody may speak instead of writing: then the recording says it.
    if not filing.answers and not filing.files:
        raise MalformedError("report-empty", "A report says at least one thing.")
    return Report(
        answers=filing.answers,
        language=filing.language,
        keys=ReporterKeys(mailbox.sign_public, mailbox.box.recipient, mailbox.tag),
        charter=DocumentName(manifest.charter.number, manifest.charter.hash),
        sheet=DocumentName(sheet.number, sheet.hash),
        must_not_see=filing.must_not_see,
        contact=filing.contact,
        name=filing.name,
        answerable=filing.answerable,
        statement=filing.statement,
        referral=filing.referral,
        continues=filing.continues,
    )
