"""An office's published record as an outsider reads it: whole days, none of which names what is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fairline.ledger import batches, checkpoints, keeping, leaves, tiles
from fairline.ledger.batches import PublishedDay
from fairline.ledger.checkpoints import ARRIVALS, Checkpoint, SignedCheckpoint
from fairline.ledger.documents import headed, text
from fairline.ledger.errors import BatchError, LedgerError, ProofError, RecordForkError
from fairline.seal import jsontext
from fairline.seal.errors import SealError
from fairline.seal.primitives import HASH_SIZE, unb64

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fairline.ledger.keeping import Broken, Kept, Overdue, Waiting
    from fairline.ledger.promises import Promise

HEAD_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class RecordIdentity:
    """Whose record it is: the office, and what its proven charter says of the record."""

    office: bytes
    host: str
    promise: bytes
    checkpoint: bytes


@dataclass(frozen=True, slots=True)
class FoundDay:
    """Entries that only one receipt leads to, by their number in the chain, in one day of the record."""

    day: PublishedDay
    chain: str
    entries: Mapping[int, Sequence[bytes]]


class PublishedRecord:
    """The record behind a source of public files, such as ``arrivals/2026-03-02/head``; None where there is none."""

    def __init__(self, identity: RecordIdentity, files: Callable[[str], bytes | None]) -> None:
        self.identity = identity
        self.files = files
        self._days: dict[tuple[str, str], PublishedDay | None] = {}

    def newest(self, log: str) -> SignedCheckpoint | None:
        """The log's newest checkpoint; None before its first night."""
        raw = self.files(f"{log}/checkpoint")
        return None if raw is None else checkpoints.opened(raw, self._origin(log), self.identity.checkpoint)

    def day(self, log: str, day: str) -> PublishedDay | None:
        """A proven day of a log, fetched once; None if it is not out.

        Raises:
            LedgerError: `head-shape`, or what `batches.published` refuses.
        """
        if (log, day) not in self._days:
            self._days[log, day] = self._fetched(log, day)
        return self._days[log, day]

    def check(self, promise: Promise, today: str) -> Kept | Waiting | Overdue | Broken:
        """What became of a promise.

        The day is also held against the newest checkpoint: else each visitor could be shown a day of their own.

        Args:
            promise: as kept.
            today: the asker's day in the office's time zone.

        Raises:
            LedgerError: whatever does not hold; `record-rollback` if the day is out and no checkpoint covers it.
        """
        log = keeping.log_of(promise)
        newest = self.newest(log)
        out = newest is not None and newest.checkpoint.day >= promise.day
        day = self.day(log, promise.day) if out else None
        if newest is not None and day is not None:
            self.grown(log, day.signed.checkpoint, newest.checkpoint)
        return keeping.state(promise, self.identity.promise, day, today)

    def grown(self, log: str, seen: Checkpoint, now: Checkpoint) -> None:
        """Raise `LedgerError` unless the log of ``now`` begins with the log of ``seen``."""
        tree = tiles.Tree(now.size, lambda level, index: self._tile(log, now.size, (level, index)))
        proof = tree.consistency(seen.size) if now.size > seen.size else []
        keeping.check_growth(seen, now, proof)

    def days(self, log: str) -> Iterator[PublishedDay]:
        """All days of a log, newest first, each proven to be followed by the one given before it.

        Raises:
            LedgerError: `record-fork` if two days do not belong together; `day-missing` if one is not served.
        """
        newest = self.newest(log)
        wanted = None if newest is None else newest.checkpoint.day
        later: PublishedDay | None = None
        while wanted is not None:
            found = self.day(log, wanted)
            if found is None:
                raise BatchError("day-missing", "A day of the published record is missing.")
            if later is not None:
                keeping.check_next(found, later)
            elif newest is not None and found.signed.checkpoint != newest.checkpoint:
                raise RecordForkError("record-fork", "The record shows two different pasts.")
            yield found
            later = found
            wanted = _day_before(found.day) if found.before.size > 0 else None

    def search(self, tag: bytes) -> Iterator[FoundDay | PublishedDay]:
        """Look through all days for entries of a receipt; every day is yielded, those with entries as `FoundDay`.

        That a mailbox is not there although its entry is proves that it was there.
        """
        wanted = {chain: _tags(tag, chain) for chain in leaves.CHAINS}
        for day in self.days(ARRIVALS):
            yield day
            for chain, tags in wanted.items():
                entries: dict[int, list[bytes]] = {}
                for entry in day.entries:
                    if (number := tags.get(entry[:HASH_SIZE])) is not None:
                        entries.setdefault(number, []).append(entry)
                if entries:
                    yield FoundDay(day, chain, entries)

    def _fetched(self, log: str, day: str) -> PublishedDay | None:
        head, batch = self.files(f"{log}/{day}/head"), self.files(f"{log}/{day}")
        if head is None or batch is None:
            return None
        checkpoint, peaks = read_head(head)
        key = self.identity.checkpoint
        return batches.published(log, self._origin(log), key, checkpoint=checkpoint, peaks=peaks, batch=batch, day=day)

    def _tile(self, log: str, size: int, place: tuple[int, int]) -> bytes:
        level, index = place
        whole = size >> tiles.HEIGHT * level
        width = min(tiles.WIDTH, whole - index * tiles.WIDTH)
        raw = self.files(f"{log}/{tiles.path(level, index, width)}")
        if raw is None:
            raise ProofError("tile-missing", "A part of the stored record is missing.")
        return raw

    def _origin(self, log: str) -> str:
        return checkpoints.origin(self.identity.host, self.identity.office, log)


def read_head(raw: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The document that stands beside a batch: the day's checkpoint, and the log's right edge before the day.

    Raises:
        BatchError: `head-shape`.
    """
    try:
        fields = headed(jsontext.parse(raw, HEAD_LIMIT), "day", "checkpoint", "peaks")
        peaks = fields["peaks"]
        if not isinstance(peaks, list) or not all(isinstance(peak, str) for peak in peaks):
            raise _shapeless()
        return text(fields, "checkpoint").encode(), tuple(unb64(peak, HASH_SIZE) for peak in peaks)
    except (SealError, LedgerError) as error:
        raise _shapeless() from error


def _tags(tag: bytes, chain: str) -> dict[bytes, int]:
    return {leaves.search_tag(tag, chain, number): number for number in range(leaves.SEARCH_LIMIT)}


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _shapeless() -> BatchError:
    return BatchError("head-shape", "A day of the record does not have the form that days have.")
