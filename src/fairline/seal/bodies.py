"""What stands inside envelopes, kind by kind. Source: `docs/formats.md`, "Envelope".

Whatever a person wrote, and every key, stays out of representations: an error report must not quote a report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from fairline.seal.closing import Slip, read_slip, slip_json
from fairline.seal.correction import Correction, correction_json, read_correction
from fairline.seal.document import DocumentName, name_json, read_name
from fairline.seal.fields import Fields, as_hash, as_id, as_text, document, whole
from fairline.seal.jsontext import write
from fairline.seal.primitives import KEY_SIZE, b64
from fairline.seal.recipients import check_recipient
from fairline.seal.referral import Origin, origin_json, read_origin
from fairline.seal.shares import SHARE_SIZE
from fairline.seal.statement import Statement, read_statement, statement_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

T = TypeVar("T")

ASKED = ("measures", "retaliation", "compensation")
"""What a message is about where it asks for protection (docs/formats.md §22)."""

# Bodies are texts: attachments lie beside the envelope.
BODY_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True)
class ReporterKeys:
    """What the reporting person is known by; the report, an opening or a rekey gives it.

    Attributes:
        sign: raw Ed25519 public key.
        box: recipient of what is written to them.
        tag: secret key of the record's tags.
    """

    sign: bytes
    box: str
    tag: bytes = field(repr=False)


@dataclass(frozen=True)
class Dealt:
    """How a name can later be opened: `K2`, and the hashes of the shares of `K`."""

    K2: bytes = field(repr=False)
    shares: tuple[bytes, ...]


@dataclass(frozen=True)
class Report:
    """The report itself.

    Attributes:
        answers: by the form's question.
        language: tag of the language it is written in.
        keys: what the reporting person is known by.
        charter: the charter that was proven before sealing.
        sheet: the sheet likewise.
        must_not_see: ids or names of people who must not read it, as the person put it.
        contact: how to reach the person outside the mailbox, if they wish.
        name: who they are, for everybody who reads the report, if they wish; under seal it is in `dealt`.
        dealt: how their name can be opened; None where the charter has no custodians.
        answerable: False where the receipt was declined: nobody can read an answer.
        statement: of the member who filed it, if one did.
        referral: from which office it comes, if one referred it.
        continues: what the person remembers of an earlier report whose receipt they lost, if this goes on with it.
    """

    answers: Mapping[str, str] = field(repr=False)
    language: str
    keys: ReporterKeys = field(repr=False)
    charter: DocumentName
    sheet: DocumentName
    must_not_see: tuple[str, ...] = field(default=(), repr=False)
    contact: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    dealt: Dealt | None = None
    answerable: bool = True
    statement: Statement | None = None
    referral: Origin | None = field(default=None, repr=False)
    continues: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Message:
    """A message of either side. The reporting person's may carry a contact or a name, the office's how a case ended.

    Attributes:
        protection: of `ASKED`; what the reporting person asks for, or tells, where it is about protection.
        clearance: code of the letter of clearance of a person concerned, 16 bytes (docs/formats.md §16).
        correction: what an office that referred a report says has changed since; in the mailbox of a referral.
    """

    text: str = field(repr=False)
    language: str
    contact: str | None = field(default=None, repr=False)
    dealt: Dealt | None = None
    withdraws: Literal["contact"] | None = None
    protection: str | None = None
    closing: Slip | None = None
    clearance: bytes | None = field(default=None, repr=False)
    correction: Correction | None = None


@dataclass(frozen=True)
class Rekey:
    """The reporting person's new mailbox id and keys; the thread's id stays."""

    id: bytes
    keys: ReporterKeys = field(repr=False)


@dataclass(frozen=True)
class Text:
    """A note inside the office, or a notice to the reporting person."""

    text: str = field(repr=False)
    language: str


@dataclass(frozen=True)
class CaseHandover:
    """Who reads from here on: generation, its recipient, and the ids of the people assigned."""

    generation: int
    recipient: str
    people: tuple[bytes, ...]


@dataclass(frozen=True)
class Opening:
    """The first word in a mailbox that a member opened for somebody."""

    purpose: str
    until: date
    keys: ReporterKeys = field(repr=False)


@dataclass(frozen=True)
class IdentityCard:
    """Who the reporting person is; empty texts where they did not say."""

    name: str = field(repr=False)
    contact: str = field(repr=False)
    note: str = field(repr=False)


@dataclass(frozen=True)
class Share:
    """One custodian's share: its index in the deal, 33 secret bytes, and H of every share dealt."""

    index: int
    share: bytes = field(repr=False)
    hashes: tuple[bytes, ...]


def read_report(body: bytes) -> Report:
    """The body of a `report`."""
    return _read(body, _report)


def write_report(report: Report) -> bytes:
    """The reverse of `read_report`."""
    return _write(
        {
            "answers": dict(report.answers),
            "language": report.language,
            "contact": report.contact,
            "name": report.name,
            **_keys_json(report.keys),
            **_dealt_json(report.dealt),
            "must_not_see": list(report.must_not_see),
            "charter": name_json(report.charter),
            "sheet": name_json(report.sheet),
            "answerable": report.answerable,
            "statement": None if report.statement is None else statement_json(report.statement),
            "referral": None if report.referral is None else origin_json(report.referral),
            "continues": report.continues,
        }
    )


def read_message(body: bytes, chain: Literal["r", "o"]) -> Message:
    """The body of a `message` on that chain."""
    return _read(body, _reporters_message if chain == "r" else _offices_message)


def write_message(message: Message) -> bytes:
    """The reverse of `read_message`."""
    return _write(
        {
            "text": message.text,
            "language": message.language,
            "contact": message.contact,
            **_dealt_json(message.dealt),
            "withdraws": message.withdraws,
            "protection": message.protection,
            "closing": None if message.closing is None else slip_json(message.closing),
            "clearance": None if message.clearance is None else b64(message.clearance),
            "correction": None if message.correction is None else correction_json(message.correction),
        }
    )


def read_rekey(body: bytes) -> Rekey:
    """The body of a `rekey`."""
    return _read(body, lambda fields: Rekey(fields.id("id"), _keys(fields)))


def write_rekey(rekey: Rekey) -> bytes:
    """The reverse of `read_rekey`."""
    return _write({"id": b64(rekey.id), **_keys_json(rekey.keys)})


def read_text(body: bytes) -> Text:
    """The body of a `note` or a `notice`."""
    return _read(body, lambda fields: Text(fields.text("text"), fields.text("language")))


def write_text(text: Text) -> bytes:
    """The reverse of `read_text`."""
    return _write({"text": text.text, "language": text.language})


def read_handover(body: bytes) -> CaseHandover | Opening:
    """The body of a `handover`."""
    return _read(body, _handover)


def write_handover(handover: CaseHandover | Opening) -> bytes:
    """The reverse of `read_handover`."""
    match handover:
        case CaseHandover(generation, recipient, people):
            return _write(
                {
                    "generation": generation,
                    "recipient": recipient,
                    "people": [b64(one) for one in people],
                }
            )
        case Opening(purpose, until, keys):
            return _write({"purpose": purpose, "until": until.isoformat(), **_keys_json(keys)})


def read_identity_card(body: bytes) -> IdentityCard:
    """The body of an `identity`."""
    return _read(body, lambda fields: IdentityCard(fields.text("name"), fields.text("contact"), fields.text("note")))


def write_identity_card(card: IdentityCard) -> bytes:
    """The reverse of `read_identity_card`."""
    return _write({"name": card.name, "contact": card.contact, "note": card.note})


def read_share(body: bytes) -> Share:
    """The body of a `share`."""
    return _read(
        body,
        lambda fields: Share(fields.integer("index"), fields.raw("share", SHARE_SIZE), fields.list("hashes", as_hash)),
    )


def write_share(share: Share) -> bytes:
    """The reverse of `read_share`."""
    return _write({"index": share.index, "share": b64(share.share), "hashes": [b64(one) for one in share.hashes]})


def _read(body: bytes, read: Callable[[Fields], T]) -> T:
    return document(body, read, BODY_LIMIT)


def _write(body: dict[str, Any]) -> bytes:
    return write({name: value for name, value in body.items() if value is not None})


def _recipient(fields: Fields, name: str) -> str:
    return check_recipient(fields.text(name))


def _keys(fields: Fields) -> ReporterKeys:
    return ReporterKeys(fields.raw("sign", KEY_SIZE), _recipient(fields, "box"), fields.raw("tag", KEY_SIZE))


def _keys_json(keys: ReporterKeys) -> dict[str, Any]:
    return {"sign": b64(keys.sign), "box": keys.box, "tag": b64(keys.tag)}


def _dealt(fields: Fields) -> Dealt | None:
    if not fields.has("K2") and not fields.has("shares"):
        return None
    # One without the other would open nothing.
    return Dealt(fields.raw("K2", KEY_SIZE), fields.list("shares", as_hash))


def _dealt_json(dealt: Dealt | None) -> dict[str, Any]:
    return {} if dealt is None else {"K2": b64(dealt.K2), "shares": [b64(one) for one in dealt.shares]}


def _report(fields: Fields) -> Report:
    return Report(
        answers=fields.texts("answers"),
        language=fields.text("language"),
        contact=fields.optional("contact", as_text),
        name=fields.optional("name", as_text),
        keys=_keys(fields),
        dealt=_dealt(fields),
        must_not_see=fields.list("must_not_see", as_text),
        charter=read_name(fields.value("charter")),
        sheet=read_name(fields.value("sheet")),
        answerable=fields.flag("answerable"),
        statement=fields.optional("statement", read_statement),
        referral=fields.optional("referral", read_origin),
        continues=fields.optional("continues", as_text),
    )


def _offices_message(fields: Fields) -> Message:
    closing = fields.optional("closing", lambda value: whole(value, read_slip))
    clearance = fields.optional("clearance", as_id)
    return Message(fields.text("text"), fields.text("language"), closing=closing, clearance=clearance)


def _reporters_message(fields: Fields) -> Message:
    return Message(
        text=fields.text("text"),
        language=fields.text("language"),
        contact=fields.optional("contact", as_text),
        dealt=_dealt(fields),
        withdraws=_withdrawn(fields),
        correction=fields.optional("correction", lambda value: whole(value, read_correction)),
        protection=fields.one("protection", ASKED) if fields.has("protection") else None,
    )


def _withdrawn(fields: Fields) -> Literal["contact"] | None:
    if not fields.has("withdraws"):
        return None
    fields.fixed("withdraws", "contact")
    return "contact"


def _handover(fields: Fields) -> CaseHandover | Opening:
    if fields.has("generation"):
        return CaseHandover(fields.integer("generation"), _recipient(fields, "recipient"), fields.list("people", as_id))
    return Opening(fields.text("purpose"), fields.day("until"), _keys(fields))
