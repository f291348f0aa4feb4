"""What this room must forget: panels go with their case; what was asked and answered are the case's own notes."""

from __future__ import annotations

from datetime import datetime

from fairline.core.erasure import keep, with_its_case
from fairline.core.transactions import writing
from fairline.deciding.models import Panel, Seat
from fairline.line import queries as line


@with_its_case
def forget_panels(_office: bytes, thread: bytes) -> None:
    """Delete the panels of a case that two people delete, and who sat on them."""
    Seat.objects.filter(thread=thread).delete()
    Panel.objects.filter(thread=thread).delete()


def shred_panels(_now: datetime) -> int:
    """Delete the panels of cases that are gone."""
    gone = line.deleted_among(Panel.objects.values_list("office", "thread").distinct())
    with writing():
        return Panel.objects.filter(thread__in=gone).delete()[0]


def shred_seats(_now: datetime) -> int:
    """Delete the seats of cases that are gone."""
    gone = line.deleted_among(Seat.objects.values_list("office", "thread").distinct())
    with writing():
        return Seat.objects.filter(thread__in=gone).delete()[0]


keep(Panel, until="the case that it was asked about is deleted", shred=shred_panels)
keep(Seat, until="the case that its panel was asked about is deleted", shred=shred_seats)
