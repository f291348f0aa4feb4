"""Vectors for signed notes, cosignatures and checkpoints."""

from __future__ import annotations

from fairline.ledger import checkpoints
from fairline.ledger import notes as signed
from fairline.ledger.vectors.operations import OPERATIONS
from fairline.seal.primitives import H, b64, public_key
from fairline.seal.vectors.cases import Book

# The example of Go's note package, which C2SP signed-note describes (golang.org/x/mod/sumdb/note).
NEUMANN = b64(signed.unpadded64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:])
SAYING = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ORIGIN = "line.example.org/AAAAAAAAAAAAAAAAAAAAAA/arrivals"
WITNESS = "witness.example.net/w1"


def notes() -> Book:
    """`vectors/ledger-notes.json`."""
    book = Book("ledger-notes", OPERATIONS)
    seed, witness = book.random(32), book.random(32)
    public_example(book)
    own = checkpoints.Checkpoint(ORIGIN, 512, book.random(32), "2026-03-02", H(b"batch"))
    note = checkpoints.sign(own, seed)
    stamped = note.with_signature(signed.cosign(note.text, WITNESS, witness, 1772409600))
    note_cases(book, note, stamped, seed, witness)
    checkpoint_cases(book, own, stamped, seed)
    return book


def public_example(book: Book) -> None:
    """A note that others signed."""
    given = {"name": "PeterNeumann", "key": NEUMANN, "kind": signed.ED25519}
    book.add("published note", "golang.org/x/mod/sumdb/note", "note", note_text=SAYING, **given)
    for name, text, code in (
        ("one letter changed", SAYING.replace("your", "our", 1), "note-signature"),
        ("signature of another name", SAYING.replace("PeterNeumann x", "EnochRoot x"), "note-unsigned"),
    ):
        book.add(f"published note: {name}", "refused", "note", code, note_text=text, **given)


def note_cases(book: Book, note: signed.Note, stamped: signed.Note, seed: bytes, witness: bytes) -> None:
    """Our own notes and their refusals."""
    given = {"name": ORIGIN, "key": b64(public_key(seed)), "kind": signed.ED25519}
    seen = {"name": WITNESS, "key": b64(public_key(witness)), "kind": signed.COSIGNATURE}
    whole = stamped.written().decode()
    book.add("own signature", "an unknown witness's line is passed over", "note", note_text=whole, **given)
    book.add("cosignature", "time and text are signed", "note", note_text=whole, **seen)
    book.add("no cosignature", "refused", "note", "note-unsigned", note_text=note.written().decode(), **seen)
    line = stamped.signatures[1]
    later = signed.Signature(line.name, line.key_id, (1772409601).to_bytes(8, "big") + line.blob[8:])
    forged = note.with_signature(later).written().decode()
    book.add("cosignature moved in time", "refused", "note", "note-signature", note_text=forged, **seen)
    far = signed.Signature(line.name, line.key_id, b"\x7f" + line.blob[1:])
    forged = note.with_signature(far).written().decode()
    book.add("cosignature beyond all time", "refused", "note", "note-signature", note_text=forged, **seen)
    short = signed.Signature(line.name, line.key_id, line.blob[:-1])
    forged = note.with_signature(short).written().decode()
    book.add("cosignature too short", "refused", "note", "note-signature", note_text=forged, **seen)
    own = signed.Signature(ORIGIN, note.signatures[0].key_id, bytes(64))
    forged = note.with_signature(own).written().decode()
    book.add("a good line and a wrong one", "refused", "note", "note-signature", note_text=forged, **given)
    row = whole.splitlines()[-2]
    for name, text, code in (
        ("no empty line", whole.replace("\n\n", "\n"), "note-shape"),
        ("no signature", note.text.decode() + "\n", "note-shape"),
        ("no final newline", whole[:-1], "note-shape"),
        ("nothing", "", "note-shape"),
        ("hyphen for the dash", whole.replace("\u2014", "-"), "note-shape"),
        ("two spaces", whole.replace(ORIGIN + " ", ORIGIN + "  "), "note-shape"),
        ("plus in the name", whole.replace(f"\u2014 {ORIGIN}", f"\u2014 a+{ORIGIN}"), "note-shape"),
        ("no-break space in the name", whole.replace(f"\u2014 {ORIGIN}", f"\u2014 a\u00a0{ORIGIN}"), "note-shape"),
        ("too many lines", whole + (row + "\n") * 99, "note-shape"),
        ("carriage return", whole.replace("\n", "\r\n"), "note-encoding"),
        ("tabulator", whole.replace(" ", "\t"), "note-encoding"),
        ("letter that is not base64", whole.replace("== ", "").replace("\u2014 ", "\u2014 x !", 1), "note-shape"),
        ("base64url letters", note.text.decode() + f"\n\u2014 {ORIGIN} AAAAAA-_\n", "note-base64"),
        ("base64 without padding", note.text.decode() + f"\n\u2014 {ORIGIN} AAAAAAA\n", "note-base64"),
        ("base64 with spare bits", note.text.decode() + f"\n\u2014 {ORIGIN} AAAAAAB=\n", "note-base64"),
        ("key id alone", note.text.decode() + f"\n\u2014 {ORIGIN} AAAAAA==\n", "note-shape"),
    ):
        book.add(f"note: {name}", "refused", "note", code, note_text=text, **given)
    not_utf8 = b64(note.written().replace(b"line", b"lin\xff", 1))
    book.add("note: not UTF-8", "refused", "note", "note-encoding", note=not_utf8, **given)
    marked = b64(b"\xef\xbb\xbf" + note.written())
    book.add("note: byte order mark", "is part of the text", "note", "note-signature", note=marked, **given)


def checkpoint_cases(book: Book, own: checkpoints.Checkpoint, note: signed.Note, seed: bytes) -> None:
    """Checkpoints, and texts that are signed but are none."""
    given = {"origin": ORIGIN, "key": b64(public_key(seed))}
    book.add("checkpoint", "five lines", "checkpoint", note_text=note.written().decode(), **given)
    text = own.text().decode()
    size = "\n512\n"
    for name, changed in (
        ("leading zero", text.replace(size, "\n0512\n")),
        ("sign", text.replace(size, "\n+512\n")),
        ("beyond 2^53", text.replace(size, "\n9007199254740992\n")),
        ("empty size", text.replace(size, "\n\n")),
        ("root too short", text.replace(signed.padded64(own.root), signed.padded64(own.root[:31]))),
        ("three lines only", "\n".join(text.split("\n")[:3]) + "\n"),
        ("a sixth line", text + "more\n"),
        ("no day", text.replace("day ", "")),
        ("a day that does not exist", text.replace("2026-03-02", "2026-02-29")),
        ("a day without zeros", text.replace("2026-03-02", "2026-3-2")),
        ("a day in year 0", text.replace("2026-03-02", "0000-03-02")),
        ("no batch", text.replace("batch ", "")),
        ("batch too long", text.replace(signed.padded64(own.batch), signed.padded64(own.batch + b"x"))),
    ):
        forged = signed.Note(changed.encode(), (signed.sign(changed.encode(), ORIGIN, seed),)).written().decode()
        book.add(
            f"checkpoint: {name}", "refused though signed", "checkpoint", "checkpoint-shape", note_text=forged, **given
        )
    other = text.replace("/arrivals", "/acts").encode()
    forged = signed.Note(other, (signed.sign(other, ORIGIN, seed),)).written().decode()
    book.add("checkpoint: another log", "refused", "checkpoint", "checkpoint-origin", note_text=forged, **given)
    unsigned = note.written().decode()
    given["key"] = b64(public_key(H(seed)))
    book.add("checkpoint: another key", "refused", "checkpoint", "note-unsigned", note_text=unsigned, **given)
