"""Who is assigned to a case takes all of it out as one file: an act, in the record and where colleagues see it.

What is in the file never comes here. The act names it by the hash of its list, and the promise that the office signs
for the act goes into the file: by it anybody proves later that the file is this office's own export.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.models import EXPORTED, Case
from fairline.cases.services import did, locked, moved_on
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger import queries as ledger
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line.states import CASE, CLOSED
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.exportedcase import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fairline.ledger.promises import Promise
    from fairline.offices.queries import MemberFacts


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What a browser has put together and is about to seal."""

    reason: str
    digest: bytes
    """H of the list of all that is in it."""
    read: Mapping[str, int]
    """Number of the newest post of each chain that is in it; a chain with nothing yet is left out."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The act's row as it stands in the record, and the promise of it."""

    row: bytes
    promise: Promise


def take_out(member: MemberFacts, thread_id: bytes, out: TakenOut, act: SignedAct, now: datetime) -> Recorded:
    """Record that a holder of the keys in force takes the case out, and why.

    Raises:
        Problem: 404 ``no-thread`` for everybody who is not assigned; 409 ``declare``, ``state``, ``heads`` (something
            came that is not in it); 422 ``reason``, ``act``.
    """
    if out.reason not in REASONS:
        raise Problem(422, "reason", _("Say why it is taken out. Nothing was changed."))
    rights.desk_of(member, thread_id)
    with writing():
        thread = locked(member, thread_id)
        case = Case.objects.filter(id=thread_id).first()
        if case is None or thread.status not in (CASE, CLOSED):
            raise moved_on()
        # Whoever may read a report at its desk is not assigned yet, and a report that is no case is not taken out.
        if not rights.is_assigned(member, thread_id):
            raise rights.nothing()
        if dict(out.read) != {chain: n for chain, n in handing.heads(thread).items() if n >= 0}:
            message = _("Something new has come in meanwhile. Nothing was changed; please read it first.")
            raise Problem(409, "heads", message)
        said = parse_what(act.what).fields
        if said.get("read") != dict(out.read) or said.get("reason") != out.reason:
            message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
            raise Problem(422, "act", message)
        deed = Deed("export", thread_id, case.recipient, out.digest, case.keys)
        promise = acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        did(member, thread_id, EXPORTED, now)
    return Recorded(ledger.act_row(member.office, promise.leaf), promise)
