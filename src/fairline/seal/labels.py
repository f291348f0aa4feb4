"""Labels of work on a report: a closed list, so that none can ever be about a person.

A label says what is to be done next, never what somebody is. The list is part of the format: a note with another
label is refused by every reader, and no setting, profile or role can add one (`rights.md` 1, 3 and 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairline.seal.fields import wrong_type

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS: Final = ("answer", "waiting", "translation", "second", "event", "elsewhere", "urgent")
"""In the order of their bits in an index entry, which therefore never changes; new ones come at the end.

answer: an answer is needed; waiting: for the reporting person; translation: is needed; second: a second reader is
wanted; event: the same event as in another report; elsewhere: perhaps for another office; urgent.
"""


def to_bits(labels: Iterable[str]) -> int:
    """The labels as one number.

    Raises:
        MalformedError: `json-type`, for a label that is not in the list.
    """
    bits = 0
    for label in labels:
        if label not in LABELS:
            raise wrong_type()
        bits |= 1 << LABELS.index(label)
    return bits


def from_bits(bits: int) -> tuple[str, ...]:
    """The labels of a number, in the order of the list.

    Raises:
        MalformedError: `json-type`, for a bit that no label has.
    """
    if bits >> len(LABELS):
        raise wrong_type()
    return tuple(label for place, label in enumerate(LABELS) if bits >> place & 1)
