"""What a note of a case may be beside its text: a task, an entry of the chronology, evidence, a letter and the like.

The kinds and their words are closed lists: nothing in them can rate a person. Source: `docs/formats.md` §20.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.correction import Correction, correction_json, read_correction
from fairline.seal.fields import Fields, as_day, as_id, as_set, as_text, whole, wrong_type
from fairline.seal.primitives import b64
from fairline.seal.submission import Submission, read_submission, submission_json

if TYPE_CHECKING:
    from datetime import date

LETTERS: Final = ("acknowledgement", "questions", "hearing", "more-time", "outcome", "passed-on", "other")
"""What a letter is for. The person who gets it is in `ADDRESSEES`."""
ADDRESSEES: Final = ("reporting", "concerned", "elsewhere")
SOURCES: Final = ("document", "second", "seen", "told")
"""What can show something: a document or file, somebody else's own observation, the reporting person's, hearsay."""
HEARSAY: Final = "told"
KINDS: Final = ("task", "event", "evidence", "letter", "stand-in", "told", "shown", "submission")


@dataclass(frozen=True)
class Task:
    """Something to be done; the note's text says what.

    Attributes:
        id: 16 bytes; a later task of the same id takes its place.
        who: id of the member who does it, if it is somebody's.
        due: the day by which.
        done: whether it is.
    """

    id: bytes
    who: bytes | None
    due: date | None
    done: bool


@dataclass(frozen=True)
class Event:
    """Something that happened outside, on a day; the note's text says what.

    Attributes:
        id: a later entry of the same id takes its place.
        day: of what happened, not of writing it down.
        struck: taken out, because it was wrong. What was written before stays in the story.
    """

    id: bytes
    day: date
    struck: bool


@dataclass(frozen=True)
class EvidenceFile:
    """A file of the thread, by the hash of its sealed bytes as the envelope that brought it has it."""

    blob: bytes
    hash: bytes


@dataclass(frozen=True)
class Evidence:
    """Something that is kept as evidence; without `file` an object: the text says what, and where."""

    id: bytes
    file: EvidenceFile | None
    struck: bool


@dataclass(frozen=True)
class Letter:
    """A letter that went out by another way than the mailbox; the note's text is what it said."""

    template: str
    to: str
    day: date


@dataclass(frozen=True)
class StandIn:
    """Who stands in for whom while they are away, and until when."""

    absent: bytes
    who: bytes
    until: date


@dataclass(frozen=True)
class Told:
    """What an office that this case was referred to is told of its end or of a mistake; the note's text is the words.

    Attributes:
        referral: id of the mailbox there.
        correction: its id is also that of this entry: a later one of the same id takes its place.
        day: of the sending.
        sent: whether that office has promised it.
    """

    referral: bytes
    correction: Correction
    day: date
    sent: bool


@dataclass(frozen=True)
class Shown:
    """What shows that it is so, said by whoever closes a case as substantiated; the note's text is in their words.

    Attributes:
        sources: words of `SOURCES`, sorted; never what others told alone, in however many reports it stands.
    """

    sources: tuple[str, ...]


CaseNote = Task | Event | Evidence | Letter | StandIn | Told | Shown | Submission


def case_note(value: Any) -> CaseNote:
    """Read what a note is beside its text.

    Raises:
        MalformedError: as fields do; `json-type` for a kind or word that is not in its list.
    """
    return whole(value, _read)


def case_note_json(note: CaseNote) -> dict[str, Any]:
    """The reverse of `case_note`."""
    if isinstance(note, Submission):
        return {"kind": "submission", **submission_json(note)}
    return {"kind": "shown", "sources": list(note.sources)} if isinstance(note, Shown) else _work_json(note)


def _work_json(note: Task | Event | Evidence | Letter | StandIn | Told) -> dict[str, Any]:
    match note:
        case Task(id=key, who=who, due=due, done=done):
            optional = ({} if who is None else {"who": b64(who)}) | ({} if due is None else {"due": due.isoformat()})
            return {"kind": "task", "id": b64(key), **optional, "done": done}
        case Event(id=key, day=day, struck=struck):
            return {"kind": "event", "id": b64(key), "day": day.isoformat(), "struck": struck}
        case Evidence(id=key, file=file, struck=struck):
            named = {} if file is None else {"file": {"blob": b64(file.blob), "hash": b64(file.hash)}}
            return {"kind": "evidence", "id": b64(key), **named, "struck": struck}
        case Letter(template=template, to=to, day=day):
            return {"kind": "letter", "template": template, "to": to, "day": day.isoformat()}
        case StandIn(absent=absent, who=member, until=until):
            return {"kind": "stand-in", "for": b64(absent), "who": b64(member), "until": until.isoformat()}
        case Told(referral=referral, correction=correction, day=day, sent=sent):
            said = correction_json(correction)
            return {"kind": "told", "referral": b64(referral), **said, "day": day.isoformat(), "sent": sent}


def _read(fields: Fields) -> CaseNote:
    kind = fields.one("kind", KINDS)
    if kind == "submission":
        return read_submission(fields)
    return Shown(_sources(fields.value("sources"))) if kind == "shown" else _work(kind, fields)


def _work(kind: str, fields: Fields) -> CaseNote:
    match kind:
        case "task":
            return Task(
                fields.id("id"), fields.optional("who", as_id), fields.optional("due", as_day), fields.flag("done")
            )
        case "event":
            return Event(fields.id("id"), fields.day("day"), fields.flag("struck"))
        case "evidence":
            file = fields.optional("file", lambda value: whole(value, _file))
            return Evidence(fields.id("id"), file, fields.flag("struck"))
        case "letter":
            return Letter(fields.one("template", LETTERS), fields.one("to", ADDRESSEES), fields.day("day"))
        case "told":
            return Told(fields.id("referral"), read_correction(fields), fields.day("day"), fields.flag("sent"))
        case _:
            return StandIn(fields.id("for"), fields.id("who"), fields.day("until"))


def _file(fields: Fields) -> EvidenceFile:
    return EvidenceFile(fields.id("blob"), fields.hash("hash"))


def _sources(value: Any) -> tuple[str, ...]:
    sources = as_set(value, as_text, len(SOURCES))
    if not set(sources) <= set(SOURCES) or not set(sources) - {HEARSAY}:
        raise wrong_type()
    return sources
