"""Notes inside the office, and the labels of work that a note may set. Source: `docs/formats.md` §6 and §13."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairline.seal.bodies import BODY_LIMIT, Text
from fairline.seal.fields import Fields, as_set, as_text, document
from fairline.seal.jsontext import write
from fairline.seal.labels import LABELS, to_bits

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Note(Text):
    """A note inside the office. With ``labels``, these are the report's labels from here on; its text may be empty."""

    labels: tuple[str, ...] | None = None


def read_note(body: bytes) -> Note:
    """The body of a `note`.

    Raises:
        MalformedError: as fields do; `json-type` for a label that is not in the closed list.
    """
    return document(body, _note, BODY_LIMIT)


def write_note(note: Note) -> bytes:
    """The reverse of `read_note`."""
    labels = {} if note.labels is None else {"labels": sorted(note.labels)}
    return write({"text": note.text, "language": note.language, **labels})


def labels_after(notes: Iterable[Note]) -> tuple[str, ...]:
    """The labels in force after these notes, oldest first: those of the newest note that sets any."""
    found: tuple[str, ...] = ()
    for note in notes:
        found = found if note.labels is None else note.labels
    return found


def _note(fields: Fields) -> Note:
    return Note(fields.text("text"), fields.text("language"), fields.optional("labels", _labels))


def _labels(value: Any) -> tuple[str, ...]:
    labels = as_set(value, as_text, len(LABELS))
    to_bits(labels)
    return labels
