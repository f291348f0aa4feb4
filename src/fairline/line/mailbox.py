"""A thread as its mailbox shows it: pages of one size, own copies only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from fairline.core import panels
from fairline.core.limits import MAILBOX_PAGE
from fairline.core.problems import Problem
from fairline.ledger import services as ledger
from fairline.line import erasing, parcels, promises, queries
from fairline.line.models import Erasure, Post, SealedFile, Thread
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

VERSION: Final = 1
HEAD_ROOM: Final = 7 * 1024
"""What a head takes besides its posts: ids, status, the audience's recipient of 1 959 letters, eight notices."""
POST_ROOM: Final = 700
"""What one post takes in the head: three hashes, a day and a promise."""


def page(thread: Thread, number: int) -> bytes:
    """Return page ``number`` of the mailbox of ``thread`` as a parcel of one or more times 64 KiB.

    Raises:
        Problem: 404 ``no-page``.
    """
    whole = queries.own_copies(thread)
    pages = _pages(whole)
    if number >= len(pages):
        raise Problem(404, "no-page", _("The mailbox has no such page. Please load it again."))
    files = [file for post in pages[number] for file in whole.files.get((post.chain, post.n), ())]
    head = {
        "v": VERSION,
        "thread": b64(thread.id),
        "desk": b64(thread.desk),
        "status": thread.status,
        "day": thread.day.isoformat(),
        "audience": _audience(thread),
        "page": number,
        "pages": len(pages),
        "posts": [_post(thread.office, post, whole.files.get((post.chain, post.n), ())) for post in pages[number]],
        "notices": _notices(thread) if number == 0 else [],
        "files": [_file(file) for file in files],
    }
    gone = erasing.erased(thread.id)
    if gone:
        head["erased"] = [_erased(one) for one in gone]
    return parcels.write(head, [file.sealed for file in files], MAILBOX_PAGE)


def _notices(thread: Thread) -> list[dict[str, str]]:
    """What the machine says by itself: a code and days, signed by the promise key and by nobody else."""
    return [
        ledger.notice(thread.office, thread.id, one.code, {name: day.isoformat() for name, day in one.dates.items()})
        for one in panels.said(thread.office, thread.id)
    ]


def _pages(whole: queries.WholeThread) -> list[list[Post]]:
    pages: list[list[Post]] = [[]]
    room = MAILBOX_PAGE - HEAD_ROOM
    for post in whole.posts:
        size = POST_ROOM + sum(file.size for file in whole.files.get((post.chain, post.n), ()))
        if size > room and pages[-1]:
            pages.append([])
            room = MAILBOX_PAGE - HEAD_ROOM
        pages[-1].append(post)
        room -= size
    return pages


def _audience(thread: Thread) -> dict[str, Any]:
    if thread.generation is not None:
        # The handover, which lies in the thread, names the recipient; the page takes it from nowhere else.
        return {"generation": thread.generation}
    desk = offices.desk_in_force(thread.office, thread.desk)
    return {"epoch": desk.epoch if desk else thread.epoch}


def _post(office: bytes, post: Post, files: Sequence[SealedFile]) -> dict[str, Any]:
    return {
        "chain": post.chain,
        "n": post.n,
        "T": b64(post.tag),
        "c": b64(post.content),
        "f": b64(post.received),
        "day": post.day.isoformat(),
        "promise": promises.of(office, post).fields(),
        "files": [_file(file) for file in files],
    }


def _file(file: SealedFile) -> dict[str, Any]:
    return {"as": file.kind, "size": file.size}


def _erased(one: Erasure) -> dict[str, Any]:
    return {"blob": b64(one.blob), "day": one.day.isoformat() if one.day else "", "reason": one.reason}
