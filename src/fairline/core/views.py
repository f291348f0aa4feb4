"""The one page that every door has."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def standing(_request: HttpRequest) -> HttpResponse:
    """Say that this door is open; the supervisor asks it after each start."""
    return HttpResponse("standing\n", content_type="text/plain; charset=utf-8")
