"""New documents in force: proven first, then stored whole and shown to everybody."""

from __future__ import annotations

import functools
import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import available_timezones

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from fairline.core import clock, publication
from fairline.core.problems import Problem
from fairline.ledger import services as ledger
from fairline.offices.limits import PEOPLE
from fairline.offices.models import Desk, Document, Joining, Member, Office, Proposal, RosterEntry
from fairline.offices.services import accounts, going_on, manifests, newcomers
from fairline.seal import jsontext
from fairline.seal.charter import Charter, ProvenCharter, read_charter
from fairline.seal.document import DocumentFile, Signer, parse_file, write_file
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.invitation import read_joining
from fairline.seal.manifest import ManifestFiles, Rooted, VerifiedManifest, write_manifest
from fairline.seal.primitives import H, b64
from fairline.seal.recipients import recipient_hash
from fairline.seal.root import read_root
from fairline.seal.roster import Entry, proof_json, prove_entry
from fairline.seal.sheet import read_sheet

JSON = "application/json"

log = logging.getLogger(__name__)
SHOW: Final = "publish-now"
"""The file by which the supervisor is asked for a night at once (see ``cli.run``)."""


@dataclass(frozen=True)
class NewDocuments:
    """What one act brings; any part may be missing."""

    roots: tuple[DocumentFile, ...] = ()
    charter: DocumentFile | None = None
    entries: tuple[Signer, ...] = ()
    """Every entry of the charter's roster, with its proof. Needed with a charter."""
    sheets: tuple[DocumentFile, ...] = ()


def put_in_force(office: Office, new: NewDocuments, now: datetime) -> VerifiedManifest:
    """Prove and store new documents, inside the caller's transaction. ``publish`` afterwards shows them.

    Raises:
        RefusedError, MalformedError: what a browser would refuse is not stored.
    """
    today = clock.day(now, office.zone)
    before = manifests.stored(office.id)
    current = prove_now(office, today)
    candidate = manifests.with_documents(before, new.roots, new.charter, new.sheets)
    files = manifests.served(candidate)
    # A root that is recorded in this very act has no promise yet; everything else must show one.
    proven = manifests.prove(_claimed(files, new), today, current, [H(file.doc) for file in new.roots])
    keep(office, proven, new, now)
    return proven


def prove_now(office: Office, today: date) -> VerifiedManifest | None:
    """Return the manifest in force, proven; None where it has run out and only a new charter can mend it."""
    try:
        return manifests.prove(manifests.served(manifests.stored(office.id)), today, None, ())
    except RefusedError as error:
        if error.code == "charter-date":
            return None
        raise


def keep(office: Office, proven: VerifiedManifest, new: NewDocuments, now: datetime) -> None:
    """Store documents that ``proven`` proves. Inside the caller's transaction.

    Raises:
        Problem: as ``going_on.require``.
    """
    today = clock.day(now, office.zone)
    for file in new.roots:
        root = read_root(file.doc)
        promise = ledger.record_document(office.id, file.doc, now).document() if root.number else b""
        _store(office, Document.ROOT, root.number, file, today, promise=promise)
    if new.charter is not None:
        _keep_charter(office, proven.charter, new, today)
        if proven.charter.number:
            going_on.require(office, proven)
    for file in new.sheets:
        sheet = next(sheet for chain in proven.sheets.values() for sheet in chain if sheet.hash == H(file.doc))
        _store(office, Document.SHEET, sheet.number, file, today, desk=sheet.desk)
    _keep_desks(office, proven)


def publish(office: Office, now: datetime) -> None:
    """Show the documents in force to everybody. Nobody who read them before shows older ones after."""
    today = clock.day(now, office.zone)
    with publication.turn(office.id, "manifest"):
        manifest = write_manifest(manifests.served(manifests.stored(office.id)))
        publication.publish(office.id, "manifest", JSON, manifest, today)
        publication.publish(office.id, "account", JSON, accounts.written(office, today), today)


def show(office: Office, now: datetime) -> None:
    """Show what was just signed and is kept: who signed it is not told that it failed because showing it did.

    What is not shown stops a desk, whose new key no reporting person has: the supervisor is asked for a night at once.
    """
    try:
        publish(office, now)
    except DatabaseError:
        log.exception("What was signed could not be shown; a night shows it.")
        with suppress(OSError):
            (settings.FAIRLINE.data / SHOW).touch(mode=0o600)


def _claimed(files: ManifestFiles, new: NewDocuments) -> ManifestFiles:
    numbers = [read_root(file.doc).number for file in new.roots]
    rows = tuple(Rooted(number, {}) for number in numbers if number)
    return replace(files, rooted=(*files.rooted, *rows))


def _store(office: Office, kind: str, number: int, file: DocumentFile, day: date, *, desk: bytes = b"",
           promise: bytes = b"") -> None:  # fmt: skip
    Document.objects.create(
        office=office,
        kind=kind,
        desk=desk,
        number=number,
        hash=H(file.doc),
        file=write_file(file),
        promise=promise,
        day=day,
    )


def _keep_charter(office: Office, charter: ProvenCharter, new: NewDocuments, today: date) -> None:
    if new.charter is None:
        raise ValueError("no charter")
    entries = _proven_entries(office, charter, new.entries)
    _store(office, Document.CHARTER, charter.number, new.charter, today)
    for entry, signer in entries:
        RosterEntry.objects.create(
            office=office,
            charter=charter.number,
            member=entry.id,
            entry=signer.entry,
            proof=jsontext.write(proof_json(signer.proof)),
            roles=list(entry.roles),
            alias=entry.alias,
        )
        _settle(office, entry)
    ids = [entry.id for entry, _signer in entries]
    Member.objects.filter(office=office, id__in=ids).update(left=None)
    _note_leavers(office, charter, ids, today)
    if office.zone != charter.zone:
        ledger.move(office.id, charter.zone)
    office.names, office.zone = dict(charter.names), charter.zone
    office.save(update_fields=["names", "zone"])
    named = {desk.id for desk in charter.desks}
    for row in Proposal.objects.filter(office=office, state="open", charter_number__lte=charter.number):
        row.state = "withdrawn"
        row.save(update_fields=["state"])
        forget_prepared(row, but=named)


def forget_prepared(proposal: Proposal, but: Collection[bytes] = ()) -> None:
    """Delete the desk that a proposal has prepared, with its keys, where no charter of ``but`` names it."""
    if not proposal.sheet:
        return
    desk = read_sheet(parse_file(proposal.sheet).doc).desk
    for row in Desk.objects.filter(id=desk, gone=True).exclude(id__in=list(but)):
        row.key_files.all().delete()
        row.delete()


def _settle(office: Office, entry: Entry) -> None:
    """Take over the keys of the answers that the charter names: from here on they are the member's."""
    for row in Joining.objects.filter(invitation__member=entry.id, invitation__office=office, done=False):
        said = read_joining(row.doc)
        if said.sign != entry.sign or recipient_hash(said.recipient) != entry.recipient:
            continue
        # Who made no new root key keeps the one that they have on paper.
        root = {"root": said.root.ed25519, "root_commitment": said.root.mldsa44} if said.root else {}
        Member.objects.filter(office=office, id=entry.id).update(sign=said.sign, recipient=said.recipient, **root)
        newcomers.take_over(row, Member.objects.get(office=office, id=entry.id))
        row.done = True
        row.save(update_fields=["done"])


def _note_leavers(office: Office, charter: Charter, ids: Sequence[bytes], today: date) -> None:
    """End the sessions and note the day of who was in the charter before and is in this one no more.

    Who left earlier was noted then; if they have answered an invitation since, the charter that names them is to come.
    """
    known = RosterEntry.objects.filter(office=office, charter=charter.number - 1).values_list("member", flat=True)
    gone = Member.objects.filter(office=office, id__in=list(known), left=None).exclude(id__in=ids)
    for member in gone:
        member.sessions.all().delete()
        member.left = today
        member.save(update_fields=["left"])


def _proven_entries(office: Office, charter: ProvenCharter, signers: Sequence[Signer]) -> list[tuple[Entry, Signer]]:
    """Return the roster's entries, each proven and of a member whose keys this server knows.

    Raises:
        Problem: 422 ``roster``; RefusedError: `roster-proof`, `custodian-handles`, `desk-shared`.
    """
    if not 0 < len(signers) <= PEOPLE:
        raise _bad_roster()
    found: list[tuple[Entry, Signer]] = []
    known = {row.id: {(row.sign, recipient_hash(row.recipient))} for row in Member.objects.filter(office=office)}
    for doc in Joining.objects.filter(invitation__office=office, done=False).values_list("doc", flat=True):
        said = read_joining(doc)
        known.setdefault(said.id, set()).add((said.sign, recipient_hash(said.recipient)))
    for signer in signers:
        entry = prove_entry(signer.entry, signer.proof, charter)
        if (entry.sign, entry.recipient) not in known.pop(entry.id, ()):
            raise _bad_roster()
        handles = any(role.partition("@")[0] in {"handler", "lead"} for role in entry.roles)
        if "custodian" in entry.roles and handles:
            sentence = "A custodian of names cannot also handle reports or lead a desk."
            raise RefusedError("custodian-handles", sentence)
        found.append((entry, signer))
    _require_apart(charter, [entry for entry, _signer in found])
    return found


def _require_apart(charter: Charter, entries: Sequence[Entry]) -> None:
    """Refuse desks that are called independent and share a person: reports about one are led to the other."""
    working = {
        desk.id: {e.id for e in entries if {f"handler@{b64(desk.id)}", f"lead@{b64(desk.id)}"} & set(e.roles)}
        for desk in charter.desks
    }
    for desk in charter.desks:
        if any(working[desk.id] & working.get(other, set()) for other in desk.independent_of):
            sentence = "Two desks that one person works at cannot be called independent of each other."
            raise RefusedError("desk-shared", sentence)


def _bad_roster() -> Problem:
    message = _("The charter names people or keys that this office does not know. Nothing was changed.")
    return Problem(422, "roster", message)


def _keep_desks(office: Office, proven: VerifiedManifest) -> None:
    named = []
    ids = [desk.id for desk in proven.charter.desks if desk.outside is None]
    if Desk.objects.filter(id__in=ids).exclude(office=office).exists():
        # Ids are public: a charter may not take away what is reported to another office's desk.
        raise Problem(422, "desk", _("The charter names a desk that belongs to another office. Nothing was changed."))
    for desk in proven.charter.desks:
        sheet = proven.sheet(desk.id)
        if sheet is None:
            continue
        named.append(desk.id)
        Desk.objects.update_or_create(
            id=desk.id,
            defaults={
                "office": office,
                "names": dict(desk.names),
                "sheet": sheet.number,
                "open": sheet.open,
                "epoch": sheet.epoch,
                "recipient": sheet.recipient,
                "form": sheet.form,
                "profile": sheet.profile,
                "gone": False,
            },
        )
    Desk.objects.filter(office=office).exclude(id__in=named).update(gone=True, open=False)


@functools.cache
def _zones() -> frozenset[str]:
    """All zones that the machine knows: to ask reads a folder of hundreds of files."""
    return frozenset(available_timezones())


def zone_of(charter: DocumentFile) -> str:
    """Return the time zone that an unproven charter names, so that its days can be judged.

    Raises:
        MalformedError: `charter-zone`, no such zone is known.
    """
    zone = read_charter(charter.doc).zone
    if zone not in _zones():
        raise MalformedError("charter-zone", "The charter names a time zone that nobody knows.")
    return zone
