"""The arithmetic that is asked for at present, the same for everybody."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from fairline.core import clock
from fairline.line.views.offices import today_at
from fairline.line.work import challenge


def work(_request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the challenge in force."""
    today_at(office)
    return JsonResponse(challenge(office, clock.now()).fields())
