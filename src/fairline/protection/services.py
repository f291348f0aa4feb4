"""What can be done: keep a sealed note of protection and set its two days, in one signed act; count at a closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext as _

from fairline.cases import closing
from fairline.cases import services as cases
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line.states import CASE, CLOSED
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.protection.models import ProtectionCount, ProtectionFile
from fairline.seal.protecting import ProtectionSlip, protection_slip_json

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.line.heads import NewPost
    from fairline.offices.queries import MemberFacts

MOST: Final = timedelta(days=366)
"""No measure goes unlooked at for more than a year, and no mailbox waits longer to offer an ear."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of protecting somebody, as a member's browser has sealed and signed it.

    Attributes:
        note: sealed; what was found, chosen, told.
        review: the next review of all measures that stand after it; None where none stands.
        offer: from when the mailbox offers to tell what has happened; None: it does not.
        act: ``protect``, subject the thread, ``after`` = ``c`` of the note, and both days where there are any.
    """

    note: NewPost
    review: date | None
    offer: date | None
    act: SignedAct


def protect(member: MemberFacts, thread: bytes, step: Step, today: date, now: datetime) -> None:
    """Keep a step: its note in the case, its days in clear. Also in a closed case, which protection outlives.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``heads``, ``state`` (what lies before the desk is no case yet: all
            of the desk would read it); 422 ``day`` (a day that is past and was not there before, or more than
            a year ahead), ``act``; and as ``cases.services.post``.
    """
    _require_said(step)
    with writing():
        # Before its own row, as a deletion does it: two that take the same locks in another order wait for ever.
        if cases.locked(member, thread).status not in (CASE, CLOSED):
            message = _("Protection is kept in a case, which only those assigned can read. Please triage it first.")
            raise Problem(409, "state", message)
        row = ProtectionFile.objects.select_for_update().filter(id=thread).first()
        _require_day(step.review, None if row is None else row.review, today)
        _require_day(step.offer, None if row is None else row.offer, today)
        cases.post(member, step.note, today, now)
        days = {"review": step.review, "offer": step.offer}
        ProtectionFile.objects.update_or_create(id=thread, defaults={"office": member.office} | days)
        deed = Deed("protect", thread, None, step.note.content)
        acts.record(member.office, member.id, member.sign, act=step.act, deed=deed, now=now)


@closing.counts_protection
def count(office: bytes, law: str, month: date, slip: ProtectionSlip) -> None:
    """Add one to each word of a slip. In the transaction of the closing; nothing of the case comes in here."""
    for name, category in protection_slip_json(slip).items():
        row, _made = ProtectionCount.objects.select_for_update().get_or_create(
            office=office, law=law, month=month, measure=f"protection-{name}", category=category
        )
        ProtectionCount.objects.filter(id=row.id).update(count=F("count") + 1)


def _require_said(step: Step) -> None:
    """What the record keeps for ever is what was done."""
    said = parse_what(step.act.what).fields
    days = {"review": step.review, "offer": step.offer}
    if any(said.get(name) != (None if day is None else day.isoformat()) for name, day in days.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)


def _require_day(day: date | None, before: date | None, today: date) -> None:
    """A late review stays late until somebody has reviewed; nobody makes a day in the past.

    Of several that are late the next one's day is past too, once the first was reviewed.
    """
    late = before is not None and day is not None and before <= day
    if day is None or (day < today and late) or day == before:
        return
    if not today <= day <= today + MOST:
        raise Problem(422, "day", _("Please choose a day from today on, and within a year."))
