"""The published record on the doors that answer reporters and members, and the auditor's rows."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from fairline.core import publication
from fairline.core.problems import Problem
from fairline.ledger import queries
from fairline.ledger.checkpoints import LOGS
from fairline.seal.primitives import b64


def record(request: HttpRequest, *, office: bytes, log: str, path: str) -> HttpResponse:
    """Serve a public file of a log: the same bytes that the public door serves, under the page's own origin."""
    file = publication.published(office, f"{log}/{path}") if log in LOGS else None
    if file is None:
        raise Problem(404, "no-record", _("The record has no such file, or not yet."))
    return publication.response(request, file)


def acts(request: HttpRequest, *, office: bytes, day: str) -> HttpResponse:
    """Serve the rows of the acts log of one day to an auditor of this office."""
    if request.member.office != office:  # type: ignore[attr-defined]
        raise Problem(404, "no-record", _("The record has no such file, or not yet."))
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise Problem(400, "day", _("A day is written as year, month and day, such as 2026-03-02.")) from error
    rows = [
        {
            "kind": row.kind,
            **({} if row.number is None else {"number": row.number}),
            "entry": b64(row.entry),
            **({} if row.row is None else {"row": row.row.decode()}),
        }
        for row in queries.rows(office, asked)
    ]
    return JsonResponse({"day": day, "rows": rows})


def counter(request: HttpRequest, *, office: bytes) -> HttpResponse:
    """Tell a member the counter that their next act must carry."""
    member = request.member  # type: ignore[attr-defined]
    if member.office != office:
        raise Problem(404, "no-record", _("The record has no such file, or not yet."))
    return JsonResponse({"counter": queries.next_counter(office, member.id)})
