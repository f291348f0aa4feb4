"""Was a promise kept? The question that a browser, a handler and an outsider ask in the same way.

A broken promise is proven by three things that the office itself signed or published: the promise, the day's
checkpoint, and the batch that the checkpoint names. Whoever holds them needs no server to show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fairline.ledger import leaves, merkle, notes
from fairline.ledger.batches import ENTRY_SIZES, PublishedDay, split
from fairline.ledger.checkpoints import ACTS, ARRIVALS, Checkpoint, opened
from fairline.ledger.documents import VERSION, headed, text
from fairline.ledger.errors import BatchError, LedgerError, PromiseError, RecordForkError
from fairline.ledger.promises import Promise, from_fields
from fairline.seal import jsontext
from fairline.seal.errors import SealError
from fairline.seal.primitives import H, b64, unb64

if TYPE_CHECKING:
    from collections.abc import Sequence

PROOF_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """The entry stands in the day's batch."""

    index: int
    """Its place in the whole log."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The day's batch is not due yet."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """The day's batch was due and is not served. No proof, but anybody can ask for the same batch."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The day's batch is out and the entry is not in it."""

    proof: bytes
    """Document to keep and to show, see `check_broken`."""


def log_of(promise: Promise) -> str:
    """The log that a promise speaks of."""
    return ARRIVALS if len(promise.leaf) == leaves.ARRIVAL_SIZE else ACTS


def state(
    promise: Promise,
    public: bytes,
    day: PublishedDay | None,
    today: str,
) -> Kept | Waiting | Overdue | Broken:
    """What became of a promise.

    Args:
        promise: as kept.
        public: the office's promise key, from the charter.
        day: the proven day of the promise, None if the record has none yet.
        today: the asker's day in the office's time zone. A batch is due in the night after its day, so it may
            be missing on its own day and on the next.

    Raises:
        PromiseError: `promise-signature`.
        BatchError: `batch-day` if `day` is another day or log than the promise names.
    """
    promise.check(public)
    if day is None:
        due = date.fromisoformat(promise.day) + timedelta(days=1)
        return Overdue() if date.fromisoformat(today) > due else Waiting()
    if day.day != promise.day or day.log != log_of(promise):
        raise BatchError("batch-day", "The record gave another day than the one asked for.")
    index = day.place(promise.leaf)
    return Kept(index) if index is not None else Broken(_proof(promise, day))


def check_broken(proof: bytes, origin: str, promise_key: bytes, checkpoint_key: bytes) -> Promise:
    """Check a proof of a broken promise and return the promise.

    Raises:
        PromiseError: `broken-shape`, `broken-kept` (the entry is there), or what the promise refuses.
        NoteError, BatchError: the checkpoint or batch is not what it must be.
    """
    try:
        parsed = jsontext.parse(proof, PROOF_LIMIT)
        fields = headed(parsed, "broken promise", "promise", "checkpoint", "batch")
        checkpoint, batch = text(fields, "checkpoint").encode(), unb64(text(fields, "batch"))
        promise = from_fields(fields["promise"])
    except (SealError, LedgerError) as error:
        raise PromiseError("broken-shape", "This is not a proof of a broken promise.") from error
    promise.check(promise_key)
    said = opened(checkpoint, origin, checkpoint_key).checkpoint
    log = log_of(promise)
    if said.day != promise.day or not origin.endswith(f"/{b64(promise.office)}/{log}"):
        raise BatchError("batch-day", "The checkpoint is of another day or record than the promise.")
    if H(batch) != said.batch:
        raise BatchError("batch-hash", "A day of the record is not the file that its checkpoint names.")
    if promise.leaf in split(batch, log):
        raise PromiseError("broken-kept", "The promise was kept: its entry stands in the record of its day.")
    return promise


def check_growth(seen: Checkpoint, now: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raise unless the log of `now` begins with the log of `seen`, both proven checkpoints of one origin.

    Raises:
        RecordForkError: `record-origin`, `record-rollback` (shorter than seen) or `record-fork` (same length
            or day, other content: the two notes together are proof against the log's keeper).
        ProofError: `proof-consistency`.
    """
    if seen.origin != now.origin:
        raise RecordForkError("record-origin", "Two checkpoints are of different records.")
    if now.size < seen.size or now.day < seen.day:
        raise RecordForkError("record-rollback", "The record is shorter than it was when last seen.")
    if (now.size == seen.size or now.day == seen.day) and now != seen:
        raise RecordForkError("record-fork", "The record shows two different pasts.")
    merkle.verify_consistency(seen.size, now.size, proof, seen.root, now.root)


def check_next(earlier: PublishedDay, later: PublishedDay) -> None:
    """Raise `RecordForkError("record-fork")` unless `later` continues `earlier` with nothing between them."""
    one, two = earlier.signed.checkpoint, later.signed.checkpoint
    following = (date.fromisoformat(one.day) + timedelta(days=1)).isoformat()
    if one.origin != two.origin or two.day != following or later.before.root() != one.root:
        raise RecordForkError("record-fork", "A day of the record does not continue the day before.")
    if later.before.size != one.size:
        raise RecordForkError("record-fork", "A day of the record does not continue the day before.")


def _proof(promise: Promise, day: PublishedDay) -> bytes:
    entry_size = ENTRY_SIZES[day.log]
    if len(promise.leaf) != entry_size:
        raise LedgerError("leaf-size", "An entry of the record has the wrong length.")
    # Other people's cosignatures are not needed to hold the office to its own word.
    own = notes.Note(
        day.signed.note.text,
        tuple(line for line in day.signed.note.signatures if line.name == day.signed.checkpoint.origin),
    )
    return jsontext.write(
        {
            "v": VERSION,
            "kind": "broken promise",
            "promise": promise.fields(),
            "checkpoint": own.written().decode(),
            "batch": b64(day.batch),
        },
    )
