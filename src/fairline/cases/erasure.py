"""What this room must forget: nothing of ours outlives the thread that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairline.cases.models import Declaration, Doing, ReadMark
from fairline.core.erasure import Shredder, keep
from fairline.core.transactions import writing
from fairline.line import queries as line

if TYPE_CHECKING:
    from datetime import datetime

UNTIL: Final = "the night after the report that it speaks of was deleted"


def _with_its_thread(model: type[Declaration | Doing | ReadMark]) -> Shredder:
    def shred(_now: datetime) -> int:
        spoken_of = model.objects.values_list("office", "thread").distinct()
        gone = [thread for office, thread in spoken_of if line.thread_desk(office, thread) is None]
        with writing():
            count, _rows = model.objects.filter(thread__in=gone).delete()
        return count

    return shred


for model in (Declaration, Doing, ReadMark):
    keep(model, until=UNTIL, shred=_with_its_thread(model))
