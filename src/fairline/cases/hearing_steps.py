"""Steps of informing and hearing the person concerned: signed, in order, and by two people what needs two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.cases import openings, rights
from fairline.cases.hearing import (
    ANSWER_DAYS,
    DECISIONS,
    DELAYS,
    REQUESTS,
    STATEMENTS,
    Happened,
    Request,
    Standing,
    State,
    Step,
    requests,
    standing,
)
from fairline.cases.models import WROTE, Case, Doing, HearingStep
from fairline.cases.services import locked, require_declaration
from fairline.core.clock import day as clocks_day
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.line.states import CASE
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from fairline.core.permissions import Member
    from fairline.offices.queries import MemberFacts

REASONS: Final = {
    Step.DELAYED: DELAYS,
    Step.HEARD: STATEMENTS,
    Step.ASKED: REQUESTS,
    Step.ANSWERED: DECISIONS,
}
IN_MAILBOX: Final = frozenset({Step.ASKED, Step.ANSWERED})
"""Steps in a mailbox that was opened for somebody; all others are a case's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a member's browser asks for."""

    step: Step
    reason: str
    about: bytes
    """c of the note with the draft, where the step is about one, as a statement is where several went; else empty."""
    days: int
    """For how many days its reader may answer, where the notice is given; 0 otherwise."""

    def signed(self) -> bytes:
        """What the act names as ``after``."""
        return H(f"{self.step} {self.reason} {self.days} {b64(self.about)}".encode())


@dataclass(frozen=True, slots=True)
class Row:
    """A case that waits for something towards the person concerned."""

    thread: bytes
    desk: bytes
    began: date
    standing: Standing


def of_thread(office: bytes, thread: bytes, today: date) -> Standing | None:
    """Return how a case stands; None for what is no case, and for a mailbox that was opened for somebody.

    One that was taken in begins on that day: what was done before lies in its file, and nobody here can prove it.
    """
    case = Case.objects.filter(id=thread, office=office).first()
    if case is None or openings.is_mailbox(office, thread):
        return None
    return standing(_began(case), _happened(thread), today)


def in_mailbox(office: bytes, thread: bytes) -> list[Request]:
    """Return what the holder of a mailbox has asked for, oldest first; nothing for what is no such mailbox."""
    return requests(_happened(thread)) if openings.is_mailbox(office, thread) else []


def steps_of(office: bytes, thread: bytes) -> Sequence[Happened]:
    """Return every step that was done in a thread, oldest first: what an export takes along of it."""
    return _steps(HearingStep.objects.filter(office=office, thread=thread)).get(thread, [])


def waiting_in(member: Member) -> list[tuple[bytes, Request]]:
    """Return the requests that wait in the member's own opened mailboxes, the first due first."""
    steps = _steps(HearingStep.objects.filter(rights.is_case_of(member, "thread"), office=member.office))
    mailboxes = openings.mailboxes_among(member.office, steps)
    found = [(thread, one) for thread in mailboxes for one in requests(steps[thread])]
    waits = [row for row in found if row[1].answered is None]
    return sorted(waits, key=lambda row: (row[1].due, row[0]))


def of_member(member: Member, today: date) -> list[Row]:
    """Return the member's own open cases in which the notice is due, late or delayed, the first due first."""
    is_open = openings.open_cases(member.office, rights.is_one_of_all(member))
    steps = _steps(HearingStep.objects.filter(rights.is_case_of(member, "thread"), office=member.office))
    zone = _zone(member.office)
    own = Case.objects.filter(rights.is_one_of_all(member), office=member.office)
    rows = []
    for key, desk, triaged in own.values_list("id", "desk", "triaged"):
        began = clocks_day(triaged, zone)
        found = standing(began, steps.get(bytes(key), ()), today)
        if key in is_open and found.due is not None:
            rows.append(Row(bytes(key), bytes(desk), began, found))
    return sorted(rows, key=lambda row: (row.standing.due is None, row.standing.due, row.thread))


def take(
    member: MemberFacts, thread_id: bytes, wanted: Wanted, *, act: SignedAct, today: date, now: datetime
) -> None:
    """Do one step.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, ``hearing`` (not as it stands), ``second`` (who wrote
            the draft does not agree to it), ``early`` (their time to answer has not passed); 422 ``reason``, ``draft``,
            ``days``, ``act``; and as ``acts.record``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    if wanted.reason not in REASONS.get(wanted.step, ("",)):
        raise Problem(422, "reason", _("Please choose one of the reasons that are offered."))
    with writing():
        thread = locked(member, thread_id)
        now_standing = of_thread(member.office, thread_id, today)
        if (now_standing is None) is not (wanted.step in IN_MAILBOX) or thread.status != CASE:
            raise Problem(409, "state", _("This is no open case. Nothing was changed; please look again."))
        if now_standing is not None:
            _require_order(member, thread_id, wanted, now_standing, today)
        elif wanted.step is Step.ANSWERED and all(one.answered for one in in_mailbox(member.office, thread_id)):
            raise Problem(409, "hearing", _("Nothing waits for an answer here. Please look again."))
        deed = Deed(f"hearing {wanted.step}", thread_id, after=wanted.signed())
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        last = HearingStep.objects.filter(thread=thread_id).aggregate(last=Max("place"))["last"]
        HearingStep.objects.create(
            office=member.office, thread=thread_id, step=wanted.step, reason=wanted.reason, about=wanted.about,
            day=today, until=today + timedelta(days=wanted.days) if wanted.step is Step.GIVEN else None,
            place=0 if last is None else last + 1,
        )  # fmt: skip


def require_heard(thread_id: bytes, office: bytes, outcome: str, today: date) -> None:
    """Refuse an outcome that a person concerned has not been heard about. Inside the transaction that closes.

    Raises:
        Problem: 409 ``unheard``.
    """
    found = of_thread(office, thread_id, today)
    if found is not None and not found.allows(outcome):
        message = _(
            "Nobody is found against before they have been able to answer. First inform the person concerned and "
            "record their statement, or that it was offered and the time has passed. Nothing was changed."
        )
        raise Problem(409, "unheard", message)


def _require_order(member: MemberFacts, thread_id: bytes, wanted: Wanted, found: Standing, today: date) -> None:
    is_given = found.state is State.GIVEN
    match wanted.step:
        case Step.AGREED:
            _require_second(member, thread_id, wanted.about)
        case Step.GIVEN:
            if wanted.about != found.agreed or not wanted.about:
                raise Problem(422, "draft", _("A second person has not agreed to this notice. Nothing was changed."))
            if wanted.about in found.given:
                raise Problem(409, "hearing", _("The notice has gone already. Nothing was changed; please look again."))
            if not ANSWER_DAYS[0] <= wanted.days <= ANSWER_DAYS[1]:
                raise Problem(422, "days", _("Give them a week to answer at least, and half a year at most."))
        case Step.DELAYED | Step.NOBODY if is_given:
            raise Problem(409, "hearing", _("The notice has gone already. Nothing was changed; please look again."))
        case Step.NOBODY if found.agreed:
            message = _("A second person has agreed to a notice, so somebody is concerned. Nothing was changed.")
            raise Problem(409, "hearing", message)
        case Step.HEARD if not is_given:
            raise Problem(409, "hearing", _("The person concerned is informed first. Nothing was changed."))
        case Step.HEARD:
            _require_statement(wanted, found, today)


def _require_statement(wanted: Wanted, found: Standing, today: date) -> None:
    """Whoever was given a notice is heard on that one; where only one went it is this."""
    if wanted.about not in found.given and (wanted.about or len(found.given) > 1):
        raise Problem(422, "draft", _("Please say which notice this statement answers. Nothing was changed."))
    if wanted.reason == "offered" and (found.until is None or today <= found.until):
        raise Problem(409, "early", _("Their time to answer has not passed yet. Nothing was changed."))


def _require_second(member: MemberFacts, thread_id: bytes, about: bytes) -> None:
    """The draft is a note that somebody else wrote: of two people one writes and one reads with fresh eyes."""
    n = line.note_of(thread_id, about)
    author = None if n is None else Doing.objects.filter(thread=thread_id, what=WROTE, chain="i", n=n).first()
    if author is None:
        raise Problem(422, "draft", _("There is no such draft in this case. Please look at it again."))
    if author.member == member.id:
        raise Problem(409, "second", _("Whoever wrote the draft cannot agree to it too: a second person reads it."))


def _began(case: Case) -> date:
    return clocks_day(case.triaged, _zone(case.office))


def _zone(office: bytes) -> str:
    return offices.zone_of(office) or "UTC"


def _happened(thread: bytes) -> Sequence[Happened]:
    return _steps(HearingStep.objects.filter(thread=thread)).get(thread, [])


def _steps(rows: QuerySet[HearingStep]) -> dict[bytes, list[Happened]]:
    found: dict[bytes, list[Happened]] = {}
    for row in rows.order_by("place"):
        happened = Happened(Step(row.step), row.day, row.reason, bytes(row.about), row.until)
        found.setdefault(bytes(row.thread), []).append(happened)
    return found
