"""A member's calendars of what is due: made, taken back, and asked for by a program that cannot sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from fairline.cases import calendar_feed, rights
from fairline.cases.views.bodies import fields, member_of, today_at
from fairline.core.problems import of_status
from fairline.offices.services import calendar_keys
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest


def held(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the desks of which the member has a calendar, and since when; never with an address."""
    found = calendar_keys.held(member_of(request, office).id)
    return JsonResponse({"v": 1, "calendars": {b64(desk): made.isoformat() for desk, made in found.items()}})


def make(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Answer with the secret of a new calendar of a desk of the member's, once; the one before ends."""
    member = member_of(request, office)
    fields(request)
    _own_desk(request, office, desk)
    return JsonResponse({"v": 1, "secret": b64(calendar_keys.made(member.id, desk, today_at(office)))})


def take_back(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """End the member's calendar of a desk, also of one at which they work no more."""
    member = member_of(request, office)
    fields(request)
    calendar_keys.taken_back(member.id, desk)
    return held(request, office)


def feed(request: HttpRequest, office: bytes, secret: bytes) -> HttpResponse:  # noqa: ARG001 - a program asks, no session
    """Answer a calendar program with the days on which something is due; 404 for whatever opens nothing."""
    opened = calendar_keys.opened(office, secret)
    if opened is None:
        raise of_status(404)
    today = today_at(office)
    days, late = calendar_feed.due_days(opened.member, opened.desk, today)
    told = calendar_feed.feed(secret, days, today, late=late)
    answer = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="due.ics"'
    return answer


def _own_desk(request: HttpRequest, office: bytes, desk: bytes) -> None:
    if desk not in rights.desks_of(member_of(request, office)):
        raise of_status(404)
