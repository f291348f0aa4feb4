"""What can be done: ask to have a name opened, hand over a share or say why not, and take the request back.

Nothing here opens a name: the key of one is in shares that only their custodians can open, and in the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases import services as cases
from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import queries as line
from fairline.line.states import CASE, CLOSED
from fairline.names import queries
from fairline.names.models import Answer, NameRequest
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewPost
    from fairline.offices.queries import MemberFacts

REASONS: Final = ("ground", "told", "proof", "other")
"""Why a custodian hands nothing over: the ground does not bear it, the reporting person was to be told first, what
proves the request does not hold, or something they say to the asker themselves."""
REQUEST_BYTES: Final = 96 * 1024
"""Two texts of 4 000 letters, sealed to nine custodians, oversight and who is assigned: about 1.7 KiB a person."""
RELEASE_BYTES: Final = 8 * 1024


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as the asker's browser sealed it.

    Attributes:
        message: place on chain r of the report or message that gave the name.
        sealed: to the custodians, to oversight and to who is assigned.
        content: its ``c``.
        notice: what tells the reporting person, at the same moment; None where the request says why they are not told.
        act: ``request name``, subject the thread, ``after`` = ``content``, and ``message``.
    """

    message: int
    sealed: bytes
    content: bytes
    notice: NewPost | None
    act: SignedAct


@dataclass(frozen=True, slots=True)
class Release:
    """A share as a custodian's browser sealed it to the asker; its act ``release name`` names both by their ``c``."""

    sealed: bytes
    content: bytes
    act: SignedAct


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a custodian hands nothing over: one of `REASONS`, and the act ``decline name`` that says the same."""

    reason: str
    act: SignedAct


def ask(member: MemberFacts, thread: bytes, new: Asking, today: date, now: datetime) -> Promise | None:
    """Ask the custodians to open the name that came with a report; who gave it is told, or the request says why not.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, ``same-person`` (a custodian asks), ``no-name`` (none
            came with it), ``asked`` (somebody has already); 413 ``request-size``; 422 ``act``; and as ``cases.post``.
    """
    said = parse_what(new.act.what)
    if said.fields.get("message") != new.message or said.counter is None:
        raise _other_act()
    if len(new.sealed) > REQUEST_BYTES:
        raise Problem(413, "request-size", _("This is too long for a request. Nothing was stored."))
    with writing():
        row = cases.locked(member, thread)
        if row.status not in (CASE, CLOSED) or row.opened:
            message = _("A name is asked for in a case of a report, by somebody who is assigned to it.")
            raise Problem(409, "state", message)
        if Role.CUSTODIAN in member.roles:
            raise Problem(409, "same-person", _("Who keeps names does not ask for one."))
        if line.sealed_name(member.office, thread, new.message) is None:
            raise Problem(409, "no-name", _("No sealed name came with this. Nothing was changed; please look again."))
        if queries.running(thread, new.message, today):
            raise Problem(409, "asked", _("This name is being asked for already. Please look again."))
        promise = None if new.notice is None else cases.post(member, new.notice, today, now)
        NameRequest.objects.create(
            office=member.office, thread=thread, desk=row.desk, message=new.message, member=member.id, asked=today,
            content=new.content, sealed=new.sealed, counter=said.counter,
            told=None if new.notice is None else line.day_of(member.office, thread, "o", new.notice.n),
        )  # fmt: skip
        deed = Deed("request name", thread, None, new.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
    return promise


def release(member: MemberFacts, key: bytes, new: Release, today: date, now: datetime) -> None:
    """Keep a custodian's share for the asker. It is handed over once, and opens to the asker alone.

    Raises:
        Problem: 404 ``no-request``; 409 ``over``, ``answered``, ``same-person``, ``state`` (the asker is not on the
            case any more); 413 ``release-size``; 422 ``act``.
    """
    if len(new.sealed) > RELEASE_BYTES:
        raise Problem(413, "release-size", _("This is too long for a share. Nothing was stored."))
    with writing():
        row = _open(member, key, today)
        deed = Deed("release name", row.thread, row.content, new.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
        Answer.objects.create(office=member.office, request=key, member=member.id, day=today, sealed=new.sealed)


def decline(member: MemberFacts, key: bytes, new: Refusal, today: date, now: datetime) -> None:
    """Keep that a custodian hands nothing over, and why. What is said once stands.

    Raises:
        Problem: 404 ``no-request``; 400 ``reason``; 409 ``over``, ``answered``, ``same-person``, ``state``; 422
            ``act``.
    """
    if new.reason not in REASONS:
        raise Problem(400, "reason", _("Please say why you hand nothing over."))
    if parse_what(new.act.what).fields.get("reason") != new.reason:
        raise _other_act()
    with writing():
        row = _open(member, key, today)
        deed = Deed("decline name", row.thread, row.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
        Answer.objects.create(office=member.office, request=key, member=member.id, day=today, reason=new.reason)


def take_back(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Take a request back: nobody answers it any more, and what was handed over for it is deleted.

    Raises:
        Problem: 404 ``no-request`` (also for who did not ask); 409 ``over``; 422 ``act``.
    """
    with writing():
        row = _locked(member, key)
        if row.member != member.id:
            raise _nothing()
        _require_open(row, today)
        deed = Deed("withdraw name request", row.thread, row.content)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        NameRequest.objects.filter(id=key).update(over=today)
        Answer.objects.filter(request=key).exclude(sealed=b"").delete()


def _open(member: MemberFacts, key: bytes, today: date) -> NameRequest:
    """Return a request that this custodian may still answer, under its lock."""
    row = _locked(member, key)
    _require_open(row, today)
    if Answer.objects.filter(request=key, member=member.id).exists():
        raise Problem(409, "answered", _("You have answered already. What was signed stands."))
    if row.member == member.id or rights.is_assigned(member, row.thread):
        raise Problem(409, "same-person", _("Who works on the case hands over no share of its name."))
    asker = _facts(row)
    if asker is None or not rights.is_assigned(asker, row.thread):
        message = _("Who asked is not on the case any more, so nothing is handed over to them.")
        raise Problem(409, "state", message)
    return row


def _facts(row: NameRequest) -> MemberFacts | None:
    return offices.member(row.office, row.member)


def _require_open(row: NameRequest, today: date) -> None:
    if queries.standing(row, today).over:
        raise Problem(409, "over", _("This request is over. Whoever still needs the name asks anew."))


def _locked(member: MemberFacts, key: bytes) -> NameRequest:
    row = NameRequest.objects.select_for_update().filter(office=member.office, id=key).first()
    if row is None:
        raise _nothing()
    return row


def _nothing() -> Problem:
    return Problem(404, "no-request", _("There is no such request here."))


def _other_act() -> Problem:
    message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
    return Problem(422, "act", message)
