"""How much room is left, and making some: for administrators, and for leads at their desks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import gettext as _

from fairline.core import clock, disk
from fairline.core.problems import Problem, of_status
from fairline.ledger.errors import CounterTakenError
from fairline.line import clearing
from fairline.line.views.bodies import malformed
from fairline.line.views.offices import today_at
from fairline.offices import queries as offices
from fairline.offices.services.acts import SignedAct
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import SIGNATURE_SIZE, b64

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from fairline.core.permissions import Member

ASKED_LIMIT = 64 * 1024
ADMINISTRATOR = "administrator"


def room(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with how full the disk is and what lies at the desks that this member answers for."""
    here = disk.space()
    state = "roomy" if here.takes_files else "no-files" if here.takes_drafts else "text" if here.takes_text else "full"
    piles = clearing.piles(office, _desks(request, office))
    return JsonResponse(
        {
            "v": 1,
            "disk": {"used": round(here.used), "free": here.free, "state": state},
            "desks": {b64(desk): asdict(pile) for desk, pile in piles.items()},
        }
    )


def delete_unfinished(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Delete what no report names at this desk, with the member's signature."""
    if desk not in _desks(request, office):
        raise of_status(404)
    member: Member = request.member  # type: ignore[attr-defined]
    facts = offices.member(office, member.id)
    if facts is None:
        raise of_status(404)
    act = signed(request)
    try:
        count = clearing.delete_unfinished(office, desk, facts, act=act, now=clock.now(), today=today_at(office))
    except CounterTakenError as error:
        message = _("Something else was signed in another window first. Nothing was changed; please try again.")
        raise Problem(409, "counter", message) from error
    except FairlineError as error:
        raise Problem(422, error.code, error.sentence) from error
    return JsonResponse({"v": 1, "deleted": count})


def signed(request: HttpRequest) -> SignedAct:
    """Return the act that the request carries: ``{"act": {"what": b64, "sig": b64}}``.

    Raises:
        Problem: 400 with the code of what is wrong with it.
    """
    try:
        return whole(
            jsontext.parse(request.body, ASKED_LIMIT),
            lambda fields: whole(
                fields.value("act"), lambda inner: SignedAct(inner.raw("what"), inner.raw("sig", SIGNATURE_SIZE))
            ),
        )
    except MalformedError as error:
        raise malformed(error) from error


def _desks(request: HttpRequest, office: bytes) -> Collection[bytes]:
    member: Member = request.member  # type: ignore[attr-defined]
    there = [one.id for one in offices.desks(office)]
    if ADMINISTRATOR in member.roles:
        return there
    return [desk for desk in there if f"lead@{b64(desk)}" in member.roles]
