"""Who is asking at the office door, and in which office: before any view, for every address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse

from fairline.core import clock, disk
from fairline.core.permissions import OPEN
from fairline.core.problems import answer, of_status
from fairline.core.routes import Gate
from fairline.offices.cookies import cookie_name
from fairline.offices.models import Office
from fairline.offices.services import sessions

Answer = Callable[[HttpRequest], HttpResponse]

CHARTER_HEADER = "Fairline-Charter"
"""Number of the office's charter in force, on every answer to a member: a page that is open learns of a newer one."""


class MemberMiddleware:
    """Puts the signed-in member into ``request.member``; to them, other offices do not exist."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the session that the cookie opens."""
        token = request.COOKIES.get(cookie_name(), "")
        try:
            member = sessions.found(token, clock.now()) if token else None
        except Error as error:
            if not disk.is_full(error):
                raise
            return answer(disk.full(), request)
        request.member = member  # type: ignore[attr-defined]
        response = self.get_response(request)
        # ``process_view`` may have taken them away: who asks for another office learns of none of its charters.
        if member is not None and request.member is member and member.charter >= 0:  # type: ignore[attr-defined]
            response.headers[CHARTER_HEADER] = str(member.charter)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, values: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Answer 404 for an office that is not there, or not this member's; the two look alike."""
        office = values.get("office")
        if not isinstance(office, bytes):
            return None
        member = request.member  # type: ignore[attr-defined]
        if not Office.objects.filter(id=office).exists():
            return answer(of_status(404), request)
        if member is None or member.office == office:
            return None
        request.member = None  # type: ignore[attr-defined]
        row = view.rows.get(request.method or "") if isinstance(view, Gate) else None
        if row is not None and row.access in OPEN:
            return None
        return answer(of_status(404), request)
