"""Forms, profiles and sheets by their hash: the page compares it with the one that a sheet or a report names."""

from __future__ import annotations

import gzip
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.line.views.offices import today_at
from fairline.offices import queries as offices
from fairline.profiles import queries as profiles
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, unb64


def by_hash(request: HttpRequest, office: bytes, name: str) -> HttpResponse:
    """Answer with the document whose hash ``name`` spells in base64url."""
    today_at(office)
    try:
        key = unb64(name, HASH_SIZE)
        text = profiles.document(key) or offices.sheet_doc(office, key)
    except MalformedError:
        text = None
    if text is None:
        raise Problem(404, "no-document", _("There is no such form or profile here."))
    # Public, and the same for everybody: compressing it gives nothing away.
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(_zipped(text) if zipped else text, content_type="application/json")
    if zipped:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@lru_cache(maxsize=32)
def _zipped(text: bytes) -> bytes:
    return gzip.compress(text, 9, mtime=0)
