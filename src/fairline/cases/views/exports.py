"""A case is taken out: the office learns of it, and never what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import exporting
from fairline.cases.exporting import TakenOut
from fairline.cases.views.bodies import malformed
from fairline.cases.views.case import CHAINS, LIMIT, read_act, refusals, signer
from fairline.core import clock
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.offices.services.acts import SignedAct
    from fairline.seal.fields import Fields


def take_out(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """``{"reason", "digest", "read", "act"}`` → the act's row and the office's promise of it, for the file."""
    member = signer(request, office)
    try:
        out, act = whole(jsontext.parse(request.body, LIMIT), _taken_out)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        recorded = exporting.take_out(member, thread, out, act, clock.now())
    return JsonResponse({"row": b64(recorded.row), "promise": recorded.promise.fields()})


def _taken_out(fields: Fields) -> tuple[TakenOut, SignedAct]:
    read = whole(fields.value("read"), lambda one: {chain: one.integer(chain) for chain in CHAINS if one.has(chain)})
    return TakenOut(fields.text("reason"), fields.hash("digest"), read), read_act(fields.value("act"))
