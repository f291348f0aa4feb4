"""What the public may learn of arrivals: how many came to each desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.core.figures import EVERYTHING, Counts, Population, register
from fairline.line import asking, queries
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def arrived(office: bytes, first: date, last: date) -> Mapping[str, Counts]:
    """Return how many reports came to each desk; nothing where none came."""
    came = queries.arrived_by_desk(office, first, last)
    return {EVERYTHING: {"desk": {b64(desk): count for desk, count in came.items()}}} if came else {}


def _answered(question: str) -> Population:
    def count(office: bytes, first: date, last: date) -> Mapping[str, Counts]:
        found = asking.counted(office, question, first, last)
        return {EVERYTHING: found} if found else {}

    return Population(f"asked-{question}", {"desk": (), "answer": asking.ANSWERS}, count)


register(Population("arrivals", {"desk": ()}, arrived))
for one in asking.QUESTIONS:
    register(_answered(one))
