"""A report becomes a case, and its people change: triage, confirmation, refusal, new keys."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils.translation import gettext as _

from fairline.cases import assigning, rights, takeover
from fairline.cases.assigning import NewKeys, Triage
from fairline.cases.takeover import Found
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.ledger.errors import CounterTakenError
from fairline.line import parcels
from fairline.line.heads import raw_field, read_post, require_fields, whole_number
from fairline.offices import queries as offices
from fairline.offices.services.acts import SignedAct
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, SIGNATURE_SIZE, unb64

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpRequest

    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewPost
    from fairline.offices.queries import MemberFacts
    from fairline.seal.fields import Fields

LIMIT = 64 * 1024
CHAINS = ("r", "o", "i")


def triage(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Give a report to the people who are assigned: one parcel, one transaction."""
    member = signer(request, office)
    try:
        new = read_triage(*parcels.read(request.body), thread)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        return promised(assigning.triage(member, thread, new, today_at(office), clock.now()))


def confirm(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """A second person has found the case's copy to be whole."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        assigning.confirm(member, thread, act, clock.now())
    return JsonResponse({})


def refuse(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """A second person gives it back to the desk."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        assigning.refuse(member, thread, act, clock.now())
    return JsonResponse({})


def rekey(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Put new keys in force, for other people."""
    member = signer(request, office)
    try:
        head, bodies = parcels.read(request.body)
        require_fields(head, ("v", "n", "c", "people", "recipient", "act", "files"), ())
        new, rest = _keys(head, bodies, thread)
    except MalformedError as error:
        raise malformed(error) from error
    if rest:
        raise malformed(MalformedError("files", "There are more files than new keys have."))
    with refusals():
        return promised(assigning.rekey(member, thread, new, today_at(office), clock.now()))


def take_over(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Who has joined says how much of it their browser could open: ``{"read", "unreadable", "act"}``."""
    member = signer(request, office)
    try:
        found, act = whole(jsontext.parse(request.body, LIMIT), _found)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        takeover.take_over(member, thread, found, act, clock.now())
    return JsonResponse({})


def _found(fields: Fields) -> tuple[Found, SignedAct]:
    read = whole(fields.value("read"), lambda one: {chain: one.integer(chain) for chain in CHAINS if one.has(chain)})
    return Found(read, fields.integer("unreadable")), read_act(fields.value("act"))


def signer(request: HttpRequest, office: bytes) -> MemberFacts:
    """Return who asks, with the key that checks what they sign.

    Raises:
        Problem: 404 for another office, or who is not in the charter.
    """
    facts = offices.member(office, member_of(request, office).id)
    if facts is None:
        raise rights.nothing()
    return facts


def signed(request: HttpRequest) -> SignedAct:
    """Return the one act that the request carries: ``{"act": {"what", "sig"}}``.

    Raises:
        Problem: 400 with the code of what is wrong with it.
    """
    try:
        return _act_of(jsontext.parse(request.body, LIMIT))
    except MalformedError as error:
        raise malformed(error) from error


def _act_of(found: Any) -> SignedAct:
    if not isinstance(found, dict):
        raise MalformedError("json-type", "An act comes as an object.")
    require_fields(found, ("act",), (), versioned=False)
    return read_act(found["act"])


def read_act(value: Any) -> SignedAct:
    """Read an act as a member's browser signed it; raise ``MalformedError`` for anything else."""
    if not isinstance(value, dict):
        raise MalformedError("json-type", "An act is an object.")
    require_fields(value, ("what", "sig"), (), versioned=False)
    what = value["what"]
    if not isinstance(what, str):
        raise MalformedError("json-type", "What was signed is text.")
    return SignedAct(unb64(what), raw_field(value, "sig", SIGNATURE_SIZE))


@contextmanager
def refusals() -> Iterator[None]:
    """Turn refusals of signatures and counters into sentences for people."""
    try:
        yield
    except CounterTakenError as error:
        message = _("Something else was signed in another window first. Nothing was changed; please try again.")
        raise Problem(409, "counter", message) from error
    except FairlineError as error:
        raise Problem(422, error.code, error.sentence) from error


def promised(promise: Promise | None) -> JsonResponse:
    """Answer with the promise of what the reporting person is told."""
    return JsonResponse({"promise": promise.fields()} if promise else {})


def read_triage(head: Mapping[str, Any], bodies: Sequence[bytes], thread: bytes) -> Triage:
    """Read what triage sends (docs/formats.md §14).

    Raises:
        MalformedError: as heads of posts do; ``files`` where the files are not those that the head lists.
    """
    require_fields(head, ("v", "n", "c", "people", "recipient", "act", "desk_copy", "files"), ())
    keys, rest = _keys(head, bodies, thread)
    rows = head["files"][len(bodies) - len(rest) :]
    if not rest or rows[0].get("as") != "note":
        raise MalformedError("files", "Triage comes with its note.")
    copies: dict[tuple[str, int], bytes] = {}
    for row, body in zip(rows[1:], rest[1:], strict=True):
        require_fields(row, ("as", "size", "chain", "n"), (), versioned=False)
        place = (row["chain"], whole_number(row, "n"))
        if row["as"] != "copy" or row["chain"] not in CHAINS or place in copies:
            raise MalformedError("files", "A case gets one copy of each envelope so far.")
        copies[place] = body
    return Triage(keys, _post(rest[0], thread), raw_field(head, "desk_copy", HASH_SIZE), copies)


def _keys(head: Mapping[str, Any], bodies: Sequence[bytes], thread: bytes) -> tuple[NewKeys, Sequence[bytes]]:
    people = head["people"]
    if not isinstance(people, list):
        raise MalformedError("json-type", "The people are a list.")
    ids = [raw_field({"person": one}, "person", ID_SIZE) for one in people]
    kinds = [row.get("as") for row in head["files"][: len(ids) + 1]]
    if len(set(ids)) < len(ids) or kinds != [*["keys"] * len(ids), "handover"]:
        raise MalformedError("files", "There is one key file for each person, then the word to the reporting person.")
    keys = NewKeys(
        n=whole_number(head, "n"),
        commitment=raw_field(head, "c", HASH_SIZE),
        files=dict(zip(ids, bodies, strict=False)),
        recipient=raw_field(head, "recipient", HASH_SIZE),
        handover=_post(bodies[len(ids)], thread),
        act=read_act(head["act"]),
    )
    return keys, bodies[len(ids) + 1 :]


def _post(body: bytes, thread: bytes) -> NewPost:
    new = read_post(*parcels.read(body))
    if new.thread != thread:
        raise MalformedError("thread", "What was sent belongs to another report.")
    return new
