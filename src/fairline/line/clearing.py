"""Making room: how much files take up at each desk, and deleting what no report names, at once and signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, QuerySet, Sum

from fairline.core.transactions import writing
from fairline.line import blobs, room
from fairline.line.models import Blob, BlobPart
from fairline.offices.queries import MemberFacts
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct

DELETE_UNFINISHED: Final = "delete unfinished files"


@dataclass(frozen=True)
class Heap:
    """So many files and so many bytes."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class Piles:
    """What lies at a desk."""

    unfinished: Heap = Heap()
    """On its way, or whole and not sent with a report yet."""
    unread: Heap = Heap()
    """Of reports and messages that nobody of the desk has read."""
    read: Heap = Heap()
    """All others."""


def piles(office: bytes, desks: Collection[bytes]) -> Mapping[bytes, Piles]:
    """Return what lies at each of ``desks``."""
    there = Blob.objects.filter(office=office, desk__in=list(desks), gone=False)
    unnamed = there.filter(thread=b"")
    named = there.exclude(thread=b"")
    found = [_heaps(rows) for rows in (unnamed, named.filter(read=False), named.filter(read=True))]
    return {desk: Piles(*(heaps.get(desk, Heap()) for heaps in found)) for desk in desks}


def delete_unfinished(
    office: bytes, desk: bytes, member: MemberFacts, *, act: SignedAct, now: datetime, today: date
) -> int:
    """Delete every file at ``desk`` that no report names, and what of it is on its way; return how many.

    Whoever was sending one sends it anew: their page begins again by itself where it still has the file.

    Raises:
        Problem: 422 ``act``; PromiseError, CounterTakenError: see ``acts.record``.
    """
    with writing():
        acts.record(office, member.id, member.sign, act=act, deed=Deed(DELETE_UNFINISHED, desk), now=now)
        # Locked in one order; a report that names one of them at this moment comes first or not at all.
        found = Blob.objects.select_for_update().filter(office=office, desk=desk, thread=b"", gone=False)
        rows = list(found.order_by("id").values_list("id", "parts"))
        ids = [key for key, _parts in rows]
        room.give_back(desk, sum(blobs.counted(bytes(key)) for key in ids))
        Blob.objects.filter(id__in=ids).update(gone=True, day=today)
    for key, parts in rows:
        blobs.delete_parts(office, bytes(key), parts)
    return len(rows)


def _heaps(rows: QuerySet[Blob]) -> Mapping[bytes, Heap]:
    counted = rows.order_by().values_list("desk").annotate(files=Count("id"))
    parts = BlobPart.objects.filter(blob__in=rows.values("id"), held=True)
    sizes = dict(parts.values_list("blob__desk").annotate(bytes=Sum("size")))
    return {bytes(desk): Heap(files, sizes.get(desk) or 0) for desk, files in counted}
