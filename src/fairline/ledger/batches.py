"""The day's batch: real entries, filled up with random ones to 256 · 4^j, and sorted.

The published order is that of the bytes, so it tells nothing of the order of arrival; and because a real
entry cannot be told from a random one, the number of them tells nothing below the next step either.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.ledger import leaves, merkle
from fairline.ledger.checkpoints import ACTS, ARRIVALS, SignedCheckpoint, opened
from fairline.ledger.days import read_day
from fairline.ledger.errors import BatchError
from fairline.seal.primitives import H, kdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST = 256
STEP = 4
ENTRY_SIZES = {ARRIVALS: leaves.ARRIVAL_SIZE, ACTS: leaves.ACT_SIZE}


def size_for(real: int) -> int:
    """Size of the batch that holds so many real entries: the least 256 · 4^j that is enough."""
    size = LEAST
    while size < real:
        size *= STEP
    return size


def missing(real: int) -> int:
    """How many entries must be filled in."""
    return size_for(real) - real


def filled(real: Iterable[bytes], secret: bytes) -> list[bytes]:
    """The arrivals batch of these entries: filled up with random ones, sorted.

    The random entries come from a secret of the server's, so that `fairline verify` can later tell which entries
    stood for a report. Who does not know it can tell nothing.

    Args:
        real: the day's entries.
        secret: 32 random bytes, new for every batch.

    Raises:
        BatchError: `leaf-size` if one is not 96 bytes, `batch-order` if one comes twice.
    """
    entries = list(real)
    entries += fill(secret, missing(len(entries)))
    return ordered(entries, leaves.ARRIVAL_SIZE)


def fill(secret: bytes, count: int) -> list[bytes]:
    """The entries that stand for nothing: KDF(secret, "fill", u64be i), 96 bytes each, for i from 0."""
    return [kdf(secret, "fill", place.to_bytes(8, "big"), leaves.ARRIVAL_SIZE) for place in range(count)]


def ordered(entries: Iterable[bytes], entry_size: int) -> list[bytes]:
    """Entries sorted by their bytes; raises `BatchError` as `filled` does."""
    found = sorted(entries)
    if any(len(entry) != entry_size for entry in found):
        raise BatchError("leaf-size", "An entry of the record has the wrong length.")
    if any(left == right for left, right in itertools.pairwise(found)):
        raise BatchError("batch-order", "An entry stands twice in one day of the record.")
    return found


def split(batch: bytes, log: str) -> list[bytes]:
    """The entries of a batch file.

    Raises:
        BatchError: `batch-size` if it is not 256 · 4^j entries, `batch-order` if they are not sorted.
    """
    entry_size = ENTRY_SIZES[log]
    count, rest = divmod(len(batch), entry_size)
    if rest or not count or size_for(count) != count:
        raise BatchError("batch-size", "A day of the record has a size that no day of the record has.")
    entries = [batch[at : at + entry_size] for at in range(0, len(batch), entry_size)]
    if any(left >= right for left, right in itertools.pairwise(entries)):
        raise BatchError("batch-order", "A day of the record is not in the order of its bytes.")
    return entries


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """A day of a log, proven to be what the log's checkpoint says."""

    log: str
    signed: SignedCheckpoint
    before: merkle.Frontier
    """Right edge of the log before this day; its root is the checkpoint's of the day before."""
    batch: bytes
    entries: Sequence[bytes]

    @property
    def day(self) -> str:
        """YYYY-MM-DD."""
        return self.signed.checkpoint.day

    def place(self, entry: bytes) -> int | None:
        """Index in the whole log of an entry of this day, None if it is not there."""
        found = [place for place in leaves.find(self.entries, entry) if self.entries[place] == entry]
        return self.before.size + found[0] if found else None


def published(
    log: str,
    origin: str,
    public: bytes,
    *,
    checkpoint: bytes,
    peaks: Sequence[bytes],
    batch: bytes,
    day: str,
) -> PublishedDay:
    """Prove a day as it was served.

    Args:
        log: `arrivals` or `acts`.
        origin: the log's name, as the charter's record host and the office id give it.
        public: the office's checkpoint key, from the charter.
        checkpoint: the day's checkpoint, a signed note.
        peaks: the right edge before the day, largest subtree first.
        batch: the batch file.
        day: the day that was asked for.

    Raises:
        NoteError: what `checkpoints.opened` says.
        BatchError: `batch-day`, `batch-size`, `batch-order`, `batch-hash` (not the file that the checkpoint
            names) or `batch-root` (the checkpoint's tree does not end with these entries).
        ProofError: `frontier`.
    """
    signed = opened(checkpoint, origin, public)
    said = signed.checkpoint
    if said.day != read_day(day):
        raise BatchError("batch-day", "The record gave another day than the one asked for.")
    if H(batch) != said.batch:
        raise BatchError("batch-hash", "A day of the record is not the file that its checkpoint names.")
    entries = split(batch, log)
    if said.size < len(entries):
        raise BatchError("batch-root", "The record does not end with this day's entries.")
    before = merkle.Frontier(said.size - len(entries), tuple(peaks))
    if before.grown(merkle.leaf_hash(entry) for entry in entries).root() != said.root:
        raise BatchError("batch-root", "The record does not end with this day's entries.")
    return PublishedDay(log, signed, before, batch, entries)
