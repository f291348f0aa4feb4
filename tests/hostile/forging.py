"""What a hostile server can make: documents, answers and whole mailboxes, with any keys that it may have stolen."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fairline.ledger.leaves import received
from fairline.ledger.promises import make as make_promise
from fairline.line import parcels
from fairline.seal.bodies import Message, write_message
from fairline.seal.document import DocumentFile, Signer, sign_document
from fairline.seal.envelope import Header, MemberBy
from fairline.seal.jsontext import parse, write
from fairline.seal.manifest import ManifestFiles
from fairline.seal.post import Audiences, seal_post
from fairline.seal.primitives import H, b64, public_key, unb64
from fairline.seal.receipt import Mailbox
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.root import RootKey, ed25519_seed, write_root
from fairline.seal.roster import BuiltRoster, build_roster, proof_of, write_entry
from fairline.seal.roster import Member as RosterMember
from support.made_office import MadeOffice


def today() -> date:
    return datetime.now(UTC).date()


@dataclass
class Person:
    """Somebody with a signing key, and perhaps a place in a charter."""

    alias: str
    roles: tuple[str, ...] = ()
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def entry(self) -> bytes:
        recipient = recipient_hash(identity(H(self.seed)).recipient)
        member = RosterMember(self.id, public_key(self.seed), recipient, self.roles, self.alias)
        return write_entry(member, secrets.token_bytes(16))


@dataclass
class Charter:
    """A charter that somebody signed, with the entries and proofs of its people."""

    file: DocumentFile
    number: int
    roster: BuiltRoster
    entries: dict[str, bytes]

    def signer(self, alias: str) -> Signer:
        place = self.roster.places[list(self.entries).index(alias)]
        return Signer(self.entries[alias], proof_of(self.roster, place, self.number))


@dataclass
class Forger:
    """The true office of a test, its documents as served, and the means to make others."""

    made: MadeOffice
    files: ManifestFiles

    def charter(self, people: Sequence[Person], sheets: dict[str, DocumentFile], root_seed: bytes | None = None,
                **changes: Any) -> Charter:  # fmt: skip
        """The next charter, of these people and least sheets; ``changes`` replace its fields."""
        before = self.files.charter.doc
        fields: dict[str, Any] = dict(parse(before))
        entries = {person.alias: person.entry() for person in people}
        roster = build_roster(list(entries.values()))
        for desk in fields["desks"]:
            named = sheets[desk["id"]].doc
            desk["sheet"] = {"number": parse(named)["number"], "hash": b64(H(named))}
        fields |= {
            "number": fields["number"] + 1, "prev": b64(H(before)),
            "roster": {"depth": roster.depth, "root": b64(roster.root)}, **changes,
        }  # fmt: skip
        fields["desks"].sort(key=write)
        return Charter(self.signed("charter", write(fields), root_seed), fields["number"], roster, entries)

    def signed(self, label: str, doc: bytes, root_seed: bytes | None = None) -> DocumentFile:
        return DocumentFile(doc, (sign_document(ed25519_seed(root_seed or self.made.root), label, doc),))

    def sheet(self, before: bytes, **changes: Any) -> bytes:
        """The words of a desk's next sheet after ``before``, with a new epoch."""
        fields = dict(parse(before))
        seed = secrets.token_bytes(32)
        fields |= {
            "number": fields["number"] + 1, "prev": b64(H(before)), "reason": "A new key.",
            "epoch": fields["epoch"] + 1, "recipient": identity(seed).recipient, **changes,
        }  # fmt: skip
        return write(fields)

    def root(self, seed: bytes, number: int, prev: bytes | None) -> bytes:
        key = RootKey(public_key(ed25519_seed(seed)), secrets.token_bytes(32))
        return write_root(self.made.id, number, prev, [key], 1)


@dataclass
class World:
    """The office after everybody was exchanged: new lead, new handlers, new desk keys, everything signed as it must."""

    forger: Forger
    lead: Person
    handler: Person
    elsewhere: Person
    charter: Charter
    sheets: dict[str, DocumentFile]

    @classmethod
    def after(cls, forger: Forger) -> World:
        first, second = (b64(desk) for desk in forger.made.desks)
        lead = Person(
            "Lead B", tuple(sorted(f"{role}@{desk}" for desk in (first, second) for role in ("handler", "lead")))
        )
        handler, elsewhere = Person("Handler D", (f"handler@{first}",)), Person("Handler C", (f"handler@{second}",))
        docs = {desk: forger.sheet(forger.files.sheets[desk][-1].doc) for desk in (first, second)}
        bare = {desk: DocumentFile(doc, ()) for desk, doc in docs.items()}
        charter = forger.charter([lead, handler, elsewhere], bare)
        by = (charter.signer("Lead B"),)
        sheets = {desk: DocumentFile(doc, (sign_document(lead.seed, "sheet", doc),), by) for desk, doc in docs.items()}
        return cls(forger, lead, handler, elsewhere, charter, sheets)

    def manifest(self, **changes: Any) -> ManifestFiles:
        """What an honest server would serve; ``changes`` replace parts of it."""
        parts = {
            "roots": self.forger.files.roots, "rooted": (), "checkpoint": None, "charter": self.charter.file,
            "sheets": {desk: (sheet,) for desk, sheet in self.sheets.items()}, **changes,
        }  # fmt: skip
        return ManifestFiles(**parts)

    def with_sheet(self, desk: str, *chain: DocumentFile) -> ManifestFiles:
        return self.manifest(sheets={**{name: (sheet,) for name, sheet in self.sheets.items()}, desk: chain})


@dataclass
class MailboxForger:
    """Answers put into a true mailbox by who knows all of the office's keys and what the thread says."""

    made: MadeOffice
    mailbox: Mailbox
    promise_seed: bytes

    def answer(self, head: dict[str, Any], signer: Signer, seed: bytes, text: str, **changes: Any) -> Forged:
        """An answer of the office at the next free place; ``changes`` replace fields of its header."""
        report = next(row for row in head["posts"] if row["chain"] == "r")
        there = [row for row in head["posts"] if row["chain"] == "o"]
        body = changes.pop("body", None) or write_message(Message(text, "en"))
        office = changes.pop("office_recipient", identity(self.made.epochs[self.made.desks[0].hex()]).recipient)
        fields: dict[str, Any] = {
            "kind": "message", "office": self.made.id, "desk": self.made.desks[0], "thread": unb64(head["thread"]),
            "to": (), "by": MemberBy(signer.entry, signer.proof), "chain": "o", "n": len(there),
            "prev": unb64(there[-1]["c"]) if there else None, "seen": unb64(report["c"]), **changes,
        }  # fmt: skip
        post = seal_post(Header(**fields), body, seed, Audiences(office, self.mailbox.box.recipient, self.mailbox.tag))
        own = next(file.content for file in post.files if file.kind == "own")
        assert post.T is not None
        return Forged(fields["n"], post.T, post.c, own)


@dataclass
class Forged:
    """One answer, ready to be put into a mailbox."""

    n: int
    tag: bytes
    content: bytes
    own: bytes

    def put(self, forger: MailboxForger, head: dict[str, Any], files: list[bytes], day: date | None = None,
            promise_seed: bytes | None = None) -> None:  # fmt: skip
        """Put it behind the office's other answers, promised for ``day``."""
        when = (day or today()).isoformat()
        f = received([secrets.token_bytes(32), H(self.own)])
        leaf = self.tag + self.content + f
        promise = make_promise(forger.made.id, leaf, when, promise_seed or forger.promise_seed)
        row = {
            "chain": "o", "n": self.n, "T": b64(self.tag), "c": b64(self.content), "f": b64(f), "day": when,
            "promise": promise.fields(), "files": [{"as": "own", "size": len(self.own)}],
        }  # fmt: skip
        place = sum(post["chain"] == "o" for post in head["posts"])
        head["posts"].insert(place, row)
        files.insert(place, self.own)


Alter = Callable[[dict[str, Any], list[bytes]], None]


def altered(body: bytes, change: Alter) -> bytes:
    """A mailbox answer after ``change``, in the size that mailboxes have."""
    head, files = parcels.read(body)
    change(head, files)
    head["files"] = [row for post in head["posts"] for row in post["files"]]
    text = json.dumps(head).encode()
    whole = len(text).to_bytes(4, "big") + text + b"".join(files)
    return whole + bytes(-len(whole) % parcels.PAGE)


def yesterday() -> date:
    return today() - timedelta(days=1)
