"""Forms, and the sheets that name them, by their hash: answers stand under the questions that were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fairline.cases.views.bodies import malformed, member_of
from fairline.core.problems import Problem
from fairline.offices import queries as offices
from fairline.profiles import queries as profiles
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, unb64

if TYPE_CHECKING:
    from django.http import HttpRequest


def form(request: HttpRequest, office: bytes, name: str) -> HttpResponse:
    """Answer with the form, profile or sheet whose hash ``name`` spells in base64url; the worker compares it."""
    member_of(request, office)
    try:
        key = unb64(name, HASH_SIZE)
        text = profiles.document(key) or offices.sheet_doc(office, key)
    except MalformedError as error:
        raise malformed(error) from error
    if text is None:
        raise Problem(404, "no-document", _("There is no such form or profile here."))
    answer = HttpResponse(text, content_type="application/json")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
