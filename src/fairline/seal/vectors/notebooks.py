"""Vectors of a member's notebook."""

from __future__ import annotations

from typing import Any

from fairline.seal import notebook
from fairline.seal.notebook import Note
from fairline.seal.primitives import b64, unb64
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.mutations import Shape, every_field

HEAD = 4


def _note(told: dict[str, Any]) -> Note:
    desk = told.get("desk")
    return Note(told["text"], told["language"], told.get("contact"), None if desk is None else unb64(desk))


def _told(note: Note) -> dict[str, Any]:
    optional = {"contact": note.contact, "desk": None if note.desk is None else b64(note.desk)}
    said = {name: value for name, value in optional.items() if value is not None}
    return {"text": note.text, "language": note.language} | said


def _aad(given: dict[str, Any]) -> bytes:
    return notebook.note_aad(unb64(given["member"]), unb64(given["note"]), given["version"])


def _trimmed(plain: bytes) -> dict[str, Any]:
    return {"content": b64(plain.rstrip(b"\0")), "size": len(plain)}


def _plain(given: dict[str, Any]) -> bytes:
    return unb64(given["content"]).ljust(given["size"], b"\0")


OPERATIONS: Operations = {
    "key": lambda given: b64(notebook.notebook_key(unb64(given["secret"]), unb64(given["member"]))),
    "seal": lambda given: b64(
        notebook.seal_note(unb64(given["key"]), _aad(given), _note(given["says"][0]), unb64(given["nonce"]))
    ),
    "open": lambda given: _told(notebook.open_note(unb64(given["key"]), _aad(given), unb64(given["sealed"]))),
    "write": lambda given: _trimmed(notebook.write_note(_note(given["says"][0]))),
    "read": lambda given: _told(notebook.read_note(_plain(given))),
}


def notebooks() -> Book:
    """`vectors/notebook.json`."""
    book = Book("notebook", OPERATIONS)
    secret, member, note, nonce, desk = (book.random(size) for size in (32, 16, 16, 12, 16))
    key = book.add("a key", "of the vault's index key", "key", secret=b64(secret), member=b64(member))
    place: dict[str, Any] = {"key": key, "member": b64(member), "note": b64(note), "version": 3}
    says = _told(Note("Rang at ten: the scale is wrong. 秤有问题 ٣", "en", "555 0142", desk))
    sealed = book.add("a note", "bound to member, id, version", "seal", **place, says=[says], nonce=b64(nonce))
    book.add("a note opens", "in its place", "open", **place, sealed=sealed)
    altered = bytearray(unb64(sealed))
    altered[20] ^= 1
    for name, given in (
        ("another version", place | {"version": 2, "sealed": sealed}),
        ("another note", place | {"note": b64(member), "sealed": sealed}),
        ("another member", place | {"member": b64(note), "sealed": sealed}),
        ("another key", place | {"key": b64(secret), "sealed": sealed}),
        ("altered", place | {"sealed": b64(bytes(altered))}),
        ("cut", place | {"sealed": b64(unb64(sealed)[:27])}),
    ):
        book.add(f"refused: {name}", name, "open", "note-sealed", **given)
    _forms(book, says)
    return book


def _forms(book: Book, says: dict[str, Any]) -> None:
    bare = {"text": "", "language": "zh-Hans"}
    longer = bare | {"text": "字" * 4000}
    for name, one in (("whole", says), ("with nothing in it", bare), ("of the next size", longer)):
        plain = book.add(f"write one {name}", "filled up", "write", says=[one])
        book.add(f"read one {name}", "as written", "read", **plain)
    long = bare | {"text": "字" * 22_000}
    book.add("refused: a text longer than a note", "64 KiB with all of it", "write", "note-long", says=[long])
    good = notebook.write_note(_note(says)).rstrip(b"\0")
    for name, content, size in (
        ("another size", good, 4097), ("filled with something", good + b"\1", 4096), ("nothing", b"", 0),
        ("longer than it is", (5000).to_bytes(HEAD, "big") + good[HEAD:], 4096),
    ):  # fmt: skip
        book.add(f"refused: {name}", name, "read", "note-form", content=b64(content), size=size)

    def given(text: bytes) -> dict[str, Any]:
        return {"content": b64(len(text).to_bytes(HEAD, "big") + text), "size": 4096}

    every_field(book, "read", good[HEAD:], given, Shape(frozenset({"contact", "desk"})))
