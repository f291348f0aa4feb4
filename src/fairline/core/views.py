"""The two addresses that every door has."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from fairline.core.openapi import description


def standing(_request: HttpRequest) -> HttpResponse:
    """Say that this door is open; the supervisor asks it after each start."""
    return HttpResponse("standing\n", content_type="text/plain; charset=utf-8")


def api(_request: HttpRequest) -> HttpResponse:
    """Describe what this door takes and gives, for whoever writes a client (OpenAPI 3.1)."""
    return JsonResponse(_described(settings.ROOT_URLCONF))


@lru_cache(maxsize=3)
def _described(urlconf: str) -> dict[str, Any]:
    return description(urlconf, urlconf.split(".")[-2])
