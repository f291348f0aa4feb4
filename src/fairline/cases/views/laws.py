"""What a change of terms would change, for who is about to sign it: own periods, versions of a law, a desk's law."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django.http import JsonResponse

from fairline.cases import foreseeing, previewing, rights
from fairline.cases.views.bodies import LIMIT, malformed, member_of, today_at
from fairline.core.permissions import Role
from fairline.offices.services import own_rows, versions
from fairline.profiles.adopting import read_adopted
from fairline.profiles.documents import kind_of
from fairline.profiles.own_rows import read_row
from fairline.profiles.versions import read_version
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.cases.clocks import Standing
    from fairline.cases.foreseeing import Foreseen
    from fairline.profiles.deadlines import Period


SHOWN: Final = 100
"""Groups of clocks that a page lists; all are counted."""


def preview(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what counts today, what would count, and how many clocks that moves; nothing is stored."""
    member_of(request, office)
    today = today_at(office)
    try:
        row = whole(jsontext.parse(request.body, LIMIT), read_row)
    except MalformedError as error:
        raise malformed(error) from error
    own_rows.check(office, row, today)
    before = own_rows.counting(office, row.law, row.row, row.starts)
    return JsonResponse({
        "v": 1, "limit": before.amount, "unit": before.unit.value, **asdict(previewing.changes(office, row, today)),
    })  # fmt: skip


def version(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what a newer version of a law would change, row by row and clock by clock; nothing is stored."""
    member, today = member_of(request, office), today_at(office)
    try:
        new = whole(jsontext.parse(request.body, LIMIT), read_version)
    except MalformedError as error:
        raise malformed(error) from error
    versions.check(office, new, today)
    return JsonResponse(_foreseen(foreseeing.of_version(member, new, today)))


def desk(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Answer with what another profile document at a desk would change; the body is the document. Nothing is stored."""
    member, today = member_of(request, office), today_at(office)
    if f"{Role.LEAD}@{b64(desk)}" not in member.roles:
        raise rights.nothing()
    try:
        kind = kind_of(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    if kind != "profile":
        raise malformed(MalformedError("json-type", "This is no profile document."))
    profile = read_adopted(request.body)
    return JsonResponse(_foreseen(foreseeing.of_desk(member, desk, profile, today)))


def _foreseen(found: Foreseen) -> dict[str, Any]:
    return {
        "v": 1,
        "rows": [
            {"row": one.row, "label": dict(one.label), "before": _period(one.before), "after": _period(one.after),
             "gone": one.gone, "new": one.new, "open_cases": one.open_cases}
            for one in found.rows
        ],
        "moved": [
            {"desk": b64(one.desk), "arrived": one.arrived.isoformat(), "action": one.action, "label": dict(one.label),
             "before": one.before.isoformat(), "after": one.after.isoformat(), "count": one.count}
            for one in found.moved[:SHOWN]
        ],
        "moved_in_all": sum(one.count for one in found.moved) + found.elsewhere,
        "elsewhere": found.elsewhere,
        "kept": found.kept,
        "begins": [
            {"action": now.action, "label": dict(then.label), "before": _due(now), "after": _due(then)}
            for now, then in found.begins
        ],
    }  # fmt: skip


def _period(one: Period | None) -> dict[str, Any] | None:
    return None if one is None else {"limit": one.amount, "unit": one.unit.value}


def _due(one: Standing) -> str | None:
    return None if one.due is None else one.due.day.isoformat()
