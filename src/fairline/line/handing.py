"""What an act of triage does to the sealed files of a thread: who reads changes, and nothing of what was said does.

Each function works inside the caller's transaction, after the caller has settled who may do it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from fairline.core.fields import random_group
from fairline.core.problems import Problem
from fairline.ledger.promises import Promise
from fairline.line import services
from fairline.line.heads import NewPost
from fairline.line.models import CHAINS, SealedFile, Thread
from fairline.line.rows import insert
from fairline.seal.primitives import H

CASE_PLACE: Final = 64
"""Behind every file that a post can have: a report has twelve at most."""
DESK_COPY: Final = b"fairline/1 desk copy\0"

Place = tuple[str, int]


def locked(office: bytes, thread_id: bytes) -> Thread:
    """Return a thread that nobody else changes until the transaction ends.

    Raises:
        Problem: 404 ``no-thread``.
    """
    thread = Thread.objects.select_for_update().filter(id=thread_id, office=office).first()
    if thread is None:
        raise Problem(404, "no-thread", _("There is no such thread here."))
    return thread


def all_locked(office: bytes, thread_ids: Collection[bytes]) -> list[Thread]:
    """Return those of these threads that ``office`` has; nobody else changes them until the transaction ends."""
    rows = Thread.objects.select_for_update().filter(id__in=list(thread_ids), office=office)
    # In one order, so that two who lock the same threads wait for each other and not for ever.
    return list(rows.order_by("id"))


def desk_files(thread: Thread, upto: Mapping[str, int] | None = None) -> Mapping[Place, bytes]:
    """Return H of the desk's copy of every post that has one, by chain (r, o, i) and number.

    Args:
        thread: whose.
        upto: numbers of the newest posts that the desk may read; later ones were sealed to a case.
    """
    rows = SealedFile.objects.filter(thread=thread.id, kind="office").exclude(sealed=b"")
    found = {(chain, n): bytes(key) for chain, n, key in rows.values_list("chain", "n", "hash")}
    there = found if upto is None else {place: key for place, key in found.items() if place[1] <= upto[place[0]]}
    return dict(sorted(there.items(), key=lambda one: (CHAINS.index(one[0][0]), one[0][1])))


def desk_copy(files: Mapping[Place, bytes]) -> bytes:
    """Return the hash that stands for all of the desk's copies (docs/formats.md §14)."""
    return H(DESK_COPY + b"".join(files.values()))


def heads(thread: Thread) -> dict[str, int]:
    """Return the number of the newest post of each chain, −1 where there is none."""
    return {chain: thread.count(chain) - 1 for chain in CHAINS}


def give(thread: Thread, copies: Mapping[Place, bytes], generation: int, status: str) -> None:
    """Let the people of a case read: every envelope so far, unchanged, in a copy sealed to them."""
    first = random_group()
    # One number a file; the group's low bits would run over with a long thread, so each has a group of its own.
    rows = [
        (first if at == 0 else random_group(), thread.id, chain, n, CASE_PLACE, "case", H(body), len(body), body, True)
        for at, ((chain, n), body) in enumerate(copies.items())
    ]
    insert(SealedFile, services.FILE_FIELDS, rows)
    hand(thread, generation, status)


def hand(thread: Thread, generation: int, status: str) -> None:
    """Let what is written from now on be sealed to ``generation``."""
    thread.generation, thread.status = generation, status
    thread.save(update_fields=("generation", "status"))


def move(thread: Thread, status: str) -> None:
    """Set the state alone."""
    thread.status = status
    thread.save(update_fields=("status",))


def move_all(threads: Collection[Thread], status: str) -> None:
    """Set the state of many alone."""
    Thread.objects.filter(id__in=[thread.id for thread in threads]).update(status=status)


def write(office: bytes, new: NewPost, today: date) -> Promise | None:
    """Store what an act says to the reporting person, or among colleagues; refused as any other post."""
    return services.post(office, new, today)


def destroy_desk_copies(thread: Thread) -> int:
    """Empty every copy of the desk's that the case has one of; return how many."""
    held = SealedFile.objects.filter(thread=thread.id, kind="case").exclude(sealed=b"")
    places = set(held.values_list("chain", "n"))
    desks = SealedFile.objects.filter(thread=thread.id, kind="office").exclude(sealed=b"")
    gone = [key for key, chain, n in desks.values_list("id", "chain", "n") if (chain, n) in places]
    return SealedFile.objects.filter(id__in=gone).update(sealed=b"")


def take_back(thread: Thread, status: str) -> None:
    """Delete the copies of a case that nobody confirmed: the desk reads again what it could read before."""
    SealedFile.objects.filter(thread=thread.id, kind="case").delete()
    move(thread, status)


def end_mailbox(thread: Thread, today: date) -> None:
    """Let a mailbox that has a last day open to its words no more from now on; inside the caller's transaction."""
    thread.until = today - timedelta(days=1)
    thread.save(update_fields=("until",))
