"""The offices behind this door, for programs: `fairline send` is given an address, not an office."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from fairline.offices import queries as offices
from fairline.seal.primitives import b64


def listed(_request: HttpRequest) -> JsonResponse:
    """Answer with the id and the names of each office. Whoever uses one proves it from its root."""
    rows = [{"id": b64(one.id), "names": dict(one.names)} for one in offices.offices()]
    return JsonResponse({"v": 1, "offices": rows})
