"""A panel is asked, seated, answers, or is let go; days and who has answered go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases.copies import NewCopy
from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.cases.views.case import promised, read_act, refusals, signer
from fairline.core import clock
from fairline.deciding import queries, services
from fairline.deciding.services import End, Question, Seating, Vote
from fairline.line import parcels
from fairline.line.heads import raw_field, read_post, require_fields, whole_number
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day, as_list
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from fairline.line.heads import NewPost


def of_thread(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with how a case stands towards a panel."""
    today = today_at(office)
    found = queries.of_thread(member_of(request, office), thread, today)
    if found is None:
        return JsonResponse({"v": 1, "panel": None})
    seats = [
        {"copy": b64(one.id), "member": b64(one.member), "until": one.until.isoformat(), "declared": one.declared,
         "voted": bool(one.vote), "gone": one.gone or (not one.vote and one.until < today)}
        for one in found.seats
    ]  # fmt: skip
    told = {"until": found.until.isoformat(), "heard": found.heard, "ended": found.ended, "size": found.size}
    return JsonResponse({"v": 1, "panel": told | {"seats": seats}})


def ask(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Ask a panel: the sealed question, and what the reporting person is told."""
    member = signer(request, office)
    try:
        head, bodies = parcels.read(request.body)
        require_fields(head, ("v", "days", "act", "files"), ())
        new = Question(*_two(bodies, thread), whole_number(head, "days"), read_act(head["act"]))
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        return promised(services.ask(member, thread, new, today_at(office), clock.now()))


def seat(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Give each member of the panel the document, all at once."""
    member = signer(request, office)
    try:
        new = _seats(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.seat(member, thread, new, today_at(office), clock.now())
    return JsonResponse({})


def end(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Let it come to nothing."""
    member = signer(request, office)
    try:
        head, bodies = parcels.read(request.body)
        require_fields(head, ("v", "act", "files"), ())
        new = End(*_two(bodies, thread), read_act(head["act"]))
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        return promised(services.end(member, thread, new, today_at(office), clock.now()))


def seats(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the member's own places on panels."""
    found = queries.seats_of(member_of(request, office), today_at(office))
    rows = [{"copy": b64(one.id), "declared": one.declared, "voted": bool(one.vote)} for one in found]
    return JsonResponse({"v": 1, "seats": rows})


def declare(request: HttpRequest, office: bytes, copy: bytes) -> JsonResponse:
    """Keep whether a member has a part in it: ``{"kind"}``."""
    kind = fields(request, "kind")["kind"]
    services.declare(member_of(request, office), copy, str(kind), today_at(office), clock.now())
    return JsonResponse({})


def vote(request: HttpRequest, office: bytes, copy: bytes) -> JsonResponse:
    """Keep a member's sealed answer."""
    member = signer(request, office)
    try:
        new = _vote(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.vote(member, copy, new, today_at(office), clock.now())
    return JsonResponse({})


def _two(bodies: Sequence[bytes], thread: bytes) -> tuple[NewPost, NewPost]:
    """The note for the case, and the message to the reporting person."""
    posts = [read_post(*parcels.read(body)) for body in bodies]
    if [one.chain for one in posts] != ["i", "o"]:
        raise MalformedError("files", "There is a note for the case and a message to the reporting person.")
    if any(one.thread != thread for one in posts):
        raise MalformedError("thread", "What was sent belongs to another report.")
    note, notice = posts
    return note, notice


def _vote(body: bytes) -> Vote:
    head, files = parcels.read(body)
    require_fields(head, ("v", "c", "act", "files"), ())
    if len(files) != 1:
        raise MalformedError("files", "A vote is one envelope.")
    return Vote(files[0], raw_field(head, "c", HASH_SIZE), read_act(head["act"]))


def _seats(body: bytes) -> Seating:
    head, files = parcels.read(body)
    require_fields(head, ("v", "seats", "act", "files"), ())
    rows = as_list(head["seats"])
    if len(files) != 2 * len(rows):
        raise MalformedError("files", "A document is sealed once to who gets it, and once to the case.")
    new = []
    for row, sealed, kept in zip(rows, files[::2], files[1::2], strict=True):
        require_fields(row, ("copy", "to", "until", "c", "act"), (), versioned=False)
        new.append(NewCopy(
            raw_field(row, "copy", ID_SIZE), raw_field(row, "to", ID_SIZE), as_day(row["until"]),
            raw_field(row, "c", HASH_SIZE), sealed, kept, read_act(row["act"]),
        ))  # fmt: skip
    return Seating(new, read_act(head["act"]))
