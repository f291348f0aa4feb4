"""What happened comes in; how each row stands goes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases.views.bodies import LIMIT, malformed, member_of
from fairline.cases.views.case import read_act, refusals, signer
from fairline.core import clock
from fairline.duty import queries, services
from fairline.duty.clocks import Kind, Standing, parts
from fairline.duty.services import Note
from fairline.line.heads import require_fields
from fairline.profiles.deadlines import Unit
from fairline.profiles.shipped import for_organisations
from fairline.profiles.wire import told_at
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

MOMENT = "%Y-%m-%dT%H:%MZ"


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with the laws that bind organisations, and how those stand that were begun in this case."""
    now = clock.now()
    found = queries.of_thread(member_of(request, office), thread, now)
    laws = [
        {"id": name, "names": names, "parts": parts(law), "notes": [dict(one) for one in law.notes]}
        for name, names in for_organisations().items()
        for law in [queries.law(office, name, (), now)]
    ]
    noted = queries.noted(office, thread)
    begun = [
        {
            "law": name, "version": queries.law(office, name, noted[name], now).version,
            "rows": [_row(one) for one in rows],
        }
        for name, rows in sorted(found.items())
    ]  # fmt: skip
    return JsonResponse({"v": 1, "laws": laws, "begun": begun})


def note(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Keep what happened, and answer with how it stands."""
    member = signer(request, office)
    try:
        head = jsontext.parse(request.body, LIMIT)
        given, act = _note(head), read_act(head["act"])
    except (ValueError, TypeError, MalformedError) as error:
        raise malformed(
            error if isinstance(error, MalformedError) else MalformedError("json", "This is no note of a duty.")
        ) from error
    with refusals():
        services.note(member, thread, given, act, clock.now())
    return of_thread(request, office, thread)


def owed(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what is owed in the member's own cases."""
    rows = [
        {"thread": b64(one.thread), "desk": b64(one.desk), "law": one.law, **_row(one.row)}
        for one in queries.owed_of(member_of(request, office), clock.now())
    ]
    return JsonResponse({"v": 1, "owed": rows})


def late(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with how much is late at the desks that this member answers for."""
    found = queries.late_of(member_of(request, office), clock.now())
    rows = [{"desk": b64(one.desk), "count": one.count, "oldest": one.oldest.isoformat()} for one in found]
    return JsonResponse({"v": 1, "late": rows})


def _row(one: Standing) -> dict[str, Any]:
    return {
        "row": one.clock.id, "label": dict(one.clock.label), "source": one.clock.basis.source,
        "law_itself": one.is_law, "owner": one.clock.owner, "starts": one.clock.starts,
        "without": one.clock.without, "state": one.state, "in_time": one.in_time,
        "began": _moment(one.began), "day": _day(one),
        "due": None if one.due is None else _moment(one.due.until), "done": _moment(one.done),
        "contents": told_at(one.clock),
    }  # fmt: skip


def _day(one: Standing) -> str | None:
    """The last day on which it is in time; none where hours are counted."""
    hours = one.clock.period is None or one.clock.period.unit is Unit.HOUR
    return None if one.due is None or hours else one.due.day.isoformat()


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime(MOMENT)


def _note(head: Mapping[str, Any]) -> Note:
    require_fields(head, ("v", "law", "kind", "row", "at", "act"), ())
    law, kind, row, at = (head[name] for name in ("law", "kind", "row", "at"))
    if not all(isinstance(one, str) for one in (law, kind, row, at)) or kind not in set(Kind):
        raise MalformedError("json-type", "A note of a duty names a law, what happened, a row and a moment.")
    return Note(law, Kind(kind), row, datetime.strptime(at, MOMENT).replace(tzinfo=UTC))
