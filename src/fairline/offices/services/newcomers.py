"""Who answered under the id of a member in the charter: vault and ways in lie aside until a charter names the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import Joining, Member, Newcomer, Session, SignIn, Vault, Wrap
from fairline.offices.services import vaults
from fairline.offices.services.vaults import Sealed
from fairline.seal.invitation import read_joining
from fairline.seal.primitives import H

if TYPE_CHECKING:
    from fairline.offices.services.setting_up import Person


def put_aside(joining: Joining, name: str, person: Person) -> None:
    """Keep what the answering browser made, apart from what the member has. Inside the caller's transaction.

    Raises:
        Problem: 413 ``vault-size``, 422 ``wraps``, 409 ``signin-name``.
    """
    vaults.require_file(person.vault)
    vaults.require_ways(person.ways)
    vaults.require_name(joining.invitation.office_id, joining.invitation.member, name)
    Newcomer.objects.create(
        joining=joining,
        person=person.name,
        name=name,
        auth_hash=person.ways.auth_hash,
        salt=person.ways.salt,
        paper_hash=person.ways.paper_hash,
        totp_secret=person.totp_secret,
        file=person.vault,
        hash=H(person.vault),
        passphrase=person.ways.wraps[Wrap.PASSPHRASE],
        paper=person.ways.wraps[Wrap.PAPER],
    )


def take_over(joining: Joining, member: Member) -> None:
    """Give the member what lay aside, and end every session and way in of before. Inside the caller's transaction."""
    row = Newcomer.objects.filter(joining=joining).first()
    if row is None:
        return
    for kind in (SignIn, Vault, Wrap):
        kind.objects.filter(member=member).delete()
    Session.objects.filter(member=member).exclude(joining=joining).delete()
    Session.objects.filter(joining=joining).update(joining=None)
    Vault.objects.create(member=member, file=row.file, hash=row.hash)
    Wrap.objects.create(member=member, kind=Wrap.PASSPHRASE, file=row.passphrase)
    Wrap.objects.create(member=member, kind=Wrap.PAPER, file=row.paper)
    SignIn.objects.create(
        member=member,
        office_id=member.office_id,
        name=row.name,
        auth_hash=row.auth_hash,
        salt=row.salt,
        paper_hash=row.paper_hash,
        totp_secret=row.totp_secret,
    )
    Member.objects.filter(id=member.id).update(name=row.person, way_back_tried=joining.day)
    row.delete()


def read(invitation: bytes) -> Sealed:
    """Return vault and wraps that lie aside.

    Raises:
        Problem: 409 ``waits``, they are no longer aside.
    """
    row = Newcomer.objects.filter(joining=invitation).first()
    if row is None:
        raise not_yet()
    return Sealed(row.file, {Wrap.PASSPHRASE: row.passphrase, Wrap.PAPER: row.paper})


def replace(invitation: bytes, before: bytes, file: bytes) -> None:
    """Store a newer vault of who waits, under the same vault seed.

    Raises:
        Problem: as ``vaults.replace``.
    """
    vaults.require_file(file)
    with writing():
        if not Newcomer.objects.filter(joining=invitation, hash=before).update(file=file, hash=H(file)):
            raise vaults.swapped()


def salt(invitation: bytes, name: str) -> bytes | None:
    """Return the passphrase's salt of who waits, if ``name`` (normalised) is the one they sign in with."""
    row = Newcomer.objects.filter(joining=invitation, name=name).only("salt").first()
    return None if row is None else row.salt


def as_member(row: Member, invitation: bytes) -> Member:
    """Return the member with the keys of the answer, for what who waits may sign. Never to be saved.

    Without a new root key the present one counts: they may have it on paper, and it signs, not this row.
    """
    said = read_joining(Joining.objects.get(invitation=invitation).doc)
    row.sign, row.recipient = said.sign, said.recipient
    if said.root is not None:
        row.root, row.root_commitment = said.root.ed25519, said.root.mldsa44
    return row


def not_yet() -> Problem:
    """Return what is said to who waits and asks for more than waiting allows."""
    return Problem(
        409, "waits", _("This can be done once the administrators have signed the charter with your new keys.")
    )
