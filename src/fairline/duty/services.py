"""What can be done: note in a case what a law makes an organisation tell its authority, and that it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import services as cases
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.duty import queries
from fairline.duty.clocks import Kind, State, parts, standing
from fairline.duty.models import DutyEvent
from fairline.line.states import CASE, CLOSED
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import H

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairline.duty.clocks import Noted, Standing
    from fairline.offices.queries import MemberFacts
    from fairline.profiles.laws import Law

STANDS_OPEN: Final = frozenset({State.OPEN, State.RUNNING, State.LATE})
MAY_BE_NONE: Final = frozenset({State.WAITING, State.OPEN, State.RUNNING})
"""Nobody says of a row that is late that it was never owed: that would hide it."""
LONG_AGO: Final = timedelta(days=366)
"""What happened earlier than that is noted in words, in the case."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a member says happened.

    Attributes:
        law: id of a profile that binds organisations.
        kind: what happened.
        row: the row that was done; for ``aware`` the part of the law, or empty.
        at: when, UTC, to the minute.
    """

    law: str
    kind: Kind
    row: str
    at: datetime

    @property
    def said(self) -> str:
        """What its author signs the hash of."""
        return f"{self.law} {self.kind} {self.row} {self.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def note(member: MemberFacts, thread: bytes, given: Note, act: SignedAct, now: datetime) -> None:
    """Keep what happened, signed. Also in a closed case: closing it ends no duty.

    Args:
        member: who signs, assigned to the case.
        thread: the case.
        given: what happened.
        act: ``<kind> duty``, subject the thread, ``after`` = H(what was said).
        now: the present instant.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state`` (it is no case yet), ``duty`` (it does not stand so that
            this could be noted); 422 ``law``, ``row``, ``at``, ``act``.
    """
    queries.require(given.law)
    zone = offices.zone_of(member.office) or "UTC"
    with writing():
        if cases.locked(member, thread).status not in (CASE, CLOSED):
            message = _("Duties are kept in a case, which only those assigned can read. Please triage it first.")
            raise Problem(409, "state", message)
        found = queries.noted(member.office, thread).get(given.law, [])
        _require(given, queries.law(member.office, given.law, found, now), found, zone, now)
        DutyEvent.objects.create(
            office=member.office, thread=thread, law=given.law, kind=given.kind, row=given.row, at=given.at,
            noted=now.astimezone(queries.zone(member.office)).date(),
        )  # fmt: skip
        deed = Deed(f"{given.kind} duty", thread, None, H(given.said.encode()))
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)


def _require(given: Note, law: Law, noted: Sequence[Noted], zone: str, now: datetime) -> None:
    aware = min((one.at for one in noted if one.kind is Kind.AWARE), default=None)
    if not now - LONG_AGO <= given.at <= now:
        raise Problem(422, "at", _("Please give a moment that is over, and not longer than a year ago."))
    if given.kind is Kind.AWARE:
        if given.row not in {"", *parts(law)}:
            raise Problem(422, "row", _("There is no such part of this law."))
        if aware is not None and given.at >= aware:
            raise Problem(409, "duty", _("That is noted already. It can only be put earlier: nobody gains time by it."))
        return
    if aware is None or given.at < aware:
        raise Problem(422, "at", _("That cannot have been before you became aware. Please look at the moment again."))
    if given.kind in {Kind.REQUESTED, Kind.ENDED}:
        if given.row or given.kind not in {clock.starts for clock in law.clocks.values()}:
            raise Problem(422, "row", _("Nothing in this law runs from that."))
        return
    _require_row(given, standing(law, noted, now, zone))


def _require_row(given: Note, rows: Sequence[Standing]) -> None:
    row = next((one for one in rows if one.clock.id == given.row), None)
    if row is None:
        raise Problem(422, "row", _("There is no such row in this law."))
    if row.state not in (STANDS_OPEN if given.kind is Kind.DONE else MAY_BE_NONE):
        message = _(
            "A colleague was quicker, or the case is not in a state in which this can be noted. Please look at the "
            "case again."
        )
        raise Problem(409, "duty", message)
    if given.kind is Kind.DONE and row.began is not None and given.at < row.began:
        raise Problem(422, "at", _("That cannot have been before it began to run. Please look at the moment again."))
