"""Test tickets for members, on the office door: with one, a test report reaches a desk that is still closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.core.problems import of_status
from fairline.line.services import issue_test_ticket
from fairline.line.views.offices import today_at
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from fairline.core.permissions import Member


def test_ticket(request: HttpRequest, office: bytes, desk: bytes) -> HttpResponse:
    """Answer a lead of this desk with a ticket, good until tomorrow.

    Raises:
        Problem: 404, no such desk for this member.
    """
    member: Member = request.member  # type: ignore[attr-defined]
    if offices.desk_in_force(office, desk) is None or f"lead@{b64(desk)}" not in member.roles:
        raise of_status(404)
    return JsonResponse({"ticket": b64(issue_test_ticket(office, desk, member.id, today_at(office)))})
