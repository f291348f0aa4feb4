"""Django's handlers of errors, answered shortly and without a trace. Every URLconf names them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairline.core.problems import Problem, answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer 400."""
    message = _("This request could not be read. Nothing was stored.")
    return answer(Problem(400, "bad-request", message), request)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer 403."""
    return answer(Problem(403, "forbidden", _("This is not yours to do.")), request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer 404."""
    return answer(Problem(404, "not-found", _("There is nothing at this address.")), request)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer 500: the trace goes to the operator's log without its values, never to the asker."""
    message = _("Something failed on our side. Nothing was lost; please try again in a while.")
    return answer(Problem(500, "fault", message), request)
