"""After a copy was restored: what two people deleted since it was made is deleted again, before anything serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases import deleting, index, taking
from fairline.cases.models import DeletedThread
from fairline.core.transactions import writing
from fairline.line import erasing, shredding
from fairline.line import queries as line
from fairline.line.states import DELETED

if TYPE_CHECKING:
    from datetime import date


def replay() -> int:
    """Delete again all reports, cases and files that a certificate or record of a deletion names; return how many.

    What was taken in of a case that two people have deleted in another copy's life goes with it.
    """
    count = erasing.replay()
    for row in DeletedThread.objects.exclude(deletion__day=None).select_related("deletion"):
        if row.deletion.day is None:
            continue
        office, named = bytes(row.deletion.office), bytes(row.id)
        gone = [named, *taking.of_deleted(office, named)]
        count += sum(_again(office, thread, row.deletion.day) for thread in gone)
    return count


def _again(office: bytes, thread: bytes, day: date) -> bool:
    state = line.thread_state(office, thread)
    if state is None or state[1] == DELETED:
        return False
    with writing():
        left = deleting.shred(office, thread, day)
        index.forget_all(office, [thread])
    shredding.delete_parts(left)
    return True
