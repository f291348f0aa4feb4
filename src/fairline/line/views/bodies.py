"""What a request's body holds, refused with a sentence where it is not what the address takes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.line import parcels
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError

ASKED_LIMIT = 4096


def parcel(request: HttpRequest) -> tuple[dict[str, Any], list[bytes]]:
    """Return the head and the files of the parcel that came.

    Raises:
        Problem: 400 with the code of what is wrong with it.
    """
    try:
        return parcels.read(request.body)
    except MalformedError as error:
        raise malformed(error) from error


def long_parcel(request: HttpRequest) -> tuple[dict[str, Any], list[memoryview]]:
    """Return the same of a part of an attachment, which is not copied for it. Raises as ``parcel``."""
    try:
        return parcels.read_in_place(request.body)
    except MalformedError as error:
        raise malformed(error) from error


def asked(request: HttpRequest) -> Any:
    """Return the small JSON value that came.

    Raises:
        Problem: 400 with the code of what is wrong with it.
    """
    try:
        return jsontext.parse(request.body, ASKED_LIMIT)
    except MalformedError as error:
        raise malformed(error) from error


def malformed(error: MalformedError) -> Problem:
    """Return the refusal of what cannot be read: the cause for programs, for people what to do."""
    message = _("This could not be read, so nothing was stored. What you wrote is still in your page; please retry.")
    return Problem(400, error.code, message)
