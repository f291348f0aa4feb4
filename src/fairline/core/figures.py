"""What may be counted for the public: a registry of the rooms' populations.

A room's ``figures.py`` declares::

    register(Population("closed", {"class": CONCERNS, "read": ("in-time", "late")}, counts))

``oversight`` freezes the counts of each month when it is over, leaves out what is small, and publishes the rest. A
room never publishes a number by itself: what one table leaves out another would give away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.module_loading import autodiscover_modules

Counts = Mapping[str, Mapping[str, int]]
"""By measure and category. The numbers of each measure have the same sum: how many things were counted."""
Counter = Callable[[bytes, date, date], Mapping[str, Counts]]
"""Office, first and last day in; counts by group out."""
Amounts = Callable[[bytes, date, date], Mapping[str, Sequence["Amount"]]]
"""Office, first and last day in; by group the sums of money that single cases named."""

EVERYTHING: Final = ""
"""The group of a population that has only one."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money that one case named, in whole units."""

    kind: str
    currency: str
    units: int


@dataclass(frozen=True)
class Population:
    """Things of one kind that are counted in several ways.

    Attributes:
        name: lower-case letters and hyphens; the path of the published files.
        measures: categories by measure, in their order; none: the room names them as it counts (ids of desks).
        count: what was counted between two days, by group. Groups share nothing: no thing stands in two of them, and
            no number is published that runs over several.
        amounts: sums of money beside it, shown for a year only.
        within: by measure, categories that are published inside another one: so rare that "some, but fewer than five"
            would already point at somebody. By themselves they are said of a year alone, where both they and what is
            left of the other are five or more.
        rare: so few that whether there was any at all is a secret. Published by year alone; a year of fewer than five
            looks like one of none, and so does each number.
    """

    name: str
    measures: Mapping[str, tuple[str, ...]]
    count: Counter
    amounts: Amounts | None = field(default=None)
    within: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rare: bool = False


_populations: dict[str, Population] = {}


def register(population: Population) -> None:
    """Let a population be counted and published from now on."""
    _populations[population.name] = population


def populations() -> Sequence[Population]:
    """Return those of all rooms, by name."""
    autodiscover_modules("figures")
    return [_populations[name] for name in sorted(_populations)]
