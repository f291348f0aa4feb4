"""The law's clocks, for who works under them: what is due, how one report stands, more time with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import JsonResponse

from fairline.cases import boards, rights, timekeeping
from fairline.cases.clocks import State, What
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals
from fairline.core import clock
from fairline.offices.services.acts import SignedAct
from fairline.profiles.wire import class_of
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from fairline.cases.boards import Board
    from fairline.cases.clocks import Standing
    from fairline.seal.fields import Fields

LIMIT: Final = 64 * 1024
SHOWN: Final = 500
"""A board names the next so many clocks; all are counted."""


def board(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what is due at the member's desks, soonest first, and how many there are of each state."""
    member = member_of(request, office)
    today = today_at(office)
    return JsonResponse(_board(boards.board_shown(member, today, SHOWN), today))


def late(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with every late clock of the desks that this member answers for: a lead's own, oversight's all."""
    member = member_of(request, office)
    today = today_at(office)
    return JsonResponse(_board(boards.late_shown(member, today, SHOWN), today))


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with the clocks of one report."""
    rights.desk_of(member_of(request, office), thread)
    return JsonResponse(
        {"v": 1, "clocks": [_clock(one) for one in timekeeping.of_thread(office, thread, today_at(office))]}
    )


def classes(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with the kinds of concern that the law of one report names, for who triages it; none without a law."""
    rights.desk_of(member_of(request, office), thread)
    found = timekeeping.classes_of(office, thread, today_at(office))
    if found is None:
        return JsonResponse({"v": 1, "law": None, "classes": []})
    law, named = found
    return JsonResponse({"v": 1, "law": dict(law.names), "classes": [class_of(one, by) for one, by in named]})


def move(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Move the clock of feedback: ``{"what", "reason", "act"}``."""
    member = member_of(request, office)
    try:
        what, reason, act = whole(jsontext.parse(request.body, LIMIT), _asked)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        found = timekeeping.move(member, thread, what, reason, act=act, now=clock.now(), today=today_at(office))
    return JsonResponse({"v": 1, "clocks": [_clock(one) for one in found]})


def _asked(fields: Fields) -> tuple[What, str, SignedAct]:
    what = What(fields.one("what", tuple(one.value for one in What if one is not What.READ)))
    return what, fields.text("reason"), read_act(fields.value("act"))


def _board(found: Board, today: date) -> dict[str, Any]:
    counts = {state.value: found.counts.get(state, 0) for state in State}
    shown = [{"thread": b64(row.thread), "desk": b64(row.desk), **_clock(row.standing)} for row in found.soonest]
    return {"v": 1, "today": today.isoformat(), "counts": counts, "clocks": shown}


def _clock(one: Standing) -> dict[str, Any]:
    return {
        "action": one.action,
        "label": dict(one.label),
        "law": one.is_law,
        "source": one.clock.basis.source,
        "starts": one.starts.isoformat(),
        "due": None if one.due is None else one.due.day.isoformat(),
        "target": None if one.due is None else one.due.target.isoformat(),
        "state": one.state.value,
        "met": None if one.met is None else one.met.isoformat(),
        "extended": one.extended,
        "extendable": one.clock.extended is not None and not one.extended,
    }
