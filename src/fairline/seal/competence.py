"""What our office says of another that it may refer to. Source: `docs/formats.md` §19.

The charter decides where anything may go; this is what a member reads before choosing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fairline.seal.closing import CONCERNS
from fairline.seal.errors import MalformedError
from fairline.seal.fields import Fields, as_text, document, ordered, wrong_type
from fairline.seal.jsontext import write

COMPETENCE_LIMIT: Final = 16 * 1024
VERSION: Final = 1


@dataclass(frozen=True)
class Competence:
    """One office of the map.

    Attributes:
        names: what it is called, by language.
        fields: the classes of concern that it is for; none: not said.
        territory: where, in plain words; empty: not said.
    """

    names: Mapping[str, str]
    fields: tuple[str, ...]
    territory: str


def read_competence(text: bytes) -> Competence:
    """The document out of its bytes.

    Raises:
        MalformedError: as fields do; `json-type` for a class of no list, or where it has no name.
    """
    return document(text, _read, COMPETENCE_LIMIT)


def write_competence(said: Competence) -> bytes:
    """The reverse of `read_competence`."""
    return write(
        {
            "v": VERSION, "kind": "competence", "names": dict(said.names), "fields": ordered(said.fields),
            "territory": said.territory,
        }
    )  # fmt: skip


def _read(fields: Fields) -> Competence:
    fields.fixed("v", VERSION)
    fields.fixed("kind", "competence")
    said = Competence(fields.texts("names"), fields.set("fields", _concern, len(CONCERNS)), fields.text("territory"))
    if not any(said.names.values()):
        raise wrong_type()
    return said


def _concern(value: object) -> str:
    word = as_text(value)
    if word not in CONCERNS:
        raise MalformedError("json-type", "A field of competence is a class of concern.")
    return word
