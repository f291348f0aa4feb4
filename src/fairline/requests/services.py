"""What can be done: record a request, approve it as another, and say that one has searched one's own cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.turns import take_turn
from fairline.requests import queries
from fairline.requests.models import AccessRequest, Approval, Run
from fairline.requests.queries import Standing
from fairline.seal.primitives import H

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.offices.queries import MemberFacts

BYTES: Final = 256 * 1024
"""A few names and a sentence, sealed to each of the office's handlers: about 1.7 KiB a person."""
OPEN_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as the recording browser sealed it.

    Attributes:
        id: made there.
        sealed: to every handler and lead of the charter.
        content: its ``c``.
        act: ``record request``, subject the id, ``after`` = ``content``.
    """

    id: bytes
    sealed: bytes
    content: bytes
    act: SignedAct


def record(member: MemberFacts, new: NewRequest, today: date, now: datetime) -> None:
    """Keep that somebody, whose identity was verified, asks what the office holds about them.

    Raises:
        Problem: 409 ``taken``, ``requests-full``; 413 ``request-size``; 422 ``act``.
    """
    if len(new.sealed) > BYTES:
        raise Problem(413, "request-size", _("This is too long for a request. Nothing was stored."))
    with writing():
        take_turn(member.office)
        if AccessRequest.objects.filter(id=new.id).exists():
            raise Problem(409, "taken", _("This request is there already. Please look again."))
        if AccessRequest.objects.filter(office=member.office, closed=None).count() >= OPEN_MOST:
            raise Problem(409, "requests-full", _("So many requests are open that no more can be recorded."))
        AccessRequest.objects.create(
            id=new.id, office=member.office, member=member.id, recorded=today, content=new.content, sealed=new.sealed
        )
        deed = Deed("record request", new.id, None, new.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)


def approve(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Approve a request that somebody else recorded.

    Raises:
        Problem: 404 ``no-request``; 409 ``same-person``, ``request`` (approved already, or over); 422 ``act``.
    """
    with writing():
        found = _locked(member, key, today)
        if member.id in (found.row.member, *(one.member for one in found.approvals)):
            raise Problem(409, "same-person", _("Two others approve it, each once: not who recorded it."))
        if found.approved or found.over:
            raise Problem(409, "request", _("It is approved already, or its time is over. Please look again."))
        deed = Deed("approve request", key, None, found.row.content)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        Approval.objects.create(
            office=member.office, request=key, member=member.id, what=act.what, signature=act.signature
        )


def ran(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Keep that a member has searched all the cases they hold. What was found is not sent.

    Once everybody who holds a case has, the request is closed and whom it is about is deleted.

    Raises:
        Problem: 404 ``no-request``; 409 ``request``, ``ran`` (they have, or hold no case); 422 ``act``.
    """
    with writing():
        found = _locked(member, key, today)
        queries.require_searchable(found)
        if member.id not in found.waiting:
            raise Problem(409, "ran", _("You have searched already, or hold no case. Please look again."))
        deed = Deed("run request", key, None, found.row.content)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        Run.objects.create(office=member.office, request=key, member=member.id, day=today)
        if found.waiting == {member.id}:
            AccessRequest.objects.filter(id=key).update(closed=today, sealed=b"")


def propose_end(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Say that nobody is left to search, and that the person was told so: somebody else ends it.

    Raises:
        Problem: 404 ``no-request``; 409 ``request`` (somebody can still search, or it was said already); 422 ``act``.
    """
    with writing():
        found = _locked(member, key, today)
        queries.require_stranded(found)
        if found.row.ending:
            raise Problem(409, "request", _("Somebody has said so already. Please look again."))
        deed = Deed("propose request end", key, None, found.row.content)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        AccessRequest.objects.filter(id=key).update(ending=act.what, ending_by=member.id)


def end(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """End a request that nobody is left to search, after another has told the person; its names are deleted.

    Raises:
        Problem: 404 ``no-request``; 409 ``request`` (somebody can search again, or nobody has told the person),
            ``same-person``; 422 ``act``.
    """
    with writing():
        found = _locked(member, key, today)
        queries.require_stranded(found)
        if not found.row.ending:
            raise Problem(409, "request", _("First somebody tells the person who asked. Please look again."))
        if found.row.ending_by == member.id:
            raise Problem(409, "same-person", _("Somebody else ends it: not who told the person."))
        deed = Deed("end request", key, H(found.row.ending), found.row.content)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        AccessRequest.objects.filter(id=key).update(closed=today, sealed=b"", unsearched=True)


def _locked(member: MemberFacts, key: bytes, today: date) -> Standing:
    row = AccessRequest.objects.select_for_update().filter(office=member.office, id=key).first()
    if row is None:
        raise Problem(404, "no-request", _("There is no such request here."))
    return queries.standing(row, today)
