"""Sessions of the office door: opened, found again, ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fairline.core.limits import SESSION_IDLE, SESSION_LIFE
from fairline.core.transactions import writing
from fairline.offices.limits import SESSION_STEP
from fairline.offices.models import Session
from fairline.offices.queries.roster import charter_in_force, roles_under
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import KEY_SIZE, H, b64, unb64


@dataclass(frozen=True)
class SignedIn:
    """Who is asking: what ``core.permissions`` wants to know of a member."""

    id: bytes
    office: bytes
    roles: Sequence[str]
    """As in the charter in force; empty for who is invited and whose keys no charter names yet."""
    session: bytes
    """H(token)."""
    joining: bytes | None = None
    """The invitation that was answered, while the keys of the answer wait for a charter and the member has others."""
    charter: int = -1
    """Number of the charter in force, by which ``roles`` are; -1 where there is none."""


def opened(member: bytes, now: datetime, joining: bytes | None = None) -> str:
    """Open a session for a member who has proven who they are; return the token. Inside the caller's transaction.

    With ``joining`` it is of who answered an invitation under the member's id, and has none of the member's roles.
    """
    token = secrets.token_bytes(KEY_SIZE)
    Session.objects.create(hash=H(token), member_id=member, joining_id=joining, made=now, seen=now)
    return b64(token)


def found(token: str, now: datetime) -> SignedIn | None:
    """Return whose session ``token`` opens, or None: unknown, idle too long, or older than a working day."""
    try:
        key = H(unb64(token, KEY_SIZE))
    except MalformedError:
        return None
    row = Session.objects.select_related("member").filter(hash=key).first()
    if row is None:
        return None
    if now - row.seen > timedelta(seconds=SESSION_IDLE) or now - row.made > timedelta(seconds=SESSION_LIFE):
        ended(key)
        return None
    if now - row.seen >= SESSION_STEP:
        with writing():
            Session.objects.filter(hash=key).update(seen=now)
    office = row.member.office_id
    charter = charter_in_force(office)
    # Whoever answered an invitation under an old id has its roles only once a charter names their keys.
    roles = () if row.joining_id else roles_under(office, row.member_id, charter)
    return SignedIn(row.member_id, office, roles, key, row.joining_id, charter)


def ended(session: bytes) -> None:
    """End one session."""
    with writing():
        Session.objects.filter(hash=session).delete()


def ended_everywhere(member: bytes, but: bytes = b"") -> int:
    """End all sessions of a member except the one given; return how many ended."""
    with writing():
        count, _rows = Session.objects.filter(member_id=member).exclude(hash=but).delete()
    return count
