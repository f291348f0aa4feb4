"""What a request's JSON body holds, and how answers are written: strictly in, base64url out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from fairline.core.limits import OFFICE_BODY_MAX
from fairline.core.problems import Problem
from fairline.ledger.errors import CounterTakenError
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.fields import Fields
from fairline.seal.primitives import b64

View = Callable[..., HttpResponse]


def body(request: HttpRequest) -> Fields:
    """Return the members of the JSON object that ``request`` carries.

    Raises:
        MalformedError: it is none, or a text in it holds the character zero, which PostgreSQL cannot store.
    """
    value = jsontext.parse(request.body, OFFICE_BODY_MAX)
    if _holds_zero(value):
        raise MalformedError("json-type", "A text holds a character that nobody types.")
    return Fields(value)


def _holds_zero(value: Any) -> bool:
    match value:
        case str():
            return "\0" in value
        case dict():
            return any("\0" in name or _holds_zero(item) for name, item in value.items())
        case list():
            return any(_holds_zero(item) for item in value)
        case _:
            return False


def checked(view: View) -> View:
    """Return ``view`` with refusals of formats and of the record turned into answers for people.

    What a format refuses is 422 with the format's own code and sentence, which hold nothing of what was sent.
    """

    @wraps(view)
    def respond(request: HttpRequest, **values: Any) -> HttpResponse:
        try:
            return view(request, **values)
        except CounterTakenError as error:
            message = _("Something else was signed in another window first. Nothing was changed; please try again.")
            raise Problem(409, "counter", message) from error
        except MalformedError as error:
            message = _("This request could not be read. Nothing was stored; please load the page again.")
            raise Problem(422, error.code, message) from error
        except FairlineError as error:
            raise Problem(422, error.code, error.sentence) from error

    return respond


def said(**values: Any) -> JsonResponse:
    """Return a JSON answer; bytes in it, at any depth, as base64url."""
    return JsonResponse(_spelled(values), json_dumps_params={"ensure_ascii": False})


def _spelled(value: Any) -> Any:
    match value:
        case bytes():
            return b64(value)
        case dict():
            return {name: _spelled(item) for name, item in value.items()}
        case list() | tuple():
            return [_spelled(item) for item in value]
        case _:
            return value
