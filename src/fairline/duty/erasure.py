"""What this room must forget: moments of a duty go with the case in which they were noted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.erasure import before_its_case, keep, with_its_case
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.duty.models import DutyEvent
from fairline.duty.queries import is_owed
from fairline.line import queries as line
from fairline.line.states import DELETED


@before_its_case
def require_nothing_owed(office: bytes, thread: bytes) -> None:
    """Refuse the deletion of a case in which something is still owed to an authority: it would vanish unseen.

    Raises:
        Problem: 409 ``duty``.
    """
    if is_owed(office, thread, clock.now()):
        message = _(
            "Something is still owed to an authority in this case. Note that it was done first; nothing is deleted "
            "before."
        )
        raise Problem(409, "duty", message)


@with_its_case
def forget_events(office: bytes, thread: bytes) -> None:
    """Delete what was noted in a case that two people delete; the signed acts stay in the record."""
    DutyEvent.objects.filter(office=office, thread=thread).delete()


def shred_events(_now: datetime) -> int:
    """Delete what was noted in cases that are gone."""
    rows = list(DutyEvent.objects.values_list("office", "thread").distinct())
    states = [(thread, line.thread_state(office, thread)) for office, thread in rows]
    gone = [thread for thread, found in states if found is None or found[1] == DELETED]
    with writing():
        return DutyEvent.objects.filter(thread__in=gone).delete()[0]


keep(DutyEvent, until="the case in which it was noted is deleted", shred=shred_events)
