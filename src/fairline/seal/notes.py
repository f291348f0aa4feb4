"""Notes inside the office: labels of work, what triage found, daily work. `docs/formats.md` §6, §13, §14, §20."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.bodies import BODY_LIMIT, Text
from fairline.seal.casenotes import CaseNote, case_note, case_note_json
from fairline.seal.closing import CONCERNS
from fairline.seal.fields import Fields, as_set, as_text, document, whole
from fairline.seal.hearing import Hearing, Tied, hearing_json, read_hearing, read_tied, tied_json
from fairline.seal.jsontext import write
from fairline.seal.labels import LABELS, to_bits
from fairline.seal.panel import PanelNote, panel_note_json, read_panel_note
from fairline.seal.protecting import Protecting, protecting_json, read_protecting
from fairline.seal.referral import Passed, passed_json, read_passed
from fairline.seal.related import Related, read_related, related_json
from fairline.seal.taken import Taken, read_taken, taken_json

if TYPE_CHECKING:
    from collections.abc import Iterable


COMPETENCE: Final = ("ours", "partly", "other")
URGENCY: Final = ("usual", "soon", "at-once")
RISK: Final = ("none-known", "some", "grave")
OBSERVED: Final = ("enough", "more-needed", "hearsay-only")


@dataclass(frozen=True)
class Assessment:
    """What triage found: each word of a closed list. The risk is the reporting person's; nobody is rated."""

    competence: str
    urgency: str
    concern: str
    risk: str
    observed: str | None = None
    """Whether what was observed carries a concern of this kind; notes before 29 November 2026 do not say."""


@dataclass(frozen=True)
class Note(Text):
    """A note inside the office. With ``labels``, these are the report's labels from here on; its text may be empty.

    With ``triage``, it is what triage found; with ``case``, a task, evidence or another thing of daily work; with
    ``referral``, what was passed on to another office; with ``tied``, it names a mailbox that belongs to this case, or
    the case of this mailbox; with ``hearing``, it is a step of hearing a person concerned.
    """

    labels: tuple[str, ...] | None = None
    triage: Assessment | None = None
    case: CaseNote | None = None
    referral: Passed | None = None
    tied: Tied | None = None
    hearing: Hearing | None = None
    protection: Protecting | None = None
    """What it says of protecting somebody: a measure, retaliation, and the like (§22)."""
    panel: PanelNote | None = None
    """What a panel is asked, or that it came to nothing (§23)."""
    taken: Taken | None = None
    """From which export this case was taken in (§15)."""
    related: Related | None = None
    """That another report tells of the same event, or does not any more (§13)."""


def read_note(body: bytes) -> Note:
    """The body of a `note`.

    Raises:
        MalformedError: as fields do; `json-type` for a label that is not in the closed list.
    """
    return document(body, _note, BODY_LIMIT)


def write_note(note: Note) -> bytes:
    """The reverse of `read_note`."""
    labels = {} if note.labels is None else {"labels": sorted(note.labels)}
    triage = {} if note.triage is None else {"triage": _triage_json(note.triage)}
    work = {} if note.case is None else {"case": case_note_json(note.case)}
    passed = {} if note.referral is None else {"referral": passed_json(note.referral)}
    tied = {} if note.tied is None else {"tied": tied_json(note.tied)}
    hearing = {} if note.hearing is None else {"hearing": hearing_json(note.hearing)}
    safe = {} if note.protection is None else {"protection": protecting_json(note.protection)}
    written = {"text": note.text, "language": note.language, **labels, **triage, **work, **passed, **tied, **hearing}
    panel = {} if note.panel is None else {"panel": panel_note_json(note.panel)}
    taken = {} if note.taken is None else {"taken": taken_json(note.taken)}
    related = {} if note.related is None else {"related": related_json(note.related)}
    return write(written | safe | panel | taken | related)


def labels_after(notes: Iterable[Note]) -> tuple[str, ...]:
    """The labels in force after these notes, oldest first: those of the newest note that sets any."""
    found: tuple[str, ...] = ()
    for note in notes:
        found = found if note.labels is None else note.labels
    return found


def _note(fields: Fields) -> Note:
    return Note(
        fields.text("text"),
        fields.text("language"),
        fields.optional("labels", _labels),
        fields.optional("triage", lambda value: whole(value, _triage)),
        fields.optional("case", case_note),
        fields.optional("referral", read_passed),
        fields.optional("tied", lambda value: whole(value, read_tied)),
        fields.optional("hearing", lambda value: whole(value, read_hearing)),
        fields.optional("protection", read_protecting),
        fields.optional("panel", read_panel_note),
        fields.optional("taken", lambda value: whole(value, read_taken)),
        fields.optional("related", lambda value: whole(value, read_related)),
    )


def _triage(fields: Fields) -> Assessment:
    return Assessment(
        fields.one("competence", COMPETENCE),
        fields.one("urgency", URGENCY),
        fields.one("class", CONCERNS),
        fields.one("risk", RISK),
        fields.one("observed", OBSERVED) if fields.has("observed") else None,
    )


def _triage_json(found: Assessment) -> dict[str, Any]:
    observed = {} if found.observed is None else {"observed": found.observed}
    said = {"competence": found.competence, "urgency": found.urgency, "class": found.concern, "risk": found.risk}
    return said | observed


def _labels(value: Any) -> tuple[str, ...]:
    labels = as_set(value, as_text, len(LABELS))
    to_bits(labels)
    return labels
