"""What a request of the workbench holds, read strictly, and who asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.offices import queries as offices
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from fairline.core.permissions import Member

LIMIT: Final = 4096


def member_of(request: HttpRequest, office: bytes) -> Member:
    """Return who asks, once it is sure that ``office`` is theirs; the route's gate has let members only through.

    Raises:
        Problem: 404 for another office.
    """
    member: Member = request.member  # type: ignore[attr-defined]
    rights.own_office(member, office)
    return member


def today_at(office: bytes) -> date:
    """Return the present day where ``office`` is.

    Raises:
        Problem: 404 for an office that is not there.
    """
    there = offices.office(office)
    if there is None:
        raise rights.nothing()
    return clock.today(there.zone)


def fields(request: HttpRequest, *names: str) -> dict[str, Any]:
    """Return the JSON object that came, which has exactly ``names``.

    Raises:
        Problem: 400 ``json-…`` for anything else.
    """
    try:
        found = jsontext.parse(request.body, LIMIT)
    except MalformedError as error:
        raise malformed(error) from error
    if not isinstance(found, dict) or found.keys() != set(names):
        raise malformed(MalformedError("json-type", "The fields are not those that this address takes."))
    return found


def malformed(error: MalformedError) -> Problem:
    """Return the refusal of what cannot be read: the cause for programs, for people what to do."""
    message = _("This could not be read, so nothing was stored. What you wrote is still in your page; please retry.")
    return Problem(400, error.code, message)
