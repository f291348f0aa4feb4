"""The charter: what the office is, for the next four months, signed by the root's threshold.

Source: `docs/formats.md`, "Three signed documents".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NewType

from fairline.seal.document import FILE_LIMIT, VERSION, DocumentName, count_signers, name_json, read_name
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, as_hash, as_id, as_text, document, ordered, whole
from fairline.seal.jsontext import write
from fairline.seal.primitives import KEY_SIZE, H, b64, same
from fairline.seal.recipients import check_recipient
from fairline.seal.roster import Roster, read_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from fairline.seal.document import DocumentFile
    from fairline.seal.root import ProvenRoot

# We write 120 days, so that who left is in no charter that anybody accepts for long; browsers refuse over 180.
CHARTER_DAYS = 120
MOST_DAYS = 180
# Two at least, so that no one holds a name alone; nine at most, so that their hashes fit a share.
LEAST_CUSTODIANS = 2
MOST_CUSTODIANS = 9


@dataclass(frozen=True)
class Peer:
    """Another office by its fingerprint and host."""

    F: bytes
    host: str


@dataclass(frozen=True)
class Desk:
    """A desk of this office with its least acceptable sheet, or a pointer to another office's.

    Attributes:
        id: 16 bytes.
        names: by language tag.
        independent_of: ids of desks whose people have no say in this one.
        sheet: least acceptable sheet; None for a pointer.
        outside: the other office; None for a desk of our own.
    """

    id: bytes
    names: Mapping[str, str]
    independent_of: tuple[bytes, ...] = ()
    sheet: DocumentName | None = None
    outside: Peer | None = None


@dataclass(frozen=True)
class Custody:
    """Whose k of n shares open a name; `custodians` (recipients) in the order of the deal."""

    k: int
    custodians: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """The record's host, and the raw Ed25519 keys of promises and of checkpoints."""

    host: str
    promise: bytes
    checkpoint: bytes


@dataclass(frozen=True)
class Witness:
    """Who cosigns checkpoints: name and raw Ed25519 key."""

    name: str
    key: bytes


@dataclass(frozen=True)
class Vouchers:
    """The two keys that blind-sign reward vouchers (RSA-2048, SubjectPublicKeyInfo)."""

    officer: bytes
    treasurer: bytes


@dataclass(frozen=True)
class Terms:
    """What a charter says, before it has bytes.

    Attributes:
        office: 16-byte id.
        number: 0, 1, 2 …
        prev: H of the charter before; None in number 0.
        root: number of the root document whose threshold signs.
        start: first day in force.
        not_after: last day in force.
        zone: time zone, `Area/City`.
        names: the office's names by language tag.
        desks: in any order.
        roster: who is a member.
        record: where the record is.
        custody: who keeps names; None where nobody does.
        oversight: recipient of the oversight body, if any.
        paper: recipient of the paper key, if any.
        witnesses: who cosigns checkpoints.
        vouchers: keys of the reward scheme, if any.
        noscript: host of the no-script door, if it is on.
        peers: offices we refer to.
    """

    office: bytes
    number: int
    prev: bytes | None
    root: int
    start: date
    not_after: date
    zone: str
    names: Mapping[str, str]
    desks: tuple[Desk, ...]
    roster: Roster
    record: Record
    custody: Custody | None = None
    oversight: str | None = None
    paper: str | None = None
    witnesses: tuple[Witness, ...] = ()
    vouchers: Vouchers | None = None
    noscript: str | None = None
    peers: tuple[Peer, ...] = ()


@dataclass(frozen=True)
class Charter(Terms):
    """A charter with its bytes and their hash."""

    doc: bytes = b""
    hash: bytes = b""

    def desk(self, desk: bytes) -> Desk | None:
        """The desk with that id, if the charter names it."""
        return next((one for one in self.desks if one.id == desk), None)

    def independent_desks(self, desk: bytes) -> tuple[Desk, ...]:
        """Desks that are independent of `desk`, those elsewhere included."""
        return tuple(one for one in self.desks if desk in one.independent_of)


ProvenCharter = NewType("ProvenCharter", Charter)


def read_charter(doc: bytes) -> Charter:
    """A charter that nothing has proven yet."""
    return document(doc, lambda fields: _read_charter(doc, fields), FILE_LIMIT)


def write_charter(terms: Terms) -> bytes:
    """The bytes to be signed."""
    custody, record, vouchers = terms.custody, terms.record, terms.vouchers
    body = {
        "v": VERSION,
        "kind": "charter",
        "office": b64(terms.office),
        "number": terms.number,
        "prev": None if terms.prev is None else b64(terms.prev),
        "root": terms.root,
        "from": terms.start.isoformat(),
        "not_after": terms.not_after.isoformat(),
        "zone": terms.zone,
        "names": dict(terms.names),
        "desks": ordered(_desk_json(desk) for desk in terms.desks),
        "roster": {"depth": terms.roster.depth, "root": b64(terms.roster.root)},
        "custody": None if custody is None else {"k": custody.k, "custodians": list(custody.custodians)},
        "oversight": terms.oversight,
        "paper": terms.paper,
        "record": {
            "host": record.host,
            "promise": b64(record.promise),
            "checkpoint": b64(record.checkpoint),
        },
        "witnesses": ordered({"name": one.name, "key": b64(one.key)} for one in terms.witnesses),
        "vouchers": None
        if vouchers is None
        else {"officer": b64(vouchers.officer), "treasurer": b64(vouchers.treasurer)},
        "noscript": terms.noscript,
        "peers": ordered(_peer_json(peer) for peer in terms.peers),
    }
    return write({name: value for name, value in body.items() if value is not None})


def prove_charter(
    file: DocumentFile,
    root: ProvenRoot,
    today: date,
    pin: DocumentName | None = None,
) -> ProvenCharter:
    """Prove a charter by the newest root document.

    Args:
        file: the charter as served.
        root: the newest root document, proven.
        today: the reader's own day: an old charter must not outlive who left.
        pin: the newest charter seen before.

    Raises:
        RefusedError: `charter-root`, `charter-signature`, `charter-long`, `charter-date`, `charter-older`,
            `document-fork`.
    """
    charter = prove_signed(file, root)
    if (charter.not_after - charter.start).days > MOST_DAYS:
        raise RefusedError("charter-long", "The office's charter is meant to hold too long.")
    if not charter.start <= today <= charter.not_after:
        raise RefusedError("charter-date", "The office's charter is not in force on this day.")
    check_pin(DocumentName(charter.number, charter.hash), pin, "charter-older")
    return charter


def prove_signed(file: DocumentFile, root: ProvenRoot) -> ProvenCharter:
    """Prove that the root's threshold signed a charter, whenever it is or was in force: for who looks back.

    Raises:
        RefusedError: `charter-root`, `charter-signature`.
    """
    charter = read_charter(file.doc)
    if charter.root != root.number or charter.office != root.office:
        raise RefusedError("charter-root", "The office's charter does not name its newest root.")
    if count_signers(file, "charter", (key.ed25519 for key in root.keys)) < root.threshold:
        raise RefusedError("charter-signature", "Too few administrators have signed the office's charter.")
    return ProvenCharter(charter)


def prove_earlier(file: DocumentFile, following: ProvenCharter) -> ProvenCharter:
    """Prove an earlier charter by the hash in the one after it; its own signers may have left long ago.

    Raises:
        RefusedError: `charter-chain`.
    """
    charter = read_charter(file.doc)
    if following.prev is None or not same(charter.hash, following.prev) or charter.office != following.office:
        raise RefusedError("charter-chain", "An earlier charter is not the one that the next one names.")
    return ProvenCharter(charter)


def in_force(charters: Iterable[ProvenCharter]) -> Callable[[int, date | None], ProvenCharter | None]:
    """Which charter proves an author: the one of that number, if it was in force on the day that the promise names.

    Whoever left must not write on under the charter before; without a promise only the newest counts.

    Args:
        charters: proven, the one in force among them.
    """
    known = {one.number: one for one in charters}
    newest = max(known)

    def found(number: int, day: date | None) -> ProvenCharter | None:
        one = known.get(number)
        if one is None or day is None:
            return one if number == newest else None
        following = known.get(number + 1)
        over = number != newest and (following is None or day > following.start)
        return one if one.start <= day <= one.not_after and not over else None

    return found


def check_pin(found: DocumentName, pin: DocumentName | None, code: str) -> None:
    """Refuse what is older than a pin, with `code`, and another document of its number, with `document-fork`."""
    if pin is None:
        return
    if found.number < pin.number:
        raise RefusedError(code, "An older document than was seen before is shown.")
    if found.number == pin.number and not same(found.hash, pin.hash):
        raise RefusedError("document-fork", "Two different documents bear the same number.")


def _read_charter(doc: bytes, fields: Fields) -> Charter:
    fields.fixed("v", VERSION)
    fields.fixed("kind", "charter")
    return Charter(
        doc=doc,
        hash=H(doc),
        office=fields.id("office"),
        number=fields.integer("number"),
        prev=fields.optional("prev", as_hash),
        root=fields.integer("root"),
        start=fields.day("from"),
        not_after=fields.day("not_after"),
        zone=fields.text("zone"),
        names=fields.texts("names"),
        desks=_read_desks(fields),
        roster=read_roster(fields.value("roster")),
        custody=fields.optional("custody", _read_custody),
        oversight=fields.optional("oversight", _read_recipient),
        paper=fields.optional("paper", _read_recipient),
        record=whole(fields.value("record"), _read_record),
        witnesses=fields.set("witnesses", lambda value: whole(value, _read_witness)),
        vouchers=fields.optional("vouchers", lambda value: whole(value, _read_vouchers)),
        noscript=fields.optional("noscript", as_text),
        peers=fields.set("peers", _read_peer),
    )


def _read_recipient(value: Any) -> str:
    return check_recipient(as_text(value))


def _read_record(fields: Fields) -> Record:
    return Record(fields.text("host"), fields.raw("promise", KEY_SIZE), fields.raw("checkpoint", KEY_SIZE))


def _read_witness(fields: Fields) -> Witness:
    return Witness(fields.text("name"), fields.raw("key", KEY_SIZE))


def _read_vouchers(fields: Fields) -> Vouchers:
    return Vouchers(fields.raw("officer"), fields.raw("treasurer"))


def _read_desks(fields: Fields) -> tuple[Desk, ...]:
    """Each desk once: of two under one id, readers would not agree on which they seal to."""
    desks = fields.set("desks", _read_desk)
    if len({desk.id for desk in desks}) != len(desks):
        raise MalformedError("charter-desk", "The charter names a desk twice.")
    return desks


def _read_desk(value: Any) -> Desk:
    return whole(value, _desk_of)


def _desk_of(fields: Fields) -> Desk:
    outside = fields.optional("outside", _read_peer)
    return Desk(
        id=fields.id("id"),
        names=fields.texts("names"),
        independent_of=fields.set("independent_of", as_id),
        sheet=read_name(fields.value("sheet")) if outside is None else None,
        outside=outside,
    )


def _desk_json(desk: Desk) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": b64(desk.id),
        "names": dict(desk.names),
        "independent_of": ordered(b64(one) for one in desk.independent_of),
    }
    if desk.outside is not None:
        return body | {"outside": _peer_json(desk.outside)}
    if desk.sheet is None:
        raise ValueError("a desk names its least sheet or another office")
    return body | {"sheet": name_json(desk.sheet)}


def _read_peer(value: Any) -> Peer:
    return whole(value, lambda fields: Peer(fields.hash("F"), fields.text("host")))


def _peer_json(peer: Peer) -> dict[str, Any]:
    return {"F": b64(peer.F), "host": peer.host}


def _read_custody(value: Any) -> Custody:
    custody = whole(value, lambda fields: Custody(fields.integer("k"), fields.list("custodians", _read_recipient)))
    n = len(custody.custodians)
    fits = LEAST_CUSTODIANS <= custody.k <= n <= MOST_CUSTODIANS
    if not fits or len(set(custody.custodians)) != n:
        raise MalformedError("custody-size", "The list of custodians is too short or too long.")
    return custody
