"""A name is asked for, custodians answer; sealed requests, shares and what proves them go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.cases.views.case import promised, read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, read_post, require_fields, whole_number
from fairline.names import queries, services, shares
from fairline.names.services import Asking, Refusal, Release
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, b64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.names.queries import ForCustodian, Proof, Standing


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> HttpResponse:
    """Answer who is assigned with the requests about a case; their asker with what was handed over, too."""
    member = member_of(request, office)
    found = queries.of_thread(member, thread, today_at(office))
    rows, files = [], []
    for one in found:
        mine = one.standing.row.member == member.id
        releases = [answer for answer in one.standing.answers if answer.sealed and mine and not one.standing.over]
        rows.append(_row(one.standing) | {"mine": mine, "name": bool(one.name), "releases": len(releases)})
        files += [("request", one.standing.row.sealed), *(("release", answer.sealed) for answer in releases)]
        files += [("identity", one.name)] if one.name else []
    return _parcel({"requests": rows}, files)


def ask_for(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Ask for a name: the sealed request, and the message that tells the reporting person, where they are told."""
    member = signer(request, office)
    try:
        new = _asking(request.body, thread)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        return promised(services.ask(member, thread, new, today_at(office), clock.now()))


def listed(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer custodians with what is asked, what proves it, and the shares; oversight with all but the shares."""
    member, today = member_of(request, office), today_at(office)
    rows, files = [], []
    for one in queries.of_office(member, today):
        rows.append(_row(one.standing) | _proofs(one) | {"shares": len(one.shares), "passed": len(one.kept)})
        files += [("request", one.standing.row.sealed), *(("share", share) for share in one.shares)]
        files += [("passed", share) for share in one.kept]
    return _parcel({"today": today.isoformat(), "requests": rows}, files)


def owed(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what waits for this member: as a custodian their answer and shares, as an asker what was answered."""
    member, today = member_of(request, office), today_at(office)
    waiting = [{"asked": one.row.asked.isoformat(), "until": one.until.isoformat()}
               for one in queries.owed_by(member, today)]  # fmt: skip
    asked = [{"thread": b64(one.row.thread), "asked": one.row.asked.isoformat(), "until": one.until.isoformat(),
              "released": sum(bool(answer.sealed) for answer in one.answers), "answers": len(one.answers)}
             for one in queries.asked_by(member, today)]  # fmt: skip
    gatherings = [{"until": one.until.isoformat()} for one in shares.asked_of(member, today)]
    return JsonResponse({"v": 1, "waiting": waiting, "gatherings": gatherings, "asked": asked})


def release(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Keep a custodian's share, sealed to the asker."""
    member = signer(request, office)
    try:
        new = _release(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.release(member, key, new, today_at(office), clock.now())
    return JsonResponse({})


def decline(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Keep that a custodian hands nothing over: ``{"reason", "act"}``."""
    member = signer(request, office)
    given = fields(request, "reason", "act")
    try:
        new = Refusal(str(given["reason"]), read_act(given["act"]))
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.decline(member, key, new, today_at(office), clock.now())
    return JsonResponse({})


def take_back(request: HttpRequest, office: bytes, key: bytes) -> JsonResponse:
    """Take a request back: ``{"act"}``."""
    member, act = signer(request, office), signed(request)
    with refusals():
        services.take_back(member, key, act, today_at(office), clock.now())
    return JsonResponse({})


def _asking(body: bytes, thread: bytes) -> Asking:
    head, bodies = parcels.read(body)
    require_fields(head, ("v", "message", "c", "act", "files"), ())
    if [row.get("as") for row in head["files"]] not in (["request"], ["request", "message"]):
        raise MalformedError("files", "A request comes alone, or with the message that tells the reporting person.")
    notice = read_post(*parcels.read(bodies[1])) if len(bodies) > 1 else None
    if notice is not None and (notice.thread, notice.chain) != (thread, "o"):
        raise MalformedError("thread", "What was sent belongs to another report.")
    content = raw_field(head, "c", HASH_SIZE)
    return Asking(whole_number(head, "message"), bodies[0], content, notice, read_act(head["act"]))


def _release(body: bytes) -> Release:
    head, bodies = parcels.read(body)
    require_fields(head, ("v", "c", "act", "files"), ())
    if len(bodies) != 1:
        raise MalformedError("files", "A share is handed over in one envelope.")
    return Release(bodies[0], raw_field(head, "c", HASH_SIZE), read_act(head["act"]))


def _row(one: Standing) -> dict[str, object]:
    row = one.row
    return {
        "id": b64(row.id), "thread": b64(row.thread), "desk": b64(row.desk), "message": row.message,
        "member": b64(row.member), "c": b64(row.content), "asked": row.asked.isoformat(),
        "until": one.until.isoformat(), "over": one.over, "told": None if row.told is None else row.told.isoformat(),
        "answers": [{"member": b64(each.member), "day": each.day.isoformat(), "reason": each.reason}
                    for each in one.answers],
    }  # fmt: skip


def _proofs(one: ForCustodian) -> dict[str, object]:
    return {"asked_by": _proof(one.asked), "assigned_by": _proof(one.assigned)}


def _proof(one: Proof | None) -> dict[str, object] | None:
    return None if one is None else {"row": b64(one.row), "day": one.day.isoformat()}


def _parcel(head: dict[str, object], files: list[tuple[str, bytes]]) -> HttpResponse:
    listed = {"v": 1} | head | {"files": [{"as": kind, "size": len(file)} for kind, file in files]}
    return HttpResponse(parcels.write(listed, [file for _kind, file in files]), content_type="application/octet-stream")
