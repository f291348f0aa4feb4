"""A desk's sheet: the epoch and the recipient that reports are sealed to now.

Source: `docs/formats.md`, "Three signed documents".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NewType

from fairline.seal.document import VERSION, DocumentName, count_signers
from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, as_hash, document
from fairline.seal.jsontext import write
from fairline.seal.primitives import H, b64, same
from fairline.seal.recipients import check_recipient
from fairline.seal.roster import has_role, prove_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairline.seal.charter import Desk, ProvenCharter
    from fairline.seal.document import DocumentFile


@dataclass(frozen=True)
class SheetTerms:
    """What a sheet says, before it has bytes.

    Attributes:
        office: 16-byte id.
        desk: 16-byte id.
        number: 0, 1, 2 …
        prev: H of the sheet before; None in number 0.
        reason: why this sheet follows the last one, shown to whoever reports meanwhile.
        open: whether the desk takes reports; a closed one takes tests only.
        epoch: counts the desk's recipients.
        recipient: the epoch's.
        form: H of the form.
        profile: H of the profile.
    """

    office: bytes
    desk: bytes
    number: int
    prev: bytes | None
    reason: str
    open: bool
    epoch: int
    recipient: str
    form: bytes
    profile: bytes


@dataclass(frozen=True)
class Sheet(SheetTerms):
    """A sheet with its bytes and their hash."""

    doc: bytes
    hash: bytes


ProvenSheet = NewType("ProvenSheet", Sheet)


def read_sheet(doc: bytes) -> Sheet:
    """A sheet that nothing has proven yet."""
    return document(doc, lambda fields: _read_sheet(doc, fields))


def write_sheet(terms: SheetTerms) -> bytes:
    """The bytes to be signed."""
    body: dict[str, Any] = {
        "v": VERSION,
        "kind": "sheet",
        "office": b64(terms.office),
        "desk": b64(terms.desk),
        "number": terms.number,
    }
    if terms.prev is not None:
        body["prev"] = b64(terms.prev)
    return write(
        body
        | {
            "reason": terms.reason,
            "open": terms.open,
            "epoch": terms.epoch,
            "recipient": terms.recipient,
            "form": b64(terms.form),
            "profile": b64(terms.profile),
        },
    )


def prove_sheets(
    files: Sequence[DocumentFile],
    desk: Desk,
    charter: ProvenCharter,
    pin: DocumentName | None = None,
) -> tuple[ProvenSheet, ...]:
    """Prove a desk's sheets; the last one is the newest.

    The first is the least one that the charter names; each further one is chained to it and signed by a lead in
    the charter in force. Else a server could serve a leaver's epoch under today's charter.

    Args:
        files: from the least sheet on.
        desk: of our own, as the charter names it.
        charter: in force.
        pin: the newest sheet seen before.

    Raises:
        RefusedError: `sheet-old`, `sheet-office`, `sheet-desk`, `sheet-signer`, `roster-proof`, `document-fork`.
    """
    chain: list[ProvenSheet] = []
    for file in files:
        sheet = read_sheet(file.doc)
        if sheet.office != charter.office:
            raise RefusedError("sheet-office", "A desk's sheet is of another office.")
        if sheet.desk != desk.id:
            raise RefusedError("sheet-desk", "A desk's sheet is of another desk.")
        if not chain:
            _check_least(sheet, desk)
        else:
            _check_next(sheet, chain[-1])
            _check_signer(file, sheet, charter)
        chain.append(ProvenSheet(sheet))
    if not chain:
        raise _old()
    if pin is not None:
        _check_pinned(chain, pin)
    return tuple(chain)


def _check_least(sheet: Sheet, desk: Desk) -> None:
    if desk.sheet != DocumentName(sheet.number, sheet.hash):
        raise _old()


def _check_next(sheet: Sheet, before: Sheet) -> None:
    # An epoch that went back would bring a leaver's seed to life again.
    if (sheet.number, sheet.prev) != (before.number + 1, before.hash) or sheet.epoch < before.epoch:
        raise _old()


def _check_signer(file: DocumentFile, sheet: Sheet, charter: ProvenCharter) -> None:
    for by in file.by:
        entry = prove_entry(by.entry, by.proof, charter)
        if has_role(entry, "lead", sheet.desk) and count_signers(file, "sheet", [entry.sign]):
            return
    raise RefusedError("sheet-signer", "No lead of this desk has signed its sheet.")


def _check_pinned(chain: Sequence[Sheet], pin: DocumentName) -> None:
    pinned = next((sheet for sheet in chain if sheet.number == pin.number), None)
    if pinned is not None and not same(pinned.hash, pin.hash):
        raise RefusedError("document-fork", "Two different documents bear the same number.")
    if chain[-1].number < pin.number:
        raise _old()


def _old() -> RefusedError:
    return RefusedError("sheet-old", "The desk's sheet is not the one that the charter names, nor does it follow it.")


def _read_sheet(doc: bytes, fields: Fields) -> Sheet:
    fields.fixed("v", VERSION)
    fields.fixed("kind", "sheet")
    return Sheet(
        doc=doc,
        hash=H(doc),
        office=fields.id("office"),
        desk=fields.id("desk"),
        number=fields.integer("number"),
        prev=fields.optional("prev", as_hash),
        reason=fields.text("reason"),
        open=fields.flag("open"),
        epoch=fields.integer("epoch"),
        recipient=check_recipient(fields.text("recipient")),
        form=fields.hash("form"),
        profile=fields.hash("profile"),
    )
