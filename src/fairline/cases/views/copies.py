"""Documents given to members outside a case: giving and taking back, reading one's own, sending something back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from fairline.cases import copies
from fairline.cases.copies import NewCopy
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, require_fields
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, b64

if TYPE_CHECKING:
    from django.http import HttpRequest


def give(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Give a document away: a parcel with the envelope for who gets it, and for the case."""
    member = signer(request, office)
    try:
        new = _new_copy(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        copies.give(member, thread, new, today_at(office), clock.now())
    return JsonResponse({})


def withdraw(request: HttpRequest, office: bytes, thread: bytes, copy: bytes) -> JsonResponse:
    """Take a document back: ``{"act"}``."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        copies.withdraw(member, thread, copy, act, clock.now())
    return JsonResponse({})


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> HttpResponse:
    """Answer with what was given away of a case, and with what came back, sealed to the case."""
    found = copies.of_case(member_of(request, office), thread)
    today = today_at(office)
    rows = [
        {
            "copy": b64(row.id), "giver": b64(row.giver), "receiver": b64(row.receiver), "day": row.day.isoformat(),
            "until": row.until.isoformat(), "c": b64(row.content), "open": bool(row.sealed) and row.until >= today,
            "answers": [one.day.isoformat() for one in answers],
        }
        for row, answers in found
    ]  # fmt: skip
    files = [file for row, answers in found for file in (row.kept, *(one.sealed for one in answers))]
    head = {"v": 1, "copies": rows, "files": [{"as": "copy", "size": len(file)} for file in files]}
    return HttpResponse(parcels.write(head, files), content_type="application/octet-stream")


def given(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the documents that were given to the member, and until when."""
    rows = copies.given_to(member_of(request, office), today_at(office))
    told = [{"copy": b64(row.id), "day": row.day.isoformat(), "until": row.until.isoformat()} for row in rows]
    return JsonResponse({"v": 1, "copies": told})


def look(request: HttpRequest, office: bytes, copy: bytes) -> HttpResponse:
    """Answer with one of them, sealed to the member."""
    sealed = copies.look(member_of(request, office), copy, today_at(office), clock.now())
    return HttpResponse(sealed, content_type="application/octet-stream")


def part(request: HttpRequest, office: bytes, copy: bytes, number: int) -> HttpResponse:
    """Answer with one part of the file that was given with it, sealed as it came."""
    sealed = copies.part(member_of(request, office), copy, number, today_at(office), clock.now())
    return HttpResponse(sealed, content_type="application/octet-stream")


def answer(request: HttpRequest, office: bytes, copy: bytes) -> JsonResponse:
    """Send something back: the sealed envelope is the body."""
    copies.answer(member_of(request, office), copy, request.body, today_at(office), clock.now())
    return JsonResponse({})


def _new_copy(body: bytes) -> NewCopy:
    head, files = parcels.read(body)
    require_fields(head, ("v", "copy", "to", "until", "c", "act", "files"), ("blob",))
    if [row.get("as") for row in head["files"]] != ["copy", "case"]:
        raise MalformedError("files", "A document is sealed once to who gets it, and once to the case.")
    sealed, kept = files
    return NewCopy(
        raw_field(head, "copy", ID_SIZE), raw_field(head, "to", ID_SIZE), as_day(head["until"]),
        raw_field(head, "c", HASH_SIZE), sealed, kept, read_act(head["act"]),
        raw_field(head, "blob", ID_SIZE) if "blob" in head else b"",
    )  # fmt: skip
