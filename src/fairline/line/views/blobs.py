"""Attachments come in, part by part; and the reporting person reads those of their own thread."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from fairline.core import clock
from fairline.line import blobs, queries, work
from fairline.line.blob_heads import read_asked, read_asked_part, read_part
from fairline.line.views.bodies import asked, long_parcel, malformed
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import b64
from fairline.seal.work import BLOB

VERSION = 1


def part(request: HttpRequest, office: bytes) -> JsonResponse:
    """Store one part and answer once it is on the disk."""
    today = today_at(office)
    head, files = long_parcel(request)
    try:
        new = read_part(head, files)
    except MalformedError as error:
        raise malformed(error) from error
    if not blobs.begun(office, new.blob):
        work.require(office, BLOB, new.blob, new.work, clock.now())
    return JsonResponse({"v": VERSION, "held": blobs.hold(office, new, today)})


def state(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer which parts are held, so that an upload goes on where it stopped."""
    today_at(office)
    try:
        which = read_asked(asked(request), "blob")
    except MalformedError as error:
        raise malformed(error) from error
    found = blobs.state(office, which)
    return JsonResponse({"v": VERSION, "parts": len(found.hashes), "hashes": [b64(one) for one in found.hashes]})


def removal(request: HttpRequest, office: bytes) -> JsonResponse:
    """Delete an attachment that nothing names."""
    today = today_at(office)
    try:
        which = read_asked(asked(request), "blob")
    except MalformedError as error:
        raise malformed(error) from error
    blobs.remove(office, which, today)
    return JsonResponse({"v": VERSION})


def mailbox_part(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with one part of an attachment in the thread whose words these are."""
    today = today_at(office)
    try:
        wanted = read_asked_part(asked(request))
    except MalformedError as error:
        raise malformed(error) from error
    thread = queries.mailbox_thread_id(office, wanted.mailbox.id, wanted.mailbox.auth, today)
    sealed = blobs.part(office, thread, wanted.blob, wanted.number, notes=False)
    return HttpResponse(sealed, content_type="application/octet-stream")
