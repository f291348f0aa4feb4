"""An office makes a row of its law stricter for itself: one asks, a second agrees, it counts from a later day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.core import clock, publication
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import Member, Office, OwnLawRow
from fairline.offices.queries.laws import law_at, own_rows
from fairline.offices.services import accounts, acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.documents import JSON
from fairline.profiles.deadlines import Period
from fairline.profiles.own_rows import OwnRow, changeable, in_force, laid, refusal
from fairline.profiles.shipped import for_desks
from fairline.seal.primitives import H

ASK: Final = "propose law row"
AGREE: Final = "law row"
WITHDRAW: Final = "withdraw law row"
AHEAD_DAYS: Final = 366
"""Nobody plans a period longer ahead; a slip of the year would stand in public."""


def digest(row: OwnRow) -> bytes:
    """Return what both acts name as ``after``: H over law, row, period and first day, one a line."""
    period = f"{row.period.amount} {row.period.unit}"
    return H(f"{row.law}\n{row.row}\n{period}\n{row.starts.isoformat()}".encode())


def check(office: bytes, row: OwnRow, today: date) -> None:
    """Refuse a row that the law forbids, that changes nothing, or that would count for what has begun.

    Raises:
        Problem: 404 ``no-row``; 422 ``slower``, ``too-short``, ``starts``; 409 ``same``.
    """
    law = law_at(office, row.law, row.starts) if row.law in for_desks() else None
    match "not-counted" if law is None else refusal(law, row.row, row.period):
        case "slower":
            message = _("An office may be quicker than its law, and never slower. Nothing was changed.")
            raise Problem(422, "slower", message)
        case "too-short":
            message = _(
                "That is too short: a case is kept for 30 days at least, so that people can ask for another look. "
                "Nothing was changed."
            )
            raise Problem(422, "too-short", message)
        case None:
            pass
        case _:
            message = _("The line does not count the days of this row, so nobody could promise fewer of them.")
            raise Problem(404, "no-row", message)
    if not today < row.starts <= today + timedelta(days=AHEAD_DAYS):
        message = _("Please choose a day after today, within a year: what has begun keeps the period that it had.")
        raise Problem(422, "starts", message)
    if row.period == counting(office, row.law, row.row, row.starts):
        raise Problem(409, "same", _("That is the period that counts already. Nothing was changed."))


def counting(office: bytes, law: str, row: str, day: date) -> Period:
    """Return the period that counts for what begins on ``day``: the office's own, or the law's."""
    rows = in_force(own_rows(office).rows, day)
    return changeable(laid(law_at(office, law, day), rows))[row][0]


def propose(office: Office, member: Member, row: OwnRow, act: SignedAct, now: datetime) -> bytes:
    """Ask for a row; it takes the place of what waits for the same one. Return its id.

    Raises:
        Problem: as ``check``; 422 ``act``; as ``acts.record``.
    """
    today = clock.day(now, office.zone)
    with writing():
        check(office.id, row, today)
        acts.record(office.id, member.id, member.sign, act=act, deed=Deed(ASK, office.id, after=digest(row)), now=now)
        OwnLawRow.objects.filter(office=office.id, law=row.law, row=row.row, day=None).delete()
        last = OwnLawRow.objects.filter(office=office.id).aggregate(last=Max("number"))["last"] or 0
        made = OwnLawRow.objects.create(
            office=office.id, number=last + 1, law=row.law, row=row.row, amount=row.period.amount,
            unit=row.period.unit.value, starts=row.starts, what=act.what, asked_by=member.id,
            asked=today,
        )  # fmt: skip
    return bytes(made.id)


def agree(office: Office, member: Member, key: bytes, act: SignedAct, now: datetime) -> None:
    """Agree to what somebody else asked for; from its day on it counts, and everybody reads it on the public pages.

    Raises:
        Problem: 404 ``not-asked``; 409 ``same-person``; as ``check``; 422 ``act``; as ``acts.record``.
    """
    today = clock.day(now, office.zone)
    with writing():
        asked = next((one for one in own_rows(office.id, today).asked if one.id == key), None)
        if asked is None:
            raise Problem(404, "not-asked", _("Nobody asks for that any more. Nothing was changed."))
        if asked.asked_by == member.id:
            raise Problem(409, "same-person", _("Whoever asks cannot agree: somebody else must. Nothing was changed."))
        check(office.id, asked.row, today)
        deed = Deed(AGREE, office.id, before=H(asked.what), after=digest(asked.row))
        acts.record(office.id, member.id, member.sign, act=act, deed=deed, now=now)
        if not OwnLawRow.objects.filter(id=key, day=None).update(agreed_by=member.id, day=today):
            raise Problem(404, "not-asked", _("Nobody asks for that any more. Nothing was changed."))
    publication.publish(office.id, "account", JSON, accounts.written(office, today), today)


def refuse(office: Office, member: Member, key: bytes, act: SignedAct, now: datetime) -> None:
    """Take back what waits. That it was asked for, and who took it back, stays in the record.

    Raises:
        Problem: 404 ``not-asked``; 422 ``act``; as ``acts.record``.
    """
    with writing():
        waiting = OwnLawRow.objects.select_for_update().filter(office=office.id, id=key, day=None).first()
        if waiting is None:
            raise Problem(404, "not-asked", _("Nobody asks for that any more. Nothing was changed."))
        deed = Deed(WITHDRAW, office.id, before=H(bytes(waiting.what)))
        acts.record(office.id, member.id, member.sign, act=act, deed=deed, now=now)
        waiting.delete()
