"""That two reports tell of the same event, as a note of each of the two says it. Source: `docs/formats.md` §13.

By event, and never by person: it names the other report by its random id and nothing else. No reason can be written in
words, so that no name can stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from fairline.seal.fields import Fields

WHYS: Final = ("other-event", "mistake")
"""Why it does not hold any more: it turned out to be another event; the wrong report was taken."""


@dataclass(frozen=True)
class Linked:
    """The other report tells of the same event."""

    thread: bytes = field(repr=False)
    """Id of the other report."""


@dataclass(frozen=True)
class Parted:
    """What was said of the other report does not hold from here on."""

    thread: bytes = field(repr=False)
    why: str


Related = Linked | Parted


def read_related(fields: Fields) -> Related:
    """Read it strictly.

    Raises:
        MalformedError: as fields do; `json-type` for a step or a reason of no list.
    """
    thread = fields.id("thread")
    if fields.one("step", ("linked", "parted")) == "linked":
        return Linked(thread)
    return Parted(thread, fields.one("why", WHYS))


def related_json(related: Related) -> dict[str, Any]:
    """The reverse of `read_related`."""
    if isinstance(related, Linked):
        return {"thread": b64(related.thread), "step": "linked"}
    return {"thread": b64(related.thread), "step": "parted", "why": related.why}
