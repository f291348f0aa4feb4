"""Who is in the charter in force, and with which roles."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from fairline.offices.models import RosterEntry


def charter_in_force(office: bytes) -> int:
    """Return the number of the newest charter; -1 where there is none yet."""
    newest: int | None = RosterEntry.objects.filter(office=office).aggregate(newest=Max("charter"))["newest"]
    return -1 if newest is None else newest


def entries_in_force(office: bytes) -> Sequence[RosterEntry]:
    """Return the entries of the newest charter, sorted by member id."""
    return list(RosterEntry.objects.filter(office=office, charter=charter_in_force(office)).order_by("member"))


def entry_in_force(office: bytes, member: bytes) -> RosterEntry | None:
    """Return a member's entry in the newest charter, or None."""
    return RosterEntry.objects.filter(office=office, member=member, charter=charter_in_force(office)).first()


def roles_in_force(office: bytes, member: bytes) -> tuple[str, ...]:
    """Return a member's roles in the newest charter; none for who is not in it."""
    return roles_under(office, member, charter_in_force(office))


def roles_under(office: bytes, member: bytes, charter: int) -> tuple[str, ...]:
    """Return a member's roles in the charter of that number; none for who is not in it."""
    entry = RosterEntry.objects.filter(office=office, member=member, charter=charter).first()
    return tuple(entry.roles) if entry else ()
