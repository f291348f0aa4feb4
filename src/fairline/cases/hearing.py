"""The person concerned is informed and heard: what has happened of it, and when the notice is due.

Everything follows from facts: the day on which the case began and ``HearingStep``. No date is stored beside them, so
none can be hidden. What is said, to whom and why is sealed in notes of the case; here stand words of closed lists, and
days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum, unique
from typing import Final


@unique
class Step(StrEnum):
    """What was done."""

    NOBODY = "nobody"
    """Nobody is concerned: a thing, or a person whom nobody can name."""
    AGREED = "agreed"
    """A second person has agreed to the draft of the notice."""
    GIVEN = "given"
    """The notice went, and from then on its reader has so many days to answer."""
    DELAYED = "delayed"
    """It does not go yet, for a reason of the list; looked at again within a month."""
    HEARD = "heard"
    """Their statement is there, or was offered in vain."""
    ASKED = "asked"
    """In their mailbox they object, or ask for something to be corrected or deleted."""
    ANSWERED = "answered"
    """The oldest request that waits was decided, and they were told."""


DELAYS: Final = ("evidence", "safety", "order", "unknown", "unreachable")
"""Evidence could vanish; somebody would be in danger; a court or an authority forbids it; who it is is not known yet;
they cannot be reached."""
REQUESTS: Final = ("objection", "correction", "deletion")
DECISIONS: Final = ("granted", "partly", "refused")
STATEMENTS: Final = ("written", "spoken", "declined", "offered")
"""As `fairline.seal.hearing` has them."""
NOTICE_DAYS: Final = 30
"""Within a month of the case's beginning (GDPR 14(3)(a)); a delay is looked at again after as many days."""
DECEMBER: Final = 12
ANSWER_DAYS: Final = (7, 180)
"""Nobody is given less than a week to answer what is said about them."""
UNHEARD: Final = frozenset({"substantiated"})
"""Outcomes that nobody gets without having been heard: no law of an office makes this list shorter."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something that a person concerned asks for in their mailbox; answered within a month (GDPR 12(3))."""

    kind: str
    asked: date
    due: date
    answered: date | None = None
    decision: str = ""


def requests(happened: Sequence[Happened]) -> list[Request]:
    """Return what was asked for, oldest first; each answer is to the oldest that waits."""
    found: list[Request] = []
    for one in happened:
        if one.step is Step.ASKED:
            found.append(Request(one.reason, one.day, month_later(one.day)))
        elif one.step is Step.ANSWERED:
            at = next((at for at, request in enumerate(found) if request.answered is None), None)
            if at is not None:
                found[at] = replace(found[at], answered=one.day, decision=one.reason)
    return found


def month_later(day: date) -> date:
    """Return the same day of the next month, or its last day where it has no such day."""
    year, month = (day.year + 1, 1) if day.month == DECEMBER else (day.year, day.month + 1)
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


@unique
class State(StrEnum):
    """How the notice stands."""

    DUE = "due"
    LATE = "late"
    DELAYED = "delayed"
    GIVEN = "given"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Happened:
    """One step, oldest first in a list of them."""

    step: Step
    day: date
    reason: str = ""
    about: bytes = b""
    """c of the note that holds the draft."""
    until: date | None = None
    """Day on which the time to answer ends."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands towards the person concerned."""

    state: State
    due: date | None
    """When the notice is due, or a delay is looked at again; None once there is nothing to wait for."""
    reason: str
    """Why it is delayed."""
    agreed: bytes
    """c of the draft that a second person has agreed to last; empty: none."""
    until: date | None
    """Day on which the time to answer ends, the last where several notices went."""
    heard: str
    """How the last statement came; empty while a notice that went has none."""
    given: frozenset[bytes]
    """c of each draft that has gone."""
    waits: tuple[bytes, ...]
    """Those of them to which no statement was recorded, in the order in which they went."""

    def allows(self, outcome: str) -> bool:
        """Return whether a case may end so."""
        return outcome not in UNHEARD or bool(self.heard) or self.state is State.NOBODY


def standing(began: date, happened: Sequence[Happened], today: date) -> Standing:
    """Return how the notice stands today in a case that began on ``began``."""
    state, due, reason, agreed, until, heard = State.DUE, began + timedelta(days=NOTICE_DAYS), "", b"", None, ""
    given: set[bytes] = set()
    unheard: list[bytes] = []
    for one in happened:
        match one.step:
            case Step.AGREED:
                agreed = one.about
                # Whoever drafts a notice has somebody in mind, whatever was said before.
                state = State.DUE if state is State.NOBODY else state
            case Step.GIVEN:
                state, reason, heard = State.GIVEN, "", ""
                # Whoever was told a day keeps it, whatever notice goes after theirs.
                until = max((day for day in (until, one.until) if day is not None), default=None)
                given.add(one.about)
                unheard.append(one.about)
            case Step.DELAYED:
                state, due, reason = State.DELAYED, one.day + timedelta(days=NOTICE_DAYS), one.reason
            case Step.NOBODY:
                state, reason = State.NOBODY, ""
            case Step.HEARD:
                # A further notice may be to another person: each asks for a statement of its own, and a second one to
                # the same notice is none to the other. Earlier statements name no notice; they count for the oldest.
                unheard = [c for c in unheard if c != one.about] if one.about else unheard[1:]
                heard = "" if unheard else one.reason
    waits = state in (State.DUE, State.DELAYED)
    if waits and today > due:
        state = State.LATE
    return Standing(state, due if waits else None, reason, agreed, until, heard, frozenset(given), tuple(unheard))
