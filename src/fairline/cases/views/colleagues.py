"""Who handles reports here, what lies on their table, and who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases import absence
from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from fairline.cases.absence import Colleague


def board(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with everybody who handles reports: cases open, cases due, and days on which they are away."""
    member, today = member_of(request, office), today_at(office)
    people = [_row(one) for one in absence.colleagues(member, today)]
    return JsonResponse({"v": 1, "today": today.isoformat(), "people": people})


def absences(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with who is away or will be."""
    found = absence.absences(member_of(request, office), today_at(office))
    away = [{"member": b64(one), **_days(days)} for one, days in sorted(found.items())]
    return JsonResponse({"v": 1, "away": away})


def leave(request: HttpRequest, office: bytes) -> JsonResponse:
    """Say that one is away: ``{"since", "until"}``, both counted."""
    member = member_of(request, office)
    sent = fields(request, "since", "until")
    try:
        since, until = as_day(sent["since"]), as_day(sent["until"])
    except MalformedError as error:
        raise malformed(error) from error
    absence.leave(member, since, until, today_at(office))
    return JsonResponse({})


def come_back(request: HttpRequest, office: bytes) -> JsonResponse:
    """Say that one is here."""
    absence.come_back(member_of(request, office))
    return JsonResponse({})


def _row(one: Colleague) -> dict[str, Any]:
    found = {"member": b64(one.member), "open": one.open, "due": one.due}
    return found if one.absent is None else found | {"absent": _days(one.absent)}


def _days(days: tuple[date, date]) -> dict[str, str]:
    return {"since": days[0].isoformat(), "until": days[1].isoformat()}
