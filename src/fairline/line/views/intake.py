"""A report that a member took down for somebody who came, rang or wrote, on the office door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.core import disk
from fairline.core.problems import of_status
from fairline.line import services
from fairline.line.heads import read_drop
from fairline.line.views.bodies import malformed, parcel
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.core.permissions import Member


def intake(request: HttpRequest, office: bytes) -> JsonResponse:
    """Store the report and answer with its promise. To any open desk of the office, as the person wished.

    No arithmetic is asked for: who files it has signed in. Who that was stands in the sealed statement, not here.

    Raises:
        Problem: 404, another office; else as ``services.drop``.
    """
    member: Member = request.member  # type: ignore[attr-defined]
    if member.office != office:
        raise of_status(404)
    today = today_at(office)
    head, files = parcel(request)
    try:
        report = read_drop(head, files)
    except MalformedError as error:
        raise malformed(error) from error
    if report.ticket is not None:
        raise of_status(400)
    disk.require_room_for_text()
    return JsonResponse({"promise": services.drop(office, report, today).fields()})
