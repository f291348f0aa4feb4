"""What this room has due, for a member's calendar: reviews of measures, days like any other and named like none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases.calendar_feed import also_due
from fairline.protection import queries

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member


@also_due
def reviews(member: Member, desk: bytes) -> list[date]:
    """Return the days on which somebody assigned looks again at what protects somebody."""
    return [review.due for review in queries.reviews_of(member) if review.desk == desk]
