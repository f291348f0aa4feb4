"""What may be asked of the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from fairline.ledger import checkpoints, notes, tiles
from fairline.ledger.acts import Act, parse_row
from fairline.ledger.batches import split
from fairline.ledger.checkpoints import Checkpoint
from fairline.ledger.errors import UnknownRecordError
from fairline.ledger.keeping import log_of
from fairline.ledger.models import Batch, Log, Row, Tile
from fairline.ledger.promises import Promise


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where an entry stands, and the path that proves it under the newest checkpoint."""

    index: int
    size: int
    path: Sequence[bytes]
    checkpoint: bytes
    """The newest signed checkpoint, of that size."""


@dataclass(frozen=True, slots=True)
class AuditedRow:
    """One entry of the acts log as the auditor sees it."""

    number: int | None
    """None for fill."""
    kind: str
    day: date
    entry: bytes
    row: bytes | None
    """None if it was erased: the hash stays."""


def offices() -> Sequence[bytes]:
    """Ids of the offices that have a record."""
    return sorted(set(Log.objects.values_list("office", flat=True)))


def act_row(office: bytes, entry: bytes) -> bytes:
    """Return the row that an entry of the acts log stands for, which its own author may keep."""
    return bytes(Row.objects.get(office=office, entry=entry).row)


def log(office: bytes, name: str) -> Log:
    """One log; raises `UnknownRecordError("record-unknown")`."""
    found = Log.objects.filter(office=office, name=name).first()
    if found is None:
        raise UnknownRecordError("record-unknown", "This office has no such record.")
    return found


def batch(office: bytes, name: str, day: date) -> Batch | None:
    """A published day, None if it is not out."""
    return Batch.objects.filter(log__office=office, log__name=name, day=day).first()


def checkpoint(office: bytes, name: str) -> bytes | None:
    """The newest signed checkpoint of a log, None before its first night."""
    newest = Batch.objects.filter(log__office=office, log__name=name).order_by("-day")
    return newest.values_list("checkpoint", flat=True).first()


def inclusion(promise: Promise) -> Inclusion | None:
    """The proof that a promise was kept, None while its day is not out or if the entry is not there."""
    name = log_of(promise)
    row = batch(promise.office, name, date.fromisoformat(promise.day))
    newest = checkpoint(promise.office, name)
    if row is None or newest is None:
        return None
    entries = split(row.file, name)
    if promise.leaf not in entries:
        return None
    index, size = row.start + entries.index(promise.leaf), read(newest).size
    return Inclusion(index, size, tree(row.log).inclusion(index, size), newest)


def consistency(office: bytes, name: str, old: int, new: int) -> Sequence[bytes]:
    """The proof that a log of ``new`` entries begins with that of ``old``; raises `ProofError("proof-index")`."""
    return tree(log(office, name)).consistency(old, new)


def rows(office: bytes, day: date) -> Iterator[AuditedRow]:
    """The auditor's rows of a day: acts and documents in their order, then what only fills it up."""
    found = Row.objects.filter(office=office, day=day).order_by("number", "entry")
    for row in sorted(found, key=lambda row: (row.number is None, row.number or 0)):
        yield AuditedRow(row.number, row.kind, row.day, row.entry, row.row or None)


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One act of the log, opened."""

    number: int
    day: date
    act: Act
    signed: bool
    """By the member it names; the machine's own acts are not."""


def acts(office: bytes, names: Collection[str] | None = None, *, since: int = 0) -> Iterator[DoneAct]:
    """Every act of the log in its order, fill and documents left out; of ``names`` alone where they are given.

    Args:
        office: whose.
        names: of these alone.
        since: after the one with this number.
    """
    found = Row.objects.filter(office=office, kind=Row.ACT, number__gt=since).exclude(row=b"").order_by("number")
    for number, day, raw in found.values_list("number", "day", "row").iterator():
        row = parse_row(bytes(raw))
        act = row.act()
        if names is None or act.act in names:
            yield DoneAct(number or 0, day, act, row.signature is not None)


def newest_day(office: bytes, name: str) -> date | None:
    """The last published day of a log."""
    found = Batch.objects.filter(log__office=office, log__name=name).order_by("-day")
    return found.values_list("day", flat=True).first()


def next_counter(office: bytes, member: bytes) -> int:
    """The counter that this member's next act must carry."""
    newest = Row.objects.filter(office=office, member=member).order_by("-counter")
    return (newest.values_list("counter", flat=True).first() or 0) + 1


def row_of(office: bytes, member: bytes, counter: int) -> tuple[bytes, date] | None:
    """The row of one act of a member and the day whose batch holds it; None if it is not there, or was erased.

    For who must see it proven that just this was signed: of the log itself everybody sees hashes alone.
    """
    found = Row.objects.filter(office=office, member=member, counter=counter).exclude(row=b"")
    row = found.values_list("row", "day").first()
    return None if row is None else (bytes(row[0]), row[1])


def tree(log: Log) -> tiles.Tree:
    """The tree of a log, read from its stored tiles."""
    return tiles.Tree(log.size, tile_reader(log))


def tile_reader(log: Log) -> tiles.TileReader:
    """A reader of the stored tiles of a log.

    A proof reads some six tiles; as objects of Django's they would take longer than all the hashing.
    """
    key = log.pk

    def read_tile(level: int, index: int) -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(_tile_statement(), [key, level, index])
            found = cursor.fetchone()
        return b"" if found is None else bytes(found[0])

    return read_tile


@lru_cache(maxsize=1)
def _tile_statement() -> str:
    quote = connection.ops.quote_name
    columns = {field.name: quote(str(field.column)) for field in Tile._meta.concrete_fields}
    return (
        f"SELECT {columns['hashes']} FROM {quote(Tile._meta.db_table)}"  # noqa: S608 - names of our own model
        f" WHERE {columns['log']} = %s AND {columns['level']} = %s AND {columns['index']} = %s"
    )


def read(note: bytes) -> Checkpoint:
    """What one of our own stored checkpoints says."""
    return checkpoints.parse(notes.parse(note).text)


def act_entry(office: bytes, member: bytes, counter: int) -> bytes | None:
    """Return the entry in the acts record of a member's act, by the member's own count; None if there is none."""
    return Row.objects.filter(office=office, member=member, counter=counter).values_list("entry", flat=True).first()
