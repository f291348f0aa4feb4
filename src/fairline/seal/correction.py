"""What an office tells another that it had referred a report to: how it ended, or what is to be put right.

Source: `docs/formats.md` §19.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.closing import OUTCOMES
from fairline.seal.fields import wrong_type
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from fairline.seal.fields import Fields

WHYS: Final = ("ended", "wrong", "correction", "objection", "deletion")
"""It ended; it was found wrong; or a person concerned asked for one of the three last, and it was granted."""


@dataclass(frozen=True)
class Correction:
    """One word to one office. Sent twice it has the same id and counts once.

    Attributes:
        id: 16 bytes.
        why: one of `WHYS`.
        outcome: how the case ended, exactly where `why` is `ended`.
    """

    id: bytes
    why: str
    outcome: str | None = None


def read_correction(fields: Fields) -> Correction:
    """Read the fields of a correction.

    Raises:
        MalformedError: as fields do; `json-type` for a word of no list, or an outcome where nothing ended.
    """
    key, why = fields.id("id"), fields.one("why", WHYS)
    outcome = fields.one("outcome", OUTCOMES) if fields.has("outcome") else None
    if (outcome is not None) != (why == "ended"):
        raise wrong_type()
    return Correction(key, why, outcome)


def correction_json(found: Correction) -> dict[str, Any]:
    """The reverse of `read_correction`."""
    outcome = {} if found.outcome is None else {"outcome": found.outcome}
    return {"id": b64(found.id), "why": found.why} | outcome
