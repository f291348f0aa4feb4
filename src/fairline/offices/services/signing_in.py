"""Signing in: two of three proofs (passphrase, telephone, printed way back), equal in time and shape for any name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import SignIn
from fairline.offices.services import attempts, sessions, totp
from fairline.offices.services.door_secret import keyed
from fairline.offices.services.names import normal
from fairline.seal.primitives import ID_SIZE, H, same

_NOBODY: Final = bytes(32)
_NO_SECRET: Final = "A" * totp.SECRET_LETTERS
_PROOFS_NEEDED: Final = 2


@dataclass(frozen=True)
class Start:
    """What a browser needs to derive its login values; the same kind of values for names that nobody has."""

    salt: bytes
    """Argon2id salt, 16 bytes."""
    member: bytes
    """Salt of the printed way back: the member id, 16 bytes."""


@dataclass(frozen=True)
class Proofs:
    """What a person shows when signing in; at least two of the three."""

    auth: bytes | None
    """KDF(A, "login auth", salt), from the passphrase."""
    paper: bytes | None
    """KDF(entropy, "paper auth", member id), from the printed way back."""
    digits: str
    """Six digits from the telephone, or empty."""


def start(office: bytes, name: str) -> Start:
    """Return salts for ``name``; for an unknown name, ones that stay the same and look like any other."""
    plain = normal(name)
    made = keyed("salt", office, plain.encode()), keyed("member", office, plain.encode())
    row = SignIn.objects.filter(office=office, name=plain).only("salt", "member_id").first()
    if row is None:
        return Start(made[0][:ID_SIZE], made[1][:ID_SIZE])
    return Start(row.salt, row.member_id)


def sign_in(office: bytes, name: str, proofs: Proofs, now: datetime) -> str:
    """Open a session and return its token for the cookie.

    Raises:
        Problem: 403 ``signin-refused``, never saying which part was wrong; 429 ``wait``.
    """
    plain = normal(name)
    key = attempts.key_of(office, plain)
    token = ""
    with writing():
        failures = attempts.require_turn(key, now)
        # Who has left is gone from here at once; the night deletes the row.
        row = SignIn.objects.select_for_update().filter(office=office, name=plain, member__left=None).first()
        step = _proven(row, proofs, now)
        if row is None or step is None:
            attempts.failed(key, now, failures)
        else:
            attempts.succeeded(key)
            if step:
                row.totp_step = step
                row.save(update_fields=["totp_step"])
            token = sessions.opened(row.member_id, now)
    # Raised after the transaction, so that the failure stays counted.
    if not token:
        message = _("Name, passphrase and digits do not belong together. Nothing was changed; please try again.")
        raise Problem(403, "signin-refused", message)
    return token


def require_proof(member: bytes, proofs: Proofs, now: datetime) -> None:
    """Ask who is signed in for one proof more, before their ways in change: a session alone may be of a page left open.

    Raises:
        Problem: 403 ``proof``; 429 ``wait``, counted with the failures of the member's sign-in.
    """
    with writing():
        row = SignIn.objects.select_for_update().get(member_id=member)
        key = attempts.key_of(bytes(row.office_id), row.name)
        failures = attempts.require_turn(key, now)
        passphrase, paper, step = _shown(row, proofs, now)
        proven = passphrase or paper or step is not None
        if not proven:
            attempts.failed(key, now, failures)
        elif step:
            row.totp_step = step
            row.save(update_fields=["totp_step"])
    # Raised after the transaction, so that the failure stays counted.
    if not proven:
        message = _("This is not your passphrase, nor the words of your sheet. Nothing was changed; please try again.")
        raise Problem(403, "proof", message)


def _proven(row: SignIn | None, proofs: Proofs, now: datetime) -> int | None:
    """Return None if too little is proven, the time step of the digits if they count, else 0.

    For an unknown name the same is computed and thrown away.
    """
    passphrase, paper, step = _shown(row, proofs, now)
    shown = int(passphrase) + int(paper) + int(step is not None)
    if row is None or shown < _PROOFS_NEEDED:
        return None
    return step or 0


def _shown(row: SignIn | None, proofs: Proofs, now: datetime) -> tuple[bool, bool, int | None]:
    """Whether passphrase and sheet are right, and the time step of the digits if these are."""
    passphrase = same(H(proofs.auth or b""), row.auth_hash if row else _NOBODY) and proofs.auth is not None
    paper = same(H(proofs.paper or b""), row.paper_hash if row else _NOBODY) and proofs.paper is not None
    step = totp.step_of(row.totp_secret if row else _NO_SECRET, proofs.digits, now, row.totp_step if row else 0)
    return passphrase, paper, step
