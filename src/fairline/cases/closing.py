"""The end of a case, and going on: closing with an outcome, reopening, taking up what was set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import counting, hearing_steps, reviewing, rights, timekeeping
from fairline.cases.models import CLOSED_IT, REOPENED, Case, Doing, Slip
from fairline.cases.services import did, locked, moved_on, require_declaration
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line.states import ARRIVED, ASIDE, CASE, CLOSED
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.closing import CONCERNS, KNOWINGLY_FALSE, OUTCOMES, Amounts, amounts_json
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewPost
    from fairline.offices.queries import MemberFacts
    from fairline.seal.protecting import ProtectionSlip


@dataclass(frozen=True, slots=True)
class Decided:
    """That a panel found the report knowingly false: what was voted on, and who signed a yes to it.

    Attributes:
        about: H of the document that each of them read.
        votes: member id and signature.
    """

    about: bytes
    votes: tuple[tuple[bytes, bytes], ...]


Judge = Callable[[bytes, Decided], None]
"""Raises a problem where a panel has not decided this: the thread, what is shown."""
_judges: Final[list[Judge]] = []


def only_decided(judge: Judge) -> Judge:
    """Let ``judge`` be asked before any case closes as knowingly false. Without one, none does."""
    _judges.append(judge)
    return judge


CountsProtection = Callable[[bytes, str, "date", "ProtectionSlip"], None]
"""Takes an office, the id of a law, the first day of a month, and words of closed lists. Never which case it was."""
_protection: Final[list[CountsProtection]] = []


def counts_protection(counter: CountsProtection) -> CountsProtection:
    """Let ``counter`` be given what a closing says of protection, in the transaction of the closing."""
    _protection.append(counter)
    return counter


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ends: what is counted, and the grounds, which the reporting person reads."""

    outcome: str
    concern: str
    grounds: NewPost
    act: SignedAct
    amounts: Amounts | None = None
    test: bool = False
    """The report bears the statement of a test: the browser has read it, nobody else can. It is not counted."""
    decided: Decided | None = None
    """Beside ``unfounded`` alone."""
    protection: ProtectionSlip | None = None
    """What is counted of protection. No act names it: it would tie the words to the case (decision 0126)."""


def close(member: MemberFacts, thread_id: bytes, new: Closing, today: date, now: datetime) -> Promise | None:
    """Close a case with an outcome and grounds; return the promise of the message. Who is assigned stays so.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, ``heads``, ``unheard``, ``undecided``,
            ``review``; 422 ``closing``, ``act``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    if new.outcome not in OUTCOMES or new.concern not in CONCERNS or new.grounds.chain != "o":
        raise Problem(422, "closing", _("A case ends with an outcome and with grounds. Nothing was changed."))
    with writing():
        thread = locked(member, thread_id)
        case = _case(thread_id, thread.status, CASE)
        hearing_steps.require_heard(thread_id, member.office, new.outcome, today)
        _require_decided(thread_id, new, opened=thread.opened)
        reviewing.require_another(member, (thread_id,))
        promise = handing.write(member.office, new.grounds, today)
        # Written meanwhile under the same lock; the row is read again so that nothing of it is overwritten.
        thread = handing.locked(member.office, thread_id)
        handing.move(thread, CLOSED)
        if not thread.opened:
            # A mailbox opened for somebody is no report: its case is counted where the report lies, and once.
            slip = {"office": member.office, "desk": case.desk, "outcome": new.outcome, "concern": new.concern}
            Slip.objects.update_or_create(id=thread_id, defaults=slip | {"arrived": thread.day, "closed": today})
        _require_said(new.act, _signed(new))
        deed = Deed("close", thread_id, case.recipient, None, case.keys)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
        again = Doing.objects.filter(thread=thread_id, what=CLOSED_IT).exists()
        did(member, thread_id, CLOSED_IT, now)
        timekeeping.was_answered(member.office, thread_id, today)
        if not new.test and not thread.opened:
            outcome = new.outcome if new.decided is None else KNOWINGLY_FALSE
            said = counting.Slip(outcome, new.concern, new.amounts, again=again)
            counting.count(case, said, today, now)
        if not new.test and new.protection is not None:
            law = timekeeping.law_of(member.office, case.desk, thread.day)
            for counter in _protection:
                counter(member.office, law, counting.month_of(member.office, today, now), new.protection)
    return promise


def reopen(member: MemberFacts, thread_id: bytes, act: SignedAct, now: datetime) -> None:
    """Go on with a closed case; its slip is counted no more until it closes again, by another than before.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``; 422 ``act``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    with writing():
        thread = locked(member, thread_id)
        case = _case(thread_id, thread.status, CLOSED)
        handing.move(thread, CASE)
        Slip.objects.filter(id=thread_id).delete()
        deed = Deed("reopen", thread_id, case.recipient, None, case.keys)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        did(member, thread_id, REOPENED, now)


def take_up(member: MemberFacts, thread_id: bytes, act: SignedAct, now: datetime) -> None:
    """Take up again what was set aside.

    Raises:
        Problem: 404 ``no-thread``; 409 ``state``; 422 ``act``.
    """
    rights.desk_of(member, thread_id)
    with writing():
        thread = handing.locked(member.office, thread_id)
        rights.desk_of(member, thread_id)
        if thread.status != ASIDE:
            raise moved_on()
        handing.move(thread, ARRIVED)
        acts.record(member.office, member.id, member.sign, act=act, deed=Deed("take up", thread_id), now=now)
        did(member, thread_id, REOPENED, now)


def _case(thread_id: bytes, status: str, wanted: str) -> Case:
    case = Case.objects.filter(id=thread_id).first()
    if case is None or status != wanted:
        raise moved_on()
    return case


def _signed(new: Closing) -> dict[str, object]:
    """What the act of a closing must say: all that is counted, and nothing where there is nothing."""
    amounts = None if new.amounts is None else amounts_json(new.amounts)
    panel = None if new.decided is None else b64(new.decided.about)
    return {
        "outcome": new.outcome, "class": new.concern, "amounts": amounts, "test": new.test or None, "panel": panel,
    }  # fmt: skip


def _require_decided(thread_id: bytes, new: Closing, *, opened: bool) -> None:
    """No handler says of anybody that they knew: a panel has signed it, or it is not said."""
    if new.decided is None:
        return
    if new.outcome != "unfounded" or opened or not _judges:
        message = _("With a panel's decision a report can end only as unfounded. Nothing was changed.")
        raise Problem(422, "closing", message)
    for judge in _judges:
        judge(thread_id, new.decided)


def _require_said(act: SignedAct, fields: dict[str, object]) -> None:
    said = parse_what(act.what).fields
    if any(said.get(name) != value for name, value in fields.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
