"""Drafts and own notes: written, read and deleted by who holds the words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from fairline.core import clock
from fairline.core.limits import MAILBOX_PAGE
from fairline.core.problems import Problem, answer
from fairline.line import drafts, parcels, work
from fairline.line.blob_heads import read_asked, read_own
from fairline.line.views.bodies import asked, malformed, parcel
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError
from fairline.seal.work import REPORT

VERSION = 1


def own(request: HttpRequest, office: bytes) -> JsonResponse:
    """Keep what came in the place of what was there."""
    today = today_at(office)
    head, files = parcel(request)
    try:
        new = read_own(head, files)
    except MalformedError as error:
        raise malformed(error) from error
    if not drafts.begun(office, new.asked.id):
        work.require(office, REPORT, new.asked.id, new.work, clock.now())
    until = drafts.write(office, new, today)
    return JsonResponse({"v": VERSION} if until is None else {"v": VERSION, "until": until.isoformat()})


def read(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with what lies there, or that there is nothing; of a size that tells little to who sees the line."""
    today_at(office)
    try:
        which = read_asked(asked(request), "id")
    except MalformedError as error:
        raise malformed(error) from error
    try:
        sealed = drafts.read(office, which)
    except Problem as problem:
        refusal = answer(problem, request)
        # White space after a JSON value is no part of it.
        refusal.content += b" " * (-len(refusal.content) % MAILBOX_PAGE)
        return refusal
    head = {"v": VERSION, "files": [{"as": "own", "size": len(sealed)}]}
    return HttpResponse(parcels.write(head, [sealed], MAILBOX_PAGE), content_type="application/octet-stream")


def removal(request: HttpRequest, office: bytes) -> JsonResponse:
    """Delete what lies there."""
    today_at(office)
    try:
        which = read_asked(asked(request), "id")
    except MalformedError as error:
        raise malformed(error) from error
    drafts.remove(office, which)
    return JsonResponse({"v": VERSION})
