"""Two people of the office delete a file of a report: one asks, one agrees, each with a signed act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases import erasing
from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals
from fairline.core import clock
from fairline.line.erasing import Which
from fairline.offices import queries as offices
from fairline.offices.services.acts import SignedAct
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import b64

if TYPE_CHECKING:

    from django.http import HttpRequest

    from fairline.line.models import Erasure


def erasures(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with what was deleted of the report's files, and what is asked; the act of who asked comes with it."""
    member = member_of(request, office)
    rows = erasing.shown(member, thread, today_at(office))
    return JsonResponse({"v": 1, "files": [_row(row) for row in rows]})


def ask(request: HttpRequest, office: bytes, thread: bytes, blob: bytes) -> JsonResponse:
    """Ask to delete a file: ``{"reason", "act"}``."""
    member = member_of(request, office)
    sent = fields(request, "reason", "act")
    which, act = Which(office, thread, blob, today_at(office)), _act(sent["act"])
    with refusals():
        erasing.ask(member, which, str(sent["reason"]), act, clock.now())
    return JsonResponse({"v": 1})


def agree(request: HttpRequest, office: bytes, thread: bytes, blob: bytes) -> JsonResponse:
    """Agree, which deletes it: ``{"act"}``."""
    member = member_of(request, office)
    which, act = Which(office, thread, blob, today_at(office)), _act(fields(request, "act")["act"])
    with refusals():
        erasing.agree(member, which, act, clock.now())
    return JsonResponse({"v": 1})


def _row(row: Erasure) -> dict[str, Any]:
    asker = offices.member(row.office, row.asked_by)
    found = {
        "blob": b64(row.blob), "reason": row.reason, "member": b64(row.asked_by), "name": asker.alias if asker else "",
        "asked": row.asked.isoformat(), "what": b64(row.what),
    }  # fmt: skip
    return found if row.day is None else {**found, "day": row.day.isoformat()}


def _act(value: Any) -> SignedAct:
    try:
        return read_act(value)
    except MalformedError as error:
        raise malformed(error) from error
