"""Many reports at once: fetched in few requests, declared on, read and set aside together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse, JsonResponse

from fairline.cases import many, queries
from fairline.cases.views.bodies import malformed, member_of
from fairline.cases.views.case import read_act, refusals, signer
from fairline.cases.views.thread import parcel
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, require_fields
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, b64, unb64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.cases.models import AsideBatch

LIMIT: Final = 128 * 1024
MOST: Final = 32
"""Threads of one answer."""
BYTES: Final = 2 << 20
"""An answer that has come to so many bytes takes in no more threads: whoever asks gets the rest one by one."""


def threads(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with several threads, each as its own parcel; those that this member may not read lack."""
    member = member_of(request, office)
    try:
        asked = [unb64(one, ID_SIZE) for one in request.GET.getlist("thread")]
    except MalformedError as error:
        raise malformed(error) from error
    if not 0 < len(set(asked)) == len(asked) <= MOST:
        raise malformed(MalformedError("json-type", "Some threads are asked for, none of them twice."))
    bodies: list[bytes] = []
    for opened in queries.threads(member, asked):
        if sum(map(len, bodies)) < BYTES:
            bodies.append(parcel(office, opened))
    head = {"v": 1, "files": [{"as": "thread", "size": len(body)} for body in bodies]}
    return HttpResponse(parcels.write(head, bodies), content_type="application/octet-stream")


def declare(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Keep one declaration of the member's for many reports: ``{"threads"}``; the answer names those it holds for."""
    member = member_of(request, office)
    body = _body(request, "threads")
    declared = many.declare(member, desk, _ids(body["threads"]), clock.now())
    return JsonResponse({"declared": [b64(one) for one in declared]})


def read(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Keep which reports the member has had on the screen: ``{"threads"}``."""
    member = member_of(request, office)
    body = _body(request, "threads")
    many.mark_read(member, desk, _ids(body["threads"]), clock.now())
    return JsonResponse({})


def set_aside(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Set many reports of a desk aside, with one act and one reason."""
    member = signer(request, office)
    body = _body(request, "threads", "read", "reason", "act")
    chosen, was_read, reason = _ids(body["threads"]), _ids(body["read"]), str(body["reason"])
    try:
        act = read_act(body["act"])
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        many.set_aside(member, desk, chosen, was_read, reason, act=act, now=clock.now())
    return JsonResponse({})


def batches(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Answer with what was set aside at this desk: by whom, when, why, how many, and how many of them were read."""
    found = many.batches(member_of(request, office), desk)
    return JsonResponse({"v": 1, "batches": [_batch(one) for one in found]})


def _batch(one: AsideBatch) -> dict[str, object]:
    return {
        "member": b64(one.member), "at": one.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "reason": one.reason,
        "reports": one.reports, "read": one.read,
    }  # fmt: skip


def _body(request: HttpRequest, *names: str) -> dict[str, Any]:
    try:
        found = jsontext.parse(request.body, LIMIT)
        fields: dict[str, Any] = found if isinstance(found, dict) else {}
        require_fields(fields, names, (), versioned=False)
    except MalformedError as error:
        raise malformed(error) from error
    return fields


def _ids(value: Any) -> list[bytes]:
    if not isinstance(value, list):
        raise malformed(MalformedError("json-type", "Reports are named in a list."))
    try:
        return [raw_field({"thread": one}, "thread", ID_SIZE) for one in value]
    except MalformedError as error:
        raise malformed(error) from error
