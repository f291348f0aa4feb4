"""What a member opened is a mailbox for somebody, or a case that was taken in of an exported one (decision 0127).

To the line both are one thing, opened and not reported. In the second a person concerned is heard and a document goes
outside as in any case: only nobody reported it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases.models import TakenIn
from fairline.line import queries as line
from fairline.line.states import CASE

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Q


def is_mailbox(office: bytes, thread: bytes) -> bool:
    """Return whether it is a mailbox that a member opened for somebody, or a matter of the organisation's own."""
    return line.is_opened(office, thread) and not is_taken_in(office, thread)


def is_taken_in(office: bytes, thread: bytes) -> bool:
    """Return whether it is a case that was taken in of an exported one."""
    return TakenIn.objects.filter(office=office, thread=thread).exists()


def mailboxes_among(office: bytes, threads: Collection[bytes]) -> frozenset[bytes]:
    """Return those of ``threads`` that ``is_mailbox`` is true of."""
    taken = TakenIn.objects.filter(office=office, thread__in=list(threads)).values_list("thread", flat=True)
    return line.opened_among(office, threads) - frozenset(map(bytes, taken))


def open_cases(office: bytes, assigned: Q) -> frozenset[bytes]:
    """Return the open cases of whom ``assigned`` asks for: of reports, and those that were taken in."""
    taken = map(bytes, TakenIn.objects.filter(office=office).values_list("thread", flat=True))
    states = line.states_of_threads(office, list(taken))
    # Whose they are the caller's own rows say: there is one only for who is assigned.
    return line.open_cases(office, assigned) | {key for key, (_desk, state) in states.items() if state == CASE}
