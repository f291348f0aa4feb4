"""A case ends or goes on; a report that was set aside is taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases import closing
from fairline.cases.closing import Closing, Decided
from fairline.cases.views.bodies import malformed, today_at
from fairline.cases.views.case import promised, read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, read_post, require_fields
from fairline.seal.closing import read_amounts
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_flag, as_list, whole
from fairline.seal.panel import MOST
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, SIGNATURE_SIZE
from fairline.seal.protecting import read_protection_slip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest


def close(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Close a case with an outcome; the grounds are a message to the reporting person."""
    member = signer(request, office)
    try:
        new = _closing(*parcels.read(request.body), thread)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        return promised(closing.close(member, thread, new, today_at(office), clock.now()))


def reopen(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Go on with a closed case."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        closing.reopen(member, thread, act, clock.now())
    return JsonResponse({})


def take_up(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Take up again what was set aside."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        closing.take_up(member, thread, act, clock.now())
    return JsonResponse({})


def _closing(head: Mapping[str, Any], bodies: Sequence[bytes], thread: bytes) -> Closing:
    require_fields(head, ("v", "outcome", "class", "act", "files"), ("amounts", "test", "panel", "protection"))
    if len(bodies) != 1 or not isinstance(head["outcome"], str) or not isinstance(head["class"], str):
        raise MalformedError("files", "A case closes with one message.")
    grounds = read_post(*parcels.read(bodies[0]))
    if grounds.thread != thread:
        raise MalformedError("thread", "What was sent belongs to another report.")
    amounts = whole(head["amounts"], read_amounts) if "amounts" in head else None
    test = as_flag(head["test"]) if "test" in head else False
    decided = _decided(head["panel"]) if "panel" in head else None
    protection = read_protection_slip(head["protection"]) if "protection" in head else None
    return Closing(head["outcome"], head["class"], grounds, read_act(head["act"]), amounts, test, decided, protection)


def _decided(value: Any) -> Decided:
    if not isinstance(value, dict):
        raise MalformedError("json-type", "What a panel decided is an object.")
    require_fields(value, ("about", "votes"), (), versioned=False)
    votes = []
    for row in as_list(value["votes"], MOST):
        if not isinstance(row, dict):
            raise MalformedError("json-type", "A vote is an object.")
        require_fields(row, ("member", "sig"), (), versioned=False)
        votes.append((raw_field(row, "member", ID_SIZE), raw_field(row, "sig", SIGNATURE_SIZE)))
    return Decided(raw_field(value, "about", HASH_SIZE), tuple(votes))
