"""Inviting people by a link that this server never sees, and taking what their browsers answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.limits import INVITATION_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import Invitation, Joining, Member, Office
from fairline.offices.queries.roster import entry_in_force
from fairline.offices.services import newcomers, sessions, vaults
from fairline.offices.services.names import checked
from fairline.offices.services.setting_up import Person
from fairline.offices.services.totp import is_secret
from fairline.offices.services.turns import take_turn
from fairline.seal.invitation import Joining as JoiningDoc
from fairline.seal.invitation import JoiningFile, read_joining
from fairline.seal.primitives import H, verifies


@dataclass(frozen=True)
class NewInvitation:
    """An invitation as the inviter's browser made it."""

    id: bytes
    nonce: bytes
    member: bytes
    name: str
    roles: Sequence[str]
    with_root: bool


@dataclass(frozen=True)
class OpenInvitation:
    """What the invited browser may know before it answers."""

    member: bytes
    name: str
    with_root: bool
    ends: datetime
    again: bool
    """The id is of a member in the charter, whose present keys count until a charter names the new ones."""


def invite(office: bytes, inviter: bytes, new: NewInvitation, now: datetime) -> datetime:
    """Open a place for seven days; return when it ends.

    Raises:
        Problem: 409 ``invitation``, there is one under this id already; 422 ``member``, the id is not this office's.
    """
    ends = now + timedelta(days=INVITATION_DAYS)
    with writing():
        # Ids are no secret: without this, another office of the same host could put its own keys in a member's place.
        if Member.objects.filter(id=new.member).exclude(office=office).exists():
            raise Problem(422, "member", _("Nobody can be invited under this id. Please make a new invitation."))
        if Invitation.objects.filter(id=new.id).exists():
            raise Problem(409, "invitation", _("This invitation exists already. Please make a new one."))
        Invitation.objects.create(
            id=new.id,
            office_id=office,
            inviter_id=inviter,
            nonce=new.nonce,
            member=new.member,
            name=new.name,
            roles=list(new.roles),
            with_root=new.with_root,
            ends=ends,
        )
    return ends


def withdraw(office: bytes, invitation: bytes) -> None:
    """Take an invitation back, and with it an answer that no charter has taken up.

    Raises:
        Problem: 404 ``invitation``.
    """
    with writing():
        # Whoever answers it at this moment is done first, and is forgotten with it.
        row = Invitation.objects.select_for_update().filter(office=office, id=invitation).first()
        if row is None:
            raise _none()
        _forget_newcomer(row)
        row.delete()


def look(office: bytes, invitation: bytes, now: datetime) -> OpenInvitation:
    """Return what is asked of the invited person.

    Raises:
        Problem: 404 ``invitation``: unknown, over, used, or another office's; they look alike.
    """
    row = _found(Invitation.objects.all(), office, invitation, now)
    again = entry_in_force(office, row.member) is not None
    return OpenInvitation(row.member, row.name, row.with_root, row.ends, again)


def join(office: bytes, invitation: bytes, file: JoiningFile, person: Person, now: datetime) -> str:
    """Take an invited browser's answer and sign it in, still without any role; return the session's token.

    The MAC is not looked at: only the inviter's browser can tell whether it is right. Under the id of a member in the
    charter nothing of theirs changes before a charter names the new keys: an invitation must lock nobody out.

    Raises:
        Problem: 404 ``invitation``; 422 ``joining``, the keys are not the ones invited; 409 ``signin-name``.
    """
    joining = read_joining(file.doc)
    name = checked(person.sign_in_name)
    if not verifies(joining.sign, "joining", file.doc, file.signature) or not is_secret(person.totp_secret):
        raise _unfit()
    with writing():
        # Two who choose one sign-in name at once: the second is told that it is taken.
        take_turn(office)
        row = _open(office, invitation, now)
        at = Office.objects.get(id=office)
        fits = joining.office == office and joining.id == row.member and joining.recipient == person.recipient
        if not fits or (joining.root is not None) != row.with_root:
            raise _unfit()
        row.used = True
        row.save(update_fields=["used"])
        today = clock.day(now, at.zone)
        answer = Joining.objects.create(invitation=row, doc=file.doc, sig=file.signature, mac=file.mac, day=today)
        if entry_in_force(office, joining.id) is not None:
            newcomers.put_aside(answer, name, person)
            return sessions.opened(joining.id, now, row.id)
        member = _member(at, joining, person.name, today)
        sessions.ended_everywhere(member.id)
        vaults.first(member, name, person.totp_secret, person.vault, person.ways)
        return sessions.opened(member.id, now)


def words_of(doc: bytes) -> bytes:
    """Return the hash of whose first 88 bits the eight words are made."""
    return H(doc)


def _member(office: Office, joining: JoiningDoc, name: str, today: date) -> Member:
    """Return the row of who answered, and stands in no charter now."""
    row, _made = Member.objects.update_or_create(
        id=joining.id,
        defaults={
            "office": office,
            "name": name,
            "sign": joining.sign,
            "recipient": joining.recipient,
            "root": joining.root.ed25519 if joining.root else b"",
            "root_commitment": joining.root.mldsa44 if joining.root else b"",
            "joined": today,
            "way_back_tried": today,
            "left": None,
        },
    )
    return row


def _forget_newcomer(row: Invitation) -> None:
    """Remove what an answer made; what lies aside goes with the invitation, and the keys of a member in force stay."""
    newcomer = Member.objects.filter(id=row.member, office=row.office, left=None).first()
    waits = Joining.objects.filter(invitation=row, done=False, newcomer=None).exists()
    if newcomer is None or not waits or entry_in_force(row.office_id, row.member) is not None:
        return
    if not row.office.roster.filter(member=row.member).exists():
        newcomer.delete()
        return
    vaults.forget(newcomer)


def _open(office: bytes, invitation: bytes, now: datetime) -> Invitation:
    return _found(Invitation.objects.select_for_update(), office, invitation, now)


def _found(rows: QuerySet[Invitation], office: bytes, invitation: bytes, now: datetime) -> Invitation:
    row = rows.filter(office=office, id=invitation, used=False, ends__gt=now).first()
    if row is None:
        raise _none()
    return row


def _none() -> Problem:
    message = _("This invitation is not open: it was used, taken back, or is older than seven days. Ask for a new one.")
    return Problem(404, "invitation", message)


def _unfit() -> Problem:
    message = _("What your browser made does not belong to this invitation. Nothing was stored; please begin again.")
    return Problem(422, "joining", message)
