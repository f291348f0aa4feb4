"""The person concerned: how a case stands towards them, and the steps of informing and hearing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import hearing_steps, rights
from fairline.cases.hearing import Step
from fairline.cases.hearing_steps import Wanted
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import LIMIT, read_act, refusals, signer
from fairline.core import clock
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import HASH_SIZE, b64, unb64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.cases.hearing import Happened, Request, Standing
    from fairline.offices.services.acts import SignedAct
    from fairline.seal.fields import Fields


def board(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the member's own cases in which a person concerned waits to be informed."""
    rows = hearing_steps.of_member(member_of(request, office), today_at(office))
    told = [
        {"thread": b64(one.thread), "desk": b64(one.desk), "began": one.began.isoformat(), **_told(one.standing)}
        for one in rows
    ]
    waits = hearing_steps.waiting_in(member_of(request, office))
    asked = [{"thread": b64(thread), **_request(one)} for thread, one in waits]
    return JsonResponse({"v": 1, "cases": told, "requests": asked})


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with how one case stands towards the person concerned; ``null`` for what is no case."""
    rights.desk_of(member_of(request, office), thread)
    return _answer(office, thread)


def take(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Do a step: ``{"step", "reason", "about", "days", "act"}``."""
    member = signer(request, office)
    try:
        wanted, act = whole(jsontext.parse(request.body, LIMIT), _asked)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        hearing_steps.take(member, thread, wanted, act=act, today=today_at(office), now=clock.now())
    return _answer(office, thread)


def _answer(office: bytes, thread: bytes) -> JsonResponse:
    found = hearing_steps.of_thread(office, thread, today_at(office))
    asked = [_request(one) for one in hearing_steps.in_mailbox(office, thread)]
    steps = [_step(one) for one in hearing_steps.steps_of(office, thread)]
    told = None if found is None else _told(found)
    return JsonResponse({"v": 1, "hearing": told, "requests": asked, "steps": steps})


def _step(one: Happened) -> dict[str, object]:
    until = None if one.until is None else one.until.isoformat()
    return {"step": one.step, "reason": one.reason, "day": one.day.isoformat(), "until": until}


def _request(one: Request) -> dict[str, object]:
    answered = None if one.answered is None else one.answered.isoformat()
    return {
        "kind": one.kind, "asked": one.asked.isoformat(), "due": one.due.isoformat(), "answered": answered,
        "decision": one.decision,
    }  # fmt: skip


def _asked(fields: Fields) -> tuple[Wanted, SignedAct]:
    about = fields.text("about")
    step = Step(fields.one("step", tuple(Step)))
    draft = unb64(about, HASH_SIZE) if about else b""
    wanted = Wanted(step, fields.text("reason"), draft, fields.integer("days", 0, 999))
    return wanted, read_act(fields.value("act"))


def _told(found: Standing) -> dict[str, object]:
    return {
        "state": found.state,
        "due": None if found.due is None else found.due.isoformat(),
        "reason": found.reason,
        "agreed": b64(found.agreed),
        "until": None if found.until is None else found.until.isoformat(),
        "heard": found.heard,
        "given": sorted(b64(one) for one in found.given),
        "waits": [b64(one) for one in found.waits],
        "substantiable": found.allows("substantiated"),
    }
