"""What may be asked of the line: the mailbox by its secret, and for the office the threads of its desks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.core.statements import first
from fairline.line.models import CHAINS, Blob, Post, Replaced, SealedFile, TestTicket, Thread
from fairline.line.states import AT_DESK, CASE, DELETED, ENDED
from fairline.seal.primitives import H, same

_NOBODY = bytes(32)


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread as a list of arrivals shows it."""

    id: bytes
    desk: bytes
    day: date
    newest: date
    """Day of the newest post either way."""
    status: str
    epoch: int
    generation: int | None
    posts: Mapping[str, int]
    """How many posts each chain has."""
    ours: bool
    """Whether it is the office's turn to write, as far as days tell; where both wrote on one day it is."""
    opened: bool = False
    """Whether a member opened it for somebody who reported nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ended: the next one begins after it."""

    newest: date
    id: bytes


@dataclass(frozen=True, slots=True)
class NamedPost:
    """A report or message that came with a sealed name, and the shares of its key as they were dealt."""

    thread: bytes
    desk: bytes
    message: int
    """Its place on chain r."""
    day: date
    shares: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for the reports of a desk, as far as it decides which of them exist for them."""

    assigned: Q
    """Asks of a row of `Thread` whether it is a case of theirs."""
    desks_own: bool
    """Whether they work at this desk; else their own cases there are all."""

    def reads(self) -> Q:
        """Return what to ask of `Thread`: what is the desk's to read (``AT_DESK``), and their own cases."""
        return Q(status__in=AT_DESK) | self.assigned if self.desks_own else self.assigned


@dataclass(frozen=True, slots=True)
class Ended:
    """A report that is closed or set aside, as far as its end goes."""

    id: bytes
    arrived: date
    newest: date
    status: str
    messages: int
    """By the reporting person."""


@dataclass(frozen=True, slots=True)
class WholeThread:
    """A thread with its posts and the sealed files of one side."""

    thread: Thread
    posts: Sequence[Post]
    files: Mapping[tuple[str, int], Sequence[SealedFile]]
    """By chain and number; in the order in which they came."""


def mailbox_thread(office: bytes, mailbox: bytes, auth: bytes, today: date) -> Thread:
    """Return the thread whose receipt gives ``mailbox`` and ``auth``.

    Raises:
        Problem: 404 ``no-mailbox`` (no such mailbox, or a wrong secret: nobody can tell which), 410 ``replaced`` (the
            right secret of a receipt that was replaced), 410 ``ended`` (the right secret, and its last day is over).
    """
    given = H(auth)
    thread = Thread.objects.filter(mailbox=mailbox, office=office).first()
    # The comparison happens in each case, so that its time does not tell whether the mailbox is there.
    if same(given, thread.auth_hash if thread else _NOBODY) and thread is not None:
        if thread.until is not None and today > thread.until:
            message = _("This mailbox ended on %(day)s, the last day on which it opened. Thank you for your help.")
            raise Problem(410, "ended", message % {"day": thread.until.isoformat()}, {"day": thread.until.isoformat()})
        return thread
    old = Replaced.objects.filter(id=mailbox, thread__office=office).first()
    if same(given, old.auth_hash if old else _NOBODY) and old is not None:
        raise Problem(410, "replaced", _("These words were replaced by new ones. Please use the new ones."))
    message = _("There is no mailbox under these words. Please compare each word with your note.")
    raise Problem(404, "no-mailbox", message)


def mailbox_thread_id(office: bytes, mailbox: bytes, auth: bytes, today: date) -> bytes:
    """Return the id of that thread, and nothing else of it: for what is asked five hundred times for one film.

    Raises:
        Problem: as ``mailbox_thread``.
    """
    text = "SELECT {id}, {auth_hash} FROM {} WHERE {mailbox} = %s AND {office} = %s AND {until} IS NULL"
    row = first(Thread, text, (mailbox, office))
    if same(H(auth), row[1] if row else _NOBODY) and row is not None:
        return bytes(row[0])
    return mailbox_thread(office, mailbox, auth, today).id


def arrivals(
    office: bytes,
    desk: bytes,
    reader: Reader,
    *,
    most: int,
    since: date | None = None,
    after: Place | None = None,
    only: bytes | None = None,
) -> list[ThreadLine]:
    """Return at most ``most`` threads of one desk, those with the newest posts first; within a day by random ids.

    Args:
        office: whose.
        desk: one of its desks.
        reader: only what exists for them.
        most: how many at most.
        since: only those with a post of this day or a later one.
        after: where the page before ended.
        only: this thread and no other.
    """
    found = Thread.objects.filter(reader.reads(), office=office, desk=desk)
    if only is not None:
        found = found.filter(id=only)
    if since is not None:
        found = found.filter(newest__gte=since)
    if after is not None:
        found = found.filter(newest__lte=after.newest).exclude(newest=after.newest, id__gte=after.id)
    rows = list(found.order_by("-newest", "-id")[:most])
    theirs = _answered([row.id for row in rows if row.o_posts])
    return [
        ThreadLine(
            row.id, row.desk, row.day, row.newest, row.status, row.epoch, row.generation,
            {chain: row.count(chain) for chain in CHAINS}, row.id not in theirs, row.opened,
        )
        for row in rows
    ]  # fmt: skip


def arrived_by_desk(office: bytes, first: date, last: date) -> Mapping[bytes, int]:
    """Return how many reports came to each desk on the days from ``first`` to ``last``; desks without any lack."""
    rows = Thread.objects.filter(office=office, day__gte=first, day__lte=last, opened=False).order_by()
    return {bytes(desk): came for desk, came in rows.values_list("desk").annotate(came=Count("id"))}


def thread(office: bytes, thread_id: bytes) -> WholeThread | None:
    """Return the thread of ``office`` with the office's files of each post (own copies are the reporter's), or None.

    The caller has checked the member's right to the desk: ask ``thread_desk`` first.
    """
    row = Thread.objects.filter(id=thread_id, office=office).first()
    return None if row is None else _whole(row, own=False)


def threads(office: bytes, thread_ids: Collection[bytes]) -> Mapping[bytes, WholeThread]:
    """Return those of these threads that ``office`` has, each as ``thread`` does, in as many questions as one takes."""
    rows = Thread.objects.filter(id__in=list(thread_ids), office=office)
    return {row.id: whole for row, whole in _wholes(list(rows), own=False)}


def received_hashes(thread_ids: Collection[bytes]) -> Mapping[bytes, Mapping[tuple[str, int], Sequence[bytes]]]:
    """Return, by thread, H of every file of each post as it came, then of its attachments.

    With them a browser checks ``f``.
    """
    found: dict[bytes, dict[tuple[str, int], list[bytes]]] = {key: {} for key in thread_ids}
    rows = SealedFile.objects.filter(thread__in=list(thread_ids)).exclude(kind="case").order_by("chain", "n", "place")
    for thread_id, chain, n, key in rows.values_list("thread_id", "chain", "n", "hash"):
        found[bytes(thread_id)].setdefault((chain, n), []).append(key)
    named = Blob.objects.filter(thread__in=list(thread_ids)).order_by("chain", "n", "place")
    for thread_id, chain, n, key in named.values_list("thread", "chain", "n", "hash"):
        found[bytes(thread_id)].setdefault((chain, n), []).append(key)
    return found


def thread_desk(office: bytes, thread_id: bytes) -> bytes | None:
    """Return the desk of a thread of ``office``, or None if there is no such thread here."""
    return Thread.objects.filter(id=thread_id, office=office).values_list("desk", flat=True).first()


def thread_state(office: bytes, thread_id: bytes) -> tuple[bytes, str] | None:
    """Return desk and state of a thread of ``office``, or None if there is no such thread here."""
    return Thread.objects.filter(id=thread_id, office=office).values_list("desk", "status").first()


def deleted_among(threads: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    """Return those of ``threads``, each office and id, that are deleted or not there: other rooms forget them, too."""
    states = [(thread, thread_state(office, thread)) for office, thread in threads]
    return [thread for thread, found in states if found is None or found[1] == DELETED]


def arrived(office: bytes, thread_id: bytes) -> date | None:
    """Return the day on which a report came; None where there is none: a member opened the mailbox for somebody."""
    return Thread.objects.filter(id=thread_id, office=office, opened=False).values_list("day", flat=True).first()


def is_opened(office: bytes, thread_id: bytes) -> bool:
    """Return whether it is a mailbox that a member of ``office`` opened for somebody."""
    return Thread.objects.filter(id=thread_id, office=office, opened=True).exists()


def is_there(office: bytes, thread_id: bytes, chain: str, n: int) -> bool:
    """Return whether a thread of ``office`` has this post."""
    return Post.objects.filter(thread=thread_id, thread__office=office, chain=chain, n=n).exists()


def note_of(thread_id: bytes, content: bytes) -> int | None:
    """Return the number of the note (chain i) of a thread that has this c, or None."""
    found = Post.objects.filter(thread=thread_id, chain="i", content=content)
    return found.values_list("n", flat=True).first()


def sealed_name(office: bytes, thread_id: bytes, n: int) -> tuple[bytes, Sequence[bytes]] | None:
    """Return the sealed name that came with a report or message, and the shares of its key, one for each custodian.

    Whether anybody gave one nothing here tells: each report has them, with a name or with none.

    Returns:
        The identity and its shares in their order; None where none came with it, or two people have deleted them.
    """
    rows = SealedFile.objects.filter(thread=thread_id, thread__office=office, chain="r", n=n).exclude(sealed=b"")
    found = [(kind, bytes(sealed)) for kind, sealed in rows.order_by("place").values_list("kind", "sealed")]
    name = next((sealed for kind, sealed in found if kind == "identity"), None)
    shares = [sealed for kind, sealed in found if kind == "share"]
    return None if name is None or not shares else (name, shares)


def has_name(office: bytes, thread_id: bytes, n: int) -> bool:
    """Return whether a sealed name came with this report or message, and is still there."""
    rows = SealedFile.objects.filter(thread=thread_id, thread__office=office, chain="r", n=n, kind="identity")
    return rows.exclude(sealed=b"").exists()


def sealed_names(office: bytes, after: tuple[bytes, int] | None, most: int) -> Sequence[NamedPost]:
    """Return the shares of some of the names that came with reports of an office, by the reports' random ids.

    Args:
        office: whose.
        after: report and place on chain r of the last one of the page before; None for the first.
        most: how many names at most; one report can have given more than one.
    """
    names = SealedFile.objects.filter(thread__office=office, chain="r", kind="identity").exclude(sealed=b"")
    if after is not None:
        names = names.filter(Q(thread__gt=after[0]) | Q(thread=after[0], n__gt=after[1]))
    found = list(names.order_by("thread", "n").values_list("thread", "n", "thread__desk")[:most])
    threads, places = {thread for thread, _n, _desk in found}, {n for _thread, n, _desk in found}
    here = {"thread__in": threads, "chain": "r", "n__in": places}
    days = {(thread, n): day for thread, n, day in Post.objects.filter(**here).values_list("thread", "n", "day")}
    shares: dict[tuple[bytes, int], list[bytes]] = {}
    rows = SealedFile.objects.filter(**here, kind="share").order_by("place").values_list("thread", "n", "sealed")
    for thread, n, sealed in rows:
        shares.setdefault((thread, n), []).append(bytes(sealed))
    return [
        NamedPost(bytes(thread), bytes(desk), n, days[thread, n], shares.get((thread, n), []))
        for thread, n, desk in found
        if (thread, n) in days
    ]


def day_of(office: bytes, thread_id: bytes, chain: str, n: int) -> date | None:
    """Return the day on which this post came, or None where there is none."""
    found = Post.objects.filter(thread=thread_id, thread__office=office, chain=chain, n=n)
    return found.values_list("day", flat=True).first()


def open_threads(office: bytes, desk: bytes, reader: Reader | None = None) -> Sequence[tuple[bytes, date]]:
    """Return id and day of arrival of the reports of a desk that are neither closed, set aside nor deleted.

    Args:
        office: whose.
        desk: one of its desks.
        reader: only what exists for them, their cases at that desk being named all at once; left out, every report.
    """
    running = Thread.objects.filter(opened=False).exclude(status__in=(*ENDED, DELETED))
    here = running.filter(office=office, desk=desk)
    if reader is None:
        parts = [here]
    elif not reader.desks_own:
        parts = [running.filter(reader.assigned)]
    else:
        # Two questions, of which each goes by its own index: one with "or" went through all reports for both.
        parts = [here.filter(status__in=AT_DESK), running.filter(reader.assigned).exclude(status__in=AT_DESK)]
    return [(bytes(key), day) for rows in parts for key, day in rows.values_list("id", "day")]


def open_cases(office: bytes, assigned: Q) -> frozenset[bytes]:
    """Return the open cases of whom ``assigned`` asks for, without mailboxes that were opened for somebody."""
    rows = Thread.objects.filter(assigned, office=office, status=CASE, opened=False)
    return frozenset(map(bytes, rows.values_list("id", flat=True)))


def opened_among(office: bytes, threads: Collection[bytes]) -> frozenset[bytes]:
    """Return those of ``threads`` that are mailboxes which a member of ``office`` opened for somebody."""
    rows = Thread.objects.filter(office=office, id__in=list(threads), opened=True)
    return frozenset(map(bytes, rows.values_list("id", flat=True)))


def ended(office: bytes, desk: bytes, only: Collection[bytes] | None = None) -> Sequence[Ended]:
    """Return every report of a desk that is closed or set aside, or those of ``only`` that are."""
    rows = Thread.objects.filter(office=office, desk=desk, status__in=ENDED)
    if only is not None:
        rows = rows.filter(id__in=list(only))
    return [Ended(*row) for row in rows.order_by("id").values_list("id", "day", "newest", "status", "r_posts")]


def desks_of_threads(office: bytes, threads: Collection[bytes]) -> Mapping[bytes, bytes]:
    """Return the desk of each of ``threads`` that ``office`` has."""
    return dict(Thread.objects.filter(office=office, id__in=list(threads)).values_list("id", "desk"))


def states_of_threads(office: bytes, threads: Collection[bytes]) -> Mapping[bytes, tuple[bytes, str]]:
    """Return desk and state of each of ``threads`` that ``office`` has."""
    rows = Thread.objects.filter(office=office, id__in=list(threads)).values_list("id", "desk", "status")
    return {bytes(key): (bytes(desk), state) for key, desk, state in rows}


def notes_of_threads(office: bytes, threads: Collection[bytes]) -> Mapping[bytes, int]:
    """Return how many notes each of ``threads`` that ``office`` has holds."""
    rows = Thread.objects.filter(office=office, id__in=list(threads)).values_list("id", "i_posts")
    return {bytes(key): notes for key, notes in rows}


def own_copies(thread: Thread) -> WholeThread:
    """Return the posts on r and o with the reporting person's own copies."""
    return _whole(thread, own=True)


def test_report_came(office: bytes, desk: bytes) -> bool:
    """Return whether a test report has come through to ``desk``, one of the conditions of its opening."""
    return TestTicket.objects.filter(office=office, desk=desk, used__isnull=False).exists()


def _answered(threads: Collection[bytes]) -> frozenset[bytes]:
    """Return those of ``threads`` in which the office wrote on a later day than the reporting person."""
    days = (
        Post.objects.filter(thread__in=list(threads))
        .exclude(chain="i")
        .values_list("thread_id", "chain")
        .annotate(last=Max("day"))
    )
    last: dict[bytes, dict[str, date]] = {}
    for thread, chain, day in days:
        last.setdefault(thread, {})[chain] = day
    return frozenset(thread for thread, by in last.items() if "r" not in by or by["o"] > by["r"])


def _whole(thread: Thread, *, own: bool) -> WholeThread:
    [(_thread, whole)] = _wholes([thread], own=own)
    return whole


def _wholes(threads: Sequence[Thread], *, own: bool) -> list[tuple[Thread, WholeThread]]:
    ids = [thread.id for thread in threads]
    posts = Post.objects.filter(thread__in=ids).order_by("chain", "n")
    files = SealedFile.objects.filter(thread__in=ids).exclude(sealed=b"").order_by("chain", "n", "place")
    if own:
        posts, files = posts.exclude(chain="i"), files.filter(kind="own")
    else:
        files = files.exclude(kind="own")
    of: dict[bytes, dict[tuple[str, int], list[SealedFile]]] = {key: {} for key in ids}
    for file in files:
        of[bytes(file.thread_id)].setdefault((file.chain, file.n), []).append(file)
    said: dict[bytes, list[Post]] = {key: [] for key in ids}
    for post in posts:
        said[bytes(post.thread_id)].append(post)
    return [(thread, WholeThread(thread, said[thread.id], of[thread.id])) for thread in threads]
