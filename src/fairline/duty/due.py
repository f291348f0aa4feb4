"""What this room has due, for a member's calendar: days like any other, that name neither law nor case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases.calendar_feed import also_due
from fairline.core import clock
from fairline.duty import queries

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member


@also_due
def owed(member: Member, desk: bytes) -> list[date]:
    """Return the days on which something owed to an authority ends, in the member's own cases of this desk."""
    rows = queries.owed_of(member, clock.now())
    return [one.row.due.day for one in rows if one.desk == desk and one.row.due is not None]
