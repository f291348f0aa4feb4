"""What people do to the clocks of a report, and how they stand; those of a whole desk are `boards`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.clocks import FEEDBACK, READ, Happened, Reason, Standing, State, Terms, What, standing
from fairline.cases.models import ClockEvent
from fairline.core.clock import day as clocks_day
from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import handing
from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.profiles.adopting import GENERAL, adopted
from fairline.profiles.confirmable import CLASS, rows, still_said
from fairline.profiles.own_rows import in_force, laid
from fairline.profiles.versions import law_on
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.core.permissions import Member
    from fairline.profiles.adopting import Adopted
    from fairline.profiles.confirmable import Confirmed
    from fairline.profiles.laws import ConcernClass, Law
    from fairline.profiles.own_rows import OwnRow
    from fairline.profiles.versions import AdoptedVersion

    NamedClass = tuple[ConcernClass, Confirmed | None]

FOLLOWS: Final[Mapping[What, frozenset[State]]] = {
    What.FEEDBACK: frozenset({State.RUNNING, State.LATE, State.PAUSED, State.STOPPED}),
    What.EXTENDED: frozenset({State.RUNNING}),
    What.PAUSED: frozenset({State.RUNNING}),
    What.RESUMED: frozenset({State.PAUSED}),
    What.STOPPED: frozenset({State.RUNNING, State.PAUSED}),
}
"""In which states a clock can be moved how. A late one ends by its feedback alone: anything else would hide it."""
DIGITS: Final = 9
"""A thread has fewer answers than a number of so many digits can say."""
REASONS: Final[Mapping[What, frozenset[Reason]]] = {
    What.EXTENDED: frozenset(Reason),
    What.PAUSED: frozenset(Reason),
    # A person is left without an answer only because they asked for that, or a court forbids it.
    What.STOPPED: frozenset({Reason.ASKED, Reason.COURT}),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would count if it were agreed to; what is left out is as it is.

    Attributes:
        own: the office's own rows, all of them.
        versions: of laws, beside those adopted.
        profile: of the desk, from its day on.
    """

    own: Sequence[OwnRow] | None = None
    versions: Sequence[AdoptedVersion] = ()
    profile: tuple[date, Adopted] | None = None


class Desk:
    """A desk's terms by the day on which a report arrived."""

    def __init__(
        self, office: bytes, desk: bytes, zone: str, today: date | None = None, wanted: Wanted | None = None
    ) -> None:
        """Load which profile was in force from which day on.

        Args:
            office: whose.
            desk: which.
            zone: of the office.
            today: with it rows that a law since adopted has hold for open cases count, once their day has come.
            wanted: as if this had been agreed to, for who looks before they sign.
        """
        wanted = wanted or Wanted()
        found = [(day, adopted(profile)) for day, profile in offices.profiles_of(office, desk)]
        if wanted.profile is not None:
            found = [one for one in found if one[0] < wanted.profile[0]] + [wanted.profile]
        self._days = [day for day, _profile in found]
        self._profiles = [profile for _day, profile in found]
        self._zone, self._today = zone, today
        self._confirmed = offices.confirmed_rows(office)
        self._own = offices.own_rows(office).rows if wanted.own is None else wanted.own
        self._versions = [*offices.law_versions(office), *wanted.versions]
        self._terms: dict[date, Terms] = {}

    def terms(self, day: date) -> Terms:
        """Return under what the clocks of a report of ``day`` run, for ever."""
        found = self._terms.get(day)
        if found is None:
            found = self._terms[day] = self._found(day)
        return found

    def _found(self, day: date) -> Terms:
        at = max(0, bisect_right(self._days, day) - 1)
        own = self._profiles[at] if self._profiles else adopted(bytes(32))
        mine = in_force(self._own, day)
        theirs, general = (law_on(self._versions, name, day, self._today) for name in (own.law.id, GENERAL))
        law = laid(theirs, mine)
        # A row in which the office has a period of its own is its commitment, whoever looked up the law's.
        known = frozenset(
            row for (name, row), by in self._confirmed.items()
            if name == law.id and rows(law).get(row) == rows(theirs).get(row)
            and still_said(self._versions, theirs, row, by.day)
        )  # fmt: skip
        return Terms(law, laid(general, mine), own.applies, own.acknowledge, own.feedback, self._zone, known)

    def confirmed(self, terms: Terms, row: str) -> Confirmed | None:
        """Return who confirmed a row under which a report runs; None where nobody did, or it says something else."""
        return self._confirmed.get((terms.law.id, row)) if row in terms.confirmed else None


def of_thread(office: bytes, thread: bytes, today: date) -> list[Standing]:
    """Return the clocks of one report; none where a member opened the mailbox for somebody."""
    arrived, desk, zone = line.arrived(office, thread), line.thread_desk(office, thread), offices.zone_of(office)
    if arrived is None or desk is None or zone is None:
        return []
    return standing(arrived, Desk(office, desk, zone, today).terms(arrived), _happened([thread])[thread], today)


def classes_of(office: bytes, thread: bytes, today: date) -> tuple[Law, tuple[NamedClass, ...]] | None:
    """Return the law under which a report stands and the kinds of concern that it names, as on the day it came.

    Each with who confirmed it, if anybody did. None where a member opened the mailbox for somebody: no report stands in
    it.
    """
    arrived, desk, zone = line.arrived(office, thread), line.thread_desk(office, thread), offices.zone_of(office)
    if arrived is None or desk is None or zone is None:
        return None
    of = Desk(office, desk, zone, today)
    terms = of.terms(arrived)
    named = terms.law.classes_on(arrived)
    return terms.law, tuple((one, of.confirmed(terms, f"{CLASS}{one.id}")) for one in named)


def law_of(office: bytes, desk: bytes, day: date) -> str:
    """Return the id of the law under which a report of ``day`` stands at ``desk``."""
    return Desk(office, desk, offices.zone_of(office) or "UTC").terms(day).law.id


def was_read(office: bytes, thread: bytes, now: datetime) -> None:
    """Note that a person has read a report for the first time. Under the caller's lock of it; twice changes nothing.

    No clock runs on a mailbox that a member opened for somebody.
    """
    today = clocks_day(now, offices.zone_of(office) or "UTC")
    if line.arrived(office, thread) is None:
        return
    if not ClockEvent.objects.filter(thread=thread, action=READ).exists():
        _add(office, thread, Happened(READ, What.READ, today))


def was_answered(office: bytes, thread: bytes, today: date) -> None:
    """Note that the reporting person was told the outcome and its grounds. In the transaction that closes the case."""
    if line.arrived(office, thread) is None:
        return
    if not ClockEvent.objects.filter(thread=thread, action=FEEDBACK, what=What.FEEDBACK).exists():
        _add(office, thread, Happened(FEEDBACK, What.FEEDBACK, today))


def move(
    member: Member, thread: bytes, what: What, reason: str, *, act: SignedAct, now: datetime, today: date
) -> list[Standing]:
    """Say that an answer was feedback, or take more time, stop or go on, with a reason; return all clocks.

    Only the clock of feedback is moved by people: a promise acknowledges, and reading is reading.

    Args:
        member: who signs; a handler or lead for whom the report exists.
        thread: the report.
        what: what is done.
        reason: of the closed list where more time is taken; the number of the answer for feedback.
        act: ``<what> clock``, subject the thread, ``after`` = H(``feedback <reason>``).
        now: the present instant.
        today: the present day of the office.

    Raises:
        Problem: 404 ``no-thread``; 409 ``clock`` (it does not stand so that this could be done); 422 ``reason``,
            ``act``; and as ``acts.record``.
    """
    rights.desk_of(member, thread)
    facts = offices.member(member.office, member.id)
    if facts is None:
        raise rights.nothing()
    _check_reason(what, reason)
    if what is What.FEEDBACK and not line.is_there(member.office, thread, "o", int(reason)):
        raise Problem(422, "reason", _("Please say which answer was the feedback."))
    with writing():
        # Of two who move a clock at once the second is told how it stands now; so is who waited for new keys.
        handing.locked(member.office, thread)
        rights.desk_of(member, thread)
        clock = next((one for one in of_thread(member.office, thread, today) if one.action == FEEDBACK), None)
        allowed = clock is not None and clock.state in FOLLOWS[what]
        if clock is not None and what is What.EXTENDED and (clock.extended or clock.clock.extended is None):
            allowed = False
        if not allowed:
            raise Problem(409, "clock", _("This clock cannot be moved so, as it stands. Nothing was changed."))
        deed = Deed(f"{what} clock", thread, after=H(f"{FEEDBACK} {reason}".encode()))
        acts.record(member.office, member.id, facts.sign, act=act, deed=deed, now=now)
        kept = reason if what in REASONS else ""
        _add(member.office, thread, Happened(FEEDBACK, what, today, kept))
    return of_thread(member.office, thread, today)


def desks_answered_for(member: Member) -> frozenset[bytes]:
    """Return the desks whose late clocks ``member`` must see: as lead, or all of them as oversight."""
    if Role.OVERSIGHT in member.roles:
        return frozenset(one.id for one in offices.desks(member.office))
    return frozenset(desk for desk in rights.desks_of(member) if f"{Role.LEAD}@{b64(desk)}" in member.roles)


def _check_reason(what: What, reason: str) -> None:
    if what in REASONS and reason not in REASONS[what]:
        raise Problem(422, "reason", _("Please choose a reason. Without one no clock is moved."))
    if what is What.FEEDBACK and not (reason.isascii() and reason.isdigit() and len(reason) <= DIGITS):
        raise Problem(422, "reason", _("Please say which answer was the feedback."))


def _add(office: bytes, thread: bytes, one: Happened) -> None:
    last = ClockEvent.objects.filter(thread=thread).aggregate(last=Max("place"))["last"]
    ClockEvent.objects.create(
        office=office, thread=thread, action=one.action, what=one.what, reason=one.reason, day=one.day,
        place=0 if last is None else last + 1,
    )  # fmt: skip


def _happened(threads: Sequence[bytes]) -> dict[bytes, list[Happened]]:
    found: dict[bytes, list[Happened]] = {thread: [] for thread in threads}
    rows = ClockEvent.objects.filter(thread__in=threads).order_by("place")
    for thread, action, what, day, reason in rows.values_list("thread", "action", "what", "day", "reason"):
        found[bytes(thread)].append(Happened(action, What(what), day, reason))
    return found
