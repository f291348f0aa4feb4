"""Requests that change something must come from the door's own pages.

With ``Referrer-Policy: no-referrer`` browsers send ``Origin: null`` with forms, so Django's own check cannot work.
``Sec-Fetch-Site`` cannot be set by a page; ``Origin`` is looked at where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairline.core.problems import Problem, answer

Answer = Callable[[HttpRequest], HttpResponse]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def from_own_page(request: HttpRequest, own: frozenset[str], *, strict: bool) -> bool:
    """Return whether ``request`` was made by a page of one of the origins ``own``.

    A request that names neither site nor origin was not made by a browser's page. The report door, which knows
    nobody, takes it (``fairline send``); the office door (``strict``) does not.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin != "null" and origin not in own:
        return False
    if site is not None:
        return site == "same-origin"
    return not strict if origin is None else origin in own


def origin_of(request: HttpRequest) -> str:
    """Return the origin at which ``request`` found this door: one of its own, for policies that must name it."""
    host = request.get_host()
    return next(origin for origin in settings.OWN_ORIGINS if origin.partition("://")[2] == host)


def _checked(get_response: Answer, *, strict: bool) -> Answer:
    def respond(request: HttpRequest) -> HttpResponse:
        own = frozenset(settings.OWN_ORIGINS)
        if request.method in SAFE_METHODS or from_own_page(request, own, strict=strict):
            return get_response(request)
        message = _("This was sent by a page that is not ours, so it was refused. Nothing was stored.")
        return answer(Problem(403, "other-origin", message), request)

    return respond


def anonymous_door(get_response: Answer) -> Answer:
    """Refuse what another site's page sends; take what is no browser's."""
    return _checked(get_response, strict=False)


def member_door(get_response: Answer) -> Answer:
    """Refuse whatever is not proven to come from this door's own pages."""
    return _checked(get_response, strict=True)
