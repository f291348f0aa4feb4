"""Jurisdictions as data: what a profile of a law says, typed, once it was checked (``law_checks``).

A row that nobody has verified runs as the office's own commitment and says so, until a named member confirms it. A
case keeps the version under which its clock began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from fairline.profiles.deadlines import Period, Roll

Texts = Mapping[str, str]
"""A text by language tag; English is always there."""


class Kind(StrEnum):
    """Whom a profile binds: an office that receives reports, or an organisation that notifies its authority."""

    RECEIVER = "receiver"
    NOTIFIER = "notifier"


class Status(StrEnum):
    """What is known of a row: the text itself was read, it was not, or no law says it and the office does."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    OWN = "own"


class Outcome(StrEnum):
    """How a case ends, in the field's words (ISO 37002, 8.5)."""

    NOT_COMPETENT = "not-competent"
    INSUFFICIENT = "insufficient"
    UNFOUNDED = "unfounded"
    UNSUBSTANTIATED = "unsubstantiated"
    SUBSTANTIATED = "substantiated"
    REFERRED = "referred"
    RESOLVED = "resolved"


OUTCOMES: Final = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a row comes from.

    Attributes:
        source: article of a law, or whose commitment it is.
        verified_on: the day on which somebody last looked.
        status: what they saw.
        effective_from: first day on which it holds; None: as long as its profile.
        until: last day on which it holds.
    """

    source: str
    verified_on: date
    status: Status
    effective_from: date | None = None
    until: date | None = None

    @property
    def is_law(self) -> bool:
        """Whether a page may call it the law; everything else is called the office's own commitment."""
        return self.status is Status.VERIFIED

    def holds_on(self, day: date) -> bool:
        """Whether the row holds on ``day``."""
        return (self.effective_from is None or self.effective_from <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Content:
    """One thing that is told at a row: what its status says of the row holds of it, too.

    Attributes:
        id: unlike every other in its row; the same in another row of the law where that tells of the same.
        text: what it is, for people.
        source: where it stands.
    """

    id: str
    text: Texts
    source: str


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of a law.

    Attributes:
        id: unlike every other in its profile.
        action: what is to be done (``acknowledge``, ``feedback`` …).
        starts: the event from which it runs (``received``, ``acknowledged`` …).
        applies: where it holds for a part only (``internal``); empty: everywhere.
        period: how long it may take; None where the law names no number.
        without: the law's own word where it names no number (``promptly``).
        extended: the whole period once it was extended with a recorded reason; None: it cannot be extended.
        owner: who must do it.
        addressee: towards whom.
        label: for people.
        note: what people should know beside it.
        basis: where it comes from.
        open_cases: the law itself says that it holds for what had begun before; else that keeps its version.
        contents: what is told then, in the law's order; empty where the law does not say.
    """

    id: str
    action: str
    starts: str
    applies: str
    period: Period | None
    without: str
    extended: Period | None
    owner: str
    addressee: str
    label: Texts
    note: Texts
    basis: Basis
    open_cases: bool = False
    contents: tuple[Content, ...] = ()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a closed case of one outcome is kept before it is shredded."""

    outcome: Outcome
    period: Period
    basis: Basis


@dataclass(frozen=True, slots=True)
class RewardTier:
    """A step of a reward scheme: amounts from ``least`` up to but without ``below`` (None: no ceiling is stated)."""

    id: str
    least: int
    below: int | None
    currency: str
    label: Texts
    basis: Basis


@dataclass(frozen=True, slots=True)
class ConcernClass:
    """A kind of concern: behaviour that was seen, never what somebody is, believes or says.

    Attributes:
        id: a class of the closed list by which it is sealed and counted (docs/formats.md §14).
        tier: 1: unlawful as such; 2: often lawful, and never referred without a fact that can be stated. It is our
            reading, held to the floor; no law has tiers.
        label: for people, as the law words it.
        basis: where the kind comes from.
    """

    id: str
    tier: int
    label: Texts
    basis: Basis


@dataclass(frozen=True, slots=True)
class Notice:
    """What a law has somebody told: words that a page or a letter of ours says.

    Attributes:
        id: unlike every other in its profile.
        whom: ``reporter`` (in the mailbox, and beside the ways to report) or ``concerned`` (in what they are told).
        when: ``received``, ``informed`` or ``closed``: from which moment on.
        text: by language, as it is said to them.
        basis: where it comes from.
    """

    id: str
    whom: str
    when: str
    text: Texts
    basis: Basis

    def is_said_on(self, day: date) -> bool:
        """Whether pages say it: no page tells anybody of a right that nobody has read in the law."""
        return self.basis.status is not Status.UNVERIFIED and self.basis.holds_on(day)


class Who(StrEnum):
    """Whom a duty binds: organisations alone, never a person or a household."""

    ALL = "all"
    KEY = "key"
    RECEIVER = "receiver"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Duty:
    """What a law has an organisation do.

    Attributes:
        id: unlike every other in its profile.
        who: which organisations it binds.
        cycle: how often (``continuous``, ``on-change``, ``per-event``, ``half-yearly``, ``yearly``, ``three-yearly``).
        text: what is to be done.
        evidence: what shows that it was.
        basis: where it comes from.
    """

    id: str
    who: Who
    cycle: str
    text: Texts
    evidence: Texts
    basis: Basis


@dataclass(frozen=True, slots=True)
class Speaks:
    """A language in which notices and forms are there: by law, or by the office's own commitment."""

    tag: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of a profile: country, subdivision, further free and worked days, and what happens on free days."""

    country: str
    subdivision: str
    free: frozenset[date]
    working: frozenset[date]
    roll: Roll


@dataclass(frozen=True)
class Law:
    """A profile of a law that passed every check.

    Attributes:
        id: as files and cases name it.
        kind: whom it binds.
        version: counts up with each change.
        effective_from: first day on which it holds.
        until: last day on which it holds.
        names: for people.
        scope: where it does not reach, in words.
        notes: what pages must say beside its numbers.
        days: its calendar.
        clocks: by id.
        retention: by outcome.
        rewards: from the lowest step up.
        classes: the kinds of concern that it names.
        notices: what it has whom told, by id.
        duties: what it has organisations do, by id.
        languages: in which it has notices and forms be there.
        heard_before: outcomes that need the statement of the person concerned first.
    """

    id: str
    kind: Kind
    version: int
    effective_from: date
    until: date | None
    names: Texts
    scope: Texts
    notes: tuple[Texts, ...]
    days: Days
    clocks: Mapping[str, Clock] = field(default_factory=lambda: MappingProxyType({}))
    retention: Mapping[Outcome, Retention] = field(default_factory=lambda: MappingProxyType({}))
    rewards: tuple[RewardTier, ...] = ()
    classes: tuple[ConcernClass, ...] = ()
    notices: Mapping[str, Notice] = field(default_factory=lambda: MappingProxyType({}))
    duties: Mapping[str, Duty] = field(default_factory=lambda: MappingProxyType({}))
    languages: tuple[Speaks, ...] = ()
    heard_before: frozenset[Outcome] = frozenset()

    def classes_on(self, day: date) -> tuple[ConcernClass, ...]:
        """The kinds of concern that hold on ``day``, in the order of the file."""
        return tuple(one for one in self.classes if one.basis.holds_on(day))

    def clocks_of(self, action: str, day: date, applies: str = "") -> tuple[Clock, ...]:
        """The clocks of an action that hold on ``day``, for an office of the kind ``applies`` where that matters."""
        return tuple(
            clock
            for clock in self.clocks.values()
            if clock.action == action and clock.applies in {"", applies} and clock.basis.holds_on(day)
        )
