"""Where attachments are looked at, played and saved: documents without a word of any report, each under its own policy.

Files are opened by the workbench alone, in its worker; what is served here is the same for everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from fairline.cases import rights
from fairline.core.assets import asset, content_of
from fairline.core.headers import SERVICE_WORKER_POLICY, player_policy, viewer_policy
from fairline.core.language import plain_address
from fairline.core.origins import origin_of
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from django.http import HttpRequest

HELPER = "file-helper"


def helper(_request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with the service worker. It reigns below its own address only, and no page of ours lies there."""
    _there(office)
    answer = HttpResponse(content_of(HELPER), content_type="text/javascript; charset=utf-8")
    answer["Content-Security-Policy"] = SERVICE_WORKER_POLICY
    return answer


def player(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with the document in which the workbench plays and saves; it has no script."""
    _there(office)
    folder = plain_address("cases-file-player", office).removesuffix("player")
    policy = player_policy(origin_of(request), folder, asset("style/viewer").url)
    return _framed(request, "cases/player.html", policy)


def picture(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with the viewer of pictures."""
    return _viewer(request, office, "viewer-picture")


def document(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with the viewer of PDF documents."""
    return _viewer(request, office, "viewer-document")


def _viewer(request: HttpRequest, office: bytes, name: str) -> HttpResponse:
    _there(office)
    policy = viewer_policy(origin_of(request), asset(name).url, asset("style/viewer").url)
    answer = _framed(request, "cases/viewer.html", policy, {"viewer": name})
    # A policy does not bind the browser's habit of looking up names beforehand.
    answer["X-DNS-Prefetch-Control"] = "off"
    return answer


def _framed(request: HttpRequest, template: str, policy: str, values: dict[str, str] | None = None) -> HttpResponse:
    answer = render(request, template, values)
    answer["Content-Security-Policy"] = policy
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _there(office: bytes) -> None:
    if offices.office(office) is None:
        raise rights.nothing()
