"""What a member does with a thread: declares, marks as read, writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import gettext as _

from fairline.cases import services
from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.line import parcels
from fairline.line.heads import read_post
from fairline.seal.errors import MalformedError

if TYPE_CHECKING:
    from django.http import HttpRequest


def declare(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Keep the member's declaration about themselves."""
    member = member_of(request, office)
    services.declare(member, thread, str(fields(request, "kind")["kind"]), clock.now())
    return JsonResponse({})


def read(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Keep how far the member has read: ``{"marks": {chain: n}}``."""
    member = member_of(request, office)
    marks = fields(request, "marks")["marks"]
    if not isinstance(marks, dict) or not all(type(n) is int for n in marks.values()):
        raise malformed(MalformedError("json-type", "Marks are numbers by chain."))
    for chain, n in marks.items():
        services.mark_read(member, thread, chain, n, clock.now())
    return JsonResponse({})


def post(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Store a message or a note that the member's browser has sealed and signed."""
    member = member_of(request, office)
    try:
        head, files = parcels.read(request.body)
        new = read_post(head, files)
    except MalformedError as error:
        raise malformed(error) from error
    if new.thread != thread:
        raise Problem(400, "thread", _("What was sent belongs to another report. Nothing was stored."))
    promise = services.post(member, new, today_at(office), clock.now())
    return JsonResponse({"promise": promise.fields()} if promise else {})
