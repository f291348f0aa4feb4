"""What this room must forget: a referral goes with the case that it came from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from fairline.core.erasure import before_its_case, keep, with_its_case
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.referral.models import BACK, PROMISED, Competence, Referral, ReferralPart

UNNAMED_DAYS: Final = 7
"""As long as a report door keeps an attachment that nothing names (docs/formats.md §10)."""


def shred_referrals(_now: datetime) -> int:
    """Delete what came from cases that are gone. What the other office has got is the other office's."""
    rows = Referral.objects.values_list("office", "thread").distinct()
    gone = [thread for office, thread in rows if line.thread_desk(office, thread) is None]
    with writing():
        return Referral.objects.filter(thread__in=gone).delete()[0]


@before_its_case
def require_arrived(office: bytes, thread: bytes) -> None:
    """Let nobody delete a case of which something is still on its way, or was refused there, without a word.

    Raises:
        Problem: 409 ``referral``.
    """
    if Referral.objects.filter(office=office, thread=thread).exclude(state__in=(PROMISED, BACK)).exists():
        message = _(
            "Something of this is on its way to another office and has not arrived. Look at it under “Other offices”: "
            "wait for it, or take it back. Nothing was deleted."
        )
        raise Problem(409, "referral", message)


@with_its_case
def forget_referrals(office: bytes, thread: bytes) -> None:
    """Delete what came from a case that two people delete; all of it has arrived, or was taken back."""
    Referral.objects.filter(office=office, thread=thread).delete()
    ReferralPart.objects.filter(office=office, thread=thread).delete()


def shred_parts(now: datetime) -> int:
    """Delete parts that no referral names within a week, and those whose referral or case is gone."""
    # Read first: what is referred at this moment is kept, and its parts are not among these yet.
    rows = list(ReferralPart.objects.values_list("office", "thread", "referral").distinct())
    kept = {bytes(key) for key in Referral.objects.exclude(state__in=(PROMISED, BACK)).values_list("id", flat=True)}
    gone = [
        (thread, referral)
        for office, thread, referral in rows
        if line.thread_desk(office, thread) is None or (referral and bytes(referral) not in kept)
    ]
    late = (now - timedelta(days=UNNAMED_DAYS)).date()
    with writing():
        count = ReferralPart.objects.filter(referral=b"", day__lt=late).delete()[0]
        for thread, referral in gone:
            count += ReferralPart.objects.filter(thread=thread, referral=referral).delete()[0]
    return count


def shred_competence(_now: datetime) -> int:
    """Delete what is said of offices that the charter in force does not name any more."""
    count = 0
    for office in Competence.objects.values_list("office", flat=True).distinct():
        named = [peer.F for peer in offices.peers(office)]
        with writing():
            count += Competence.objects.filter(office=office).exclude(peer__in=named).delete()[0]
    return count


keep(Referral, until="the night after the case that it came from was deleted", shred=shred_referrals)
keep(ReferralPart, until="the other office has promised its referral, or a week if none names it", shred=shred_parts)
keep(Competence, until="the night after its office left our charter", shred=shred_competence)
