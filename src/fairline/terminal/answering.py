"""Writing into an opened mailbox: an answer, or new words in place of the old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.seal import age, jsontext
from fairline.seal.author import Where
from fairline.seal.bodies import Message, Rekey, ReporterKeys, write_rekey
from fairline.seal.envelope import Header, ReporterBy
from fairline.seal.filing import check_receipt_inside, compose_message
from fairline.seal.parcel import ParcelFile, read_parcel, write_parcel
from fairline.seal.post import Audiences, Request, post_parcel, seal_post
from fairline.seal.primitives import H, b64
from fairline.seal.receipt import derive
from fairline.terminal.errors import TerminalError
from fairline.terminal.sending import hand_in
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from fairline.ledger.promises import Promise
    from fairline.seal.envelope import FileName
    from fairline.terminal.mailbox import Opened


def answer(opened: Opened, text: str, language: str, files: tuple[FileName, ...] = ()) -> Promise:
    """Seal a message to the office and hand it in; return the promise of its entry. The door has the files already.

    Raises:
        RefusedError: `receipt-inside`, `thread-unread`, `envelope-audience`.
        TerminalError: `empty`, and as `sending.hand_in`: 409 `heads` and `audience` ask to open the mailbox again.
    """
    if not text.strip():
        raise TerminalError("empty", _("There is nothing to send."))
    check_receipt_inside(opened.receipt, [text])
    where = Where(opened.office.office, opened.raw.desk, opened.raw.thread)
    message = Message(text.strip(), language)
    post, parcel = compose_message(opened.thread, opened.mailbox, message, opened.readers(), where, files=files)
    return hand_in(opened.office, "post", parcel, post.leaf or b"")


def replace_receipt(opened: Opened, receipt: bytes) -> Promise:
    """Let a new receipt take the place of the old one, whose words open nothing from then on.

    Signed by the old key, sealed to the new one; every own copy is sealed to it anew. Source: `docs/formats.md` §7.

    Raises:
        TerminalError: `unread`, if a copy did not open: it would be lost with the old words.
    """
    if len(opened.copies) != len(opened.raw.posts):
        message = _("Not everything in this mailbox could be opened, and what is not opened cannot be taken along.")
        raise TerminalError("unread", message)
    chains, mailbox = opened.thread.chains, opened.mailbox
    following = derive(receipt, opened.office.office)
    header = Header(
        kind="rekey", office=opened.office.office, desk=opened.raw.desk, thread=opened.raw.thread, to=(),
        by=ReporterBy(mailbox.sign_public), chain="r", n=opened.raw.heads().get("r", -1) + 1,
        prev=chains.newest("r"), seen=chains.newest("o"),
    )  # fmt: skip
    readers = opened.readers()
    keys = ReporterKeys(following.sign_public, following.box.recipient, following.tag)
    audiences = Audiences(readers.recipient, following.box.recipient, following.tag)
    post = seal_post(header, write_rekey(Rekey(following.id, keys)), mailbox.sign, audiences)
    request = Request(opened.raw.heads(), readers, (mailbox.id, mailbox.auth))
    plain = read_parcel(post_parcel(post, opened.raw.thread, request))
    renewed = [
        ParcelFile("own", age.seal(copy.content, [following.box.recipient]), (copy.chain, copy.n))
        for copy in opened.copies
    ]
    head = {name: value for name, value in plain.head.items() if name != "files"}
    head["rekey"] = {"id": b64(following.id), "auth": b64(H(following.auth))}
    return hand_in(opened.office, "post", write_parcel(head, [*plain.files, *renewed]), post.leaf or b"")


def written_promise(promise: Promise) -> bytes:
    """The promise as a file to keep: the very document that proves it, and nothing beside it."""
    return jsontext.write(promise.fields()) + b"\n"
