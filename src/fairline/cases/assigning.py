"""From desk to case, and who is assigned to it: triage, its confirmation or refusal, and new keys.

Every act is one transaction with its signature in the record of acts. What is sealed in it no server can look into;
what is held here is order (nobody overwrites what they have not seen), number (two people at least), and who may act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import index, rights
from fairline.cases.models import (
    ASIDE,
    CONFIRMED,
    LAPSED,
    REFUSED,
    REKEYED,
    TRIAGED,
    Case,
    CaseAct,
    CaseKeys,
    Declaration,
)
from fairline.cases.services import did, locked, moved_on, require_declaration
from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line.states import ARRIVED, CASE, HELD
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewPost
    from fairline.offices.queries import MemberFacts

LEAST_PEOPLE: Final = 2
Guard = Callable[[bytes, "Collection[bytes]"], None]
"""Raises a problem where one of these members must not hold the keys of a case: thread id, member ids."""
_before_keys: Final[list[Guard]] = []


def before_keys(guard: Guard) -> Guard:
    """Let ``guard`` be asked, under the lock of the case, whenever keys go to people: a room may need them apart."""
    _before_keys.append(guard)
    return guard


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A case's `keys` as a member's browser sealed them, and the word to the reporting person that goes with them."""

    n: int
    """Number of the `keys`; their newest generation has the same."""
    commitment: bytes
    """c of the envelope."""
    files: Mapping[bytes, bytes]
    """Member id to age file: who is in it is assigned, and nobody else."""
    recipient: bytes
    """H of the recipient that the newest seed gives."""
    handover: NewPost
    act: SignedAct


@dataclass(frozen=True, slots=True)
class Triage:
    """What triage sends: the keys, its note, and every envelope so far in a copy for the case."""

    keys: NewKeys
    note: NewPost
    desk_copy: bytes
    """The hash over the desk's copies that the triaging browser has read."""
    copies: Mapping[tuple[str, int], bytes]


def triage(member: MemberFacts, thread_id: bytes, new: Triage, today: date, now: datetime) -> Promise | None:
    """Give a report to the people who are assigned; return the promise of the handover. State HELD.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state`` (somebody was quicker), ``lead`` (a refused triage is
            the lead's), ``heads`` (something came that the triaging browser has not read); 422 ``people``, ``keys``,
            ``act``.
    """
    desk = rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    with writing():
        thread = locked(member, thread_id)
        if thread.status != ARRIVED:
            raise moved_on()
        before = Case.objects.filter(id=thread_id).first()
        if before is not None and f"{Role.LEAD}@{b64(desk)}" not in member.roles:
            message = _("A triage of this report came to nothing. Only a lead of the desk may triage it again.")
            raise Problem(409, "lead", message)
        upto = before.upto() if before else handing.heads(thread)
        files = handing.desk_files(thread, upto)
        if new.copies.keys() != files.keys() or new.desk_copy != handing.desk_copy(files):
            raise _unread()
        _require_entitled(member.office, thread_id, new.keys.files)
        n = before.n + 1 if before else 0
        _require_number(new.keys, n)
        handing.give(thread, new.copies, n, HELD)
        promise = _hand_over(member, new.keys, today)
        handing.write(member.office, _of_case(new.note, n, "i"), today)
        case, _made = Case.objects.update_or_create(
            id=thread_id,
            defaults={
                "office": member.office, "desk": desk, "n": n, "recipient": new.keys.recipient,
                "keys": new.keys.commitment, "desk_copy": new.desk_copy, "triaged_by": member.id, "triaged": now,
                "confirmed_by": b"", "alarm": "", **{f"{chain}_posts": newest + 1 for chain, newest in upto.items()},
            },
        )  # fmt: skip
        assign(case, n, new.keys.files, new.keys.act)
        deed = Deed("triage", thread_id, new.desk_copy, new.keys.recipient, new.keys.commitment)
        record_people(member, new.keys.act, deed, new.keys.files, now)
        # After the record, whose lock comes first wherever both are taken.
        index.forget_others(member.office, desk, thread_id, new.keys.files)
        did(member, thread_id, TRIAGED, now)
    return promise


def confirm(member: MemberFacts, thread_id: bytes, act: SignedAct, now: datetime) -> None:
    """Make it a case: a second assigned person has opened the copy and found it to be whole. The desk's copy dies.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, ``second`` (whoever triaged cannot confirm it).
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    with writing():
        thread = locked(member, thread_id)
        case = _held(thread_id, thread.status)
        if case.triaged_by == member.id:
            message = _("Whoever triaged a report cannot confirm it too: a second person looks at it.")
            raise Problem(409, "second", message)
        handing.destroy_desk_copies(thread)
        handing.move(thread, CASE)
        Case.objects.filter(id=thread_id).update(confirmed_by=member.id)
        deed = Deed("confirm triage", thread_id, case.desk_copy, case.recipient, case.keys)
        record_people(member, act, deed, None, now)
        did(member, thread_id, CONFIRMED, now)


def refuse(member: MemberFacts, thread_id: bytes, act: SignedAct, now: datetime) -> None:
    """Give a triage back to the desk: what its second person found does not hold, or they cannot take it.

    Raises:
        Problem: 404 ``no-thread``; 409 ``state``.
    """
    rights.desk_of(member, thread_id)
    with writing():
        thread = handing.locked(member.office, thread_id)
        rights.desk_of(member, thread_id)
        case = _held(thread_id, thread.status)
        _give_back(thread_id, REFUSED)
        handing.take_back(thread, ARRIVED)
        deed = Deed("refuse triage", thread_id, case.recipient, None, case.keys)
        record_people(member, act, deed, None, now)
        did(member, thread_id, REFUSED, now)


def lapse(case: Case, now: datetime) -> bool:
    """Give a triage back that nobody confirmed in time; return whether it still waited. The machine's own act."""
    with writing():
        thread = handing.locked(case.office, case.id)
        if thread.status != HELD:
            return False
        _give_back(case.id, LAPSED)
        handing.take_back(thread, ARRIVED)
        acts.record_machine(case.office, "triage lapsed", case.id, now)
    return True


def rekey(member: MemberFacts, thread_id: bytes, new: NewKeys, today: date, now: datetime) -> Promise | None:
    """Put new keys in force, for other people: somebody joins, leaves, or steps aside. Old content stays as it is.

    Raises:
        Problem: 404 ``no-thread``; 409 ``state``, ``heads``; 422 ``people`` (fewer than two, or somebody who stepped
            aside), ``keys``, ``act``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    with writing():
        thread = handing.locked(member.office, thread_id)
        case = Case.objects.filter(id=thread_id).first()
        if case is None or thread.status != CASE:
            raise moved_on()
        if not rights.is_assigned(member, thread_id):
            raise rights.nothing()
        _require_entitled(member.office, thread_id, new.files)
        _require_number(new, case.n + 1)
        handing.hand(thread, new.n, CASE)
        promise = _hand_over(member, new, today)
        Case.objects.filter(id=thread_id).update(n=new.n, recipient=new.recipient, keys=new.commitment)
        assign(case, new.n, new.files, new.act)
        deed = Deed("rekey", thread_id, case.recipient, new.recipient, new.commitment)
        record_people(member, new.act, deed, new.files, now)
        index.forget_others(member.office, case.desk, thread_id, new.files)
        did(member, thread_id, REKEYED, now)
    return promise


def _unread() -> Problem:
    message = _("Something new has come in meanwhile. Nothing was changed; please read it first.")
    return Problem(409, "heads", message)


def _held(thread_id: bytes, status: str) -> Case:
    case = Case.objects.filter(id=thread_id).first()
    if case is None or status != HELD:
        raise moved_on()
    return case


def require_people(office: bytes, thread_id: bytes, people: Mapping[bytes, object]) -> None:
    """Refuse any but two at least, who handle or lead at some desk, keep no names, and have not stepped aside.

    Raises:
        Problem: 422 ``people``.
    """
    entitled = {
        one.id
        for one in offices.members(office)
        if Role.CUSTODIAN not in one.roles and any(role.partition("@")[0] in rights.READERS for role in one.roles)
    }
    aside = set(Declaration.objects.filter(thread=thread_id, kind=ASIDE).values_list("member", flat=True))
    if len(people) < LEAST_PEOPLE or not people.keys() <= entitled - {bytes(one) for one in aside}:
        message = _("A case needs two people at least who may read it and have not stepped aside. Nothing was changed.")
        raise Problem(422, "people", message)


def _require_entitled(office: bytes, thread_id: bytes, people: Mapping[bytes, object]) -> None:
    """Under the lock of the case: who steps aside at this moment holds no keys."""
    require_people(office, thread_id, people)
    for guard in _before_keys:
        guard(thread_id, people.keys())


def _require_number(new: NewKeys, n: int) -> None:
    if new.n != n:
        raise moved_on()


def _hand_over(member: MemberFacts, new: NewKeys, today: date) -> Promise | None:
    return handing.write(member.office, _of_case(new.handover, new.n, "o"), today)


def _of_case(post: NewPost, generation: int, chain: str) -> NewPost:
    if post.chain != chain or post.generation != generation or post.blobs:
        raise Problem(422, "keys", _("What was sent does not belong to these keys. Nothing was changed."))
    return post


def assign(case: Case, n: int, files: Mapping[bytes, bytes], act: SignedAct) -> None:
    """Let those read to whom these keys are sealed, and nobody else. In the caller's transaction."""
    CaseKeys.objects.filter(thread=case.id).delete()
    for person, sealed in files.items():
        CaseKeys.objects.create(office=case.office, thread=case.id, desk=case.desk, member=person, sealed=sealed)
    CaseAct.objects.create(office=case.office, thread=case.id, n=n, what=act.what, signature=act.signature)


def _give_back(thread_id: bytes, alarm: str) -> None:
    CaseKeys.objects.filter(thread=thread_id).delete()
    Case.objects.filter(id=thread_id).update(alarm=alarm)


def record_people(
    member: MemberFacts, act: SignedAct, deed: Deed, people: Mapping[bytes, object] | None, now: datetime
) -> None:
    """Record the act; where it assigns people it must name just those.

    Raises:
        Problem: 422 ``act``; and as ``acts.record``.
    """
    named = parse_what(act.what).fields.get("people")
    if named != (None if people is None else sorted(b64(one) for one in people)):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
    acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
