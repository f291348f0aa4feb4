"""The list of what arrived at a member's desks: places, days and numbers, no word of any report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import queries
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.line.queries import Place
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day
from fairline.seal.primitives import ID_SIZE, b64, unb64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.cases.queries import Arrival


def arrivals(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with a page of the arrivals of each of the member's desks.

    ``?desk=`` names some of them, ``?since=`` a day before which nothing is of interest, ``?after=`` (with one desk)
    what ``next`` of the answer before said, ``?thread=`` a single report.
    """
    member = member_of(request, office)
    # Read before the rows are: what comes in between is told twice and not never.
    today = today_at(office)
    try:
        desks = [unb64(desk, ID_SIZE) for desk in request.GET.getlist("desk")]
        since, after = _day(request.GET.get("since")), _place(request.GET.get("after"), desks)
        only = unb64(request.GET["thread"], ID_SIZE) if "thread" in request.GET else None
    except MalformedError as error:
        raise malformed(error) from error
    page = queries.arrivals(member, desks or None, since=since, after=after, only=only)
    going_on = {b64(desk): f"{place.newest.isoformat()}.{b64(place.id)}" for desk, place in page.next.items()}
    return JsonResponse({"threads": [_row(one) for one in page.rows], "next": going_on, "today": today.isoformat()})


def _day(text: str | None) -> date | None:
    return None if text is None else as_day(text)


def _place(text: str | None, desks: list[bytes]) -> Place | None:
    if text is None:
        return None
    if len(desks) != 1:
        raise MalformedError("json-type", "A page goes on within one desk.")
    day, _dot, key = text.partition(".")
    return Place(as_day(day), unb64(key, ID_SIZE))


def _row(one: Arrival) -> dict[str, object]:
    return {
        "thread": b64(one.line.id),
        "desk": b64(one.line.desk),
        "day": one.line.day.isoformat(),
        "newest": one.line.newest.isoformat(),
        "status": one.line.status,
        "epoch": one.line.epoch,
        "posts": dict(one.line.posts),
        "ours": one.line.ours,
        "unread": one.unread,
        "declared": one.declared,
        **({"assigned": True} if one.assigned else {}),
        **({"opened": True} if one.line.opened else {}),
        **({"alarm": one.alarm} if one.alarm else {}),
    }
