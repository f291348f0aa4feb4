"""Which law a desk works under: what its profile document names, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fairline.profiles import queries
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import Law
from fairline.seal import jsontext
from fairline.seal.form import FORM_LIMIT

GENERAL: Final = "generic"
"""No law: the office's own commitments alone."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a desk binds itself to.

    Attributes:
        law: the law that its profile document names, or the general rules.
        applies: ``internal`` or ``external``.
        acknowledge: calendar days, the desk's own.
        feedback: months, likewise.
    """

    law: Law
    applies: str
    acknowledge: int
    feedback: int


def general_rules() -> Law:
    """Return the rules for what a law has no clock for."""
    return shipped_law(GENERAL)


@lru_cache(maxsize=256)
def adopted(profile: bytes) -> Adopted:
    """Return what the profile document whose hash is ``profile`` binds its desk to; the general rules without one."""
    return read_adopted(queries.document(profile))


def read_adopted(text: bytes | None) -> Adopted:
    """Return what a profile document binds its desk to, in the newest version of its law; which counts is `versions`.

    Args:
        text: that passed its checks (``documents``), or None.
    """
    said = jsontext.parse(text, FORM_LIMIT) if text else {}
    named = said.get("law", {})
    return Adopted(
        law=shipped_law(named.get("id", GENERAL)),
        applies=named.get("applies", "internal"),
        acknowledge=said.get("acknowledge", {}).get("days", 7),
        feedback=said.get("feedback", {}).get("months", 3),
    )
