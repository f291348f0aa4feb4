"""What another version of a law, or another law at a desk, would change: seen before anybody signs it (decision 0124).

Every open clock is reckoned twice, as things are and as they would be, by the code of the boards. What differs is told
by desk, day of arrival and number: nobody needs to be told which report it is, and nothing is stored. Of a desk at
which who asks does not work, the number alone is told: an administrator may be who is reported there, and must not
learn on which day somebody did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.cases import boards, rights, timekeeping
from fairline.cases.clocks import State, standing
from fairline.offices import queries as offices
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import Kind
from fairline.profiles.own_rows import RETENTION

if TYPE_CHECKING:
    from datetime import date

    from fairline.cases.clocks import Standing
    from fairline.core.permissions import Member
    from fairline.profiles.adopting import Adopted
    from fairline.profiles.deadlines import Period
    from fairline.profiles.laws import Clock, Law, Texts
    from fairline.profiles.versions import AdoptedVersion

OVER = frozenset({State.MET, State.STOPPED})


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a law that is another one in its new version.

    Attributes:
        row: a clock's id, or ``retention/`` and an outcome.
        label: of a clock; of outcomes none.
        before: its period so far; None where it had no number, or was not there.
        after: its period in the new version, likewise.
        gone: it is there no longer.
        new: it was not there.
        open_cases: the law has it hold for what has begun.
    """

    row: str
    label: Texts
    before: Period | None
    after: Period | None
    gone: bool
    new: bool
    open_cases: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """So many clocks of reports of one day at one desk that would end on another day."""

    desk: bytes
    arrived: date
    action: str
    label: Texts
    before: date
    after: date
    count: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would change.

    Attributes:
        rows: of the law.
        moved: open clocks at the member's own desks that would end on another day, the soonest first.
        elsewhere: how many more would, at desks at which the member does not work.
        kept: how many open clocks keep the terms under which they began.
        begins: the clocks of a report that arrives on the first day, as things are and as they would be.
    """

    rows: Sequence[RowChange]
    moved: Sequence[Moved]
    elsewhere: int
    kept: int
    begins: Sequence[tuple[Standing, Standing]]


def of_version(member: Member, new: AdoptedVersion, today: date) -> Foreseen:
    """Return what changes where a newer version of a law is adopted."""
    after = shipped_law(new.law, new.version)
    before = offices.law_at(member.office, new.law, new.starts)
    desks = [] if after.kind is Kind.NOTIFIER else [one.id for one in offices.desks(member.office)]
    wanted = timekeeping.Wanted(versions=[new])
    # Reckoned as of its first day: on that day rows that hold for open cases begin to.
    moved, elsewhere, kept, _begins = _compared(member, desks, wanted, (new.starts, today), new.law)
    return Foreseen(list(_rows(before, after)), moved, elsewhere, kept, ())


def of_desk(member: Member, desk: bytes, profile: Adopted, today: date) -> Foreseen:
    """Return what changes where a desk's next sheet names another law or other numbers: it holds from today on."""
    wanted = timekeeping.Wanted(profile=(today, profile))
    moved, elsewhere, kept, begins = _compared(member, [desk], wanted, (today, today))
    return Foreseen((), moved, elsewhere, kept, begins)


def _compared(
    member: Member, desks: Iterable[bytes], wanted: timekeeping.Wanted, days: tuple[date, date], law: str = ""
) -> tuple[list[Moved], int, int, list[tuple[Standing, Standing]]]:
    """What moves here and elsewhere, kept, begun; ``days``: the first day of what is wanted, and the present one."""
    (starts, today), zone = days, offices.zone_of(member.office) or "UTC"
    aside, own = rights.stepped_aside_from(member), rights.desks_of(member)
    moved: Counter[tuple[bytes, date, str, date, date]] = Counter()
    labels: dict[str, Texts] = {}
    begins: list[tuple[Standing, Standing]] = []
    elsewhere = kept = 0
    for desk in desks:
        now, then = (timekeeping.Desk(member.office, desk, zone, starts, one) for one in (None, wanted))
        for before, after, number in boards.compared(member.office, desk, (now, then), today, aside):
            if before.state in OVER or (law and law not in (before.law, after.law)):
                continue
            if before.due is None or after.due is None or before.due.day == after.due.day:
                kept += number
                continue
            if desk not in own:
                elsewhere += number
                continue
            labels[after.action] = after.label
            moved[desk, before.starts, before.action, before.due.day, after.due.day] += number
        for one in standing(starts, now.terms(starts), (), starts):
            begins += [(one, other) for other in standing(starts, then.terms(starts), (), starts)
                       if other.action == one.action]  # fmt: skip
    rows = [
        Moved(desk, arrived, action, labels[action], old, new, number)
        for (desk, arrived, action, old, new), number in moved.items()
    ]
    return sorted(rows, key=lambda one: (one.after, one.arrived, one.desk, one.action)), elsewhere, kept, begins


def _rows(before: Law, after: Law) -> Iterable[RowChange]:
    for key in sorted({*before.clocks, *after.clocks}):
        old, new = before.clocks.get(key), after.clocks.get(key)
        if old is None or new is None or _says(old) != _says(new):
            there = new or old
            if there is not None:
                yield RowChange(
                    key, there.label, old.period if old else None, new.period if new else None,
                    new is None, old is None, new is not None and new.open_cases,
                )  # fmt: skip
    for outcome in sorted({*before.retention, *after.retention}):
        was, will = before.retention.get(outcome), after.retention.get(outcome)
        if was is None or will is None or was.period != will.period:
            yield RowChange(
                f"{RETENTION}{outcome}", {}, was.period if was else None, will.period if will else None,
                will is None, was is None, open_cases=False,
            )  # fmt: skip


def _says(clock: Clock) -> tuple[object, ...]:
    return (
        clock.action, clock.starts, clock.applies, clock.period, clock.without, clock.extended,
        clock.basis.effective_from, clock.basis.until, clock.basis.status,
    )  # fmt: skip
