"""What is over and how long it is kept, legal holds, deleting by two people, and the certificates of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.http import JsonResponse

from fairline.cases import certificates as issued
from fairline.cases import deleting, holding, keeping, rights
from fairline.cases.retention import State
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals, signed, signer
from fairline.core import clock
from fairline.line import shredding
from fairline.line.heads import raw_field, require_fields
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import ID_SIZE, b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from fairline.cases.models import Deletion, Hold
    from fairline.core.permissions import Member
    from fairline.offices.services.acts import SignedAct
    from fairline.seal.fields import Fields

LIMIT: Final = 1 << 20
"""Acts for two hundred reports with many messages each."""
SHOWN: Final = 500
"""A list names the next so many; all are counted."""


def board(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what is over and exists for the member, what may be deleted first, and the requests that wait."""
    member = member_of(request, office)
    today = today_at(office)
    rows = keeping.board_of(member, today)
    answer = _board(rows, today, [row for row in rows if row.standing.state is not State.KEPT])
    mine = {row.deletion for row in rows} - {b""}
    waiting = [_request(one, member.id) for one in deleting.living(member, today) if bytes(one.id) in mine]
    return JsonResponse({**answer, "requests": waiting})


def late(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what should be deleted and is not, for leads (their desks) and oversight (all).

    Of what the member may not read it says that it lies there, since when and at which desk: not which it is, nor what
    gives away how it ended, such as the law's row or the day on which it was closed.
    """
    member = member_of(request, office)
    today = today_at(office)
    rows = keeping.late_of(member, today)
    return JsonResponse({**_board(rows, today, ()), "rows": late_rows(member, rows[:SHOWN])})


def late_rows(member: Member, rows: Sequence[keeping.Row]) -> list[dict[str, Any]]:
    """Return what is late as far as it is for ``member``."""
    theirs = rights.existing_for(member, [row.thread for row in rows])
    return [_row(row) if row.thread in theirs else _told(row) for row in rows]


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with how long one report is kept, what holds it back, and who asks to delete it."""
    member = member_of(request, office)
    rights.desk_of(member, thread)
    today = today_at(office)
    row = keeping.of_thread(office, thread, today)
    answer: dict[str, Any] = {"v": 1, "today": today.isoformat()}
    if row is not None:
        answer["retention"] = _row(row)
        answer["named"] = deleting.named([thread])
        found = [one for one in deleting.living(member, today) if bytes(one.id) == row.deletion]
        answer["requests"] = [_request(one, member.id) for one in found]
    held = keeping.holds(office, today, [thread]).get(thread)
    if held is not None:
        answer["hold"] = _hold(held, member.id)
    asked = holding.pending(office, thread, today)
    if asked is not None:
        answer["asked_hold"] = {**_hold(asked, member.id), "what": b64(asked.what)}
    return JsonResponse(answer)


def hold(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Hold a report back: ``{"reason", "until", "act"}``."""
    member = signer(request, office)
    try:
        reason, until, act = whole(jsontext.parse(request.body), _held)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        holding.ask(member, thread, reason, until, act=act, today=today_at(office), now=clock.now())
    return JsonResponse({"v": 1})


def agree_hold(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Agree to a hold: ``{"act"}``."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        holding.agree(member, thread, act, today_at(office), clock.now())
    return JsonResponse({"v": 1})


def ask(request: HttpRequest, office: bytes, desk: bytes) -> JsonResponse:
    """Ask to delete what is over: ``{"threads", "acts"}``."""
    member = signer(request, office)
    try:
        found = _object(request, "threads", "acts")
        threads = _threads(found["threads"])
        acts = _acts(found["acts"])
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        key = deleting.ask(member, desk, threads, acts, today=today_at(office), now=clock.now())
    return JsonResponse({"v": 1, "id": b64(key)})


def agree(request: HttpRequest, office: bytes, request_id: bytes) -> JsonResponse:
    """Agree to a request, or to some reports of it: ``{"acts", "threads"?}``; the answer is the certificate."""
    member = signer(request, office)
    try:
        found = _object(request, "acts", optional=("threads",))
        acts, only = _acts(found["acts"]), _threads(found["threads"]) if "threads" in found else None
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        row = deleting.agree(member, request_id, acts, today=today_at(office), now=clock.now(), only=only)
    return JsonResponse({"v": 1, "certificate": issued.shown(row)})


def certificates(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the certificates of what was deleted, each as far as it is for this member."""
    member = member_of(request, office)
    return JsonResponse({"v": 1, "certificates": [issued.shown_to(member, row) for row in issued.of(member)]})


def _board(rows: Sequence[keeping.Row], today: date, shown: Sequence[keeping.Row]) -> dict[str, Any]:
    counts = {state.value: sum(row.standing.state is state for row in rows) for state in State}
    due = shredding.leaves([row.thread for row in shown[:SHOWN] if row.standing.state is State.DUE])
    found = [_row(row) | _leaves(due.get(row.thread)) for row in shown[:SHOWN]]
    return {"v": 1, "today": today.isoformat(), "counts": counts, "rows": found}


def _leaves(hashes: Sequence[bytes] | None) -> dict[str, Any]:
    return {} if hashes is None else {"erased": [b64(one) for one in hashes]}


def _row(row: keeping.Row) -> dict[str, Any]:
    one = row.standing
    found = {
        "thread": b64(row.thread), "desk": b64(row.desk), "kind": one.over.kind, "outcome": one.over.outcome,
        "since": one.over.since.isoformat(), "due": one.due.isoformat(), "limit": one.period.amount,
        "unit": one.period.unit.value, "law": one.law, "source": one.source, "state": one.state.value, "late": one.late,
    }  # fmt: skip
    return found if row.hold is None else {**found, "hold": {"reason": row.hold.reason,
                                                             "until": row.hold.until.isoformat()}}  # fmt: skip


def _told(row: keeping.Row) -> dict[str, Any]:
    one = row.standing
    return {"desk": b64(row.desk), "kind": one.over.kind, "due": one.due.isoformat(), "state": one.state.value,
            "late": one.late}  # fmt: skip


def _request(row: Deletion, asker: bytes) -> dict[str, Any]:
    return {
        "id": b64(row.id), "desk": b64(row.desk), "member": b64(row.asked_by),
        "asked": row.asked.isoformat(), "threads": sorted(b64(one.id) for one in row.threads.all()),
        "mine": bytes(row.asked_by) == asker,
        "whats": [b64(act.what) for act in deleting.read(bytes(row.asked_acts))],
    }  # fmt: skip


def _hold(row: Hold, asker: bytes) -> dict[str, Any]:
    return {
        "reason": row.reason, "until": row.until.isoformat(), "member": b64(row.asked_by),
        "agreed": b64(row.agreed_by) if row.day else "", "mine": bytes(row.asked_by) == asker,
    }  # fmt: skip


def _held(fields: Fields) -> tuple[str, date, SignedAct]:
    reason, until = fields.text("reason"), fields.text("until")
    try:
        day = date.fromisoformat(until)
    except ValueError as error:
        raise MalformedError("json-type", "A day is written as year, month and day.") from error
    return reason, day, read_act(fields.value("act"))


def _object(request: HttpRequest, *names: str, optional: Sequence[str] = ()) -> dict[str, Any]:
    found = jsontext.parse(request.body, LIMIT)
    if not isinstance(found, dict):
        raise MalformedError("json-type", "What is asked for is an object.")
    require_fields(found, names, optional, versioned=False)
    return found


def _acts(value: Any) -> list[SignedAct]:
    return [read_act(one) for one in _list(value)]


def _threads(value: Any) -> list[bytes]:
    return [raw_field({"thread": one}, "thread", ID_SIZE) for one in _list(value)]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedError("json-type", "What is deleted is a list.")
    return value
