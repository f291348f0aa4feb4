"""What a mailbox says of its report's clocks by itself: it came, somebody has read it, more time was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases.models import ClockEvent
from fairline.core.panels import Said, panel
from fairline.line import queries as line

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = {"read": "read", "feedback": "answered"}
"""By ``clocks.What``, spelled out: the report door counts no days and loads no calendars."""


@panel
def of_clocks(office: bytes, thread: bytes) -> Iterable[Said]:
    """Say the acknowledgement, which is the promise itself and automatic, then what happened to the clocks."""
    arrived = line.arrived(office, thread)
    if arrived is None:
        return
    yield Said("acknowledged", {"received": arrived})
    for event in ClockEvent.objects.filter(office=office, thread=thread).order_by("place"):
        code = NAMES.get(event.what) or "-".join(filter(None, (event.what, event.reason)))
        yield Said(code, {"day": event.day})
