"""Notes of protection, kind by kind, for `vectors/bodies.json`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fairline.seal import casenotes, notes, protecting
from fairline.seal.vectors.mutations import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairline.seal.vectors.cases import FixedBytes


def note_named(made: Mapping[str, list[tuple[str, bytes, Shape]]], name: str) -> bytes:
    """Return the note of protection of that name."""
    return next(body for found, body, _shape in made["note"] if found == f"protection, {name}")


def protecting_notes(random: FixedBytes) -> list[tuple[str, bytes, Shape]]:
    """What is said of protecting somebody, kind by kind, each with all of its fields."""
    key, who, day, later = random(16), random(16), date(2027, 3, 1), date(2027, 4, 1)
    file = casenotes.EvidenceFile(random(16), random(32))
    told: dict[str, tuple[protecting.Protecting, set[str], set[str]]] = {
        "situation": (protecting.Situation("some"), {"danger"}, set()),
        "measure": (protecting.Measure(key, "workplace", "witness", "own-motion", who, day, later, later),
                    {"id", "measure", "for", "grounds", "who", "begins", "review", "ended"}, {"ended"}),
        "retaliation": (protecting.Retaliation(key, day, "duties", file, struck=False),
                        {"day", "form", "file", "struck"}, {"file"}),
        "compensation": (protecting.Compensation(key, "asked"), {"state"}, set()),
    }  # fmt: skip
    return [
        (f"protection, {name}", notes.write_note(notes.Note("Words.", "en", protection=said)),
         Shape(frozenset({"protection"} | may), only=frozenset({"protection", "kind"} | must)))
        for name, (said, must, may) in told.items()
    ]  # fmt: skip
