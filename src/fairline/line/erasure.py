"""What this room must forget, and how."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Length

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

ONE_DAY = timedelta(days=1)


def by_people_only(_now: datetime) -> int:
    """Delete nothing: no clock makes an end of a report, only two people with a reason do."""
    return 0


def shred_tickets(now: datetime) -> int:
    """Delete the tickets whose day has gone by. That one was used stays until the desk has opened."""
    with writing():
        count, _rows = TestTicket.objects.filter(until__lt=now.date(), used=None).delete()
    return count


def shred_blobs(now: datetime) -> int:
    """Delete the attachments that nothing named in a week, and those whose thread is gone.

    What is given up stays a day longer as a row without content: a part that was on its way at that moment is found and
    deleted by it the next night.
    """
    today = now.date()
    for office in Blob.objects.order_by("office").values_list("office", flat=True).distinct():
        _give_up(bytes(office), today)
        opened(settings.FAIRLINE.blobs).tidy(bytes(office), today)
    # A row of a report stays: its hash is in the promise, and the record of deletions names it.
    deleted = Erasure.objects.exclude(day=None)
    shredded = Blob.objects.filter(gone=True, thread__in=Farewell.objects.values("id"))
    done = Q(id__in=deleted.filter(day__lt=today - ONE_DAY).values("blob"))
    done |= Q(id__in=shredded.filter(day__lt=today - ONE_DAY).values("id"))
    for row in Blob.objects.filter(gone=True).exclude(done):
        blobs.delete_parts(row.office, row.id, row.parts)
    over = Blob.objects.filter(gone=True, day__lt=today)
    with writing():
        BlobPart.objects.filter(blob__in=over.values("id")).delete()
        stays = Q(id__in=deleted.values("blob")) | Q(id__in=shredded.values("id"))
        return over.exclude(stays).delete()[0]


def shred_erasures(now: datetime) -> int:
    """Forget requests to which nobody agreed in time, and deletions of reports that are gone themselves."""
    late = Erasure.objects.filter(day=None, asked__lt=now.date() - timedelta(days=ERASURE_DAYS + 1))
    with writing():
        orphans = Erasure.objects.exclude(thread__in=Thread.objects.values("id"))
        return late.delete()[0] + orphans.delete()[0]


def end_mailboxes(now: datetime) -> int:
    """Delete the rest of what was deleted, once its mailbox has outlived it for as long as was said at sending."""
    over = list(Farewell.objects.filter(until__lt=now.date()).values_list("id", flat=True))
    for thread in over:
        with writing():
            Blob.objects.filter(thread=thread).delete()
            Thread.objects.filter(id=thread).delete()
            Farewell.objects.filter(id=thread).delete()
    return len(over)


def shred_parts(_now: datetime) -> int:
    """Nothing of its own: a part goes with its attachment."""
    return 0


def shred_own(now: datetime) -> int:
    """Delete drafts of a week ago; the notes of a thread stay as long as it does."""
    old = Own.objects.filter(day__lt=now.date() - timedelta(days=DRAFT_DAYS))
    with writing():
        return old.exclude(id__in=Thread.objects.values("mailbox")).delete()[0]


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
