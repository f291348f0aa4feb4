"""Which version of a law counts for an office: the one that it had adopted by the day on which something began.

A release of the program may bring a newer file of a law. Nothing begins to run under it before somebody of the office
has seen what it changes and adopted it, from a day on (decision 0124). What began before keeps its version, but for
rows of which the new law itself says that they hold for what had begun (``open_cases``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import Clock, Law
from fairline.profiles.shipped import versions
from fairline.seal.fields import Fields

VERSION_MOST: Final = 9999
"""A law is not changed so often."""


@dataclass(frozen=True, slots=True)
class AdoptedVersion:
    """One version of a law, and the first day on which something that begins runs under it."""

    law: str
    version: int
    starts: date


def read_version(fields: Fields) -> AdoptedVersion:
    """Return the version that a request names: ``law``, ``version``, ``starts``.

    Raises:
        MalformedError: a field is missing or of another kind.
    """
    return AdoptedVersion(fields.text("law"), fields.integer("version", 1, VERSION_MOST), fields.day("starts"))


def version_on(adopted: Iterable[AdoptedVersion], name: str, day: date) -> int:
    """Return the version of a law that counts for what begins on ``day``: the newest adopted, else the oldest shipped.

    Raises:
        LookupError: there is no such law.
    """
    there = versions(name)
    return max((one.version for one in adopted if one.law == name and one.starts <= day and one.version in there),
               default=there[0])  # fmt: skip


def law_on(adopted: Sequence[AdoptedVersion], name: str, day: date, today: date | None = None) -> Law:
    """Return the law as it counts for what began on ``day``.

    Args:
        adopted: by the office, in any order.
        name: of the law.
        day: on which it began.
        today: with it rows of a version adopted since that hold for open cases are laid on, once their day has come.

    Raises:
        LookupError: there is no such law.
    """
    began = version_on(adopted, name, day)
    now = began if today is None else version_on(adopted, name, today)
    return shipped_law(name, began) if now <= began else _reached(name, began, now)


@lru_cache(maxsize=64)
def _reached(name: str, began: int, now: int) -> Law:
    law = shipped_law(name, began)
    clocks = dict(law.clocks)
    for version in (one for one in versions(name) if began < one <= now):
        clocks |= {row.id: row for row in shipped_law(name, version).clocks.values() if row.open_cases}
    if clocks == dict(law.clocks):
        return law
    # A row in force since a later day holds for what began before it: the law said so.
    clocks = {key: _for_all(row) if row.open_cases else row for key, row in clocks.items()}
    return replace(law, clocks=MappingProxyType(clocks))


def _for_all(row: Clock) -> Clock:
    return replace(row, basis=replace(row.basis, effective_from=None))
