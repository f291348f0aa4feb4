"""Custodians' browsers fetch the sealed shares, and bring what they sealed to another custodian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse, JsonResponse

from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, require_fields, whole_number
from fairline.names import passing, shares
from fairline.names.passing import OneShare, PassingOn
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, b64, unb64
from fairline.seal.shares import MOST as MOST_CUSTODIANS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.names.models import PassedShare
    from fairline.names.shares import NameShares, Standing


LONGEST: Final = 10
"""Digits of a place on a chain, and one."""


def shares_of_names(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer a custodian with a page of all names' sealed shares, and those that were passed on to them.

    ``?after=`` what ``next`` of the answer before said.
    """
    member = member_of(request, office)
    try:
        after = _place(request.GET["after"]) if "after" in request.GET else None
    except MalformedError as error:
        raise malformed(error) from error
    page = shares.page(member, after, today_at(office))
    files = [
        file
        for one in page.names
        for file in (*(("share", share) for share in one.post.shares), *(("passed", row.sealed) for row in one.own))
    ]
    head = {
        "v": 1, "next": _next(page.next), "names": [_name(one) for one in page.names],
        "files": [{"as": kind, "size": len(file)} for kind, file in files],
    }  # fmt: skip
    return HttpResponse(parcels.write(head, [file for _kind, file in files]), content_type="application/octet-stream")


def pass_on(request: HttpRequest, office: bytes) -> JsonResponse:
    """Keep shares that a custodian sealed to another."""
    member = signer(request, office)
    try:
        new = _passing(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        passing.pass_on(member, new, today_at(office), clock.now())
    return JsonResponse({})


def gatherings(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer custodians and oversight with who asks for shares, for whom, and who has handed some over."""
    member = member_of(request, office)
    found = shares.gatherings(member.office, today_at(office))
    return JsonResponse({"v": 1, "gatherings": [_gathering(one) for one in found]})


def gather(request: HttpRequest, office: bytes) -> JsonResponse:
    """Ask for shares: ``{"to", "act"}``."""
    member = signer(request, office)
    given = fields(request, "to", "act")
    try:
        to, act = raw_field(given, "to", ID_SIZE), read_act(given["act"])
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        passing.gather(member, to, act, today_at(office), clock.now())
    return JsonResponse({})


def decline_gathering(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Hand nothing over: ``{"act"}``."""
    member, act = signer(request, office), signed(request)
    with refusals():
        passing.decline(member, key, act, today_at(office), clock.now())
    return JsonResponse({})


def end_gathering(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """End it: ``{"act"}``."""
    member, act = signer(request, office), signed(request)
    with refusals():
        passing.end(member, key, act, today_at(office), clock.now())
    return JsonResponse({})


def _place(text: str) -> tuple[bytes, int]:
    thread, _dot, message = text.partition(".")
    if not (message.isascii() and message.isdecimal() and len(message) < LONGEST):
        raise MalformedError("json-type", "A page goes on behind a report and a message.")
    return unb64(thread, ID_SIZE), int(message)


def _next(place: tuple[bytes, int] | None) -> str | None:
    return None if place is None else f"{b64(place[0])}.{place[1]}"


def _passing(body: bytes) -> PassingOn:
    head, bodies = parcels.read(body)
    require_fields(head, ("v", "to", "gathering", "names", "act", "files"), ())
    if not isinstance(head["names"], list) or len(head["names"]) != len(bodies):
        raise MalformedError("files", "Each share is named.")
    gathering = None if head["gathering"] is None else raw_field(head, "gathering", ID_SIZE)
    named = [_share(one, file) for one, file in zip(head["names"], bodies, strict=True)]
    return PassingOn(raw_field(head, "to", ID_SIZE), gathering, named, read_act(head["act"]))


def _share(one: Any, file: bytes) -> OneShare:
    if not isinstance(one, dict):
        raise MalformedError("json-type", "A share is named by its report, its message and its place.")
    require_fields(one, ("thread", "message", "index"), (), versioned=False)
    index = whole_number(one, "index")
    if index >= MOST_CUSTODIANS:
        raise MalformedError("json-type", "No deal has so many shares.")
    return OneShare(raw_field(one, "thread", ID_SIZE), whole_number(one, "message"), index, file)


def _name(one: NameShares) -> dict[str, object]:
    post = one.post
    return {
        "thread": b64(post.thread), "desk": b64(post.desk), "message": post.message, "day": post.day.isoformat(),
        "shares": len(post.shares), "passed": [_passed(row) for row in one.passed],
        "own": [{"index": row.index, "gathering": bool(row.gathering)} for row in one.own],
    }  # fmt: skip


def _passed(row: PassedShare) -> dict[str, object]:
    return {"index": row.index, "to": b64(row.member), "by": b64(row.giver), "gathering": bool(row.gathering)}


def _gathering(one: Standing) -> dict[str, object]:
    row = one.row
    return {
        "id": b64(row.id), "member": b64(row.member), "to": b64(row.successor), "begun": row.begun.isoformat(),
        "until": one.until.isoformat(), "over": one.over,
        "gave": [{"member": b64(giver), "shares": number} for giver, number in one.givers],
        "refused": [{"member": b64(who), "day": said.isoformat()} for who, said in one.refusals],
    }  # fmt: skip
