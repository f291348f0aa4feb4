"""The mailbox: what lies in a thread, for who holds its words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from fairline.core.limits import MAILBOX_PAGE
from fairline.core.problems import Problem
from fairline.core.problems import answer as refused
from fairline.line import asking, queries, services
from fairline.line import mailbox as pages
from fairline.line.heads import read_answered, read_asked
from fairline.line.views.bodies import asked, malformed
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError


def mailbox(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with one page of the mailbox, or why there is none; of a size that tells nothing to who sees the line."""
    today = today_at(office)
    try:
        box, auth, page = read_asked(asked(request))
    except MalformedError as error:
        raise malformed(error) from error
    try:
        thread = queries.mailbox_thread(office, box, auth, today)
        return HttpResponse(pages.page(thread, page), content_type="application/octet-stream")
    except Problem as problem:
        refusal = refused(problem, request)
        # White space after a JSON value is no part of it.
        refusal.content += b" " * (-len(refusal.content) % MAILBOX_PAGE)
        return refusal


def answer(request: HttpRequest, office: bytes) -> JsonResponse:
    """Count one answer of somebody whose case is closed."""
    today = today_at(office)
    try:
        box, auth, question, said = read_answered(asked(request))
    except MalformedError as error:
        raise malformed(error) from error
    asking.answer(queries.mailbox_thread(office, box, auth, today), question, said, today)
    return JsonResponse({"v": 1})


def look_again(request: HttpRequest, office: bytes) -> JsonResponse:
    """Ask the desk to look once more at what it has set aside."""
    today = today_at(office)
    try:
        box, auth, _page = read_asked(asked(request))
    except MalformedError as error:
        raise malformed(error) from error
    services.look_again(office, box, auth, today)
    return JsonResponse({"v": 1})
