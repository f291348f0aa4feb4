"""Which rows of a law a member can confirm, what they confirm of each, and whether a row still says it.

A row is named as it is signed and kept: a clock by its id, the others behind what they are: ``class/`` (a kind of
concern), ``reward/`` (a step), ``duty/``, ``language/`` (its tag), ``retention/`` (its outcome). No id holds a slash.

Notices are not among them. One that nobody has verified is said by no page, and who reports takes nobody's word for a
right: it comes with a version of the program in which it is verified.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from fairline.profiles.laws import Clock, ConcernClass, Duty, Law, Retention, RewardTier, Speaks
from fairline.profiles.own_rows import RETENTION
from fairline.profiles.versions import AdoptedVersion, law_on

CLASS: Final = "class/"
REWARD: Final = "reward/"
DUTY: Final = "duty/"
LANGUAGE: Final = "language/"
Row = Clock | ConcernClass | RewardTier | Duty | Speaks | Retention


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who confirmed a row, by what, and when.

    Attributes:
        member: who signed.
        source: where it stands, in their words.
        looked: the day on which they looked.
        day: the day on which they signed.
    """

    member: bytes
    source: str
    looked: date
    day: date


def rows(law: Law) -> Mapping[str, Row]:
    """Return what can be confirmed in ``law``, by name; whether it needs it says its basis."""
    found: dict[str, Row] = dict(law.clocks)
    found |= {f"{CLASS}{one.id}": one for one in law.classes}
    found |= {f"{REWARD}{one.id}": one for one in law.rewards}
    found |= {f"{DUTY}{one.id}": one for one in law.duties.values()}
    found |= {f"{LANGUAGE}{one.tag}": one for one in law.languages}
    found |= {f"{RETENTION}{one.outcome}": one for one in law.retention.values()}
    return MappingProxyType(found)


def still_said(adopted: Sequence[AdoptedVersion], law: Law, row: str, day: date) -> bool:
    """Return whether a row of ``law`` says what it said here when somebody signed it on ``day``.

    Of anything else nobody looked it up: a newer version of the law may have another number, amount or tier.
    """
    now, then = rows(law).get(row), rows(law_on(adopted, law.id, day)).get(row)
    return now is not None and then is not None and _said(now) == _said(then)


def _said(row: Row) -> tuple[object, ...]:
    """What whoever looked it up found in the law: a number and what is told then; a kind's words and tier; amounts."""
    match row:
        case Clock():
            return row.period, row.extended, [(one.id, one.text["en"]) for one in row.contents]
        case ConcernClass():
            return row.tier, row.label["en"]
        case RewardTier():
            return row.least, row.below, row.currency
        case Duty():
            return row.who, row.cycle, row.text["en"], row.evidence["en"]
        case Speaks():
            return (row.tag,)
        case Retention():
            return (row.period,)
