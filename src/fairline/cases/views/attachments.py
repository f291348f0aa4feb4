"""Parts of attachments for members who may read their thread; sealed, as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from fairline.cases import services
from fairline.cases.views.bodies import member_of, today_at
from fairline.core import clock

if TYPE_CHECKING:
    from django.http import HttpRequest


def part(request: HttpRequest, office: bytes, thread: bytes, blob: bytes, number: int) -> HttpResponse:
    """Answer with one part, in one piece: a streamed answer would hold a thread for as long as its reader likes."""
    member = member_of(request, office)
    sealed = services.part(member, thread, blob, number, today=today_at(office), now=clock.now())
    return HttpResponse(sealed, content_type="application/octet-stream")
