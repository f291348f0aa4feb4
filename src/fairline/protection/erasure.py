"""What this room must forget: its days go with the case; the words are the case's own notes and go with it too."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fairline.core.erasure import before_its_case, keep, keep_for_ever, with_its_case
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.line.states import DELETED
from fairline.protection.models import ProtectionCount, ProtectionFile


@before_its_case
def require_unprotected(office: bytes, thread: bytes) -> None:
    """Refuse the deletion of a case while a measure in it is still reviewed: it is what protects somebody.

    Raises:
        Problem: 409 ``protected``.
    """
    if ProtectionFile.objects.filter(office=office, id=thread, review__isnull=False).exists():
        message = _(
            "Somebody is still protected in this case, and a review is due. End the measures or their reviews first; "
            "nothing is deleted before."
        )
        raise Problem(409, "protected", message)


@with_its_case
def forget_file(office: bytes, thread: bytes) -> None:
    """Delete the days of a case that two people delete: nobody could review any more, nor hear what is offered."""
    ProtectionFile.objects.filter(office=office, id=thread).delete()


def shred_files(_now: datetime) -> int:
    """Delete the days of cases that are gone, also where a mailbox still says so."""
    rows = list(ProtectionFile.objects.values_list("office", "id"))
    states = [(thread, line.thread_state(office, thread)) for office, thread in rows]
    gone = [thread for thread, found in states if found is None or found[1] == DELETED]
    with writing():
        return ProtectionFile.objects.filter(id__in=gone).delete()[0]


keep(ProtectionFile, until="the case that it belongs to is deleted", shred=shred_files)
keep_for_ever(ProtectionCount, why="numbers of closed words by month, of no case; figures are counted again by it")
