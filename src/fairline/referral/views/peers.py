"""The offices that the charter names: what is said of each, and what its report door is asked by a member's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse

from fairline.cases.views.bodies import malformed, member_of
from fairline.cases.views.case import read_act, refusals, signer
from fairline.core import clock
from fairline.core.problems import of_status
from fairline.line.heads import require_fields
from fairline.referral import passing, queries, services
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import unb64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.offices.services.acts import SignedAct

LIMIT = 32 * 1024


def listed(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the offices that the charter in force names."""
    return JsonResponse({"v": 1, "peers": queries.peers(member_of(request, office).office)})


def say(request: HttpRequest, office: bytes, peer: bytes) -> JsonResponse:
    """Keep what another office is for."""
    member = signer(request, office)
    try:
        document, act = _said(jsontext.parse(request.body, LIMIT))
        with refusals():
            services.say_competence(member, peer, document, act, clock.now())
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({})


def manifest(request: HttpRequest, office: bytes, peer: bytes) -> HttpResponse:
    """Answer with the other office's documents, unproven."""
    return _bytes(passing.manifest(member_of(request, office), peer))


def public(request: HttpRequest, office: bytes, peer: bytes, at: bytes, what: str) -> HttpResponse:
    """Answer with one public file of the other office."""
    return _bytes(passing.public(member_of(request, office), peer, at, what))


def carry(request: HttpRequest, office: bytes, peer: bytes, at: bytes, what: str) -> HttpResponse:
    """Read or write in the mailbox of a referral."""
    member = member_of(request, office)
    match what:
        case "mailbox":
            return _bytes(passing.mailbox(member, peer, at, request.body))
        case "post":
            return _bytes(passing.post(member, peer, at, request.body))
        case _:
            raise of_status(404)


def _said(found: Any) -> tuple[bytes, SignedAct]:
    if not isinstance(found, dict):
        raise MalformedError("json-type", "What is said of an office is an object.")
    require_fields(found, ("document", "act"), (), versioned=False)
    return unb64(found["document"]), read_act(found["act"])


def _bytes(body: bytes) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/octet-stream")
    answer["Cache-Control"] = "no-store"
    return answer
