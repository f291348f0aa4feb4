"""What the operator reads below the addresses when the doors have opened: a registry of the rooms' lines.

A room's ``greetings.py`` declares::

    @greeting
    def set_up() -> Iterator[str]:
        if not queries.any_office():
            yield f"Set up the first office: {origin}/setup#{code}"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.module_loading import autodiscover_modules

Greeting = Callable[[], Iterator[str]]
_greetings: list[Greeting] = []


def greeting(lines: Greeting) -> Greeting:
    """Register a function that yields lines for the operator, run after each preparation of the databases."""
    if lines not in _greetings:
        _greetings.append(lines)
    return lines


def all_lines() -> list[str]:
    """Return the lines of all rooms."""
    autodiscover_modules("greetings")
    return [line for source in _greetings for line in source()]
