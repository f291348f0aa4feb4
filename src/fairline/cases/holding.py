"""A legal hold: two people say why something must not be deleted before a day, and everybody who reads it sees that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.models import ASKED_HOLD, HELD_BACK, Hold
from fairline.cases.services import did, locked, require_declaration
from fairline.core.limits import ERASURE_DAYS, HOLD_AGAIN_DAYS, LEGAL_HOLD_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from fairline.offices.queries import MemberFacts

REASONS: Final = ("court", "authority", "inquiry", "claim", "review")
"""Proceedings; an authority demands it; another inquiry needs it; somebody's claim; the outcome is under review."""
ASK: Final = "request hold"
HOLD: Final = "hold"


def ask(
    member: MemberFacts, thread: bytes, reason: str, until: date, *, act: SignedAct, today: date, now: datetime
) -> None:
    """Hold something back. It holds at once, and falls after a week unless a second person agrees.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``asked``, ``again`` (theirs has fallen within thirty days); 422
            ``reason``, ``until``, ``act``.
    """
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    if reason not in REASONS:
        raise Problem(422, "reason", _("Please choose one of the reasons that are offered."))
    if not today <= until <= today + timedelta(days=LEGAL_HOLD_DAYS):
        raise Problem(422, "until", _("A hold ends on a day that you name, a year from now at the latest."))
    with writing():
        locked(member, thread)
        if _pending(member.office, thread, today).exists():
            raise Problem(409, "asked", _("Somebody has asked for that already. Please look at the report again."))
        _require_not_again(member, thread, today)
        _same(act, {"reason": reason, "until": until.isoformat()})
        acts.record(member.office, member.id, member.sign, act=act, deed=Deed(ASK, thread), now=now)
        Hold.objects.create(
            office=member.office, thread=thread, reason=reason, until=until, asked_by=member.id, asked=today,
            what=act.what,
        )  # fmt: skip
        did(member, thread, ASKED_HOLD, now)


def agree(member: MemberFacts, thread: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Agree to a hold; it takes the place of the one before, also where it ends sooner.

    Raises:
        Problem: 404 ``no-thread``, ``not-asked``; 409 ``declare``, ``same-person``; 422 ``act``.
    """
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    with writing():
        locked(member, thread)
        row = _pending(member.office, thread, today).first()
        if row is None:
            raise Problem(404, "not-asked", _("Nobody asks for that any more. Nothing was changed."))
        if bytes(row.asked_by) == member.id:
            message = _("Whoever asks cannot agree: somebody else who reads this report must. Nothing was changed.")
            raise Problem(409, "same-person", message)
        _same(act, {"reason": row.reason, "until": row.until.isoformat(), "request": b64(H(bytes(row.what)))})
        acts.record(member.office, member.id, member.sign, act=act, deed=Deed(HOLD, thread), now=now)
        Hold.objects.filter(office=member.office, thread=thread).exclude(id=row.id).delete()
        Hold.objects.filter(id=row.id).update(agreed_by=member.id, day=today)
        did(member, thread, HELD_BACK, now)


def pending(office: bytes, thread: bytes, today: date) -> Hold | None:
    """Return the hold that waits for a second person."""
    return _pending(office, thread, today).first()


def _require_not_again(member: MemberFacts, thread: bytes, today: date) -> None:
    """One person who asks anew each time their hold has fallen would hold a report back for ever, with nobody else."""
    theirs = Hold.objects.filter(office=member.office, thread=thread, day=None, asked_by=member.id)
    fallen = [min(asked + timedelta(days=ERASURE_DAYS), until) for asked, until in theirs.values_list("asked", "until")]
    if any(today <= day + timedelta(days=HOLD_AGAIN_DAYS) for day in fallen):
        message = _(
            "Nobody agreed to your last hold on this report. You can ask again thirty days after it fell; somebody "
            "else who reads it can ask today. Nothing was changed."
        )
        raise Problem(409, "again", message)


def _pending(office: bytes, thread: bytes, today: date) -> QuerySet[Hold]:
    oldest = today - timedelta(days=ERASURE_DAYS)
    return Hold.objects.filter(office=office, thread=thread, day=None, asked__gte=oldest, until__gte=today)


def _same(act: SignedAct, expected: dict[str, str]) -> None:
    said = parse_what(act.what).fields
    if any(said.get(name) != value for name, value in expected.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
