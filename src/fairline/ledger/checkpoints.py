"""Checkpoints: what a log says of itself once a day, as a C2SP tlog-checkpoint.

Five lines: origin, number of entries, root, and two lines that bind the day to its batch:

    line.example.org/qLxk…/arrivals
    512
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    day 2026-03-02
    batch q1rN0T…=

The batch line is H(batch file). Whoever holds a promise for that day, this checkpoint and the batch can show
anybody, off-line, that the promise was broken. The C2SP page advises against further lines because monitors
cannot audit them; here they can: the batch is public, and its leaves are the last of the tree.

Source: https://c2sp.org/tlog-checkpoint
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fairline.ledger import merkle, notes
from fairline.ledger.days import read_day
from fairline.ledger.errors import LedgerError, NoteError
from fairline.seal.primitives import ID_SIZE, b64

ARRIVALS = "arrivals"
ACTS = "acts"
LOGS = (ARRIVALS, ACTS)
SIZE_LIMIT = 2**53 - 1

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's statement about itself."""

    origin: str
    size: int
    """Number of entries after the day's batch."""
    root: bytes
    day: str
    """The day whose batch came last, YYYY-MM-DD."""
    batch: bytes
    """H(batch file), 32 bytes."""

    def text(self) -> bytes:
        """The signed text."""
        root, batch = notes.padded64(self.root), notes.padded64(self.batch)
        return f"{self.origin}\n{self.size}\n{root}\nday {self.day}\nbatch {batch}\n".encode()


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose log's own signature has been verified."""

    checkpoint: Checkpoint
    note: notes.Note


def origin(host: str, office: bytes, log: str) -> str:
    """Name of a log for ever: `<host>/<office id>/<arrivals or acts>`."""
    if log not in LOGS or len(office) != ID_SIZE:
        raise ValueError("an origin needs a log's name and an office id of 16 bytes")
    return f"{host}/{b64(office)}/{log}"


def parse(text: bytes) -> Checkpoint:
    """Read the signed text strictly: exactly five lines.

    Raises:
        NoteError: `checkpoint-shape`.
    """
    try:
        lines = text.decode("utf-8").split("\n")
        name, size, top, day, batch, end = lines
        if not name or end or not _SIZE.fullmatch(size) or int(size) > SIZE_LIMIT:
            raise _shapeless()
        return Checkpoint(
            name,
            int(size),
            _hash(top),
            read_day(_after("day ", day)),
            _hash(_after("batch ", batch)),
        )
    except (ValueError, LedgerError) as error:
        raise _shapeless() from error


def sign(checkpoint: Checkpoint, seed: bytes) -> notes.Note:
    """The checkpoint as a note signed by the log's checkpoint key."""
    text = checkpoint.text()
    return notes.Note(text, (notes.sign(text, checkpoint.origin, seed),))


def opened(raw: bytes, name: str, public: bytes) -> SignedCheckpoint:
    """Read a signed checkpoint of the log `name` and check the log's own signature.

    Raises:
        NoteError: what `notes.parse`, `parse` and `Note.check` say; `checkpoint-origin` for another log.
    """
    note = notes.parse(raw)
    note.check(notes.NoteKey(name, public))
    checkpoint = parse(note.text)
    if checkpoint.origin != name:
        raise NoteError("checkpoint-origin", "A checkpoint is of another record.")
    return SignedCheckpoint(checkpoint, note)


def witness_request(old_size: int, proof: list[bytes], note: notes.Note) -> bytes:
    """Body of a witness's `add-checkpoint` (https://c2sp.org/tlog-witness)."""
    lines = "".join(notes.padded64(part) + "\n" for part in proof)
    return f"old {old_size}\n{lines}\n".encode() + note.written()


def _shapeless() -> NoteError:
    return NoteError("checkpoint-shape", "A checkpoint does not have the form that it must have.")


def _hash(text: str) -> bytes:
    raw = notes.unpadded64(text)
    if len(raw) != merkle.HASH_SIZE:
        raise _shapeless()
    return raw


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise _shapeless()
    return line.removeprefix(word)
