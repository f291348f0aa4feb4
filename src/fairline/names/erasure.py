"""What this room must forget: requests and answers go with the case; a name was never here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fairline.core.erasure import keep, with_its_case
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.line.states import DELETED
from fairline.names.models import Answer, NameRequest


@with_its_case
def forget_requests(_office: bytes, thread: bytes) -> None:
    """Delete what was asked about the name of a case that two people delete, and every share handed over for it."""
    asked = list(NameRequest.objects.filter(thread=thread).values_list("id", flat=True))
    Answer.objects.filter(request__in=asked).delete()
    NameRequest.objects.filter(id__in=asked).delete()


def shred_requests(_now: datetime) -> int:
    """Delete the requests of cases that are gone."""
    gone = _gone(NameRequest.objects.values_list("office", "thread").distinct())
    with writing():
        return NameRequest.objects.filter(thread__in=gone).delete()[0]


def shred_answers(_now: datetime) -> int:
    """Delete the answers to requests that are gone."""
    return Answer.objects.exclude(request__in=list(NameRequest.objects.values_list("id", flat=True))).delete()[0]


def _gone(rows: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    states = [(thread, line.thread_state(office, thread)) for office, thread in rows]
    return [thread for thread, found in states if found is None or found[1] == DELETED]


keep(NameRequest, until="the case of the report that gave the name is deleted", shred=shred_requests)
keep(Answer, until="the request that it answers is deleted", shred=shred_answers)
