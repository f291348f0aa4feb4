"""Letters of clearance: deposited sealed, and found again by the name that the code gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from fairline.cases import clearances
from fairline.cases.views.bodies import member_of, today_at

if TYPE_CHECKING:
    from django.http import HttpRequest


def deposit(request: HttpRequest, office: bytes, clearance: bytes) -> JsonResponse:
    """Keep the sealed bytes that came under the name that their code gives."""
    member_of(request, office)
    until = clearances.deposit(office, clearance, request.body, today_at(office))
    return JsonResponse({"v": 1, "until": until.isoformat()})


def shown(request: HttpRequest, office: bytes, clearance: bytes) -> HttpResponse:
    """Answer with the sealed bytes: whoever asks has been shown the code."""
    member_of(request, office)
    return HttpResponse(clearances.shown(office, clearance), content_type="application/octet-stream")
