"""What an organisation tells its authority at one row of a law, field by field. Source: `docs/formats.md` §24."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.fields import Fields, as_list, whole, wrong_type
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME_MOST: Final = 60
ASKED_MOST: Final = 400
SAID_MOST: Final = 4000
"""As long as any note that a member writes."""
ANSWERS_MOST: Final = 32
VERSION_MOST: Final = 9999


@dataclass(frozen=True)
class Answer:
    """One thing that the law has told.

    Attributes:
        content: its id in the profile.
        asked: what it is, in words, as they stood before whoever wrote: it is read where the profile is no more.
        said: what they wrote.
    """

    content: str
    asked: str
    said: str = field(repr=False)


@dataclass(frozen=True)
class Submission:
    """What the authority is told.

    Attributes:
        id: 16 bytes; a later one of the same id takes its place.
        law: the profile.
        version: of the profile.
        row: its clock.
        title: what that row is called, in words, as it stood before whoever wrote.
        answers: in the profile's order; what was left empty is not there.
    """

    id: bytes
    law: str
    version: int
    row: str
    title: str
    answers: tuple[Answer, ...]

    @property
    def words(self) -> str:
        """All of it, as it goes out: the title, then each thing under what it is."""
        return "\n\n".join([self.title, *(f"{one.asked}\n{one.said}" for one in self.answers)])


def read_submission(fields: Fields) -> Submission:
    """Read a submission; its ``kind`` was read before.

    Raises:
        MalformedError: as fields do; `json-type` for no answer, too many, one content twice, or an empty or too long
            text.
    """
    key, law = fields.id("id"), _bounded(fields.text("law"), NAME_MOST)
    version, row = fields.integer("version", 1, VERSION_MOST), _bounded(fields.text("row"), NAME_MOST)
    title = _bounded(fields.text("title"), ASKED_MOST)
    answers = tuple(whole(item, _answer) for item in as_list(fields.value("answers"), ANSWERS_MOST))
    if not answers or len({one.content for one in answers}) < len(answers):
        raise wrong_type()
    return Submission(key, law, version, row, title, answers)


def submission_json(one: Submission) -> Mapping[str, Any]:
    """The reverse of `read_submission`."""
    answers = [{"content": answer.content, "asked": answer.asked, "said": answer.said} for answer in one.answers]
    named = {"id": b64(one.id), "law": one.law, "version": one.version, "row": one.row}
    return {**named, "title": one.title, "answers": answers}


def _answer(fields: Fields) -> Answer:
    content, asked = _bounded(fields.text("content"), NAME_MOST), _bounded(fields.text("asked"), ASKED_MOST)
    return Answer(content, asked, _bounded(fields.text("said"), SAID_MOST))


def _bounded(text: str, most: int) -> str:
    if not 0 < len(text) <= most:
        raise wrong_type()
    return text
