"""What everybody may read of an office: its signed documents and its record."""

from __future__ import annotations

import gzip
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairline.core import publication
from fairline.core.problems import Problem
from fairline.offices import queries as offices


def manifest(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with the office's documents as signed; the page proves them."""
    answer = _served(request, office, "manifest", zipped=True)
    # Public, and the same for everybody: members' browsers look at it from the office door as a reporting person would.
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def record(request: HttpRequest, office: bytes, path: str) -> HttpResponse:
    """Answer with a file of the office's record, so that a mailbox is checked without a visit to another site."""
    return _served(request, office, path, zipped=False)


def charter(_request: HttpRequest, office: bytes, number: int) -> HttpResponse:
    """Answer with an earlier charter, by which older messages of members are proven."""
    file = offices.charter_file(office, number)
    if file is None:
        raise Problem(404, "not-published", _("Nothing has been published at this address."))
    answer = HttpResponse(file, content_type="application/json")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _served(request: HttpRequest, office: bytes, path: str, *, zipped: bool) -> HttpResponse:
    file = publication.published(office, path)
    if file is None:
        raise Problem(404, "not-published", _("Nothing has been published at this address."))
    answer = publication.response(request, file)
    # The same for everybody and no secret beside it, so compressing gives nothing away.
    if zipped and answer.status_code == 200 and "gzip" in request.headers.get("Accept-Encoding", ""):  # noqa: PLR2004
        answer.content = _gzip(file.body)
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    return answer


@lru_cache(maxsize=8)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)
