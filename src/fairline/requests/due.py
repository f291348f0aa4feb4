"""What this room has due, for a member's calendar: by when those who asked what is held about them are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases.calendar_feed import also_due
from fairline.core import clock
from fairline.offices import queries as offices
from fairline.requests import queries

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member


@also_due
def answers(member: Member, _desk: bytes) -> list[date]:
    """Return the days by which requests are answered for which this member still has something to do."""
    today = clock.today(offices.zone_of(member.office) or "UTC")
    return [one.due for one in queries.owed_by(member, today)]
