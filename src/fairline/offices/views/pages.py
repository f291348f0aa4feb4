"""The office door's documents. Everything in them is drawn by the script after it has proven what it shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from fairline.core import demonstration
from fairline.core.headers import content_policy
from fairline.core.json_blocks import json_block
from fairline.core.language import plain_address
from fairline.core.origins import origin_of
from fairline.offices import queries
from fairline.offices.services.setting_up import code_needed
from fairline.offices.views.who import office_row
from fairline.profiles import queries as profiles
from fairline.seal.primitives import H, b64, unb64


def front(request: HttpRequest) -> HttpResponse:
    """Lead to the one office, to the set-up if there is none, or show the list."""
    there = queries.offices()
    if not there:
        return HttpResponseRedirect(reverse("office-setup"))
    if len(there) == 1:
        return HttpResponseRedirect(reverse("office-workbench", args=[there[0].id]))
    offices = [{"id": one.id, "name": _in_language(one.names)} for one in there]
    return render(request, "offices/front.html", {"offices": offices})


def setup(request: HttpRequest) -> HttpResponse:
    """Show the guided set-up; the code stands in the fragment and is asked for only when something is sent."""
    return _document(request, {"mode": "setup", "fresh": code_needed()}, "")


def workbench(request: HttpRequest, office: bytes) -> HttpResponse:
    """Show the one document of an office: sign-in, unlocking and all views."""
    row = office_row(office)
    page = {"mode": "workbench", "office": b64(row.id), "names": row.names}
    return _document(request, page, _in_language(row.names), _signing_in(row.id))


def join(request: HttpRequest, office: bytes) -> HttpResponse:
    """Show what an invited person is asked; the invitation is in the fragment."""
    row = office_row(office)
    return _document(request, {"mode": "join", "office": b64(row.id), "names": row.names}, _in_language(row.names))


def _signing_in(office: bytes) -> dict[str, Any] | None:
    """Return what a demonstration shows so that anybody can sign in; None for every other office."""
    shown = demonstration.shown()
    if shown is None or shown["office"] != b64(office):
        return None
    members = [{**member, "work": _in_language(member["work"])} for member in shown["members"]]
    return {"members": members, "receipts": shown["receipts"][:2]}


def _document(
    request: HttpRequest, page: dict[str, Any], name: str, signing_in: dict[str, Any] | None = None
) -> HttpResponse:
    report = settings.FAIRLINE.doors["report"].origin
    page |= {"report": report, "form": b64(H(profiles.default_form()))}
    values = {"page_block": json_block("page", page), "office": name, "demonstration": signing_in, "report": report}
    response = render(request, "offices/document.html", values)
    # At every unlock the browser looks at the report door as a reporting person would.
    changes = {"connect-src": f"'self' {report}"}
    if page.get("office"):
        office = unb64(page["office"])
        frames = (f"{origin_of(request)}{plain_address(frame, office)}" for frame in settings.FRAMES)
        changes["frame-src"] = " ".join(frames)
    response["Content-Security-Policy"] = content_policy("office", changes)
    return response


def _in_language(names: Any) -> str:
    language = get_language() or "en"
    for tag, name in names.items():
        if tag.lower() == language:
            return str(name)
    return str(names.get("en") or next(iter(names.values()), ""))
