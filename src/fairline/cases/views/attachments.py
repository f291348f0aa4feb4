"""Parts of attachments for members who may read their thread, and those that they send; sealed, as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from fairline.cases import attaching, services
from fairline.cases.views.bodies import LIMIT, malformed, member_of, today_at
from fairline.core import clock
from fairline.line import parcels
from fairline.line.blob_heads import read_asked, read_part
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.line.blob_heads import Asked

VERSION = 1


def part(request: HttpRequest, office: bytes, thread: bytes, blob: bytes, number: int) -> HttpResponse:
    """Answer with one part, in one piece: a streamed answer would hold a thread for as long as its reader likes."""
    member = member_of(request, office)
    sealed = services.part(member, thread, blob, number, today=today_at(office), now=clock.now())
    return HttpResponse(sealed, content_type="application/octet-stream")


def hold(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Store one part of a file of the office's own, and answer once it is on the disk."""
    member = member_of(request, office)
    try:
        new = read_part(*parcels.read_in_place(request.body))
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({"v": VERSION, "held": attaching.hold(member, thread, new, today_at(office))})


def state(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer which parts of it are held."""
    found = attaching.held(member_of(request, office), thread, _asked(request))
    return JsonResponse({"v": VERSION, "parts": len(found.hashes), "hashes": [b64(one) for one in found.hashes]})


def removal(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Delete one that nothing names."""
    attaching.take_back(member_of(request, office), thread, _asked(request), today_at(office))
    return JsonResponse({"v": VERSION})


def _asked(request: HttpRequest) -> Asked:
    try:
        return read_asked(jsontext.parse(request.body, LIMIT), "blob")
    except MalformedError as error:
        raise malformed(error) from error
