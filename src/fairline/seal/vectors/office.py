"""A made-up office with fixed keys, for vectors and tests: three administrators, one desk, custodians."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fairline.seal.charter import Charter, Custody, Desk, Peer, Record, Terms, Witness, read_charter, write_charter
from fairline.seal.document import DocumentFile, DocumentName, Signer, sign_document
from fairline.seal.manifest import ManifestFiles, Rooted, VerifiedManifest, prove_manifest
from fairline.seal.primitives import H, b64, public_key
from fairline.seal.recipients import Identity, identity, recipient_hash
from fairline.seal.root import RootKey, ed25519_seed, write_root
from fairline.seal.roster import BuiltRoster, Member, build_roster, proof_of, write_entry
from fairline.seal.sheet import SheetTerms, write_sheet
from fairline.seal.vectors.cases import FixedBytes

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 3, 2)
ZONE = "Europe/Lisbon"


@dataclass(frozen=True)
class Person:
    """A member with all secrets."""

    id: bytes
    sign: bytes
    seal: Identity
    entry: bytes


class MadeUpOffice:
    """Keys and documents, all from one name."""

    def __init__(self, name: str) -> None:
        self.random = FixedBytes(name)
        self.id = self.random(16)
        self.desk = self.random(16)
        self.root_seeds = [self.random(32) for _ in range(4)]
        self.epoch_seeds = [self.random(32) for _ in range(3)]
        self.promise_seed, self.checkpoint_seed = self.random(32), self.random(32)
        self.custodians = [identity(self.random(32)) for _ in range(3)]
        self.forms = [self.random(32), self.random(32)]
        handler, lead = f"handler@{b64(self.desk)}", f"lead@{b64(self.desk)}"
        self.amina = self.person("Case handler A", handler, lead)
        self.bruno = self.person("Case handler B", handler)
        self.chiara = self.person("Administrator", "administrator")
        self.people: tuple[Person, ...] = ()
        self.admit(self.amina, self.bruno, self.chiara)

    def admit(self, *people: Person) -> None:
        """Make a new roster with these people too."""
        self.people = (*self.people, *people)
        self.roster: BuiltRoster = build_roster([person.entry for person in self.people], self.random)

    def person(self, alias: str, *roles: str) -> Person:
        """A new member with these roles."""
        member, sign, seal = self.random(16), self.random(32), identity(self.random(32))
        entry = Member(member, public_key(sign), recipient_hash(seal.recipient), roles, alias)
        return Person(member, sign, seal, write_entry(entry, self.random(16)))

    def signer(self, person: Person, charter: int = 2) -> Signer:
        """Entry and proof of a member in the charter of that number."""
        place = self.roster.places[self.people.index(person)]
        return Signer(person.entry, proof_of(self.roster, place, charter))

    def root_key(self, index: int) -> RootKey:
        """Public half of a root key; the ML-DSA-44 hash is any 32 bytes here."""
        seed = self.root_seeds[index]
        return RootKey(public_key(ed25519_seed(seed)), H(b"mldsa44" + seed))

    def root(
        self,
        number: int,
        prev: bytes | None,
        keys: Sequence[int],
        threshold: int,
        signers: Sequence[int],
    ) -> DocumentFile:
        """A root document with these keys, signed by those."""
        doc = write_root(self.id, number, prev, [self.root_key(index) for index in keys], threshold)
        return self.signed("root", doc, signers)

    def signed(self, label: str, doc: bytes, signers: Sequence[int]) -> DocumentFile:
        """Signed by root keys of these indexes."""
        seeds = [ed25519_seed(self.root_seeds[index]) for index in signers]
        return DocumentFile(doc, tuple(sign_document(seed, label, doc) for seed in seeds))

    def roots(self) -> list[DocumentFile]:
        """Number 0 by one administrator alone, then three successions."""
        chain = [self.root(0, None, (0,), 1, (0,))]
        for number, keys, threshold, signers in (
            (1, (0, 1), 2, (0, 1)),
            (2, (0, 1, 2), 2, (0, 2, 1)),
            (3, (1, 2, 3), 2, (1, 3, 2)),
        ):
            chain.append(self.root(number, H(chain[-1].doc), keys, threshold, signers))
        return chain

    def sheets(self) -> list[DocumentFile]:
        """The charter's least sheet, and one chained from it, both by the desk's lead."""
        least = self.sheet_terms()
        chain = [self.sheet(least)]
        next_one = replace(least, number=4, prev=H(chain[0].doc), reason="A new epoch every 90 days.", epoch=2)
        chain.append(self.sheet(replace(next_one, recipient=identity(self.epoch_seeds[1]).recipient)))
        return chain

    def sheet_terms(self) -> SheetTerms:
        """What the least sheet says."""
        return SheetTerms(
            self.id, self.desk, 3, H(b"sheet 2"), "First sheet that takes reports.", open=True, epoch=1,
            recipient=identity(self.epoch_seeds[0]).recipient, form=self.forms[0], profile=self.forms[1],
        )  # fmt: skip

    def sheet(self, terms: SheetTerms, person: Person | None = None) -> DocumentFile:
        """A sheet signed by a member, the lead unless said."""
        person = person or self.amina
        doc = write_sheet(terms)
        return DocumentFile(doc, (sign_document(person.sign, "sheet", doc),), (self.signer(person),))

    def terms(self) -> Terms:
        """What the charter says."""
        least = self.sheets()[0].doc
        return Terms(
            office=self.id, number=2, prev=H(b"charter 1"), root=3, start=date(2026, 2, 1),
            not_after=date(2026, 6, 1), zone=ZONE, names={"en": "Office of the Made-up City",
            "zh-Hans": "虚构市办公室"},
            desks=(
                Desk(self.desk, {"en": "Contracts"}, sheet=DocumentName(3, H(least))),
                Desk(H(b"outside")[:16], {"en": "Ombud"}, (self.desk,), outside=Peer(H(b"peer"), "ombud.example")),
            ),
            roster=self.roster, custody=Custody(2, tuple(one.recipient for one in self.custodians)),
            record=Record("record.example", public_key(self.promise_seed), public_key(self.checkpoint_seed)),
            witnesses=(Witness("witness.example", public_key(H(b"witness"))),),
            peers=(Peer(H(b"peer"), "ombud.example"),),
        )  # fmt: skip

    def charter(self) -> DocumentFile:
        """The charter in force, signed by two of three."""
        return self.signed("charter", write_charter(self.terms()), (1, 2))

    def manifest_files(self) -> ManifestFiles:
        """All of it, as a door would serve it; the record's claims are made up."""
        rooted = tuple(Rooted(number, index=number, hashes=(H(b"beside"),)) for number in (1, 2))
        promised = Rooted(3, {"v": 1, "kind": "promise"})
        return ManifestFiles(
            tuple(self.roots()),
            (*rooted, promised),
            "checkpoint\n",
            self.charter(),
            {b64(self.desk): tuple(self.sheets())},
        )

    def manifest(self) -> VerifiedManifest:
        """The manifest, proven on `TODAY`."""
        return prove_manifest(self.manifest_files(), TODAY, lambda _claim: True)

    def read_charter(self) -> Charter:
        """The charter, parsed only."""
        return read_charter(self.charter().doc)
