"""Whether a name that a reporting person wrote may mean a member. When in doubt yes: a colleague reads it then."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LEAST: Final = 3
"""Shorter pieces of a name would mean half the office."""
BETWEEN: Final = re.compile(r"[\W_]+")


def means_same(asked: str, name: str) -> bool:
    """Whether ``asked`` may be the member called ``name``."""
    one, other = _plain(asked), _plain(name)
    if not one or not other:
        return False
    return f" {other} " in f" {one} " or (len(one) >= LEAST and f" {one} " in f" {other} ")


def _plain(name: str) -> str:
    return BETWEEN.sub(" ", unicodedata.normalize("NFKC", name).lower()).strip()
