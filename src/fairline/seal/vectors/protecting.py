"""Notes of protection, kind by kind, for `vectors/bodies.json`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fairline.seal import casenotes, notes, protecting
from fairline.seal.jsontext import write
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


def protection_slips() -> list[tuple[str, bytes, Shape]]:
    """What is counted of protection as a case closes: with a measure, and without any."""
    given = protecting.ProtectionSlip("several", "own-motion", "safe-place", "stands")
    asked = protecting.ProtectionSlip("not-said", "request", "none", "none")
    return [
        ("given", write(protecting.protection_slip_json(given)), Shape()),
        ("asked alone", write(protecting.protection_slip_json(asked)), Shape(only=frozenset())),
    ]


def refused_slips() -> list[tuple[str, str, str, bytes]]:
    """Name, code, kind and body of slips that are refused: other words, and those that contradict each other."""
    kind, [(_, given, _), (_, asked, _)] = "protection slip", protection_slips()
    return [
        ("a slip that names somebody", "json-type", kind, given.replace(b'"several"', b'"Noor"')),
        ("a slip of both grounds", "json-type", kind, given.replace(b"own-motion", b"both")),
        ("a slip of a measure of no list", "json-type", kind, given.replace(b"safe-place", b"reshuffle")),
        ("a slip of a measure that was not taken", "json-type", kind, given.replace(b'"stands"', b'"none"')),
        ("a slip of no measure that ended", "json-type", kind, asked.replace(b'"result":"none"', b'"result":"ended"')),
    ]
