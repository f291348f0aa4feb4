"""Founding the fictional office: first administrator, colleagues, second administrator, two desks that open.

The steps are those of the guided set-up and of "people and keys", in their order.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from fairline.core import clock
from fairline.demo import cast
from fairline.demo.member import Member
from fairline.offices.models import DeskDrill
from fairline.offices.models import Member as MemberRow
from fairline.offices.models import Office as OfficeRow
from fairline.offices.services import inviting, opening, proposing, sessions, setting_up, sheets
from fairline.offices.services.inviting import NewInvitation
from fairline.offices.services.key_files import NewKeys
from fairline.offices.services.proposing import NewDesk, NewProposal, Signatures
from fairline.offices.services.setting_up import Begun, Founding
from fairline.profiles.queries import default_form
from fairline.seal import age
from fairline.seal.charter import CHARTER_DAYS, Custody, Desk, Record, Terms, write_charter
from fairline.seal.document import DocumentFile, DocumentName, Signer, sign_document
from fairline.seal.envelope import Header, MemberBy, write_envelope
from fairline.seal.invitation import Joining, invite_id, make_joining
from fairline.seal.jsontext import write
from fairline.seal.keys import DeskKeys, Keyholder, NumberedSeed, write_desk_keys
from fairline.seal.primitives import ID_SIZE, KEY_SIZE, H, b64
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.root import ed25519_seed, write_root
from fairline.seal.roster import Member as Place
from fairline.seal.roster import build_roster, proof_of, write_entry
from fairline.seal.sheet import SheetTerms, write_sheet

ENTRY_SALT = 16


@dataclass
class DemoDesk:
    """A desk with the seeds of its epochs and its newest sheet."""

    names: dict[str, str]
    people: list[Member]
    id: bytes = field(default_factory=lambda: secrets.token_bytes(ID_SIZE))
    seeds: list[bytes] = field(default_factory=lambda: [secrets.token_bytes(KEY_SIZE)], repr=False)
    keys_written: list[bytes] = field(default_factory=list)
    sheets: list[bytes] = field(default_factory=list)

    @property
    def lead(self) -> Member:
        """Who signs its sheets."""
        return next(one for one in self.people if one.role.leads)


@dataclass
class DemoOffice:
    """The office as its own people know it."""

    members: list[Member]
    desks: list[DemoDesk]
    begun: Begun
    fingerprint: bytes = b""
    root: bytes = b""
    charter: bytes = b""
    number: int = 0
    signers: dict[bytes, Signer] = field(default_factory=dict)
    filler: bytes = field(default=b"", repr=False)

    @property
    def id(self) -> bytes:
        """Office id."""
        return self.begun.office

    @property
    def profile(self) -> bytes:
        """The profile document of both desks."""
        return write(
            {
                "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3},
                "emergency": cast.EMERGENCY, "complaints": cast.COMPLAINTS, "ways": cast.WAYS,
                "children": cast.CHILDREN,
            }
        )  # fmt: skip


def found(now: datetime) -> DemoOffice:
    """Make the office with both desks closed, the first administrator alone at the first of them."""
    members = [Member(person) for person in cast.CAST]
    code = setting_up.new_code(now)
    desks = [
        DemoDesk(dict(names), [one for one in members if one.role.desk == at])
        for at, names in enumerate((cast.SECURITY, cast.INTEGRITY))
    ]
    office = DemoOffice(members, desks, setting_up.begin(code, now))
    today = clock.day(now, cast.ZONE)
    first, desk = members[0], desks[0]
    if first.root is None:
        raise ValueError("the first of the cast is an administrator")
    office.root = write_root(office.id, 0, None, [first.root], 1)
    office.fingerprint = H(office.root)
    sheet = _sheet(office, desk, is_open=False, reason="The desk was founded.")
    office.charter = _charter(office, [first], [desk], today)
    keys = _keys(office, desk, [first])
    founding = Founding(
        code=code,
        root=DocumentFile(office.root, (sign_document(_root_seed(first), "root", office.root),)),
        charter=DocumentFile(office.charter, (sign_document(_root_seed(first), "charter", office.charter),)),
        sheet=_signed_sheet(office, desk, sheet),
        entry=office.signers[first.id],
        profile=office.profile,
        person=first.person(office.fingerprint),
        keys=keys,
        act=first.act(office.id, "found", office.id, before=None, after=H(office.charter), keys=keys.commitment),
    )
    setting_up.found(founding, now)
    sessions.ended_everywhere(first.id)
    return office


def grow(office: DemoOffice, now: datetime) -> None:
    """Invite the others, make the second administrator, and found the second desk."""
    for member in office.members[1:]:
        _join(office, member, now)
    first, second = (one for one in office.members if one.role.administrator)
    keys = [one.root for one in (first, second) if one.root is not None]
    root = write_root(office.id, 1, H(office.root), sorted(keys, key=lambda key: b64(key.ed25519)), 2)
    before, office.root, office.number = office.charter, root, 1
    desk = office.desks[1]
    sheet = _sheet(office, desk, is_open=False, reason="The desk was founded.")
    office.charter = _charter(office, office.members, office.desks, clock.day(now, cast.ZONE), before)
    desk_keys = _keys(office, desk, desk.people)
    new = NewProposal(
        root=root,
        charter=office.charter,
        roster=tuple(office.signers[one.id] for one in office.members),
        filler=office.filler,
        desk=NewDesk(_signed_sheet(office, desk, sheet), desk_keys, office.profile),
    )
    row = OfficeRow.objects.get(id=office.id)
    proposal = b""
    for member in (first, second):
        signatures = Signatures(
            sign_document(_root_seed(member), "root", root).signature,
            sign_document(_root_seed(member), "charter", office.charter).signature,
        )
        # Who proposes answers for the new desk's keys as well.
        keys_of_act = None if proposal else desk_keys.commitment
        act = member.act(
            office.id, "sign charter", office.id, before=H(before), after=H(office.charter), keys=keys_of_act
        )
        who = MemberRow.objects.get(id=member.id)
        if not proposal:
            proposal = proposing.propose(row, who, new, signatures, act=act, now=now)
        else:
            proposing.sign(row, who, proposal, signatures, act=act, now=now)


def share_keys(office: DemoOffice, now: datetime) -> None:
    """Give each desk a new epoch sealed to both of its people, and note that both have unlocked it."""
    for desk in office.desks:
        desk.seeds.append(secrets.token_bytes(KEY_SIZE))
        reason = "A second person reads here: reports are sealed to a new key."
        _publish(office, desk, is_open=False, reason=reason, keys=_keys(office, desk, desk.people), now=now)
        today = clock.day(now, cast.ZONE)
        for member in desk.people:
            opening.tried(desk.id, DeskDrill.UNLOCKED, member.id, today)
        opening.tried(desk.id, DeskDrill.TYPED_BACK, desk.lead.id, today)


def open_desk(office: DemoOffice, desk: DemoDesk, now: datetime) -> None:
    """Let reporters come; the rule before a desk opens must be met by then."""
    _publish(office, desk, is_open=True, reason="The desk is ready and opens.", keys=None, now=now)


def _join(office: DemoOffice, member: Member, now: datetime) -> None:
    secret = secrets.token_bytes(KEY_SIZE)
    invitation = invite_id(secret, office.fingerprint)
    root = member.root
    new = NewInvitation(
        invitation, secrets.token_bytes(16), member.id, member.role.name, _roles(office, member), root is not None
    )
    inviting.invite(office.id, office.members[0].id, new, now)
    joining = Joining(office.id, member.id, member.public, member.box.recipient, root)
    file = make_joining(joining, member.sign_seed, secret, office.fingerprint)
    inviting.join(office.id, invitation, file, member.person(office.fingerprint), now)
    sessions.ended_everywhere(member.id)


def _roles(office: DemoOffice, member: Member) -> tuple[str, ...]:
    if member.role.auditor:
        return ("auditor",)
    if member.role.desk is None:
        return ("custodian",)
    desk = b64(office.desks[member.role.desk].id)
    roles = [f"handler@{desk}"]
    roles += [f"lead@{desk}"] if member.role.leads else []
    roles += ["administrator"] if member.role.administrator else []
    return tuple(sorted(roles, key=lambda role: role.encode()))


def _charter(
    office: DemoOffice, people: list[Member], desks: list[DemoDesk], today: date, before: bytes | None = None
) -> bytes:
    """Write the next charter, and keep each member's entry and proof."""
    entries = [
        write_entry(
            Place(one.id, one.public, recipient_hash(one.box.recipient), _roles(office, one), one.role.alias),
            secrets.token_bytes(ENTRY_SALT),
        )
        for one in people
    ]
    roster = build_roster(entries)
    office.filler = roster.filler
    office.signers = {
        one.id: Signer(entry, proof_of(roster, place, office.number))
        for one, entry, place in zip(people, entries, roster.places, strict=True)
    }
    terms = Terms(
        office=office.id,
        number=office.number,
        prev=None if before is None else H(before),
        root=office.number,
        start=today,
        not_after=today + timedelta(days=CHARTER_DAYS),
        zone=cast.ZONE,
        names=cast.OFFICE,
        desks=tuple(_desk(one, desks) for one in desks),
        roster=roster,
        custody=_custody(people),
        record=Record(office.begun.host, office.begun.record.promise, office.begun.record.checkpoint),
    )
    return write_charter(terms)


def _custody(people: list[Member]) -> Custody | None:
    recipients = tuple(one.box.recipient for one in people if one.role.desk is None and not one.role.auditor)
    return Custody(cast.CUSTODIANS_TO_AGREE, recipients) if recipients else None


def _desk(desk: DemoDesk, desks: list[DemoDesk]) -> Desk:
    others = tuple(other.id for other in desks if other is not desk)
    return Desk(desk.id, desk.names, others, DocumentName(len(desk.sheets) - 1, H(desk.sheets[-1])))


def _sheet(office: DemoOffice, desk: DemoDesk, *, is_open: bool, reason: str) -> bytes:
    terms = SheetTerms(
        office=office.id,
        desk=desk.id,
        number=len(desk.sheets),
        prev=H(desk.sheets[-1]) if desk.sheets else None,
        reason=reason,
        open=is_open,
        epoch=len(desk.seeds) - 1,
        recipient=identity(desk.seeds[-1]).recipient,
        form=H(default_form()),
        profile=H(office.profile),
    )
    desk.sheets.append(write_sheet(terms))
    return desk.sheets[-1]


def _signed_sheet(office: DemoOffice, desk: DemoDesk, doc: bytes) -> DocumentFile:
    signature = sign_document(desk.lead.sign_seed, "sheet", doc)
    return DocumentFile(doc, (signature,), (office.signers[desk.lead.id],))


def _publish(
    office: DemoOffice, desk: DemoDesk, *, is_open: bool, reason: str, keys: NewKeys | None, now: datetime
) -> None:
    before = H(desk.sheets[-1])
    doc = _sheet(office, desk, is_open=is_open, reason=reason)
    commitment = None if keys is None else keys.commitment
    sheets.publish_sheet(
        OfficeRow.objects.get(id=office.id),
        MemberRow.objects.get(id=desk.lead.id),
        desk.id,
        file=_signed_sheet(office, desk, doc),
        keys=keys,
        profile=b"",
        act=desk.lead.act(office.id, "sheet", desk.id, before=before, after=H(doc), keys=commitment),
        now=now,
    )


def _keys(office: DemoOffice, desk: DemoDesk, people: list[Member]) -> NewKeys:
    """Every living epoch seed in one envelope, sealed once for each person."""
    holders = [Keyholder(one.id, recipient_hash(one.box.recipient)) for one in people]
    seeds = tuple(NumberedSeed(number, seed) for number, seed in enumerate(desk.seeds))
    signer = office.signers[desk.lead.id]
    n = len(desk.keys_written)
    header = Header(
        kind="keys", office=office.id, desk=desk.id, thread=desk.id, to=tuple(one.recipient for one in holders),
        by=MemberBy(signer.entry, signer.proof), chain="k", n=n, prev=desk.keys_written[-1] if n else None,
    )  # fmt: skip
    written = write_envelope(header, write_desk_keys(DeskKeys(seeds, tuple(holders))), desk.lead.sign_seed)
    desk.keys_written.append(written.c)
    files = {one.id: age.seal(written.content, [one.box.recipient]) for one in people}
    return NewKeys(n, len(desk.seeds) - 1, written.c, files)


def _root_seed(member: Member) -> bytes:
    return ed25519_seed(member.root_seed)
