"""What this room must forget, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Length

from fairline.core import clock, jobs
from fairline.core.blobs import opened
from fairline.core.erasure import keep, keep_for_ever
from fairline.core.limits import DRAFT_DAYS, ERASURE_DAYS, UNNAMED_DAYS
from fairline.core.transactions import writing
from fairline.line import blobs, room
from fairline.line.models import (
    Answers,
    Blob,
    BlobPart,
    Erasure,
    Farewell,
    Own,
    Post,
    Replaced,
    SealedFile,
    TestTicket,
    Thread,
    Unnamed,
)
from fairline.offices import queries as offices

One = TypeVar("One")


def _days(model: type[Model], now: datetime) -> list[tuple[bytes, date]]:
    """Return each office that has such rows, and the day there: a last day is over when it is over there."""
    found: QuerySet[Model, bytes] = QuerySet(model).order_by("office").values_list("office", flat=True).distinct()
    return [(bytes(office), clock.day(now, offices.zone_of(bytes(office)) or "UTC")) for office in found]


def by_people_only(_now: datetime) -> int:
    """Delete nothing: no clock makes an end of a report, only two people with a reason do."""
    return 0


def shred_tickets(now: datetime) -> int:
    """Delete the tickets whose day has gone by. That one was used stays until the desk has opened."""
    with writing():
        late = [TestTicket.objects.filter(office=office, until__lt=day) for office, day in _days(TestTicket, now)]
        return sum(rows.filter(used=None).delete()[0] for rows in late)


def shred_blobs(now: datetime) -> int:
    """Delete the attachments that nothing named in a week, and those whose thread is gone.

    What is given up stays a day longer as a row without content: a part that was on its way at that moment is found and
    deleted by it the next night. It stays until the store has deleted the parts, however many nights that takes.

    Raises:
        ExceptionGroup: what went wrong, when all the others are deleted.
    """
    failures: list[Exception] = []

    def all_of(those: Iterable[One], act: Callable[[One], object]) -> None:
        try:
            jobs.for_each(those, act)
        except ExceptionGroup as failed:
            failures.append(failed)

    def tidy(of: tuple[bytes, date]) -> None:
        _give_up(*of)
        opened(settings.FAIRLINE.blobs).tidy(*of)

    def shred(row: Blob) -> None:
        blobs.delete_parts(row.office, row.id, row.parts)
        Blob.objects.filter(id=row.id).update(shredded=days[bytes(row.office)])

    days = dict(_days(Blob, now))
    all_of(days.items(), tidy)
    done = Q(shredded__gt=F("day"))
    all_of(list(Blob.objects.filter(gone=True).exclude(done, shredded__isnull=False).order_by("id")), shred)
    over = Blob.objects.filter(done, gone=True)
    # A row of a report stays: its hash is in the promise, and the record of deletions names it.
    stays = Q(id__in=Erasure.objects.exclude(day=None).values("blob")) | Q(thread__in=Farewell.objects.values("id"))
    with writing():
        BlobPart.objects.filter(blob__in=over.values("id")).delete()
        count = over.exclude(stays).delete()[0]
    if failures:
        raise ExceptionGroup("not every attachment was deleted", failures)
    return count


def shred_erasures(now: datetime) -> int:
    """Forget requests to which nobody agreed in time, and deletions of reports that are gone themselves."""
    with writing():
        count = Erasure.objects.exclude(thread__in=Thread.objects.values("id")).delete()[0]
        for office, day in _days(Erasure, now):
            late = Erasure.objects.filter(office=office, day=None, asked__lt=day - timedelta(days=ERASURE_DAYS + 1))
            count += late.delete()[0]
        return count


def end_mailboxes(now: datetime) -> int:
    """Delete the rest of what was deleted, once its mailbox has outlived it for as long as was said at sending."""
    ended = [Farewell.objects.filter(office=office, until__lt=day) for office, day in _days(Farewell, now)]
    over = [thread for rows in ended for thread in rows.values_list("id", flat=True)]
    for thread in over:
        with writing():
            # What the store has not deleted yet is remembered until it has.
            Blob.objects.filter(thread=thread, shredded__gt=F("day")).delete()
            Thread.objects.filter(id=thread).delete()
            Farewell.objects.filter(id=thread).delete()
    return len(over)


def shred_parts(_now: datetime) -> int:
    """Nothing of its own: a part goes with its attachment."""
    return 0


def shred_own(now: datetime) -> int:
    """Delete drafts of a week ago; the notes of a thread stay as long as it does."""
    with writing():
        old = [Own.objects.filter(office=at, day__lt=day - timedelta(days=DRAFT_DAYS)) for at, day in _days(Own, now)]
        return sum(rows.exclude(id__in=Thread.objects.values("mailbox")).delete()[0] for rows in old)


def recount(_now: datetime) -> int:
    """Count anew what takes up room, after all that was deleted; whatever drifted is right again."""
    with writing():
        rows = {bytes(row.id): row for row in Unnamed.objects.select_for_update()}
        real: dict[bytes, int] = dict.fromkeys(rows, 0)
        sizes = BlobPart.objects.filter(blob__read=False, blob__gone=False).values_list("blob__desk", "size")
        drafts = Own.objects.exclude(id__in=Thread.objects.values("mailbox"))
        lengths = drafts.annotate(length=Length("sealed")).values_list("office", "length")
        for whose, size in chain(sizes, lengths):
            real[bytes(whose)] = real.get(bytes(whose), 0) + room.counted(size)
        for whose, size in real.items():
            Unnamed.objects.update_or_create(id=whose, defaults={"bytes": size})
    return 0


def _give_up(office: bytes, today: date) -> None:
    late = Blob.objects.filter(office=office, gone=False, thread=b"", day__lt=today - timedelta(days=UNNAMED_DAYS))
    orphans = (
        Blob.objects.filter(office=office, gone=False)
        .exclude(thread=b"")
        .exclude(thread__in=Thread.objects.values("id"))
    )
    with writing():
        late.update(gone=True, day=today)
        orphans.update(gone=True, day=today)


UNTIL = "two members of the office shred it; its mailbox lives as long afterwards as was said when it was sent"

keep(Thread, until=UNTIL, shred=by_people_only)
keep(Post, until=UNTIL, shred=by_people_only)
keep(SealedFile, until=UNTIL, shred=by_people_only)
keep(Replaced, until=UNTIL, shred=by_people_only)
keep(TestTicket, until="the day after it was asked for; a used one proves that the desk was tried", shred=shred_tickets)
keep(Blob, until="a week, if nothing names it; else as long as the thread that does", shred=shred_blobs)
keep(BlobPart, until="its attachment goes", shred=shred_parts)
keep(Erasure, until="its report goes; a request to which nobody agreed, a week", shred=shred_erasures)
keep(Farewell, until="its mailbox ends, on the day that was said when it was sent", shred=end_mailboxes)
keep(Own, until="a week after its newest writing, or as long as its thread", shred=shred_own)
keep_for_ever(Answers, why="how often a question was answered so, by desk and month; nobody and no report is in it")
keep(Unnamed, until="the office's end; it says how many bytes wait and nothing else", shred=recount)
