"""What the first note of a case that was taken in says of where it came from. Source: `docs/formats.md` §15.

Beside it the envelope names one file: the archive of the export. What is said here is the word of the member who took
it in until a browser has opened that archive and found the same in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fairline.seal.fields import as_text, wrong_type
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date

    from fairline.seal.fields import Fields


@dataclass(frozen=True)
class Taken:
    """An export of this office, of a case that the office did not know any more."""

    source: bytes
    """Id of the thread that was exported."""
    day: date
    """Of the export."""
    list: bytes
    """H of the export's list, which the act of the export names."""
    row: bytes
    """That act's row, as it stood in the record."""
    promise: Any
    """The office's promise of it; JSON, not read here."""
    must_not_see: tuple[str, ...] = field(default=(), repr=False)
    """Who should not read the report, as its author put it."""


def read_taken(fields: Fields) -> Taken:
    """Read it strictly; raises as fields do."""
    return Taken(
        fields.id("from"),
        fields.day("day"),
        fields.hash("list"),
        fields.raw("row"),
        _object(fields.value("promise")),
        fields.list("must_not_see", as_text),
    )


def taken_json(taken: Taken) -> dict[str, Any]:
    """The reverse of `read_taken`."""
    return {
        "from": b64(taken.source),
        "day": taken.day.isoformat(),
        "list": b64(taken.list),
        "row": b64(taken.row),
        "promise": taken.promise,
        "must_not_see": list(taken.must_not_see),
    }


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong_type()
    return value
