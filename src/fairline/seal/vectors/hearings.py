"""Bodies of notes about hearing a person concerned."""

from __future__ import annotations

from fairline.seal import hearing, notes
from fairline.seal.vectors.mutations import Shape


def hearing_notes() -> list[tuple[str, bytes, Shape]]:
    """Notes of hearing a person concerned, and of the mailbox in which they are heard."""
    tied = notes.Note("", "en", tied=hearing.Tied(bytes(range(16)), "mailbox", "hearing"))
    steps: tuple[tuple[str, str, hearing.Hearing], ...] = (
        ("draft", "days", hearing.Draft(21)),
        ("agreed", "draft", hearing.Agreed(bytes(range(32)))),
        ("heard", "how", hearing.Heard("offered")),
    )
    only = frozenset({"tied", "thread", "as", "purpose"})
    return [
        ("tied", notes.write_note(tied), Shape(frozenset({"tied"}), only=only)),
        *(
            (f"hearing {name}", notes.write_note(notes.Note("Words.", "en", hearing=step)),
             Shape(frozenset({"hearing"}), only=frozenset({"hearing", "step", field})))
            for name, field, step in steps
        ),
    ]  # fmt: skip
