"""A report is passed on, sealed anew, tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases.views.bodies import fields, malformed, member_of, today_at
from fairline.cases.views.case import read_act, refusals, signed, signer
from fairline.core import clock
from fairline.ledger import promises
from fairline.ledger.errors import LedgerError
from fairline.line import parcels
from fairline.line.blob_heads import read_part
from fairline.line.heads import raw_field, read_drop, read_post, require_fields
from fairline.referral import queries, services
from fairline.referral.services import FoundThere, NewReferral, Sealed
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, KEY_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from fairline.line.blob_heads import NewPart
    from fairline.offices.services.acts import SignedAct


def listed(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Answer with the referrals of a case."""
    return JsonResponse({"v": 1, "referrals": queries.of_thread(member_of(request, office), thread)})


def board(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with the member's own cases that other offices have received."""
    return JsonResponse({"v": 1, "cases": queries.passed_on_by(member_of(request, office))})


def part(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Keep a part of a file that is to go along."""
    member = signer(request, office)
    try:
        new = _part(request.body)
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({"v": 1, "held": services.hold_part(member, thread, new, request.body, today_at(office))})


def refer(request: HttpRequest, office: bytes, thread: bytes) -> JsonResponse:
    """Put a sealed report on its way to another office, with a sealed note of the case."""
    member = signer(request, office)
    try:
        new = _referral(*parcels.read(request.body), thread)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.refer(member, thread, new, today_at(office), clock.now())
    return JsonResponse({})


def anew(request: HttpRequest, office: bytes, thread: bytes, referral: bytes) -> JsonResponse:
    """Take the same report, sealed anew."""
    member = signer(request, office)
    try:
        sealed, act = _anew(*parcels.read(request.body))
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        services.seal_anew(member, thread, referral, sealed, act=act, now=clock.now())
    return JsonResponse({})


def again(request: HttpRequest, office: bytes, thread: bytes, referral: bytes) -> JsonResponse:
    """Try at once."""
    member = signer(request, office)
    fields(request)
    services.try_again(member, thread, referral, clock.now())
    return JsonResponse({})


def found(request: HttpRequest, office: bytes, thread: bytes, referral: bytes) -> JsonResponse:
    """Take the promise that was found in the mailbox there: ``{"promise", "promise_key"}``."""
    member = signer(request, office)
    given = fields(request, "promise", "promise_key")
    try:
        there = FoundThere(promises.from_fields(given["promise"]), raw_field(given, "promise_key", KEY_SIZE))
    except (LedgerError, MalformedError) as error:
        raise malformed(MalformedError("promise-shape", "This is no promise.")) from error
    services.found_there(member, thread, referral, there)
    return JsonResponse({})


def back(request: HttpRequest, office: bytes, thread: bytes, referral: bytes) -> JsonResponse:
    """Take it back: ``{"act"}``."""
    member = signer(request, office)
    act = signed(request)
    with refusals():
        services.take_back(member, thread, referral, act, clock.now())
    return JsonResponse({})


def _part(parcel: bytes) -> NewPart:
    new = read_part(*parcels.read(parcel))
    if new.work is not None:
        raise MalformedError("part", "Our server does the other door's arithmetic.")
    return new


def _referral(head: Mapping[str, Any], bodies: Sequence[bytes], thread: bytes) -> NewReferral:
    require_fields(head, ("v", "peer", "at", "promise_key", "act", "files"), ())
    if len(bodies) != 2:  # noqa: PLR2004 - as the format has it
        raise MalformedError("files", "A referral is a report and a note.")
    note = read_post(*parcels.read(bodies[1]))
    if note.thread != thread or note.chain != "i":
        raise MalformedError("thread", "What was sent belongs to another report.")
    return NewReferral(
        peer=raw_field(head, "peer", HASH_SIZE),
        at=raw_field(head, "at", ID_SIZE),
        promise_key=raw_field(head, "promise_key", KEY_SIZE),
        sealed=_sealed(bodies[0]),
        note=note,
        act=read_act(head["act"]),
    )


def _anew(head: Mapping[str, Any], bodies: Sequence[bytes]) -> tuple[Sealed, SignedAct]:
    require_fields(head, ("v", "act", "files"), ())
    if len(bodies) != 1:
        raise MalformedError("files", "One report is sealed anew at a time.")
    return _sealed(bodies[0]), read_act(head["act"])


def _sealed(parcel: bytes) -> Sealed:
    drop = read_drop(*parcels.read(parcel))
    if drop.ticket is not None or drop.work is not None:
        raise MalformedError("files", "A referral has neither a ticket nor work.")
    return Sealed(parcel, drop)
