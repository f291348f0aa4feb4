"""After a copy was restored: what two people deleted since it was made is deleted again, before anything serves."""

from __future__ import annotations

from fairline.cases import deleting, index
from fairline.cases.models import DeletedThread
from fairline.core.transactions import writing
from fairline.line import erasing, shredding
from fairline.line import queries as line
from fairline.line.states import DELETED


def replay() -> int:
    """Delete again all reports, cases and files that a certificate or record of a deletion names; return how many."""
    count = erasing.replay()
    for row in DeletedThread.objects.exclude(deletion__day=None).select_related("deletion"):
        office, day = bytes(row.deletion.office), row.deletion.day
        state = line.thread_state(office, bytes(row.id))
        if day is None or state is None or state[1] == DELETED:
            continue
        with writing():
            left = deleting.shred(office, bytes(row.id), day)
            index.forget_all(office, [bytes(row.id)])
        shredding.delete_parts(left)
        count += 1
    return count
