"""Steps of protection come in; days go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import read_post, require_fields
from fairline.protection import queries, services
from fairline.protection.services import Step
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with the two days of a case."""
    return JsonResponse({"v": 1, **queries.of_thread(member_of(request, office), thread)})


def protect(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Keep a sealed note of protection and its days."""
    member = signer(request, office)
    try:
        step = _step(*parcels.read(request.body), thread)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.protect(member, thread, step, today_at(office), clock.now())
    return JsonResponse({})


def reviews(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the reviews in the member's own cases."""
    found = queries.reviews_of(member_of(request, office))
    rows = [{"thread": b64(one.thread), "desk": b64(one.desk), "due": one.due.isoformat()} for one in found]
    return JsonResponse({"v": 1, "today": today_at(office).isoformat(), "reviews": rows})


def late(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with how many reviews are late at the desks that this member answers for."""
    found = queries.late_of(member_of(request, office), today_at(office))
    rows = [{"desk": b64(one.desk), "count": one.count, "oldest": one.oldest.isoformat()} for one in found]
    return JsonResponse({"v": 1, "late": rows})


def _step(head: Mapping[str, Any], bodies: Sequence[bytes], thread: bytes) -> Step:
    require_fields(head, ("v", "act", "files"), ("review", "offer"))
    if len(bodies) != 1:
        raise MalformedError("files", "A step is one note.")
    note = read_post(*parcels.read(bodies[0]))
    if note.thread != thread or note.chain != "i":
        raise MalformedError("thread", "What was sent belongs to another report.")
    review, offer = (as_day(head[name]) if name in head else None for name in ("review", "offer"))
    return Step(note, review, offer, read_act(head["act"]))
