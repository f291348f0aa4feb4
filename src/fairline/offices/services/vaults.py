"""A member's sealed vault and the ways of opening it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.limits import VAULT_BYTES, WRAP_BYTES
from fairline.offices.models import Member, Newcomer, SignIn, Vault, Wrap
from fairline.offices.services import sessions
from fairline.seal.primitives import H

WAYS = (Wrap.PASSPHRASE, Wrap.PAPER)


@dataclass(frozen=True)
class Ways:
    """Every way of unlocking, made together: a new vault seed leaves no old wrap alive."""

    auth_hash: bytes
    """H of the passphrase's login value."""
    salt: bytes
    paper_hash: bytes
    """H of the printed code's login value."""
    wraps: Mapping[str, bytes]
    """Way to age file; one for each of ``passphrase`` and ``paper``."""


@dataclass(frozen=True)
class Sealed:
    """What a browser needs to unlock."""

    file: bytes
    wraps: Mapping[str, bytes]


def read(member: bytes) -> Sealed:
    """Return the member's vault and wraps."""
    vault = Vault.objects.get(member_id=member)
    wraps = Wrap.objects.filter(member_id=member)
    return Sealed(vault.file, {wrap.kind: wrap.file for wrap in wraps})


def salt(member: bytes) -> bytes:
    """Return the salt of the member's passphrase, which their own browser needs to prove it."""
    return bytes(SignIn.objects.values_list("salt", flat=True).get(member_id=member))


def replace(member: bytes, before: bytes, file: bytes) -> None:
    """Store a newer vault under the same vault seed (pins moved on).

    Args:
        member: whose.
        before: H of the vault file that the browser opened.
        file: the new age file.

    Raises:
        Problem: 409 ``vault``, another browser of this member was faster; 413 ``vault-size``.
    """
    _require_size(file, VAULT_BYTES)
    with writing():
        _swap(member, before, file)


def change_ways(member: bytes, before: bytes, file: bytes, ways: Ways, *, session: bytes) -> None:
    """Store a vault under a new seed with all its wraps, and end every other session.

    Raises:
        Problem: as ``replace``; 422 ``wraps``.
    """
    _require_size(file, VAULT_BYTES)
    require_ways(ways)
    with writing():
        _swap(member, before, file)
        for kind in WAYS:
            Wrap.objects.filter(member_id=member, kind=kind).update(file=ways.wraps[kind])
        SignIn.objects.filter(member_id=member).update(
            auth_hash=ways.auth_hash, salt=ways.salt, paper_hash=ways.paper_hash
        )
        sessions.ended_everywhere(member, but=session)


def is_changed(member: bytes, file: bytes, ways: Ways) -> bool:
    """Return whether the new ways are just these: the answer that said so was lost, and the browser sends it again.

    It is asked before the proof, which is one of the old ways and is worth nothing by then.
    """
    kept = SignIn.objects.filter(member_id=member, auth_hash=ways.auth_hash, salt=ways.salt, paper_hash=ways.paper_hash)
    return kept.exists() and Vault.objects.filter(member_id=member, hash=H(file)).exists()


def first(member: Member, name: str, totp_secret: str, file: bytes, ways: Ways) -> None:
    """Store the vault, wraps and sign-in of a member who has just come. Inside the caller's transaction.

    Raises:
        Problem: 413 ``vault-size``, 422 ``wraps``, 409 ``signin-name``.
    """
    _require_size(file, VAULT_BYTES)
    require_ways(ways)
    require_name(member.office_id, member.id, name)
    # Whoever lost every way in comes back under the same id: nothing of the lost ways may stay.
    forget(member)
    Vault.objects.create(member=member, file=file, hash=H(file))
    for kind in WAYS:
        Wrap.objects.create(member=member, kind=kind, file=ways.wraps[kind])
    SignIn.objects.create(
        member=member,
        office_id=member.office_id,
        name=name,
        auth_hash=ways.auth_hash,
        salt=ways.salt,
        paper_hash=ways.paper_hash,
        totp_secret=totp_secret,
    )


def forget(member: Member) -> None:
    """End every session and every way in of a member, with the vault. Inside the caller's transaction."""
    sessions.ended_everywhere(member.id)
    for kind in (SignIn, Vault, Wrap):
        kind.objects.filter(member=member).delete()


def change_telephone(member: bytes, totp_secret: str, step: int) -> None:
    """Take the secret of another telephone; ``step`` is the time step of the digits that it has just shown."""
    with writing():
        SignIn.objects.filter(member_id=member).update(totp_secret=totp_secret, totp_step=step)


def way_back_tried(member: bytes, day: date) -> None:
    """Note that the member's browser opened the vault by the printed way back, without changing anything."""
    with writing():
        Member.objects.filter(id=member).update(way_back_tried=day)


def require_ways(ways: Ways) -> None:
    """Refuse anything but one wrap of plausible size for each way.

    Raises:
        Problem: 422 ``wraps``.
    """
    fits = set(ways.wraps) == set(WAYS) and all(0 < len(file) <= WRAP_BYTES for file in ways.wraps.values())
    if not fits:
        message = _("The ways of unlocking did not arrive whole. Nothing was changed; please try again.")
        raise Problem(422, "wraps", message)


def require_name(office: bytes, member: bytes, name: str) -> None:
    """Refuse a sign-in name that is somebody else's, or waits to be.

    Raises:
        Problem: 409 ``signin-name``.
    """
    taken = SignIn.objects.filter(office=office, name=name).exclude(member=member).exists()
    meant = Newcomer.objects.filter(joining__invitation__office=office, name=name)
    if taken or meant.exclude(joining__invitation__member=member).exists():
        message = _("Somebody in this office signs in with this name already. Please choose another one.")
        raise Problem(409, "signin-name", message)


def require_file(file: bytes) -> None:
    """Refuse a vault of no plausible size.

    Raises:
        Problem: 413 ``vault-size``.
    """
    _require_size(file, VAULT_BYTES)


def _require_size(file: bytes, most: int) -> None:
    if not 0 < len(file) <= most:
        raise Problem(413, "vault-size", _("The vault is larger than we keep. Nothing was changed."))


def _swap(member: bytes, before: bytes, file: bytes) -> None:
    changed = Vault.objects.filter(member_id=member, hash=before).update(file=file, hash=H(file))
    if not changed:
        raise swapped()


def swapped() -> Problem:
    """Return what is said when another browser of the same person was faster."""
    message = _("Your keys were changed in another window. Please lock this one and unlock it again.")
    return Problem(409, "vault", message)
