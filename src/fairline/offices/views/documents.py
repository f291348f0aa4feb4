"""The office's documents and people, and proposals that wait for signatures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.offices.models import Document, Member, Proposal
from fairline.offices.queries.people import members
from fairline.offices.services import manifests, proposing
from fairline.offices.services.proposing import NewDesk, NewProposal, Signatures
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import member_row, office_row, signed_in
from fairline.offices.views.wire import act_of, keys_of
from fairline.seal.document import read_file, read_signer
from fairline.seal.fields import Fields, whole
from fairline.seal.jsontext import write
from fairline.seal.manifest import write_manifest
from fairline.seal.primitives import KEY_SIZE, SIGNATURE_SIZE


def documents(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - every member may ask
    """Answer with the manifest, earlier charters newest first, and the people of the charter in force."""
    charters = Document.objects.filter(office=office, kind=Document.CHARTER).order_by("-number")
    people = [
        {
            "id": one.id,
            "name": one.name,
            "joined": one.joined.isoformat(),
            "way_back_tried": one.way_back_tried.isoformat() if one.way_back_tried else "",
            "root": one.root,
            "recipient": one.recipient,
            "entry": one.entry,
            "proof": one.proof,
        }
        for one in members(office)
    ]
    manifest = write_manifest(manifests.served(manifests.stored(office)))
    return said(manifest=manifest, earlier=[row.file for row in charters[1:]], people=people)


def proposals(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with the open proposals, to who may sign them."""
    row, member = office_row(office), member_row(request)
    found = Proposal.objects.filter(office=office, state="open")
    return said(proposals=[_told(row, member, one) for one in found if _concerned(request, row, member, one)])


@checked
def propose(request: HttpRequest, office: bytes) -> HttpResponse:
    """Take a proposal with its first signatures."""
    fields = body(request)
    new = NewProposal(
        root=fields.raw("root") if fields.has("root") else b"",
        charter=fields.raw("charter"),
        roster=fields.list("roster", read_signer),
        filler=fields.raw("filler", KEY_SIZE),
        desk=fields.optional("desk", lambda value: whole(value, _desk)),
    )
    signatures, act = _signatures(fields), act_of(fields)
    fields.end()
    row = office_row(office)
    key = proposing.propose(row, member_row(request), new, signatures, act=act, now=clock.now())
    return said(proposal=key, open=Proposal.objects.filter(id=key, state="open").exists())


@checked
def sign(request: HttpRequest, office: bytes, proposal: bytes) -> HttpResponse:
    """Take another administrator's signatures."""
    fields = body(request)
    signatures, act = _signatures(fields), act_of(fields)
    fields.end()
    row = office_row(office)
    done = proposing.sign(row, member_row(request), proposal, signatures, act=act, now=clock.now())
    return said(in_force=done)


def withdraw(request: HttpRequest, office: bytes, proposal: bytes) -> HttpResponse:  # noqa: ARG001 - the gate asked
    """Take a proposal back."""
    proposing.withdraw(office_row(office), proposal)
    return said(withdrawn=True)


def _concerned(request: HttpRequest, office: Any, member: Member, proposal: Proposal) -> bool:
    return "administrator" in signed_in(request).roles or proposing.may_sign(office, member, proposal)


def _told(office: Any, member: Member, proposal: Proposal) -> dict[str, Any]:
    signed = [{"member": one.member_id, "day": one.day.isoformat()} for one in proposal.signatures.all()]
    return {
        "id": proposal.id,
        "by": proposal.by_id,
        "day": proposal.day.isoformat(),
        "root": proposal.root,
        "charter": proposal.charter,
        # Proofs travel as bytes, as everywhere else.
        "roster": [{"entry": row["entry"], "proof": write(row["proof"])} for row in proposal.roster],
        "filler": proposal.filler,
        "sheet": proposal.sheet,
        "signed": signed,
        "needed": proposing.needed(office, proposal),
        "may_sign": proposing.may_sign(office, member, proposal),
    }


def _signatures(fields: Fields) -> Signatures:
    return whole(fields.value("signatures"), _signatures_of)


def _signatures_of(fields: Fields) -> Signatures:
    fields.has("key")
    root = fields.raw("root", SIGNATURE_SIZE) if fields.has("root") else b""
    charter = fields.raw("charter", SIGNATURE_SIZE) if fields.has("charter") else b""
    return Signatures(root, charter)


def _desk(fields: Fields) -> NewDesk:
    return NewDesk(
        sheet=read_file(fields.value("sheet")),
        keys=whole(fields.value("keys"), keys_of),
        profile=fields.raw("profile"),
    )
