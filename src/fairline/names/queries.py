"""How requests to open a name stand: for custodians and oversight, and for who is assigned to the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import queries as cases
from fairline.cases import rights
from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.ledger import queries as ledger
from fairline.ledger.acts import parse_what
from fairline.line import queries as line
from fairline.names.models import Answer, Gathering, NameRequest, PassedShare

if TYPE_CHECKING:
    from fairline.core.permissions import Member

OPEN: Final = timedelta(days=30)
"""So long a request can be answered. Who still needs the name then asks anew: grounds do not last for ever."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it stands today.

    Attributes:
        row: as it is stored.
        until: the last day on which it can be answered.
        answers: of custodians, each once.
        over: taken back, or its time has passed.
    """

    row: NameRequest
    until: date
    answers: Sequence[Answer]
    over: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A row of the acts log, and the day whose published batch must hold it."""

    row: bytes
    day: date


@dataclass(frozen=True, slots=True)
class ForCustodian:
    """What a custodian's browser needs to prove a request before it hands over a share.

    Attributes:
        standing: the request.
        asked: the act by which it was asked.
        assigned: the act by which the keys in force of the case were made: it names the asker.
        shares: of all custodians; their own alone opens to them. Empty for oversight, for who has passed theirs on, and
            where nothing is to answer.
        kept: those that others passed on to this member.
    """

    standing: Standing
    asked: Proof | None
    assigned: Proof | None
    shares: Sequence[bytes]
    kept: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class OfCase:
    """A request as who is assigned sees it; `name` is the sealed one, for its asker alone, once somebody answered."""

    standing: Standing
    name: bytes


def standing(row: NameRequest, today: date) -> Standing:
    """Return how a request stands today."""
    until = row.asked + OPEN
    answers = list(Answer.objects.filter(request=row.id).order_by("day", "id"))
    return Standing(row, until, answers, row.over is not None or today > until)


def shown(row: NameRequest, today: date) -> Standing:
    """Return how a request stands for people: over, too, once who asked is not on the case any more.

    Nobody hands anything over to them then, and somebody else may ask.
    """
    found = standing(row, today)
    return found if found.over or cases.holds(row.thread, row.member) else replace(found, over=True)


def running(thread: bytes, message: int, today: date) -> bool:
    """Return whether a name is being asked for already."""
    rows = NameRequest.objects.filter(thread=thread, message=message, over=None)
    return any(not shown(row, today).over for row in rows)


def of_office(member: Member, today: date) -> list[ForCustodian]:
    """Return the requests of the office, the newest first, with what proves them; for custodians and oversight."""
    keeps = Role.CUSTODIAN in member.roles
    rows = NameRequest.objects.filter(office=member.office).order_by("-asked", "id")
    return [_proven(shown(row, today), member, keeps=keeps) for row in rows]


def of_thread(member: Member, thread: bytes, today: date) -> list[OfCase]:
    """Return the requests about a case, for who is assigned to it.

    Raises:
        Problem: 404 ``no-thread``.
    """
    rights.desk_of(member, thread)
    found = []
    for row in NameRequest.objects.filter(office=member.office, thread=thread).order_by("asked", "id"):
        one = shown(row, today)
        mine = row.member == member.id and not one.over and any(answer.sealed for answer in one.answers)
        name = line.sealed_name(member.office, thread, row.message) if mine else None
        found.append(OfCase(one, b"" if name is None else name[0]))
    return found


def owed_by(member: Member, today: date) -> list[Standing]:
    """Return the requests that wait for this custodian's answer, those that end first before the others."""
    if Role.CUSTODIAN not in member.roles:
        return []
    rows = NameRequest.objects.filter(office=member.office, over=None, asked__gte=today - OPEN).order_by("asked", "id")
    found = [shown(row, today) for row in rows]
    return [one for one in found if not one.over and member.id not in {answer.member for answer in one.answers}]


def asked_by(member: Member, today: date) -> list[Standing]:
    """Return the requests that this member asked, can still see, and that are running."""
    rows = NameRequest.objects.filter(office=member.office, member=member.id, over=None, asked__gte=today - OPEN)
    return [standing(row, today) for row in rows.order_by("asked", "id") if rights.is_assigned(member, row.thread)]


def one(member: Member, key: bytes) -> NameRequest:
    """Return one request of the member's office.

    Raises:
        Problem: 404 ``no-request``.
    """
    row = NameRequest.objects.filter(office=member.office, id=key).first()
    if row is None:
        raise Problem(404, "no-request", _("There is no such request here."))
    return row


def _proven(found: Standing, member: Member, *, keeps: bool) -> ForCustodian:
    row = found.row
    what = cases.keys_act(row.thread)
    named = None if what is None else parse_what(what)
    assigned = None
    if named is not None and named.member is not None and named.counter is not None:
        assigned = _row(row.office, named.member, named.counter)
    answered = any(one.member == member.id for one in found.answers)
    # Who has passed their share on answers no more with it: two people would hand over one share, and count for two.
    serves = keeps and not answered and not found.over and not _has_passed(member, row)
    name = line.sealed_name(row.office, row.thread, row.message) if serves else None
    shares = () if name is None else name[1]
    kept = () if name is None else shares_kept(member, row.thread, row.message)
    return ForCustodian(found, _row(row.office, row.member, row.counter), assigned, shares, kept)


def _has_passed(member: Member, row: NameRequest) -> bool:
    given = PassedShare.objects.filter(thread=row.thread, message=row.message, giver=member.id, gathering=b"")
    dealt_again = given.filter(member__in=Gathering.objects.filter(member=member.id).values("successor"))
    return given.exclude(id__in=dealt_again.values("id")).exists()


def shares_kept(member: Member, thread: bytes, message: int) -> list[bytes]:
    """Return the shares of one name that were passed on to this member, sealed to them."""
    rows = PassedShare.objects.filter(thread=thread, message=message, member=member.id, gathering=b"")
    return [bytes(one) for one in rows.order_by("index").values_list("sealed", flat=True)]


def _row(office: bytes, member: bytes, counter: int) -> Proof | None:
    found = ledger.row_of(office, member, counter)
    return None if found is None else Proof(*found)
