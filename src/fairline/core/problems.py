"""What is said when something cannot be done: a status, a code for programs, a sentence for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

RETRY_AFTER: Final = 10
"""Seconds after which a program that was turned away as we are busy may come again."""


class Problem(Exception):  # noqa: N818 - a problem is said to a person; it is no fault of the program
    """Raised by a view or a service to answer with an error.

    Args:
        status: the HTTP status, 400 to 599.
        code: a short name for programs, stable over versions.
        message: one sentence for people: what to do, and that nothing was lost. Never a value that was sent.
        more: further members of the JSON answer, for programs (a server's offset, the newest heads …).
    """

    def __init__(self, status: int, code: str, message: str, more: Mapping[str, Any] | None = None) -> None:
        """Keep the parts; ``str()`` gives the code."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.more = dict(more or {})


def answer(problem: Problem, request: HttpRequest) -> HttpResponse:
    """Return the response that says ``problem`` to the asker: as JSON, or as a page in their language."""
    if wants_json(request):
        body = json.dumps({"error": problem.code, "message": str(problem.message), **problem.more}, ensure_ascii=False)
        said_to_program = HttpResponse(body, status=problem.status, content_type="application/json")
        if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
            said_to_program["Retry-After"] = str(RETRY_AFTER)
        return said_to_program
    said = {"status": problem.status, "message": problem.message, "back": get_script_prefix()}
    try:
        return render(request, "fairline/problem.html", said, status=problem.status)
    except ImproperlyConfigured:
        # Where the pages are not built, the sentence still reaches its reader.
        return HttpResponse(f"{problem.message}\n", status=problem.status, content_type="text/plain; charset=utf-8")


def wants_json(request: HttpRequest) -> bool:
    """Return whether the asker is a program: it sent JSON or bytes, or it does not ask for a page."""
    if request.content_type in {"application/json", "application/octet-stream"}:
        return True
    return "text/html" not in request.headers.get("Accept", "")


def of_status(status: int) -> Problem:
    """Return the problem that says no more than ``status`` does."""
    name = HTTPStatus(status).name.lower().replace("_", "-")
    message = _("There is nothing at this address.") if status == HTTPStatus.NOT_FOUND else _("This did not work.")
    return Problem(status, name, message)
