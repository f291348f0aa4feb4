"""What closings add to the figures of protection: numbers of closed words, of no case (decision 0126)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from fairline.protection.models import ProtectionCount
from fairline.seal.protecting import SLIP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MEASURES: Final[Mapping[str, tuple[str, ...]]] = {f"protection-{name}": words for name, words in SLIP.items()}
"""Everything that is counted of protection: each closing that tells of any stands in one category of every measure."""


def counted(office: bytes, first: date, last: date) -> dict[str, dict[str, dict[str, int]]]:
    """Return what was counted in the months from ``first`` to ``last``, by law, measure and category."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(
        lambda: {name: dict.fromkeys(words, 0) for name, words in MEASURES.items()}
    )
    rows = ProtectionCount.objects.filter(office=office, month__gte=first, month__lte=last)
    for law, measure, category, number in rows.values_list("law", "measure", "category", "count"):
        found[law][measure][category] += number
    return dict(found)
