"""An office whose members' keys lie in one place: what browsers do, done by a test."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pyotp
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from fairline.ledger import queries as record
from fairline.offices import models
from fairline.offices.services import inviting, manifests, proposing, setting_up, sheets
from fairline.offices.services.acts import SignedAct
from fairline.offices.services.inviting import NewInvitation
from fairline.offices.services.key_files import NewKeys
from fairline.offices.services.proposing import NewProposal, Signatures
from fairline.offices.services.setting_up import Begun, Founding, Person
from fairline.offices.services.vaults import Ways
from fairline.profiles.queries import default_form
from fairline.seal import age
from fairline.seal.charter import Desk, Record, Terms, read_charter, write_charter
from fairline.seal.document import DocumentFile, DocumentName, Signer, parse_file, sign_document
from fairline.seal.envelope import Header, MemberBy, write_envelope
from fairline.seal.invitation import Joining, invite_id, make_joining
from fairline.seal.jsontext import write
from fairline.seal.keys import DeskKeys, Keyholder, NumberedSeed, write_desk_keys
from fairline.seal.primitives import H, b64, kdf, public_key, sign
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.root import RootKey, ed25519_seed, mldsa44_seed, read_root, write_root
from fairline.seal.roster import BuiltRoster, build_roster, proof_of, write_entry
from fairline.seal.roster import Member as Place
from fairline.seal.sheet import SheetTerms, read_sheet, write_sheet
from support.snapshots import made_once

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
PROFILE = write(
    {
        "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3},
        "emergency": {"en": "Call 112."}, "complaints": {"en": "The ombudsperson, Quay Street 4"},
        "ways": {"letter": "Quay Street 2"},
    }
)  # fmt: skip


@dataclass
class Insider:
    """A member with all their secrets. The passphrase is not stretched: its login value is drawn."""

    name: str
    roles: tuple[str, ...] = ()
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    sign_seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    seal_seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    root_seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    paper: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    totp: str = field(default_factory=pyotp.random_base32)

    @property
    def administrator(self) -> bool:
        return "administrator" in self.roles

    @property
    def recipient(self) -> str:
        return identity(self.seal_seed).recipient

    @property
    def root(self) -> RootKey:
        later = MLDSA44PrivateKey.from_seed_bytes(mldsa44_seed(self.root_seed)).public_key()
        return RootKey(public_key(ed25519_seed(self.root_seed)), H(later.public_bytes_raw()))

    @property
    def paper_auth(self) -> bytes:
        return kdf(self.paper, "paper auth", self.id)

    def digits(self, now: datetime = NOW) -> str:
        return pyotp.TOTP(self.totp).at(now)

    def ways(self) -> Ways:
        return Ways(H(self.auth), self.salt, H(self.paper_auth), {"passphrase": b"wrap one", "paper": b"wrap two"})

    def person(self) -> Person:
        return Person(self.name, self.name, self.recipient, self.totp, b"a sealed vault", self.ways())

    def row(self) -> models.Member:
        return models.Member.objects.get(id=self.id)


@dataclass
class Maker:
    """One office from its founding on; every act goes through the services, as a request would."""

    first: Insider
    begun: Begun
    desk: bytes
    now: datetime = NOW
    seeds: list[bytes] = field(default_factory=lambda: [secrets.token_bytes(32)])
    commitments: list[bytes] = field(default_factory=list)
    signers: dict[bytes, Signer] = field(default_factory=dict)

    @property
    def id(self) -> bytes:
        return self.begun.office

    @property
    def row(self) -> models.Office:
        return models.Office.objects.get(id=self.id)

    @property
    def desk_row(self) -> models.Desk:
        return models.Desk.objects.get(id=self.desk)

    @property
    def today(self) -> date:
        return self.now.date()

    def stored(self) -> manifests.Stored:
        return manifests.stored(self.id)

    def act(self, member: Insider, act: str, subject: bytes, later: int = 0, **hashes: bytes | None) -> SignedAct:
        """Sign an act; `later` are as many that this member signs before it."""
        said = {"act": act, "subject": b64(subject), "member": b64(member.id),
                "counter": record.next_counter(self.id, member.id) + later}  # fmt: skip
        what = write(said | {name: b64(value) for name, value in hashes.items() if value is not None})
        return SignedAct(what, sign(member.sign_seed, "act", what))

    def roster(self, people: Sequence[Insider], number: int) -> tuple[BuiltRoster, list[Signer]]:
        entries = [
            write_entry(Place(one.id, public_key(one.sign_seed), recipient_hash(one.recipient), one.roles, one.name),
                        secrets.token_bytes(16))
            for one in people
        ]  # fmt: skip
        built = build_roster(entries)
        signers = [
            Signer(entry, proof_of(built, place, number)) for entry, place in zip(entries, built.places, strict=True)
        ]
        return built, signers

    def sheet_terms(self, number: int, prev: bytes | None, *, is_open: bool, profile: bytes = PROFILE,
                    form: bytes | None = None) -> SheetTerms:  # fmt: skip
        return SheetTerms(self.id, self.desk, number, prev, "A reason.", is_open, len(self.seeds) - 1,
                          identity(self.seeds[-1]).recipient, H(form or default_form()), H(profile))  # fmt: skip

    def keys(self, lead: Insider, people: Sequence[Insider]) -> NewKeys:
        holders = tuple(Keyholder(one.id, recipient_hash(one.recipient)) for one in people)
        seeds = tuple(NumberedSeed(number, seed) for number, seed in enumerate(self.seeds))
        by, n = self.signers[lead.id], len(self.commitments)
        header = Header("keys", self.id, self.desk, self.desk, tuple(one.recipient for one in holders),
                        MemberBy(by.entry, by.proof), "k", n, self.commitments[-1] if n else None)  # fmt: skip
        written = write_envelope(header, write_desk_keys(DeskKeys(seeds, holders)), lead.sign_seed)
        self.commitments.append(written.c)
        file = age.seal(written.content, [one.recipient for one in people])
        return NewKeys(n, len(self.seeds) - 1, written.c, {one.id: file for one in people})

    def invite(self, person: Insider) -> bytes:
        """Invite a person and let them answer; return the bytes of their joining."""
        secret = secrets.token_bytes(32)
        fingerprint = self.row.fingerprint
        key = invite_id(secret, fingerprint)
        new = NewInvitation(key, secrets.token_bytes(16), person.id, person.name, person.roles, person.administrator)
        inviting.invite(self.id, self.first.id, new, self.now)
        root = person.root if person.administrator else None
        joining = Joining(self.id, person.id, public_key(person.sign_seed), person.recipient, root)
        file = make_joining(joining, person.sign_seed, secret, fingerprint)
        inviting.join(self.id, key, file, person.person(), self.now)
        return file.doc

    def next_charter(self, people: Sequence[Insider], **changes: object) -> NewProposal:
        """The next charter with these people, and a root document if its administrators change."""
        stored = self.stored()
        before, root = read_charter(stored.charter.doc), read_root(stored.roots[-1].doc)
        keys = sorted((one.root for one in people if one.administrator), key=lambda key: b64(key.ed25519))
        changed = {key.ed25519 for key in keys} != {key.ed25519 for key in root.keys}
        new_root = write_root(self.id, root.number + 1, root.hash, keys, min(2, len(keys))) if changed else b""
        built, signers = self.roster(people, before.number + 1)
        newest = read_sheet(stored.sheets[self.desk][-1].doc)
        terms = {
            "office": self.id, "number": before.number + 1, "prev": before.hash, "root": root.number + int(changed),
            "start": self.today, "not_after": self.today + timedelta(days=120), "zone": ZONE, "names": before.names,
            "desks": (Desk(self.desk, {"en": "Quay desk"}, (), DocumentName(newest.number, newest.hash)),),
            "roster": built, "record": before.record,
        }  # fmt: skip
        return NewProposal(new_root, write_charter(Terms(**{**terms, **changes})), signers, built.filler, None)

    def signatures(self, member: Insider, new: NewProposal) -> Signatures:
        """The member's signatures wherever their root key counts."""
        seed, own = ed25519_seed(member.root_seed), member.root.ed25519
        old = {key.ed25519 for key in read_root(self.stored().roots[-1].doc).keys}
        named = {key.ed25519 for key in read_root(new.root).keys} if new.root else old
        root = sign_document(seed, "root", new.root).signature if new.root and own in old | named else b""
        return Signatures(root, sign_document(seed, "charter", new.charter).signature if own in named else b"")

    def charter_act(self, member: Insider, new: NewProposal) -> SignedAct:
        before = read_charter(self.stored().charter.doc).hash
        return self.act(member, "sign charter", self.id, before=before, after=H(new.charter))

    def propose(self, member: Insider, new: NewProposal) -> bytes:
        act = self.charter_act(member, new)
        key = proposing.propose(self.row, member.row(), new, self.signatures(member, new), act=act, now=self.now)
        self.took(new)
        return key

    def sign(self, member: Insider, proposal: bytes, new: NewProposal) -> bool:
        act = self.charter_act(member, new)
        done = proposing.sign(self.row, member.row(), proposal, self.signatures(member, new), act=act, now=self.now)
        self.took(new)
        return done

    def took(self, new: NewProposal) -> None:
        """Keep the proofs of the charter that is in force."""
        number = read_charter(self.stored().charter.doc).number
        rows = models.RosterEntry.objects.filter(office=self.id, charter=number)
        if number == read_charter(new.charter).number:
            by_entry = {signer.entry: signer for signer in new.roster}
            self.signers = {row.member: by_entry[row.entry] for row in rows}

    def sheet(self, lead: Insider, *, is_open: bool, keys: NewKeys | None = None, profile: bytes = b"",
              named: bytes = PROFILE, form: bytes = b"") -> None:  # fmt: skip
        """Sign and publish the desk's next sheet."""
        before = parse_file(models.Document.objects.get(desk=self.desk, number=self.desk_row.sheet).file).doc
        terms = self.sheet_terms(self.desk_row.sheet + 1, H(before), is_open=is_open, profile=named, form=form)
        doc = write_sheet(terms)
        file = DocumentFile(doc, (sign_document(lead.sign_seed, "sheet", doc),), (self.signers[lead.id],))
        act = self.act(lead, "sheet", self.desk, before=H(before), after=H(doc), keys=keys.commitment if keys else None)
        sheets.publish_sheet(
            self.row, lead.row(), self.desk, file=file, keys=keys, form=form, profile=profile, act=act, now=self.now
        )


def founding(now: datetime = NOW, name: str = "anna") -> tuple[Maker, Founding]:
    """Everything of a new office, not yet stored."""
    code = setting_up.new_code(now)
    desk = secrets.token_bytes(16)
    first = Insider(name, ("administrator", f"handler@{b64(desk)}", f"lead@{b64(desk)}"))
    maker = Maker(first, setting_up.begin(code, now), desk, now)
    root = write_root(maker.id, 0, None, [first.root], 1)
    built, signers = maker.roster([first], 0)
    maker.signers = {first.id: signers[0]}
    sheet = write_sheet(maker.sheet_terms(0, None, is_open=False))
    record_keys = maker.begun.record
    charter = write_charter(
        Terms(maker.id, 0, None, 0, maker.today, maker.today + timedelta(days=120), ZONE, {"en": "Harbour Office"},
              (Desk(desk, {"en": "Quay desk"}, (), DocumentName(0, H(sheet))),), built,
              Record(maker.begun.host, record_keys.promise, record_keys.checkpoint))
    )  # fmt: skip
    seed = ed25519_seed(first.root_seed)
    keys = maker.keys(first, [first])
    return maker, Founding(
        code=code,
        root=DocumentFile(root, (sign_document(seed, "root", root),)),
        charter=DocumentFile(charter, (sign_document(seed, "charter", charter),)),
        sheet=DocumentFile(sheet, (sign_document(first.sign_seed, "sheet", sheet),), (signers[0],)),
        entry=signers[0],
        profile=PROFILE,
        person=first.person(),
        keys=keys,
        act=maker.act(first, "found", maker.id, after=H(charter), keys=keys.commitment),
    )


@made_once
def founded(now: datetime = NOW, name: str = "anna") -> Maker:
    """A founded office with one member."""
    maker, wish = founding(now, name)
    setting_up.found(wish, now)
    return maker


founded_anew = founded.__wrapped__  # type: ignore[attr-defined] # for who counts its files, or what is of one moment


def handler(maker: Maker, name: str = "ben", *more: str) -> Insider:
    """Somebody for the desk, not invited yet."""
    return Insider(name, tuple(sorted((f"handler@{b64(maker.desk)}", *more))))


def with_second(maker: Maker) -> Insider:
    """Let a second handler join, and seal a new epoch to both."""
    second = handler(maker)
    maker.invite(second)
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    maker.seeds.append(secrets.token_bytes(32))
    maker.sheet(maker.first, is_open=False, keys=maker.keys(maker.first, [maker.first, second]))
    return second
