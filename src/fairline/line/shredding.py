"""A whole report or case is destroyed: what the office can read goes, and what the record and the mailbox need stays.

Each function works inside the caller's transaction, after the caller has settled who may do it and has recorded the
acts that say so.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fairline.core.limits import MAILBOX_AFTER_DAYS
from fairline.ledger.merkle import leaf_hash
from fairline.line import blobs, room
from fairline.line.models import Blob, BlobPart, Erasure, Farewell, Own, Post, Replaced, SealedFile, Thread
from fairline.line.states import DELETED

log = logging.getLogger(__name__)
RECORDED = ("r", "o")
"""Chains whose posts have an entry in the record. The office's notes have none, and go without a trace."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An attachment whose bytes are still to be deleted from the store, once the transaction is over."""

    office: bytes
    blob: bytes
    parts: int


def leaves(threads: Collection[bytes]) -> Mapping[bytes, list[bytes]]:
    """Return, for each thread, H(0x00 ‖ entry) of every post that was promised, sorted: what an act names of it."""
    found: dict[bytes, list[bytes]] = {thread: [] for thread in threads}
    rows = Post.objects.filter(thread__in=list(threads), chain__in=RECORDED)
    for thread, tag, content, received in rows.values_list("thread_id", "tag", "content", "received"):
        found[bytes(thread)].append(leaf_hash(bytes(tag) + bytes(content) + bytes(received)))
    return {thread: sorted(hashes) for thread, hashes in found.items()}


def shred(thread: Thread, today: date) -> list[Parts]:
    """Destroy what the office holds of a report; return the attachments whose bytes the caller deletes afterwards.

    What stays, until the mailbox ends: the thread's row, hashes and promises of what was promised, and the copies that
    the reporting person alone can open. Everything else is gone when the transaction is.

    Args:
        thread: locked.
        today: where the office is.
    """
    SealedFile.objects.filter(thread=thread.id, kind="case").delete()
    SealedFile.objects.filter(thread=thread.id, chain="i").delete()
    SealedFile.objects.filter(thread=thread.id).exclude(kind="own").update(sealed=b"", size=0)
    Post.objects.filter(thread=thread.id).exclude(chain__in=RECORDED).delete()
    mailboxes = [thread.id, thread.mailbox, *Replaced.objects.filter(thread=thread.id).values_list("id", flat=True)]
    Own.objects.filter(id__in=mailboxes).delete()
    Erasure.objects.filter(thread=thread.id, day=None).delete()
    left = _attachments(thread, today)
    thread.status, thread.i_posts = DELETED, 0
    thread.save(update_fields=("status", "i_posts"))
    until = today + timedelta(days=MAILBOX_AFTER_DAYS)
    Farewell.objects.create(id=thread.id, office=thread.office, day=today, until=until)
    return left


def delete_parts(left: Collection[Parts]) -> None:
    """Delete the bytes of attachments, after the transaction.

    What a stop or the store leaves over, the night deletes: all else is done, and whoever asked is not told otherwise.
    """
    for one in left:
        try:
            blobs.delete_parts(one.office, one.blob, one.parts)
        except OSError:
            log.exception("The store did not delete an attachment; the night tries again.")


def _attachments(thread: Thread, today: date) -> list[Parts]:
    rows = list(Blob.objects.select_for_update().filter(thread=thread.id, gone=False).order_by("id"))
    for row in rows:
        if not row.read:
            room.give_back(bytes(row.desk), blobs.counted(row.id))
    Blob.objects.filter(thread=thread.id, gone=False).update(gone=True, day=today)
    BlobPart.objects.filter(blob__in=[row.id for row in rows]).delete()
    return [Parts(bytes(row.office), bytes(row.id), row.parts) for row in rows]
