"""A member's vault out of an export, and with it the keys of their desks, each proven before it is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairline.ledger.acts import parse_what
from fairline.ledger.rooted import logged_on
from fairline.seal import age, vault
from fairline.seal.charter import ProvenCharter, prove_earlier, read_charter
from fairline.seal.deskkeys import KeysCheck, ProvenKeys, prove_desk_keys
from fairline.seal.document import DocumentName, parse_file
from fairline.seal.errors import CannotOpenError, FairlineError, RefusedError
from fairline.seal.manifest import DocumentPins, VerifiedManifest, parse_manifest, prove_manifest
from fairline.seal.primitives import b64, verifies
from fairline.seal.recipients import Identity, identity, recipient_hash
from fairline.terminal.casekeys import Held, opened
from fairline.terminal.errors import TerminalError
from fairline.terminal.sentences import sentence
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairline.seal.pins import Pin, Pins
    from fairline.seal.vault import Vault
    from fairline.terminal.exported import Export, ExportedKeys, ExportedMember


@dataclass(frozen=True)
class Unlocked:
    """What a member's keys open.

    Attributes:
        member: whose they are.
        names: what this member is called; a report may ask that somebody of such a name should not read it.
        manifest: proven from the fingerprint in the vault, as of the day of the export.
        charters: the one in force and those before it, by number.
        seals: the member's own identities, the newest first.
        desks: identities of the living epochs, by desk and number.
        cases: the keys of the cases that this member is assigned to, by thread; the thread itself proves them.
        faults: what was refused, in sentences.
    """

    member: bytes
    names: tuple[str, ...]
    manifest: VerifiedManifest
    charters: Mapping[int, ProvenCharter]
    seals: tuple[Identity, ...] = field(repr=False)
    desks: Mapping[bytes, Mapping[int, Identity]] = field(repr=False)
    cases: Mapping[bytes, Held] = field(repr=False)
    faults: tuple[str, ...]


def by_passphrase(export: Export, member: ExportedMember, passphrase: str) -> Unlocked:
    """Unlock with the passphrase of the sign-in; takes about a second.

    Raises:
        TerminalError: `passphrase`.
        FairlineError: something of the export does not hold.
    """
    way = vault.unlock_by_passphrase(passphrase, member.salt).wrap
    return _unlocked(export, member, "passphrase", way)


def by_paper(export: Export, member: ExportedMember, entropy: bytes) -> Unlocked:
    """Unlock with the printed way back (sixteen bytes); raises as `by_passphrase`."""
    return _unlocked(export, member, "paper", vault.paper_wrap(entropy, member.id))


def _unlocked(export: Export, member: ExportedMember, kind: str, way: Identity) -> Unlocked:
    name = b64(member.id)
    try:
        seed = vault.unwrap_seed(export.read(f"members/{name}.{kind}.age"), way)
    except CannotOpenError as error:
        message = _("This does not open the keys of that name. Please try again.")
        raise TerminalError("passphrase", message) from error
    own = vault.open_vault(export.read(f"members/{name}.vault.age"), seed, member.id)
    pins = DocumentPins(
        F=own.pins.F,
        root=_name(own.pins.root),
        charter=_name(own.pins.charter),
        sheets=_sheet_names(own.pins),
    )
    files = parse_manifest(export.read("public/manifest"))
    # Of an office whose charter had run out: as of its last day, so that the folder opens all the same.
    as_of = min(export.day, read_charter(files.charter.doc).not_after)
    manifest = prove_manifest(files, as_of, logged_on(as_of), pins)
    if manifest.office != export.office:
        raise RefusedError("sheet-office", "These are the documents of another office.")
    charters = _charters(export, manifest)
    seals = tuple(identity(one) for one in (own.seal, *reversed(own.old)))
    desks, faults = _desks(export, _Holder(own, manifest, charters, seals))
    cases, refused = _cases(export, member.id, seals)
    names = (member.name, member.alias)
    return Unlocked(member.id, names, manifest, charters, seals, desks, cases, (*faults, *refused))


@dataclass(frozen=True)
class _Holder:
    vault: Vault
    manifest: VerifiedManifest
    charters: Mapping[int, ProvenCharter]
    seals: tuple[Identity, ...]


def _desks(export: Export, holder: _Holder) -> tuple[dict[bytes, dict[int, Identity]], list[str]]:
    """Newest file first: an older one only adds epochs that the newest no longer holds."""
    found: dict[bytes, dict[int, Identity]] = {}
    faults: list[str] = []
    newest: set[bytes] = set()
    # A desk that waits for its charter, or has ended, has keys and no sheet: nothing of it is opened here.
    mine = [row for row in export.keys if row.member == holder.vault.member]
    own = [row for row in mine if holder.manifest.sheet(row.desk) is not None]
    for row in sorted(own, key=lambda one: -one.n):
        try:
            proven = _proven(export, holder, row)
        except FairlineError as error:
            if row.desk not in newest:
                refused = _("The newest keys of %(desk)s were refused: %(what)s")
                faults.append(refused % {"desk": b64(row.desk), "what": sentence(error)})
        else:
            epochs = found.setdefault(row.desk, {})
            for epoch in proven.keys.epochs:
                epochs.setdefault(epoch.number, identity(epoch.seed))
        newest.add(row.desk)
    return found, faults


def _cases(export: Export, member: bytes, seals: Sequence[Identity]) -> tuple[dict[bytes, Held], list[str]]:
    found: dict[bytes, Held] = {}
    faults: list[str] = []
    for row in export.threads:
        path = None if row.case is None else row.case.paths.get(member)
        if path is None:
            continue
        try:
            found[row.id] = opened(export, path, seals)
        except FairlineError as error:
            refused = _("The keys of the case %(name)s were refused: %(what)s")
            faults.append(refused % {"name": b64(row.id), "what": sentence(error)})
    return found, faults


def _proven(export: Export, holder: _Holder, row: ExportedKeys) -> ProvenKeys:
    sheet = holder.manifest.sheet(row.desk)
    if sheet is None:
        raise RefusedError("sheet-desk", "The charter names no such desk.")
    paper = holder.manifest.charter.paper
    check = KeysCheck(
        office=export.office,
        desk=row.desk,
        n=row.n,
        charter_of=holder.charters.get,
        sheet=sheet,
        own=frozenset(recipient_hash(seal.recipient) for seal in holder.seals),
        paper=None if paper is None else recipient_hash(paper),
        acted=lambda c: parse_what(row.what).fields.get("keys") == b64(c),
    )
    proven = prove_desk_keys(age.unseal(export.read(row.path), holder.seals), check)
    if not verifies(proven.author.sign, "act", row.what, row.signature):
        raise RefusedError("keys-act", "Nobody has signed in the record for these keys.")
    return proven


def _charters(export: Export, manifest: VerifiedManifest) -> dict[int, ProvenCharter]:
    """All charters back to the first; each names the hash of the one before it."""
    newest = manifest.charter
    found = {newest.number: newest}
    while newest.number > 0 and newest.prev is not None:
        newest = prove_earlier(parse_file(export.read(f"documents/charter-{newest.number - 1}.json")), newest)
        found[newest.number] = newest
    return found


def _name(pin: Pin | None) -> DocumentName | None:
    return None if pin is None else DocumentName(pin.number, pin.hash)


def _sheet_names(pins: Pins) -> dict[str, DocumentName]:
    return {desk: DocumentName(pin.number, pin.hash) for desk, pin in pins.sheets.items()}
