"""How a case ends: an outcome in the field's words, and the slip that is counted. Source: `docs/formats.md` §14."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.fields import as_integer, whole, wrong_type
from fairline.seal.panel import Decision, decision_json, read_decision

if TYPE_CHECKING:
    from fairline.seal.fields import Fields

OUTCOMES: Final = (
    "not-competent", "insufficient", "unfounded", "unsubstantiated", "substantiated", "referred", "resolved",
)  # fmt: skip
"""ISO 37002, 8.5. None of them is about a person: what was found is about what was reported."""

KNOWINGLY_FALSE: Final = "knowingly-false"
"""Of the report: no outcome that anybody chooses, but what all of a panel signed beside ``unfounded`` (§23)."""


CONCERNS: Final = (
    "approach", "elicitation", "access", "removal", "impersonation", "device", "tampering", "intrusion", "coercion",
    "control", "loss", "handling", "complaint", "other",
)  # fmt: skip
"""What a report describes: behaviours, and none that is speech, belief, origin or association (`rights.md` 1 and 2)."""


_CURRENCY: Final = re.compile("[A-Z]{3}")


@dataclass(frozen=True)
class Amounts:
    """Money in whole units, where it was found out (Directive 2019/1937, article 27(2)(c)). At least one is given."""

    currency: str
    damage: int | None = None
    recovered: int | None = None


@dataclass(frozen=True)
class Slip:
    """What is counted of a case, and nothing else of it: its outcome, what it described, and what it cost."""

    outcome: str
    concern: str
    amounts: Amounts | None = None
    panel: Decision | None = None
    """That the report was knowingly false, where all of a panel signed it."""


def read_slip(fields: Fields) -> Slip:
    """The slip in a closing message.

    Raises:
        MalformedError: `json-type`, for a word of no list, or a panel beside another outcome than ``unfounded``.
    """
    amounts = fields.optional("amounts", lambda value: whole(value, read_amounts))
    slip = Slip(fields.one("outcome", OUTCOMES), fields.one("class", CONCERNS), amounts,
                fields.optional("panel", read_decision))  # fmt: skip
    if slip.panel is not None and slip.outcome != "unfounded":
        raise wrong_type()
    return slip


def slip_json(slip: Slip) -> dict[str, Any]:
    """The reverse of `read_slip`."""
    amounts = {} if slip.amounts is None else {"amounts": amounts_json(slip.amounts)}
    panel = {} if slip.panel is None else {"panel": decision_json(slip.panel)}
    return {"outcome": slip.outcome, "class": slip.concern} | amounts | panel


def read_amounts(fields: Fields) -> Amounts:
    """What a case cost and what came back.

    Raises:
        MalformedError: `json-type`, for a currency that is not three capitals, or where no amount is given.
    """
    currency = fields.text("currency")
    damage = fields.optional("damage", as_integer)
    recovered = fields.optional("recovered", as_integer)
    if not _CURRENCY.fullmatch(currency) or (damage is None and recovered is None):
        raise wrong_type()
    return Amounts(currency, damage, recovered)


def amounts_json(amounts: Amounts) -> dict[str, Any]:
    """The reverse of `read_amounts`."""
    given = {"currency": amounts.currency, "damage": amounts.damage, "recovered": amounts.recovered}
    return {name: value for name, value in given.items() if value is not None}
