"""A report comes in."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from fairline.core import clock, disk
from fairline.line import services, work
from fairline.line.heads import read_drop
from fairline.line.views.bodies import malformed, parcel
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError
from fairline.seal.work import REPORT


def drop(request: HttpRequest, office: bytes) -> JsonResponse:
    """Store the report of the parcel and answer with its promise, once all of it is on the disk."""
    today = today_at(office)
    head, files = parcel(request)
    try:
        report = read_drop(head, files)
    except MalformedError as error:
        raise malformed(error) from error
    disk.require_room_for_text()
    work.require(office, REPORT, report.id, report.work, clock.now())
    return JsonResponse({"promise": services.drop(office, report, today).fields()})
