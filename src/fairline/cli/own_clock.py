"""This machine's own clock, for commands that talk to somebody else's installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.core import instants
from fairline.core.settings_file import load

if TYPE_CHECKING:
    from datetime import datetime


def own_now() -> datetime:
    """Return the present instant; in a test the one that its clock shows."""
    return instants.read(load().test_clock)
