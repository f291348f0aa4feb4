"""Shares of names' keys go on: who leaves passes theirs to a successor; what a vanished custodian held is made again.

The server cannot tell a share from noise, nor whose it was: a receiving browser holds each against the hashes that all
of them carry. What was dealt stays where it is, sealed to who may have left: of that nobody is served anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import queries as line
from fairline.names import shares
from fairline.names.models import Gathering, GatheringRefusal, PassedShare
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import H

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.offices.queries import MemberFacts

MOST: Final = 200
"""Shares in one request."""
SHARE_BYTES: Final = 8 * 1024


@dataclass(frozen=True, slots=True)
class OneShare:
    """A share, sealed to one custodian.

    Attributes:
        thread: of which report.
        message: place on chain r of what gave the name.
        index: which share of the deal.
        sealed: to the receiver alone.
    """

    thread: bytes
    message: int
    index: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class PassingOn:
    """Some shares for one custodian.

    Attributes:
        to: who keeps them from now on, or gathers them.
        gathering: the gathering in which they are handed over; None where they are kept.
        shares: one to `MOST`.
        act: ``pass shares``, subject the receiver, ``after`` H of the files' hashes in order, and ``shares``.
    """

    to: bytes
    gathering: bytes | None
    shares: Sequence[OneShare]
    act: SignedAct


def pass_on(member: MemberFacts, new: PassingOn, today: date, now: datetime) -> None:
    """Keep shares that a custodian sealed to another. What came before is not kept twice.

    Of a case that the receiver is assigned to nothing is kept: the share of its name stays where it is.

    Raises:
        Problem: 404 ``no-name``, ``no-gathering``; 409 ``no-custodian`` (the receiver is none), ``same-person``,
            ``keeps-one`` (they have another share of that name), ``over``; 413 ``share-size``; 422 ``act``.
    """
    said = parse_what(new.act.what)
    digest = H(b"".join(H(one.sealed) for one in new.shares))
    if said.fields.get("shares") != len(new.shares):
        raise _other_act()
    if not 0 < len(new.shares) <= MOST or any(len(one.sealed) > SHARE_BYTES for one in new.shares):
        raise Problem(413, "share-size", _("This is more than is passed on at once. Nothing was stored."))
    with writing():
        if new.gathering is not None and shares.one(member.office, new.gathering, today).member != new.to:
            raise _other_act()
        receiver = _keeper(member, new.to)
        # From here on the office's record is locked: of two who pass on at once, one keeps a share and one is refused.
        deed = Deed("pass shares", new.to, None, digest)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
        for one in new.shares:
            # Who works on a case has the other half of its name's key: a handler before, they may hold its keys still.
            if not rights.is_assigned(receiver, one.thread):
                _keep(member, new, one, today)
        # Of who gave nothing after all, because nothing could be kept, what they said before still stands.
        if new.gathering is not None and PassedShare.objects.filter(gathering=new.gathering, giver=member.id).exists():
            GatheringRefusal.objects.filter(gathering=new.gathering, member=member.id).delete()


def _keep(member: MemberFacts, new: PassingOn, one: OneShare, today: date) -> None:
    if not line.has_name(member.office, one.thread, one.message):
        raise Problem(404, "no-name", _("No sealed name came with this. Nothing was changed; please look again."))
    gathering = new.gathering or b""
    here = PassedShare.objects.filter(thread=one.thread, message=one.message, member=new.to, gathering=gathering)
    if here.filter(index=one.index).exists():
        return
    # Whoever held two shares of one name would count for two of those who must agree.
    if not gathering and here.exists():
        raise Problem(409, "keeps-one", _("They keep a share of one of these names already. Nothing was stored."))
    PassedShare.objects.create(
        office=member.office, thread=one.thread, message=one.message, index=one.index, member=new.to, giver=member.id,
        gathering=gathering, day=today, sealed=one.sealed,
    )  # fmt: skip


def gather(member: MemberFacts, successor: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Ask the other custodians for their shares, to make for `successor` what those who are gone held.

    Raises:
        Problem: 409 ``gathering`` (somebody has asked already), ``no-custodian``, ``same-person``; 422 ``act``.
    """
    with writing():
        _keeper(member, successor)
        deed = Deed("gather shares", successor)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        if any(not one.over for one in shares.gatherings(member.office, today)):
            raise Problem(409, "gathering", _("Somebody asks for shares already. Please look again."))
        Gathering.objects.create(office=member.office, member=member.id, successor=successor, begun=today)


def decline(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """Keep that a custodian hands nothing over. Who has second thoughts can still hand shares over.

    Raises:
        Problem: 404 ``no-gathering``; 409 ``same-person`` (for one of its two), ``answered``, ``over``; 422 ``act``.
    """
    with writing():
        row = shares.one(member.office, key, today)
        if member.id in {row.member, row.successor}:
            raise Problem(409, "same-person", _("Nobody hands over a share of a name to themselves."))
        given = PassedShare.objects.filter(gathering=key, giver=member.id)
        if given.exists() or GatheringRefusal.objects.filter(gathering=key, member=member.id).exists():
            raise Problem(409, "answered", _("You have answered already. What was signed stands."))
        GatheringRefusal.objects.create(office=member.office, gathering=key, member=member.id, day=today)
        acts.record(member.office, member.id, member.sign, act=act, deed=Deed("decline gathering", row.member), now=now)


def end(member: MemberFacts, key: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """End a gathering: what was handed over for it is deleted at once.

    Raises:
        Problem: 404 ``no-gathering`` (also for who did not ask); 409 ``over``; 422 ``act``.
    """
    with writing():
        row = shares.one(member.office, key, today)
        if row.member != member.id:
            raise Problem(404, "no-gathering", _("Nobody asks for shares under this address."))
        Gathering.objects.filter(id=key).update(over=today)
        PassedShare.objects.filter(gathering=key).delete()
        GatheringRefusal.objects.filter(gathering=key).delete()
        deed = Deed("end gathering", row.successor)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)


def _keeper(member: MemberFacts, other: bytes) -> MemberFacts:
    """Another custodian of the charter in force: a share of somebody else's would lie where nobody asks for it."""
    if other == member.id:
        raise Problem(409, "same-person", _("Nobody hands over a share of a name to themselves."))
    facts = offices.member(member.office, other)
    if facts is None or Role.CUSTODIAN not in facts.roles:
        message = _("Only a custodian of the charter in force can keep shares of names.")
        raise Problem(409, "no-custodian", message)
    return facts


def _other_act() -> Problem:
    message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
    return Problem(422, "act", message)
