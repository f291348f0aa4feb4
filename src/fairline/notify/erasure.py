"""What this room must forget, and how."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fairline.core.erasure import keep
from fairline.core.transactions import writing
from fairline.notify.models import Address, Outgoing
from fairline.notify.services import forget_address
from fairline.offices import queries as offices

GONE_KEPT: Final = timedelta(days=30)


def shred_addresses(_now: datetime) -> int:
    """Delete the addresses of who has left, and of who never came into a charter."""
    placed = {member.id for office in offices.offices() for member in offices.members(office.id)}
    gone = [row.member for row in Address.objects.all() if row.member not in placed]
    waiting = [member for member in gone if not _waits(member)]
    for member in waiting:
        forget_address(member)
    return len(waiting)


def shred_gone(now: datetime) -> int:
    """Delete messages of a month ago."""
    with writing():
        return Outgoing.objects.filter(due__lt=now - GONE_KEPT).delete()[0]


def _waits(member: bytes) -> bool:
    """Whether they have joined and wait for the charter that names them."""
    return any(offices.member(office.id, member) is not None for office in offices.offices())


keep(Address, until="its member deletes it or leaves", shred=shred_addresses)
keep(Outgoing, until="a month after it was due, or until its member deletes their address", shred=shred_gone)
