"""What may be asked of the line: the mailbox by its secret, and for the office the threads of its desks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.line.models import Post, Replaced, SealedFile, TestTicket, Thread
from fairline.seal.primitives import H, same

_NOBODY = bytes(32)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a list shows it."""

    chain: str
    n: int
    day: date
    size: int
    """Bytes of the office's copy, padded."""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread as a list of arrivals shows it."""

    id: bytes
    desk: bytes
    day: date
    status: str
    epoch: int
    generation: int | None
    posts: tuple[PostLine, ...]


@dataclass(frozen=True, slots=True)
class WholeThread:
    """A thread with its posts and the sealed files of one side."""

    thread: Thread
    posts: Sequence[Post]
    files: Mapping[tuple[str, int], Sequence[SealedFile]]
    """By chain and number; in the order in which they came."""


def mailbox_thread(office: bytes, mailbox: bytes, auth: bytes) -> Thread:
    """Return the thread whose receipt gives ``mailbox`` and ``auth``.

    Raises:
        Problem: 404 ``no-mailbox`` (no such mailbox, or a wrong secret: nobody can tell which), 410 ``replaced`` (the
            right secret of a receipt that was replaced).
    """
    given = H(auth)
    thread = Thread.objects.filter(mailbox=mailbox, office=office).first()
    # The comparison happens in each case, so that its time does not tell whether the mailbox is there.
    if same(given, thread.auth_hash if thread else _NOBODY) and thread is not None:
        return thread
    old = Replaced.objects.filter(id=mailbox, thread__office=office).first()
    if same(given, old.auth_hash if old else _NOBODY) and old is not None:
        raise Problem(410, "replaced", _("These words were replaced by new ones. Please use the new ones."))
    message = _("There is no mailbox under these words. Please compare each word with your note.")
    raise Problem(404, "no-mailbox", message)


def arrivals(office: bytes, desks: Collection[bytes]) -> list[ThreadLine]:
    """Return the threads of ``desks`` of ``office``, newest day first and within a day in the order of random ids."""
    threads = Thread.objects.filter(office=office, desk__in=list(desks)).order_by("-day", "id")
    sizes = (
        SealedFile.objects.filter(thread__office=office, thread__desk__in=list(desks), kind="office")
        .values_list("thread_id", "chain", "n")
        .annotate(bytes=Sum("size"))
    )
    size_of = {(thread, chain, n): size for thread, chain, n, size in sizes}
    lines: dict[bytes, list[PostLine]] = {}
    posts = Post.objects.filter(thread__office=office, thread__desk__in=list(desks)).order_by("thread_id", "chain", "n")
    for thread, chain, n, day in posts.values_list("thread_id", "chain", "n", "day"):
        lines.setdefault(thread, []).append(PostLine(chain, n, day, size_of.get((thread, chain, n), 0)))
    return [
        ThreadLine(row.id, row.desk, row.day, row.status, row.epoch, row.generation, tuple(lines.get(row.id, ())))
        for row in threads
    ]


def thread(office: bytes, thread_id: bytes) -> WholeThread | None:
    """Return the thread of ``office`` with the office's files of each post (own copies are the reporter's), or None.

    The caller has checked the member's right to the desk: ask ``thread_desk`` first.
    """
    row = Thread.objects.filter(id=thread_id, office=office).first()
    return None if row is None else _whole(row, own=False)


def received_hashes(thread_id: bytes) -> Mapping[tuple[str, int], Sequence[bytes]]:
    """Return H of every file of each post as it came, in order: with them a browser checks ``f`` without the files."""
    found: dict[tuple[str, int], list[bytes]] = {}
    rows = SealedFile.objects.filter(thread=thread_id).order_by("chain", "n", "place")
    for chain, n, key in rows.values_list("chain", "n", "hash"):
        found.setdefault((chain, n), []).append(key)
    return found


def thread_desk(office: bytes, thread_id: bytes) -> bytes | None:
    """Return the desk of a thread of ``office``, or None if there is no such thread here."""
    return Thread.objects.filter(id=thread_id, office=office).values_list("desk", flat=True).first()


def own_copies(thread: Thread) -> WholeThread:
    """Return the posts on r and o with the reporting person's own copies."""
    return _whole(thread, own=True)


def test_report_came(office: bytes, desk: bytes) -> bool:
    """Return whether a test report has come through to ``desk``, one of the conditions of its opening."""
    return TestTicket.objects.filter(office=office, desk=desk, used__isnull=False).exists()


def _whole(thread: Thread, *, own: bool) -> WholeThread:
    posts = Post.objects.filter(thread=thread).order_by("chain", "n")
    files = SealedFile.objects.filter(thread=thread).exclude(sealed=b"").order_by("chain", "n", "place")
    if own:
        posts, files = posts.exclude(chain="i"), files.filter(kind="own")
    else:
        files = files.exclude(kind="own")
    of: dict[tuple[str, int], list[SealedFile]] = {}
    for file in files:
        of.setdefault((file.chain, file.n), []).append(file)
    return WholeThread(thread, list(posts), of)
