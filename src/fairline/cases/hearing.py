"""The person concerned is informed and heard: what has happened of it, and when the notice is due.

Everything follows from facts: the day on which the case began and ``HearingStep``. No date is stored beside them, so
none can be hidden. What is said, to whom and why is sealed in notes of the case; here stand words of closed lists, and
days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


DELAYS: Final = ("evidence", "safety", "order", "unknown", "unreachable")
"""Evidence could vanish; somebody would be in danger; a court or an authority forbids it; who it is is not known yet;
they cannot be reached."""
STATEMENTS: Final = ("written", "spoken", "declined", "offered")
"""As `fairline.seal.hearing` has them."""
NOTICE_DAYS: Final = 30
"""Within a month of the case's beginning (GDPR 14(3)(a)); a delay is looked at again after as many days."""
ANSWER_DAYS: Final = (7, 180)
"""Nobody is given less than a week to answer what is said about them."""
UNHEARD: Final = frozenset({"substantiated"})
"""Outcomes that nobody gets without having been heard: no law of an office makes this list shorter."""


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
    """Day on which their time to answer ends."""
    heard: str
    """How their statement came; empty while there is none."""

    def allows(self, outcome: str) -> bool:
        """Return whether a case may end so."""
        return outcome not in UNHEARD or bool(self.heard) or self.state is State.NOBODY


def standing(began: date, happened: Sequence[Happened], today: date) -> Standing:
    """Return how the notice stands today in a case that began on ``began``."""
    state, due, reason, agreed, until, heard = State.DUE, began + timedelta(days=NOTICE_DAYS), "", b"", None, ""
    for one in happened:
        match one.step:
            case Step.AGREED:
                agreed = one.about
                # Whoever drafts a notice has somebody in mind, whatever was said before.
                state = State.DUE if state is State.NOBODY else state
            case Step.GIVEN:
                state, until, reason = State.GIVEN, one.until, ""
            case Step.DELAYED:
                state, due, reason = State.DELAYED, one.day + timedelta(days=NOTICE_DAYS), one.reason
            case Step.NOBODY:
                state, reason = State.NOBODY, ""
            case Step.HEARD:
                heard = one.reason
    waits = state in (State.DUE, State.DELAYED)
    if waits and today > due:
        state = State.LATE
    return Standing(state, due if waits else None, reason, agreed, until, heard)
