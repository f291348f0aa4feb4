"""Notes of daily work on a case, kind by kind, for `vectors/bodies.json`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fairline.seal import casenotes, notes
from fairline.seal.correction import Correction
from fairline.seal.submission import Answer, Submission
from fairline.seal.vectors.mutations import Shape

if TYPE_CHECKING:
    from fairline.seal.vectors.cases import FixedBytes


SUBMISSION = {"id", "law", "version", "row", "title", "answers", "content", "asked", "said"}


def work_notes(random: FixedBytes) -> list[tuple[str, bytes, Shape]]:
    """Daily work on a case, kind by kind, each with all of its fields."""
    key, who, day = random(16), random(16), date(2027, 3, 1)
    told: dict[str, tuple[casenotes.CaseNote, set[str], set[str]]] = {
        "task": (casenotes.Task(key, who, day, done=False), {"id", "who", "due", "done"}, {"who", "due"}),
        "task of nobody": (casenotes.Task(key, None, None, done=True), set(), set()),
        "event": (casenotes.Event(key, day, struck=False), {"id", "day", "struck"}, set()),
        "evidence": (casenotes.Evidence(key, casenotes.EvidenceFile(random(16), random(32)), struck=False),
                     {"file", "blob", "hash", "struck"}, {"file"}),
        "an object": (casenotes.Evidence(key, None, struck=True), set(), set()),
        "letter": (casenotes.Letter("hearing", "concerned", day), {"template", "to", "day"}, set()),
        "stand-in": (casenotes.StandIn(key, who, day), {"for", "who", "until"}, set()),
        "told": (casenotes.Told(who, Correction(key, "ended", "unfounded"), day, sent=True),
                 {"id", "referral", "why", "day", "sent"}, set()),
        "shown": (casenotes.Shown(("document", "told")), {"sources"}, set()),
        "submission": (_submission(key), SUBMISSION, set()),
    }  # fmt: skip
    return [
        (name, notes.write_note(notes.Note("Look at the lock.", "en", case=note)),
         Shape(frozenset({"case"} | may), only=frozenset({"case", "kind"} | must) if must else frozenset()))
        for name, (note, must, may) in told.items()
    ]  # fmt: skip


def _submission(key: bytes) -> Submission:
    return Submission(key, "eu-nis2", 1, "early-warning", "Early warning to the authority", (
        Answer("unlawful", "Whether unlawful or malicious acts are suspected", "Yes: a stolen pass was used."),
        Answer("cross-border", "是否可能产生跨境影响", "尚不清楚。"),
    ))  # fmt: skip
