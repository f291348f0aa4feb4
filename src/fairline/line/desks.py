"""Reports that somebody of a desk has to answer for: no charter ends the desk or leaves it to nobody meanwhile."""

from __future__ import annotations

from fairline.core.desks import lies_at_desk
from fairline.line.models import Thread
from fairline.line.states import CLOSED, DELETED


@lies_at_desk
def reports(office: bytes, desk: bytes) -> bool:
    """Whether a report waits there, was set aside, or is a case at work."""
    rows = Thread.objects.filter(office=office, desk=desk)
    return rows.exclude(status__in=(CLOSED, DELETED)).exists()
