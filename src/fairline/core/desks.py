"""What still lies at a desk: a registry of the rooms that keep something there, so that no charter leaves it behind.

A room's ``desks.py`` declares::

    @lies_at_desk
    def reports(office: bytes, desk: bytes) -> bool: ...
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

Looks = Callable[[bytes, bytes], bool]
"""Office id and desk id in; whether something waits there for people out."""
_looks: list[Looks] = []


def lies_at_desk(looks: Looks) -> Looks:
    """Register a room's function."""
    if looks not in _looks:
        _looks.append(looks)
    return looks


def something_lies_at(office: bytes, desk: bytes) -> bool:
    """Return whether any room keeps something at a desk that somebody has to answer for."""
    autodiscover_modules("desks")
    return any(looks(office, desk) for looks in _looks)
