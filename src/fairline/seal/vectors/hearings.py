"""Bodies of notes about hearing a person concerned, and of those that name another thread."""

from __future__ import annotations

from fairline.seal import hearing, notes, related
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
    going = hearing.GoingFile(bytes(range(16, 32)), "document.jpg", 4096)
    bringing = notes.Note("", "en", tied=hearing.Tied(bytes(range(16)), "mailbox", "helper", going))
    file = frozenset({"file", "blob", "name", "size"})
    return [
        ("tied", notes.write_note(tied), Shape(frozenset({"tied"}), only=only)),
        ("tied with a file", notes.write_note(bringing), Shape(frozenset({"tied", "file"}), only=file)),
        *related_notes(),
        *(
            (f"hearing {name}", notes.write_note(notes.Note("Words.", "en", hearing=step)),
             Shape(frozenset({"hearing"}), only=frozenset({"hearing", "step", field})))
            for name, field, step in steps
        ),
    ]  # fmt: skip


def related_notes() -> list[tuple[str, bytes, Shape]]:
    """Notes that another report tells of the same event, or does not any more."""
    steps: tuple[tuple[str, related.Related], ...] = (
        ("linked", related.Linked(bytes(range(16)))),
        ("parted", related.Parted(bytes(range(16)), "other-event")),
    )
    shape = Shape(frozenset({"related"}), only=frozenset({"related", "thread", "step", "why"}))
    return [
        (f"related {name}", notes.write_note(notes.Note("", "en", related=step)), shape)
        for name, step in steps
    ]
