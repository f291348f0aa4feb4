"""Charters and root documents that wait for the threshold's signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import Desk, Document, Member, Office, Proposal, ProposalSignature
from fairline.offices.services import acts, documents, key_files
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.documents import NewDocuments
from fairline.offices.services.key_files import NewKeys
from fairline.offices.services.sheets import require_texts
from fairline.offices.services.turns import take_turn
from fairline.profiles import services as profiles
from fairline.seal.charter import Charter, read_charter
from fairline.seal.document import DocumentFile, Signature, Signer, parse_file, read_signer, signer_json, write_file
from fairline.seal.primitives import H, verifies
from fairline.seal.root import RootDocument, read_root
from fairline.seal.roster import require_whole
from fairline.seal.sheet import Sheet, read_sheet


@dataclass(frozen=True)
class Signatures:
    """One root key's signatures; empty for a document that this key does not sign."""

    root: bytes
    charter: bytes


@dataclass(frozen=True)
class NewDesk:
    """The first sheet of a new desk, with its keys and texts."""

    sheet: DocumentFile
    keys: NewKeys
    profile: bytes


@dataclass(frozen=True)
class NewProposal:
    """What an administrator proposes."""

    root: bytes
    """Bytes of the new root document, empty where the root stays."""
    charter: bytes
    roster: Sequence[Signer]
    filler: bytes
    """Seed of the roster's empty places, 32 bytes, for the co-signers."""
    desk: NewDesk | None


def propose(
    office: Office, member: Member, new: NewProposal, signatures: Signatures, *, act: SignedAct, now: datetime
) -> bytes:
    """Store a proposal with its first signatures; with enough of them it is in force at once. Return its id.

    Raises:
        Problem: 409 ``proposal`` (another one is open, or it does not follow what is in force), 403 ``root-key``,
            422 ``act``; RefusedError as any browser would refuse the documents.
    """
    charter = read_charter(new.charter)
    require_whole(charter.roster, {one.proof.place: one.entry for one in new.roster}, new.filler)
    with writing():
        # Of two at once the second sees what the first has proposed, or put in force.
        take_turn(office.id)
        in_force = _charter(office)
        if Proposal.objects.filter(office=office, state="open").exists():
            message = _("Another proposal waits for its signatures. Sign it or withdraw it first.")
            raise Problem(409, "proposal", message)
        if charter.number != in_force.number + 1 or charter.prev != in_force.hash:
            raise _old()
        proposal = Proposal.objects.create(
            office=office,
            by=member,
            root=new.root,
            charter=new.charter,
            roster=[signer_json(signer) for signer in new.roster],
            filler=new.filler,
            sheet=write_file(new.desk.sheet) if new.desk else b"",
            charter_number=charter.number,
            day=clock.day(now, office.zone),
        )
        if new.desk is not None:
            _prepare_desk(office, charter, new.desk, act)
        keys = new.desk.keys.commitment if new.desk else None
        done = _sign(office, member, proposal, signatures, act=act, keys=keys, now=now)
    if done:
        documents.show(office, now)
    return proposal.id


def sign(
    office: Office, member: Member, proposal: bytes, signatures: Signatures, *, act: SignedAct, now: datetime
) -> bool:
    """Add another administrator's signatures; return whether the documents are in force now.

    Raises:
        Problem: 404 ``proposal``; 409 ``proposal-day`` on another day than that of the proposal; others as ``propose``.
    """
    with writing():
        take_turn(office.id)
        row = _open(office, proposal)
        # A charter counts from the day on which it was proposed: what members wrote since, under the one before, would
        # be believed by nobody any more.
        if row.day != clock.day(now, office.zone):
            message = _(
                "This was proposed on another day, and all sign on one and the same. Nothing was signed. Please "
                "withdraw it and propose it anew."
            )
            raise Problem(409, "proposal-day", message)
        done = _sign(office, member, row, signatures, act=act, keys=None, now=now)
    if done:
        documents.show(office, now)
    return done


def withdraw(office: Office, proposal: bytes) -> None:
    """Take a proposal back.

    Raises:
        Problem: 404 ``proposal``.
    """
    with writing():
        row = _open(office, proposal)
        row.state = "withdrawn"
        row.save(update_fields=["state"])
        documents.forget_prepared(row)


def may_sign(office: Office, member: Member, proposal: Proposal) -> bool:
    """Return whether the member's root key counts for either document of the proposal."""
    return bool(member.root) and any(member.root in keys for keys in _signers(office, proposal))


def needed(office: Office, proposal: Proposal) -> int:
    """Return how many further root keys must sign before the proposal is in force, at least."""
    old = _root(office)
    new = read_root(proposal.root) if proposal.root else old
    keys = set(proposal.signatures.values_list("key", flat=True))
    of_old = old.threshold - len(keys & {key.ed25519 for key in old.keys})
    of_new = new.threshold - len(keys & {key.ed25519 for key in new.keys})
    return max(of_old if proposal.root else 0, of_new, 0)


def _sign(
    office: Office,
    member: Member,
    proposal: Proposal,
    given: Signatures,
    *,
    act: SignedAct,
    keys: bytes | None,
    now: datetime,
) -> bool:
    if not may_sign(office, member, proposal):
        raise Problem(403, "root-key", _("Your root key does not count for these documents."))
    for doc, label, signature in ((proposal.root, "root", given.root), (proposal.charter, "charter", given.charter)):
        if signature and not (doc and verifies(member.root, label, doc, signature)):
            raise Problem(422, "signature", _("A signature does not fit its document. Nothing was changed."))
    if not given.root and not given.charter:
        raise Problem(422, "signature", _("Nothing was signed. Nothing was changed."))
    ProposalSignature.objects.update_or_create(
        proposal=proposal,
        key=member.root,
        defaults={
            "root": given.root,
            "charter": given.charter,
            "member": member,
            "day": clock.day(now, office.zone),
        },
    )
    deed = Deed("sign charter", office.id, _charter(office).hash, H(proposal.charter), keys)
    acts.record(office.id, member.id, member.sign, act=act, deed=deed, now=now)
    if needed(office, proposal):
        return False
    _put_in_force(office, proposal, now)
    return True


def _put_in_force(office: Office, proposal: Proposal, now: datetime) -> None:
    rows = list(proposal.signatures.all())
    new = NewDocuments(
        roots=(_file(proposal.root, [(row.key, row.root) for row in rows]),) if proposal.root else (),
        charter=_file(proposal.charter, [(row.key, row.charter) for row in rows]),
        entries=tuple(read_signer(value) for value in proposal.roster),
        sheets=(parse_file(proposal.sheet),) if proposal.sheet else (),
    )
    documents.put_in_force(office, new, now)
    proposal.state = "published"
    proposal.save(update_fields=["state"])


def _file(doc: bytes, signed: Sequence[tuple[bytes, bytes]]) -> DocumentFile:
    return DocumentFile(doc, tuple(Signature(H(key), signature) for key, signature in signed if signature))


def _prepare_desk(office: Office, charter: Charter, new: NewDesk, act: SignedAct) -> None:
    """Keep a new desk's keys, unseen, until its charter is in force."""
    sheet = read_sheet(new.sheet.doc)
    named = any(desk.id == sheet.desk and desk.sheet and desk.sheet.hash == sheet.hash for desk in charter.desks)
    if not named or sheet.open or sheet.number or Desk.objects.filter(id=sheet.desk).exists():
        raise Problem(422, "desk", _("The new desk and its charter do not fit together. Nothing was changed."))
    if profiles.keep(new.profile) != sheet.profile:
        raise Problem(422, "desk", _("The new desk's texts are not the ones its sheet names. Nothing was changed."))
    require_texts(sheet)
    desk = Desk.objects.create(id=sheet.desk, office=office, gone=True, **_columns(charter, sheet))
    key_files.store(desk, new.keys, act)


def _columns(charter: Charter, sheet: Sheet) -> dict[str, Any]:
    names = next(dict(desk.names) for desk in charter.desks if desk.id == sheet.desk)
    return {
        "names": names,
        "sheet": sheet.number,
        "open": False,
        "epoch": sheet.epoch,
        "recipient": sheet.recipient,
        "form": sheet.form,
        "profile": sheet.profile,
    }


def _signers(office: Office, proposal: Proposal) -> Sequence[set[bytes]]:
    roots = [_root(office), *([read_root(proposal.root)] if proposal.root else [])]
    return [{key.ed25519 for key in root.keys} for root in roots]


def _root(office: Office) -> RootDocument:
    row = Document.objects.filter(office=office, kind=Document.ROOT).order_by("-number").first()
    if row is None:
        raise LookupError("an office without a root")
    return read_root(parse_file(row.file).doc)


def _charter(office: Office) -> Document:
    row = Document.objects.filter(office=office, kind=Document.CHARTER).order_by("-number").first()
    if row is None:
        raise LookupError("an office without a charter")
    return row


def _open(office: Office, proposal: bytes) -> Proposal:
    row = Proposal.objects.select_for_update().filter(office=office, id=proposal, state="open").first()
    if row is None:
        raise Problem(404, "proposal", _("This proposal is no longer open. Please load the page again."))
    return row


def _old() -> Problem:
    message = _("This proposal does not follow the charter in force. Please load the page again and propose it anew.")
    return Problem(409, "proposal", message)
