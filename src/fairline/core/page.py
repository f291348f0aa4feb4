"""What every page knows: its language, its direction, and whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi


def addresses(request: HttpRequest) -> dict[str, str]:
    """Return the origin of each door by name: onion services where the asker came by one, so that nobody is led off."""
    by_onion = request.headers.get("Host", "").endswith(".onion")
    return {name: (by_onion and door.onion) or door.origin for name, door in settings.FAIRLINE.doors.items()}


def page(request: HttpRequest) -> dict[str, Any]:
    """Return ``lang``, ``dir``, ``demo`` and ``doors`` (origin of each door by name) for the templates."""
    return {
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "demo": settings.FAIRLINE.demo,
        "doors": addresses(request),
    }
