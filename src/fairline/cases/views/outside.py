"""A document goes to a helper outside the office; and their mailbox ends before its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import outside
from fairline.cases.outside import GivenOutside
from fairline.cases.views.bodies import LIMIT, malformed, today_at
from fairline.cases.views.case import read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line.heads import raw_field, require_fields
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day
from fairline.seal.primitives import HASH_SIZE

if TYPE_CHECKING:
    from django.http import HttpRequest


def give(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Keep that a document of the case goes out: ``{"note", "until", "act"}``."""
    member = signer(request, office)
    try:
        new = _given(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        outside.give(member, thread, new, today_at(office), clock.now())
    return JsonResponse({})


def end(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """End a helper's mailbox: ``{"act"}``."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        outside.end(member, thread, act, today_at(office), clock.now())
    return JsonResponse({})


def _given(body: bytes) -> GivenOutside:
    head = jsontext.parse(body, LIMIT)
    if not isinstance(head, dict):
        raise MalformedError("json-type", "This is described by an object.")
    require_fields(head, ("note", "until", "act"), (), versioned=False)
    return GivenOutside(raw_field(head, "note", HASH_SIZE), as_day(head["until"]), read_act(head["act"]))
