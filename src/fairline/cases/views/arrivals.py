"""The list of what arrived at a member's desks: places, days and sizes, no word of any report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import queries
from fairline.cases.views.bodies import malformed, member_of
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, b64, unb64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.cases.queries import Arrival


def arrivals(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the arrivals of all the member's desks, or of ``?desk=`` only."""
    member = member_of(request, office)
    try:
        asked = [unb64(desk, ID_SIZE) for desk in request.GET.getlist("desk")]
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({"threads": [_row(one) for one in queries.arrivals(member, asked or None)]})


def _row(one: Arrival) -> dict[str, object]:
    posts = [
        {"chain": post.chain, "n": post.n, "day": post.day.isoformat(), "size": post.size} for post in one.line.posts
    ]
    return {
        "thread": b64(one.line.id),
        "desk": b64(one.line.desk),
        "day": one.line.day.isoformat(),
        "status": one.line.status,
        "epoch": one.line.epoch,
        "posts": posts,
        "unread": one.unread,
        "declared": one.declared,
    }
