"""What the workbench may ask: the arrivals of a member's desks, one thread, and what was done with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from django.db.models import Max

from fairline.cases import boards, rights
from fairline.cases.models import ASIDE, NONE, REOPENED, Case, CaseAct, CaseKeys, Declaration, Doing, ReadMark
from fairline.cases.services import require_declaration
from fairline.core.limits import ARRIVALS_PAGE
from fairline.line import queries as line
from fairline.line.queries import Place
from fairline.line.states import AT_DESK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from fairline.core.permissions import Member
    from fairline.line.queries import ThreadLine, WholeThread


@dataclass(frozen=True, slots=True)
class Arrival:
    """A thread as one member's list shows it."""

    line: ThreadLine
    declared: bool
    unread: int
    """Posts of any chain that this member has not had on the screen."""
    assigned: bool
    """Whether it is a case of this member's."""
    alarm: str
    """``refused`` or ``lapsed`` where a triage came to nothing and none has followed."""


@dataclass(frozen=True, slots=True)
class ArrivalPage:
    """Part of the list."""

    rows: Sequence[Arrival]
    """Of each desk those with the newest posts first."""
    next: Mapping[bytes, Place]
    """Where to go on, by desk; a desk that has been told whole is not in it."""


@dataclass(frozen=True, slots=True)
class ClockCount:
    """How many clocks of one kind stand alike at one desk. No report can be told from it."""

    desk: bytes
    action: str
    state: str
    count: int
    oldest: date | None
    """The soonest day on which one of them was or is due."""


def clock_counts(office: bytes, desks: Collection[bytes], today: date) -> Sequence[ClockCount]:
    """Count what runs, is late or stands still at ``desks``: for who may know how the office does and read nothing."""
    counts: Counter[tuple[bytes, str, str]] = Counter()
    soonest: dict[tuple[bytes, str, str], date] = {}
    for desk, one, number in boards.counted(office, sorted(desks), today):
        place = (desk, one.action, one.state.value)
        counts[place] += number
        if one.due is not None:
            soonest[place] = min(one.due.day, soonest.get(place, one.due.day))
    return [ClockCount(*place, number, soonest.get(place)) for place, number in sorted(counts.items())]


@dataclass(frozen=True, slots=True)
class HeldCase:
    """What the server knows of a case, for who may see it."""

    row: Case
    people: Sequence[bytes]
    """Ids of those who are assigned."""
    act: CaseAct | None
    """The signed act that names the keys in force."""
    keys: bytes
    """The keys in force for who asks; empty for who is not assigned."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One thread for one member, with what the desk has done with it."""

    whole: WholeThread
    hashes: Mapping[tuple[str, int], Sequence[bytes]]
    """H of every file of each post as it came, also of those that are not the office's."""
    marks: Mapping[str, int]
    """Chain to the newest post this member has read."""
    doings: Sequence[Doing]
    """Oldest first."""
    case: HeldCase | None
    """Once somebody has triaged it."""


def arrivals(
    member: Member,
    desks: Collection[bytes] | None = None,
    *,
    since: date | None = None,
    after: Place | None = None,
    only: bytes | None = None,
) -> ArrivalPage:
    """Return a page of each of the member's desks, or of those of ``desks`` that are the member's own.

    Threads from which the member stepped aside are not there.

    Args:
        member: who asks.
        desks: all of their desks where left out.
        since: only threads with a post of this day or a later one.
        after: where the page before ended, of one desk.
        only: this thread and no other.
    """
    own = rights.desks_of(member)
    # A case may have come to a desk that is not this member's; who asks for their own desks alone needs not know.
    all_desks = own if desks is not None and own.issuperset(desks) else own | rights.desks_of_cases(member)
    chosen = all_desks if desks is None else all_desks.intersection(desks)
    found = {
        desk: line.arrivals(
            member.office, desk, rights.reader_at(member, desk), most=ARRIVALS_PAGE, since=since, after=after, only=only
        )
        for desk in sorted(chosen)
    }  # fmt: skip
    rows = [row for page in found.values() for row in page]
    ends = {
        desk: Place(page[-1].newest, page[-1].id) for desk, page in found.items() if len(page) == ARRIVALS_PAGE
    }  # fmt: skip
    return ArrivalPage(_for(member, rows), ends)


def _for(member: Member, rows: Sequence[ThreadLine]) -> list[Arrival]:
    threads = [row.id for row in rows]
    # What is not the desk's to read is in the list because it is a case of theirs. Of what is, only a triage that came
    # to nothing has left anything to ask for.
    given_back = [row.id for row in rows if row.status in AT_DESK and row.generation is not None]
    alarms = dict(Case.objects.filter(id__in=given_back).values_list("id", "alarm"))
    said = dict(Declaration.objects.filter(member=member.id, thread__in=threads).values_list("thread", "kind"))
    marks: dict[bytes, dict[str, int]] = {}
    read = ReadMark.objects.filter(member=member.id, thread__in=threads)
    for thread, chain, n in read.values_list("thread", "chain", "n"):
        marks.setdefault(thread, {})[chain] = n
    return [
        Arrival(
            row, said.get(row.id) == NONE, _unread(row, marks.get(row.id, {})), row.status not in AT_DESK,
            alarms.get(row.id, ""),
        )
        for row in rows
        if said.get(row.id) != ASIDE
    ]


def thread(member: Member, thread_id: bytes) -> Opened:
    """Return a thread with the office's sealed copies.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare`` before this member's declaration.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    return next(iter(_opened(member, [thread_id])), None) or _nothing()


def threads(member: Member, thread_ids: Collection[bytes]) -> list[Opened]:
    """Return those of these threads that this member may read and has declared on, each as ``thread`` does.

    The others lack; whoever asks for one by itself hears why.
    """
    states = line.states_of_threads(member.office, thread_ids)
    own, cases = rights.desks_of(member), rights.cases_among(member, thread_ids)
    mine = [key for key, (desk, state) in states.items() if (desk in own if state in AT_DESK else key in cases)]
    said = Declaration.objects.filter(thread__in=mine, member=member.id, kind=NONE)
    return _opened(member, [bytes(key) for key in said.values_list("thread", flat=True)])


def _opened(member: Member, thread_ids: Sequence[bytes]) -> list[Opened]:
    wholes, hashes = line.threads(member.office, thread_ids), line.received_hashes(thread_ids)
    marks: dict[bytes, dict[str, int]] = {}
    read = ReadMark.objects.filter(thread__in=thread_ids, member=member.id)
    for key, chain, n in read.values_list("thread", "chain", "n"):
        marks.setdefault(bytes(key), {})[chain] = n
    doings: dict[bytes, list[Doing]] = {}
    for row in Doing.objects.filter(office=member.office, thread__in=thread_ids).order_by("at", "id"):
        doings.setdefault(row.thread, []).append(row)
    triaged = frozenset(map(bytes, Case.objects.filter(id__in=thread_ids).values_list("id", flat=True)))
    return [
        Opened(
            wholes[key], hashes[key], marks.get(key, {}), doings.get(key, []),
            _case(member, key) if key in triaged else None,
        )
        for key in thread_ids
        if key in wholes
    ]  # fmt: skip


def _nothing() -> NoReturn:
    raise rights.nothing()


def _case(member: Member, thread_id: bytes) -> HeldCase | None:
    row = Case.objects.filter(id=thread_id).first()
    if row is None:
        return None
    held = dict(CaseKeys.objects.filter(thread=thread_id).values_list("member", "sealed"))
    act = CaseAct.objects.filter(thread=thread_id, n=row.n).first()
    people = sorted(bytes(one) for one in held)
    return HeldCase(row, people, act, next((bytes(file) for one, file in held.items() if one == member.id), b""))


def _unread(row: ThreadLine, marks: Mapping[str, int]) -> int:
    return sum(max(0, posts - 1 - marks.get(chain, -1)) for chain, posts in row.posts.items())


def reopened(thread_id: bytes) -> datetime | None:
    """Return when a case was last reopened; None where it never was."""
    at: datetime | None = Doing.objects.filter(thread=thread_id, what=REOPENED).aggregate(at=Max("at"))["at"]
    return at


def holds(thread: bytes, member: bytes) -> bool:
    """Return whether this member holds the keys in force of a case."""
    return CaseKeys.objects.filter(thread=thread, member=member).exists()


def holders(office: bytes) -> frozenset[bytes]:
    """Return the ids of those who hold the keys in force of any case."""
    found = CaseKeys.objects.filter(office=office).values_list("member", flat=True).distinct()
    return frozenset(map(bytes, found))


def keys_act(thread_id: bytes) -> bytes | None:
    """Return what was signed when the keys in force of a case were made: it names who is assigned. None before."""
    found = CaseAct.objects.filter(thread=thread_id, n__in=Case.objects.filter(id=thread_id).values("n"))
    what = found.values_list("what", flat=True).first()
    return None if what is None else bytes(what)
