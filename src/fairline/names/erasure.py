"""What this room must forget: shares with their request's time, the rest with the report; a name was never here."""

from __future__ import annotations

from datetime import datetime

from fairline.core.clock import day
from fairline.core.erasure import keep, with_its_case
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.names.models import Answer, Gathering, GatheringRefusal, NameRequest, PassedShare
from fairline.names.queries import OPEN
from fairline.names.shares import is_over
from fairline.offices import queries as offices


@with_its_case
def forget_requests(_office: bytes, thread: bytes) -> None:
    """Delete what was asked about the name of a case that two people delete, and every share handed over for it."""
    asked = list(NameRequest.objects.filter(thread=thread).values_list("id", flat=True))
    Answer.objects.filter(request__in=asked).delete()
    NameRequest.objects.filter(id__in=asked).delete()
    PassedShare.objects.filter(thread=thread).delete()


def shred_requests(_now: datetime) -> int:
    """Delete the requests of cases that are gone."""
    gone = line.deleted_among(NameRequest.objects.values_list("office", "thread").distinct())
    with writing():
        return NameRequest.objects.filter(thread__in=gone).delete()[0]


def shred_answers(now: datetime) -> int:
    """Empty the shares of requests whose time is over, and delete the answers to requests that are gone."""
    for row in NameRequest.objects.all():
        if day(now, offices.zone_of(row.office) or "UTC") > row.asked + OPEN:
            Answer.objects.filter(request=row.id).exclude(sealed=b"").update(sealed=b"")
    return Answer.objects.exclude(request__in=list(NameRequest.objects.values_list("id", flat=True))).delete()[0]


def shred_gatherings(now: datetime) -> int:
    """Delete what was gathered once its time is over or one of its two people is gone, and say that it is."""
    deleted = 0
    for row in Gathering.objects.filter(over=None):
        today = day(now, offices.zone_of(row.office) or "UTC")
        if is_over(row, today):
            with writing():
                deleted += PassedShare.objects.filter(gathering=row.id).delete()[0]
                Gathering.objects.filter(id=row.id).update(over=today)
    return deleted


def shred_refusals(_now: datetime) -> int:
    """Delete who handed nothing over in gatherings that are over."""
    running = list(Gathering.objects.filter(over=None).values_list("id", flat=True))
    with writing():
        return GatheringRefusal.objects.exclude(gathering__in=running).delete()[0]


def shred_passed(_now: datetime) -> int:
    """Delete the shares that were passed on of names that are gone: with their report, or because two deleted them."""
    deleted = 0
    for office, thread, message in PassedShare.objects.values_list("office", "thread", "message").distinct():
        if not line.has_name(office, thread, message):
            with writing():
                deleted += PassedShare.objects.filter(thread=thread, message=message).delete()[0]
    return deleted


keep(NameRequest, until="the case of the report that gave the name is deleted", shred=shred_requests)
keep(Answer, until="its request is deleted; the share, thirty days after it was asked for", shred=shred_answers)
keep(PassedShare, until="the name it belongs to is deleted; gathered ones, the gathering ends", shred=shred_passed)
keep(GatheringRefusal, until="its gathering ends", shred=shred_refusals)
keep(Gathering, until="the office ends: which custodian asked for shares, and for whom", shred=shred_gatherings)
