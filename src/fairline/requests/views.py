"""Requests for access: recorded, approved, searched for; days, approvals and the sealed request go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, require_fields
from fairline.requests import queries, services
from fairline.requests.services import NewRequest
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, b64

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.http import HttpRequest

    from fairline.offices.queries import MemberFacts
    from fairline.offices.services.acts import SignedAct
    from fairline.requests.queries import Standing

    Step = Callable[[MemberFacts, bytes, SignedAct, date, datetime], None]


def listed(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with all requests, and the sealed words of those that are not over."""
    member, today = member_of(request, office), today_at(office)
    found = queries.of_office(member, today)
    files = [one.row.sealed for one in found if one.row.sealed]
    head = {"v": 1, "today": today.isoformat(), "requests": [_row(one, member.id) for one in found],
            "files": [{"as": "request", "size": len(file)} for file in files]}  # fmt: skip
    return HttpResponse(parcels.write(head, files), content_type="application/octet-stream")


def owed(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the requests for which the member has something to do: ids and days, whom it is about is sealed."""
    member, today = member_of(request, office), today_at(office)
    found = queries.owed_by(member, today)
    return JsonResponse({"v": 1, "today": today.isoformat(), "owed": [
        {"id": b64(one.row.id), "recorded": one.row.recorded.isoformat(), "due": one.due.isoformat(),
         "approved": one.approved, "stranded": one.stranded, "mine": one.row.member == member.id}
        for one in found
    ]})  # fmt: skip


def late(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer leads and oversight with how many requests nobody has answered in their month, and since when."""
    member_of(request, office)
    found = next((one for one in queries.counts(office, today_at(office)) if one.state == "late"), None)
    said = None if found is None else {"count": found.count, "oldest": found.oldest.isoformat()}
    return JsonResponse({"v": 1, "late": said, "ended": queries.ended(office)})


def record(request: HttpRequest, office: bytes) -> JsonResponse:
    """Record a request: a parcel with the sealed envelope."""
    member = signer(request, office)
    try:
        new = _new(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.record(member, new, today_at(office), clock.now())
    return JsonResponse({})


def approve(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Approve a request: ``{"act"}``."""
    return _done(services.approve, request, office, key)


def searched(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Answer with the member's own cases, which their browser searches for an approved request."""
    found = queries.searched(member_of(request, office), key, today_at(office))
    return JsonResponse({"v": 1, "threads": [b64(one) for one in found]})


def ran(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Keep that the member has searched: ``{"act"}``, and nothing of what was found."""
    return _done(services.ran, request, office, key)


def propose_end(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Keep that nobody is left to search, and that the person was told: ``{"act"}``."""
    return _done(services.propose_end, request, office, key)


def end(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """End it as a second person: ``{"act"}``."""
    return _done(services.end, request, office, key)


def _done(step: Step, request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Take one signed step on a request; its body is ``{"act"}`` and nothing else."""
    member, act = signer(request, office), signed(request)
    with refusals():
        step(member, key, act, today_at(office), clock.now())
    return JsonResponse({})


def _row(one: Standing, member: bytes) -> dict[str, object]:
    return {
        "id": b64(one.row.id), "member": b64(one.row.member), "recorded": one.row.recorded.isoformat(),
        "due": one.due.isoformat(), "c": b64(one.row.content), "sealed": bool(one.row.sealed),
        "closed": None if one.row.closed is None else one.row.closed.isoformat(), "over": one.over,
        "approvals": [
            {"member": b64(each.member), "what": b64(each.what), "sig": b64(each.signature)} for each in one.approvals
        ],
        "waiting": [b64(each) for each in sorted(one.waiting)] if one.approved and not one.over else [],
        "stranded": one.stranded, "searched": len(one.runs), "unsearched": one.row.unsearched,
        "ending": {"member": b64(one.row.ending_by), "what": b64(one.row.ending)} if one.row.ending else None,
        "mine": member in one.waiting and one.approved and not one.over,
    }  # fmt: skip


def _new(body: bytes) -> NewRequest:
    head, files = parcels.read(body)
    require_fields(head, ("v", "id", "c", "act", "files"), ())
    if len(files) != 1:
        raise MalformedError("files", "A request is one envelope.")
    return NewRequest(raw_field(head, "id", ID_SIZE), files[0], raw_field(head, "c", HASH_SIZE), read_act(head["act"]))
