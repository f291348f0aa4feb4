"""Who joins a case says what they could open of it: a handover that leaves something unreadable is seen at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.models import TOOK_OVER, TOOK_PART, Case
from fairline.cases.services import did, moved_on, require_declaration
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line.states import CASE, CLOSED
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fairline.offices.queries import MemberFacts


@dataclass(frozen=True, slots=True)
class Found:
    """What a new holder's browser came to."""

    read: Mapping[str, int]
    """Number of the newest post of each chain that was there; a chain with nothing yet is left out."""
    unreadable: int
    """How many places of the thread it could not open, or could not prove."""


def take_over(member: MemberFacts, thread_id: bytes, found: Found, act: SignedAct, now: datetime) -> None:
    """Record what a holder of the keys in force could read of the case. It changes nothing: it is a proof, or an alarm.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, ``heads`` (something came that was not looked at);
            422 ``act``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    with writing():
        thread = handing.locked(member.office, thread_id)
        case = Case.objects.filter(id=thread_id).first()
        if case is None or thread.status not in (CASE, CLOSED) or not rights.is_assigned(member, thread_id):
            raise moved_on()
        if dict(found.read) != {chain: n for chain, n in handing.heads(thread).items() if n >= 0}:
            message = _("Something new has come in meanwhile. Nothing was changed; please read it first.")
            raise Problem(409, "heads", message)
        said = parse_what(act.what).fields
        if said.get("read") != dict(found.read) or said.get("unreadable") != found.unreadable:
            message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
            raise Problem(422, "act", message)
        deed = Deed("take over", thread_id, case.recipient, None, case.keys)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        did(member, thread_id, TOOK_PART if found.unreadable else TOOK_OVER, now, n=case.n)
