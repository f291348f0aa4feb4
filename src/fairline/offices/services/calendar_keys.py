"""Secret addresses at which a calendar program asks what is due: made by a member, taken back at any time.

A calendar program cannot sign in. So its address holds a secret that opens nothing but days on which something is due
at one desk, and only as long as its member works there.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from fairline.core.transactions import writing
from fairline.offices.models import CalendarKey
from fairline.offices.queries.roster import roles_in_force
from fairline.offices.services.sessions import SignedIn
from fairline.seal.primitives import KEY_SIZE, H, b64

WORKS_AT = ("handler", "lead")


@dataclass(frozen=True)
class Opened:
    """For whom a calendar program asks, and for which desk."""

    member: SignedIn
    """With the roles of the charter in force."""
    desk: bytes


def made(member: bytes, desk: bytes, today: date) -> bytes:
    """Make a new secret for a member's calendar of a desk and return it; the one before opens nothing any more."""
    secret = secrets.token_bytes(KEY_SIZE)
    with writing():
        CalendarKey.objects.filter(member_id=member, desk=desk).delete()
        CalendarKey.objects.create(hash=H(secret), member_id=member, desk=desk, made=today)
    return secret


def taken_back(member: bytes, desk: bytes) -> None:
    """End a member's calendar of a desk. Ending none changes nothing."""
    with writing():
        CalendarKey.objects.filter(member_id=member, desk=desk).delete()


def held(member: bytes) -> dict[bytes, date]:
    """Return the desks of which a member has a calendar, and on which day each was made."""
    return dict(CalendarKey.objects.filter(member_id=member).values_list("desk", "made"))


def opened(office: bytes, secret: bytes) -> Opened | None:
    """Return what ``secret`` opens, or None: unknown, taken back, of another office, or its member works elsewhere."""
    row = CalendarKey.objects.select_related("member").filter(hash=H(secret), member__office=office).first()
    if row is None:
        return None
    roles = roles_in_force(office, row.member_id)
    if not any(f"{role}@{b64(row.desk)}" in roles for role in WORKS_AT):
        return None
    return Opened(SignedIn(row.member_id, office, roles, session=b""), row.desk)
