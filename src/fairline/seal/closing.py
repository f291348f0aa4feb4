"""How a case ends: an outcome in the field's words, and the slip that is counted. Source: `docs/formats.md` §14."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fairline.seal.fields import Fields

OUTCOMES: Final = (
    "not-competent", "insufficient", "unfounded", "unsubstantiated", "substantiated", "referred", "resolved",
)  # fmt: skip
"""ISO 37002, 8.5. None of them is about a person: what was found is about what was reported."""


CONCERNS: Final = (
    "approach", "elicitation", "access", "removal", "impersonation", "device", "tampering", "intrusion", "coercion",
    "control", "loss", "handling", "complaint", "other",
)  # fmt: skip
"""What a report describes: behaviours, and none that is speech, belief, origin or association (`rights.md` 1 and 2)."""


@dataclass(frozen=True)
class Slip:
    """What is counted of a case, and nothing else of it: its outcome and what it described."""

    outcome: str
    concern: str


def read_slip(fields: Fields) -> Slip:
    """The slip in a closing message.

    Raises:
        MalformedError: `json-type`, for a word of no list.
    """
    return Slip(fields.one("outcome", OUTCOMES), fields.one("class", CONCERNS))


def slip_json(slip: Slip) -> dict[str, Any]:
    """The reverse of `read_slip`."""
    return {"outcome": slip.outcome, "class": slip.concern}
