"""Three questions to whose case is closed, one tap each: counted by desk and month, and kept of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum

from fairline.core.transactions import writing
from fairline.line.heads import ANSWERS, QUESTIONS
from fairline.line.models import Answers, Thread
from fairline.line.states import CLOSED
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date

__all__ = ["ANSWERS", "QUESTIONS", "answer", "counted"]


def answer(thread: Thread, question: str, said: str, today: date) -> None:
    """Count an answer. Of a case that is not closed, and beyond what a desk has closed, nothing is counted.

    The answer to the page is the same in each case. No row tells who has answered: somebody who answers their own
    questions again and again is stopped by the number of closed cases alone.
    """
    if thread.status != CLOSED:
        return
    place: dict[str, Any] = {"office": thread.office, "desk": thread.desk, "month": today.replace(day=1)}
    place["question"] = question
    closed = Thread.objects.filter(office=thread.office, desk=thread.desk, status=CLOSED).count()
    with writing():
        row, _made = Answers.objects.select_for_update().get_or_create(**place, answer=said)
        there = Answers.objects.filter(**place).aggregate(there=Sum("count"))["there"] or 0
        if there < closed:
            Answers.objects.filter(id=row.id).update(count=F("count") + 1)


def counted(office: bytes, question: str, first: date, last: date) -> Mapping[str, Mapping[str, int]]:
    """Return how often a question was answered in the months between two days, by desk and by answer."""
    rows = Answers.objects.filter(office=office, question=question, month__gte=first, month__lte=last, count__gt=0)
    desks: Counter[str] = Counter()
    answers: Counter[str] = Counter(dict.fromkeys(ANSWERS, 0))
    for desk, said, count in rows.values_list("desk", "answer", "count"):
        desks[b64(bytes(desk))] += count
        answers[said] += count
    return {"desk": dict(desks), "answer": dict(answers)} if desks else {}
