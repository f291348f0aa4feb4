"""What can be wrong with an installation: a registry of the rooms' looks at it, run by ``fairline check``.

A room's ``checkup.py`` declares::

    @checkup
    def charters(now: datetime) -> Iterator[Finding]:
        yield wrong("The charter of … ends in 12 days; its administrators must sign the next one.")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Finding:
    """One sentence for the operator; ``grave`` if the line cannot keep its promises meanwhile."""

    sentence: str
    grave: bool


Checkup = Callable[[datetime], Iterator[Finding]]
_checkups: list[Checkup] = []


def wrong(sentence: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(sentence, grave=True)


def remark(sentence: str) -> Finding:
    """Return a finding that should be known."""
    return Finding(sentence, grave=False)


def checkup(look: Checkup) -> Checkup:
    """Register one look at the installation as of an instant."""
    if look not in _checkups:
        _checkups.append(look)
    return look


def findings(now: datetime) -> list[Finding]:
    """Return what all rooms find; a look that fails is a finding itself and stops no other."""
    autodiscover_modules("checkup")
    found: list[Finding] = []
    for look in _checkups:
        try:
            found.extend(look(now))
        except Exception as error:  # noqa: BLE001 - whatever breaks, the operator hears of the rest too
            said = " ".join(str(error).split()).rstrip(".")
            found.append(wrong(f"The check of {look.__name__.replace('_', ' ')} failed itself: {said}."))
    return found
