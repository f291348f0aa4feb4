"""The night's work: batches, checkpoints, tiles, and the public files that show them.

A day without reports gets its batch like any other, and a night that was missed is made up day by day: silence in the
record would itself say something, and an entry promised for a day stands in that day's batch or nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from fairline.core import publication
from fairline.core.transactions import writing
from fairline.ledger import acts, batches, checkpoints, keys, merkle, notes, queries, tiles, turns
from fairline.ledger.checkpoints import ARRIVALS
from fairline.ledger.errors import DayClosedError, UnknownRecordError
from fairline.ledger.models import Batch, Log, Row, Tile, Waiting
from fairline.seal import jsontext
from fairline.seal.primitives import KEY_SIZE, H, b64

NOTE_TYPE: Final = "text/plain; charset=utf-8"
BYTES_TYPE: Final = "application/octet-stream"
JSON_TYPE: Final = "application/json"


def publish_due(office: bytes, now: datetime) -> Sequence[date]:
    """Publish every day of an office that is over and not out yet; return those days, oldest first.

    The newest day that was out before is shown again, in case its night broke off between storing and showing it.
    """
    logs = list(Log.objects.filter(office=office))
    if not logs:
        return []
    yesterday = min(now.astimezone(log.place).date() for log in logs) - timedelta(days=1)
    day = min(log.closed for log in logs)
    if queries.batch(office, ARRIVALS, day) is not None:
        publish_day(office, day)
    done = []
    while day < yesterday:
        day += timedelta(days=1)
        publish_day(office, day)
        done.append(day)
    return done


def publish_day(office: bytes, day: date) -> None:
    """Publish both logs' batches of a day. Twice changes nothing.

    Raises:
        DayClosedError: `day-order`: the day before is not out yet.
        UnknownRecordError: the office has no record, or no checkpoint key here.
    """
    seed = keys.checkpoint_seed(office)
    with writing():
        turns.publishing(office)
        logs = list(Log.objects.select_for_update().filter(office=office))
        if not logs:
            raise UnknownRecordError("record-unknown", "This office has no record yet.")
        for log in logs:
            if log.closed < day:
                _append(log, day, seed)
    for log in logs:
        _show(log, day)


def cosign(office: bytes, name: str, day: date, lines: str, witnesses: Sequence[notes.NoteKey]) -> int:
    """Add what a witness returned (signature lines) to a day's checkpoint; return how many lines were new and good.

    Lines of unknown keys are passed over.

    Raises:
        NoteError: a line is malformed, or one of a known witness is wrong.
    """
    read = [notes.signature_line(line) for line in lines.splitlines()]
    known = {(key.name, key.key_id): key for key in witnesses}
    with writing():
        row = Batch.objects.select_for_update().filter(log__office=office, log__name=name, day=day).first()
        if row is None:
            raise UnknownRecordError("record-day", "The record has no such day.")
        note = notes.parse(row.checkpoint)
        before = len(note.signatures)
        for line in read:
            key = known.get((line.name, line.key_id))
            if key is not None:
                notes.Note(note.text, (line,)).check(key)
                note = note.with_signature(line)
        row.checkpoint = note.written()
        row.save(update_fields=("checkpoint",))
    _show(Log.objects.get(office=office, name=name), day)
    return len(note.signatures) - before


def _append(log: Log, day: date, seed: bytes) -> None:
    if day != log.closed + timedelta(days=1):
        raise DayClosedError("day-order", "The record's days are published one after the other, without a gap.")
    fill = secrets.token_bytes(KEY_SIZE) if log.name == ARRIVALS else b""
    entries = _arrivals(log, day, fill) if log.name == ARRIVALS else _acts(log, day)
    file = b"".join(entries)
    read = queries.tile_reader(log)
    hashes = [merkle.leaf_hash(entry) for entry in entries]
    root = tiles.Tree(log.size, read).frontier().grown(hashes).root()
    grown = tiles.grown(log.size, read, hashes)
    start, log.size, log.closed = log.size, log.size + len(entries), day
    note = checkpoints.sign(checkpoints.Checkpoint(log.origin, log.size, root, day.isoformat(), H(file)), seed)
    Batch.objects.create(log=log, day=day, start=start, file=file, fill=fill, checkpoint=note.written())
    Tile.objects.bulk_create(
        [Tile(log=log, level=level, index=index, hashes=hashes) for (level, index), hashes in grown.items()],
        update_conflicts=True,
        unique_fields=("log", "level", "index"),
        update_fields=("hashes",),
    )
    log.save(update_fields=("size", "closed"))


def _arrivals(log: Log, day: date, fill: bytes) -> Sequence[bytes]:
    waiting = Waiting.objects.filter(office=log.office, day__lte=day)
    entries = batches.filled(waiting.values_list("entry", flat=True), fill)
    waiting.delete()
    return entries


def _acts(log: Log, day: date) -> Sequence[bytes]:
    real = list(Row.objects.filter(office=log.office, day=day).values_list("entry", flat=True))
    clock = datetime(day.year, day.month, day.day, tzinfo=log.place) + timedelta(days=1)
    time = clock.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [acts.row(acts.FILL, None, time).written() for _ in range(batches.missing(len(real)))]
    Row.objects.bulk_create(
        [Row(office=log.office, kind=Row.FILL, day=day, entry=H(row), row=row) for row in rows],
        batch_size=200,
    )
    return batches.ordered([*real, *(H(row) for row in rows)], batches.ENTRY_SIZES[log.name])


def _show(log: Log, day: date) -> None:
    """Make a day public, its checkpoint last.

    Whoever sees a checkpoint finds at once all that it covers: else a reader in the middle of the night would take a
    record that is being written for one that was changed, and raise an alarm.
    """
    row = Batch.objects.get(log=log, day=day)
    edge = queries.tree(log).frontier(row.start)
    publication.publish(log.office, f"{log.name}/{day}", BYTES_TYPE, row.file, day)
    publication.publish(log.office, f"{log.name}/{day}/head", JSON_TYPE, head(row.checkpoint, edge), day)
    if day == log.closed:
        _show_tiles(log, row)
        publication.publish(log.office, f"{log.name}/checkpoint", NOTE_TYPE, row.checkpoint, day, only_forward=True)


def _show_tiles(log: Log, row: Batch) -> None:
    read = queries.tile_reader(log)
    for level, index, width in tiles.touched(row.start, log.size):
        hashes = read(level, index)[: width * merkle.HASH_SIZE]
        publication.publish(log.office, f"{log.name}/{tiles.path(level, index, width)}", BYTES_TYPE, hashes, row.day)


def head(checkpoint: bytes, edge: merkle.Frontier) -> bytes:
    """The document that stands beside a batch: its checkpoint and the right edge of the log before it."""
    fields: dict[str, Any] = {"v": 1, "kind": "day", "checkpoint": checkpoint.decode()}
    return jsontext.write(fields | {"peaks": [b64(peak) for peak in edge.peaks]})
