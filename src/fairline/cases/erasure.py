"""What this room must forget: nothing of ours outlives the thread that it speaks of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairline.cases import clearances
from fairline.cases.index import threads_of
from fairline.cases.models import (
    DESK,
    Absence,
    AsideBatch,
    Case,
    CaseAct,
    CaseKeys,
    Clearance,
    ClockEvent,
    Copy,
    CopyAnswer,
    Counted,
    Declaration,
    DeletedThread,
    Deletion,
    DeletionReader,
    Doing,
    HearingStep,
    Hold,
    Index,
    IndexDelta,
    IndexPage,
    ReadMark,
    Slip,
    TakenIn,
)
from fairline.core import clock
from fairline.core.erasure import Shredder, keep, keep_for_ever
from fairline.core.limits import ERASURE_DAYS, HOLD_AGAIN_DAYS
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

UNTIL: Final = "the night after the report that it speaks of was deleted"
AT_ONCE: Final = 1000
ONE_DAY: Final = timedelta(days=1)


def fallen_requests(now: datetime) -> int:
    """Forget requests for a deletion to which nobody agreed in time. What was deleted keeps its certificate."""
    with writing():
        late = Deletion.objects.filter(day=None, asked__lt=now.date() - timedelta(days=ERASURE_DAYS + 1))
        return late.delete()[0]


def past_readers(now: datetime) -> int:
    """Forget who was in a case that was deleted, once its mailbox has ended too."""
    with writing():
        return DeletionReader.objects.filter(until__lt=now.date() - ONE_DAY).delete()[0]


def fallen_holds(now: datetime) -> int:
    """Forget holds that have ended, those of threads that are gone, and those that nobody agreed to.

    These stay a month longer and hold nothing back: they say who may not ask again yet.
    """
    day = now.date()
    over = Hold.objects.filter(until__lt=day - ONE_DAY).exclude(day=None)
    late = Hold.objects.filter(day=None, asked__lt=day - timedelta(days=ERASURE_DAYS + HOLD_AGAIN_DAYS + 1))
    with writing():
        return over.delete()[0] + late.delete()[0] + _with_its_thread(Hold)(now)


def _with_its_thread(
    model: type[
        CaseAct
        | CaseKeys
        | ClockEvent
        | Copy
        | CopyAnswer
        | Declaration
        | Doing
        | HearingStep
        | Hold
        | ReadMark
        | TakenIn
    ],
) -> Shredder:
    def shred(_now: datetime) -> int:
        spoken_of = model.objects.values_list("office", "thread").distinct()
        gone = [thread for office, thread in spoken_of if line.thread_desk(office, thread) is None]
        with writing():
            count, _rows = model.objects.filter(thread__in=gone).delete()
        return count

    return shred


def _cases(_now: datetime) -> int:
    """Delete what is kept of cases whose thread is gone."""
    rows = Case.objects.values_list("office", "id")
    gone = [thread for office, thread in rows if line.thread_desk(office, thread) is None]
    with writing():
        return Case.objects.filter(id__in=gone).delete()[0]


def copies(now: datetime) -> int:
    """Empty what was given until yesterday, and delete what was given of threads that are gone."""
    count = _with_its_thread(Copy)(now)
    for office in Copy.objects.exclude(sealed=b"").values_list("office", flat=True).distinct():
        today = clock.day(now, offices.zone_of(office) or "UTC")
        with writing():
            count += Copy.objects.filter(office=office, until__lt=today).exclude(sealed=b"").update(sealed=b"")
    return count


def absences(now: datetime) -> int:
    """Delete what is over: nobody's holidays are collected."""
    count = 0
    for office in Absence.objects.values_list("office", flat=True).distinct():
        today = clock.day(now, offices.zone_of(office) or "UTC")
        there = {one.id for one in offices.members(office)}
        rows = Absence.objects.filter(office=office).values_list("id", "member", "until")
        over = [key for key, member, until in rows if until < today or bytes(member) not in there]
        with writing():
            count += Absence.objects.filter(id__in=over).delete()[0]
    return count


def slips_stay(_now: datetime) -> int:
    """Delete nothing: closed words and days, by which an auditor counts what there was."""
    return 0


def _with_any_thread(model: type[IndexPage | IndexDelta]) -> Shredder:
    """A page goes with the first of its threads that goes: browsers make the rest anew."""

    def shred(_now: datetime) -> int:
        count = 0
        for office in Index.objects.values_list("office", flat=True).distinct():
            rows = dict(model.objects.filter(index__office=office).values_list("pk", "threads"))
            spoken_of = {pk: threads_of(threads) for pk, threads in rows.items()}
            there = _there(office, {thread for threads in spoken_of.values() for thread in threads})
            for pk in [pk for pk, threads in spoken_of.items() if not threads <= there]:
                with writing():
                    count += model.objects.filter(pk=pk).delete()[0]
        return count

    return shred


def _of_who_has_left(_now: datetime) -> int:
    """Delete the indexes of members who are in no charter any more, and of desks that are gone."""
    count = 0
    for index in Index.objects.all():
        owners = offices.desks(index.office) if index.kind == DESK else offices.members(index.office)
        if index.id not in {owner.id for owner in owners}:
            with writing():
                count += index.delete()[0]
    return count


def _there(office: bytes, threads: Iterable[bytes]) -> frozenset[bytes]:
    asked = sorted(threads)
    parts = (asked[at : at + AT_ONCE] for at in range(0, len(asked), AT_ONCE))
    return frozenset(thread for part in parts for thread in line.desks_of_threads(office, part))


keep(Hold, until="its last day has gone by, or nobody agreed to it, and a month after that", shred=fallen_holds)
keep(Deletion, until="a week, if nobody agrees; then it is the certificate, and stays", shred=fallen_requests)
keep(DeletionReader, until="the mailbox of what was deleted ends", shred=past_readers)
keep_for_ever(DeletedThread, why="the certificate that two people deleted it: ids, days and closed words")
keep(Clearance, until="five years after it was deposited; its code alone opens it", shred=clearances.shred)
keep(Case, until=UNTIL, shred=_cases)
keep(Copy, until="the night after its last day for who got it; for the case the night after its report", shred=copies)
keep(Absence, until="the night after its last day, or after its member left", shred=absences)
keep(AsideBatch, until="the office's end; numbers and a closed word, and no report is named", shred=slips_stay)
keep(Slip, until="the office's end; it is counted, and holds no word of a report", shred=slips_stay)
keep_for_ever(Counted, why="closed words and a month, of no report; published figures are counted again by it")
for model in (CaseAct, CaseKeys, ClockEvent, CopyAnswer, Declaration, Doing, HearingStep, ReadMark, TakenIn):
    keep(model, until=UNTIL, shred=_with_its_thread(model))
for pages in (IndexPage, IndexDelta):
    keep(pages, until="the night after any report that it speaks of was deleted", shred=_with_any_thread(pages))
keep(Index, until="the night after its member or desk left the office's charter", shred=_of_who_has_left)
