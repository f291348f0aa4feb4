"""What a reporting person's mailbox says by itself, without anybody writing: a registry of the rooms' panels.

A room's ``panels.py`` declares::

    @panel
    def of_clocks(office: bytes, thread: bytes) -> Iterable[Said]: ...

The line signs each as a machine notice (docs/formats-record.md): a code that the page knows a text for, and days. A
machine can never ask a question, and says nothing that a row in clear does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.utils.module_loading import autodiscover_modules

MOST: Final = 8
"""A mailbox's first page has room for this many."""


@dataclass(frozen=True, slots=True)
class Said:
    """A notice before it is signed.

    Attributes:
        code: lower-case words with hyphens.
        dates: days by a name such as ``until``.
    """

    code: str
    dates: Mapping[str, date]


Panel = Callable[[bytes, bytes], Iterable[Said]]
_panels: dict[str, Panel] = {}


def panel(made: Panel) -> Panel:
    """Register a room's function: office id and thread id in, notices out, oldest first."""
    _panels[f"{made.__module__}.{made.__qualname__}"] = made
    return made


@cache
def _found() -> None:
    """Let each room's panels register; once, for every mailbox asks."""
    autodiscover_modules("panels")


def said(office: bytes, thread: bytes) -> list[Said]:
    """Return what all rooms say in the mailbox of a thread, the newest of them where there are too many."""
    _found()
    found = [one for name in sorted(_panels) for one in _panels[name](office, thread)]
    return found[-MOST:]
