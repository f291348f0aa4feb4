"""THE document of the report door: start, form, receipt, check and send, mailbox. Nothing of it is stored anywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.headers import feature_policy
from fairline.core.problems import Problem
from fairline.line.start import start, text_in
from fairline.line.work import challenge
from fairline.offices import queries as offices
from fairline.offices.queries import OfficeFacts
from fairline.seal.primitives import b64

LISTS = (
    "english", "chinese-simplified", "chinese-traditional", "czech", "french", "italian", "japanese", "korean",
    "portuguese", "spanish",
)  # fmt: skip


def front(request: HttpRequest) -> HttpResponse:
    """Show the one office's document, or the list of offices where there are several."""
    there = offices.offices()
    if len(there) == 1:
        return _document(request, there[0])
    code = get_language() or "en"
    rows = [{"name": text_in(one.names, code), "address": reverse("report-document", args=(one.id,))} for one in there]
    return render(request, "line/offices.html", {"offices": rows})


def document(request: HttpRequest, office: bytes) -> HttpResponse:
    """Show the document of the office that the address names."""
    there = offices.office(office)
    if there is None:
        raise Problem(404, "no-office", _("There is no such office here."))
    return _document(request, there)


def _document(request: HttpRequest, office: OfficeFacts) -> HttpResponse:
    first = start(office, get_language() or "en")
    place = {
        "office": b64(office.id),
        # Words are tried at each office of this host: nobody has to know which one they wrote to.
        "others": [b64(one.id) for one in offices.offices() if one.id != office.id],
        # The same for everybody of ten minutes, so that a page need not ask for it.
        "work": challenge(office.id, clock.now()).fields(),
    }
    values = {"start": first, "place": place, "emergency": first.emergency, "leave": first.leave, "lists": LISTS}
    answer = render(request, "line/document.html", values)
    # Only here may somebody speak instead of writing; the browser asks them first.
    answer.headers["Permissions-Policy"] = feature_policy("microphone")
    return answer
