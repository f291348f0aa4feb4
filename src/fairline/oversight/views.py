"""The auditor's view: how the clocks stand, who signed what, what was published, and whether it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairline.core import clock, figure_sheets
from fairline.core.problems import Problem, of_status
from fairline.offices import queries as offices
from fairline.oversight import paper
from fairline.oversight.auditing import audit
from fairline.oversight.overview import overview
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from fairline.core.figure_sheets import Sheet
    from fairline.core.permissions import Member


def look(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with everything but the figures' check."""
    there = _own(request, office)
    today = clock.today(there.zone)
    found = overview(office, today, clock.now())
    clocks = [
        {
            "desk": b64(one.desk), "action": one.action, "state": one.state, "count": one.count,
            "oldest": None if one.oldest is None else one.oldest.isoformat(),
        }
        for one in found.clocks
    ]  # fmt: skip
    acts = {
        kind: [
            {
                "number": one.number, "day": one.day.isoformat(), "act": one.act, "signed": one.signed,
                "member": None if one.member is None else b64(one.member),
            }
            for one in rows
        ]
        for kind, rows in found.acts.items()
    }  # fmt: skip
    logs = [
        {"name": one.name, "entries": one.entries, "newest": None if one.newest is None else one.newest.isoformat()}
        for one in found.logs
    ]
    periods = [
        {"period": one.period, "key": one.key, "population": one.population, "title": one.title}
        for one in figure_sheets.sheets(office, _language())
    ]
    said = {"clocks": clocks, "acts": acts, "counts": dict(found.counts), "logs": logs, "periods": periods}
    return JsonResponse({"v": 1, "today": today.isoformat(), **said})


def check(request: HttpRequest, office: bytes) -> JsonResponse:
    """Count every published figure again, and answer with what differs."""
    there = _own(request, office)
    found = audit(there, clock.today(there.zone))
    differences = [{"place": one.place, "sentence": one.sentence} for one in found.differences]
    tests = [{"member": b64(member), "count": count} for member, count in sorted(found.tests.items())]
    said: dict[str, Any] = {"files": found.files, "closings": found.closings, "tests": tests, "deleted": found.deleted}
    return JsonResponse({"v": 1, **said, "differences": differences})


def as_csv(request: HttpRequest, office: bytes) -> HttpResponse:
    """Serve everything that was published as one table."""
    _own(request, office)
    text = figure_sheets.as_csv(figure_sheets.sheets(office, _language()))
    return _file(text.encode(), "text/csv; charset=utf-8", "figures.csv")


def as_json(request: HttpRequest, office: bytes, key: int) -> JsonResponse:
    """Serve one period of all populations in words."""
    _own(request, office)
    return JsonResponse({"v": 1, "sheets": [paper.plain(one) for one in _sheets(office, key)]})


def as_pdf(request: HttpRequest, office: bytes, key: int) -> HttpResponse:
    """Serve one period as a document to hand on."""
    there = _own(request, office)
    found = _sheets(office, key)
    names = there.names.get(_language()) or there.names.get("en") or next(iter(there.names.values()), "")
    return _file(paper.pdf(names, found, _language()), "application/pdf", f"figures-{key}.pdf")


def _sheets(office: bytes, key: int) -> Sequence[Sheet]:
    found = figure_sheets.sheets(office, _language(), key=str(key))
    if not found:
        raise Problem(404, "not-found", _("Nothing was published for this period."))
    return found


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _own(request: HttpRequest, office: bytes) -> offices.OfficeFacts:
    member: Member = request.member  # type: ignore[attr-defined]
    there = offices.office(office)
    if there is None or member.office != office:
        raise of_status(404)
    return there


def _language() -> str:
    return get_language() or "en"
