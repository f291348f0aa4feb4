"""One document given to a member outside the case, and what they send back. Source: `docs/formats.md` §20."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairline.seal.bodies import BODY_LIMIT
from fairline.seal.fields import Fields, as_id, as_text, document, wrong_type
from fairline.seal.jsontext import write
from fairline.seal.panel import Vote, read_vote, vote_json
from fairline.seal.primitives import b64
from fairline.seal.recipients import check_recipient

if TYPE_CHECKING:
    from datetime import date

PURPOSES: Final = ("translation", "opinion", "reading", "decision")
DECISION: Final = "decision"


@dataclass(frozen=True)
class Given:
    """A document for a helper.

    Attributes:
        title: what it is, in the giver's words.
        text: the document; what was to be hidden is not in it.
        language: tag of the language it is written in.
        purpose: what is asked for.
        until: last day on which it may be read.
        masked: how many passages were taken out.
        reply: recipient of the case, to which an answer is sealed.
        matter: thread id, for a panel alone (§23): nobody decides of what they cannot name.
    """

    title: str = field(repr=False)
    text: str = field(repr=False)
    language: str
    purpose: str
    until: date
    masked: int
    reply: str
    matter: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """What a helper sends back. `copy` is `c` of the document that it answers; a panel's members vote."""

    text: str = field(repr=False)
    language: str
    copy: bytes
    vote: Vote | None = None


def read_given(body: bytes) -> Given:
    """The body of a `copy` that is given.

    Raises:
        MalformedError: as fields do.
    """
    return document(body, _given, BODY_LIMIT)


def write_given(given: Given) -> bytes:
    """The reverse of `read_given`."""
    matter = {} if given.matter is None else {"matter": b64(given.matter)}
    return write({"title": given.title, "text": given.text, "language": given.language, "purpose": given.purpose,
                  "until": given.until.isoformat(), "masked": given.masked, "reply": given.reply} | matter)  # fmt: skip


def read_answer(body: bytes) -> Answer:
    """The body of a `copy` that is sent back.

    Raises:
        MalformedError: as fields do.
    """
    return document(body, lambda fields: Answer(fields.text("text"), fields.text("language"), fields.hash("copy"),
                                                fields.optional("vote", read_vote)), BODY_LIMIT)  # fmt: skip


def write_answer(answer: Answer) -> bytes:
    """The reverse of `read_answer`."""
    vote = {} if answer.vote is None else {"vote": vote_json(answer.vote)}
    return write({"text": answer.text, "language": answer.language, "copy": b64(answer.copy)} | vote)


def _given(fields: Fields) -> Given:
    found = Given(
        fields.text("title"), fields.text("text"), fields.text("language"), fields.one("purpose", PURPOSES),
        fields.day("until"), fields.integer("masked"), check_recipient(as_text(fields.value("reply"))),
        fields.optional("matter", as_id),
    )  # fmt: skip
    if (found.matter is None) is (found.purpose == DECISION):
        raise wrong_type()
    return found
