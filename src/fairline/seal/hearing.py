"""What a case's notes say of people who are heard in it, and of mailboxes that were opened from it.

Source: `docs/formats.md` §16. All of it is sealed to the case: the server has no row that ties a mailbox to a report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.fields import whole
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from fairline.seal.fields import Fields

SIDES: Final = ("mailbox", "case")
STATEMENTS: Final = ("written", "spoken", "declined", "offered")
"""They wrote; they were heard; they said that they will say nothing; it was offered, and the time given has passed."""
MOST_DAYS: Final = 180


@dataclass(frozen=True)
class GoingFile:
    """A file of the case that goes to the mailbox once that is open, sealed anew."""

    blob: bytes
    """As the case names it, 16 bytes."""
    name: str
    """Under which its reader gets it."""
    size: int
    """Bytes in clear."""


@dataclass(frozen=True)
class Tied:
    """Another thread that belongs to this one: a mailbox opened from this case, or the case of this mailbox."""

    thread: bytes
    side: str
    """What the other thread is."""
    purpose: str
    file: GoingFile | None = None
    """Of a helper's mailbox: it has gone out once a message of the office there brings one of this name and size."""


@dataclass(frozen=True)
class Draft:
    """The note's text is a notice as it shall go to a person concerned."""

    days: int
    """For how many days they are given to answer."""


@dataclass(frozen=True)
class Agreed:
    """The note's author, who did not write the draft, agrees that it goes as it stands."""

    draft: bytes = field(repr=False)
    """`c` of the note that holds the draft."""


@dataclass(frozen=True)
class Heard:
    """The person's statement is there, or was offered in vain; the note's text says what was done, and why so."""

    how: str


Hearing = Draft | Agreed | Heard


def read_tied(fields: Fields) -> Tied:
    """The tie in a note."""
    thread, side, purpose = fields.id("thread"), fields.one("as", SIDES), fields.text("purpose")
    return Tied(thread, side, purpose, fields.optional("file", lambda value: whole(value, _going)))


def _going(fields: Fields) -> GoingFile:
    return GoingFile(fields.id("blob"), fields.text("name"), fields.integer("size"))


def tied_json(tied: Tied) -> dict[str, Any]:
    """The reverse of `read_tied`."""
    going = tied.file
    file = {} if going is None else {"file": {"blob": b64(going.blob), "name": going.name, "size": going.size}}
    return {"thread": b64(tied.thread), "as": tied.side, "purpose": tied.purpose, **file}


def read_hearing(fields: Fields) -> Hearing:
    """The step of a hearing in a note.

    Raises:
        MalformedError: `json-type`, for a step or a way of no list.
    """
    match fields.one("step", ("draft", "agreed", "heard")):
        case "draft":
            return Draft(fields.integer("days", 1, MOST_DAYS))
        case "agreed":
            return Agreed(fields.hash("draft"))
        case _:
            return Heard(fields.one("how", STATEMENTS))


def hearing_json(hearing: Hearing) -> dict[str, Any]:
    """The reverse of `read_hearing`."""
    match hearing:
        case Draft(days):
            return {"step": "draft", "days": days}
        case Agreed(draft):
            return {"step": "agreed", "draft": b64(draft)}
        case Heard(how):
            return {"step": "heard", "how": how}
