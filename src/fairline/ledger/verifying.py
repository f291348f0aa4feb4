"""`fairline verify`: does the record still say what it said, and is everything there that was promised?

Nothing stored is believed: every tile, root, batch and signature is computed anew from the entries, and every stored
post and act is held against its entry. Whatever differs is one sentence.

All of it is looked at as it was at one moment: reports go on coming, and a night may begin, while it is read. What the
public sees lies in another database, and is looked at by itself (`shown`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import sleep
from typing import TYPE_CHECKING

from fairline.core.transactions import one_moment
from fairline.ledger import acts, batches, checkpoints, erased, keys, leaves, merkle, queries, shown, stored, tiles
from fairline.ledger.checkpoints import ARRIVALS, LOGS
from fairline.ledger.errors import LedgerError
from fairline.ledger.keeping import log_of
from fairline.ledger.models import Batch, Log, Row, Tile, Waiting
from fairline.seal.primitives import H, b64, public_key

if TYPE_CHECKING:
    from fairline.ledger.promises import Promise


COMING = "sign charter"
"""Who is to be an administrator signs this with a key that no charter names yet; if it comes to nothing, none will."""


@dataclass
class Entries:
    """The entries of one log by day, as far as its batches could be read."""

    log: Log
    days: dict[date, set[bytes]] = field(default_factory=dict)
    fills: dict[date, set[bytes]] = field(default_factory=dict)
    """Of the arrivals log: the entries that stand for nothing."""
    computed: shown.Computed = field(default_factory=shown.Computed)


def verify(office: bytes, wait: Callable[[float], None] = sleep) -> Iterator[str]:
    """Everything that is wrong with the record of an office, as sentences for people; none if all is well.

    Args:
        office: office id.
        wait: passes some seconds while a night may be showing its day.
    """
    stored.discover()
    read: list[Entries] = []
    with one_moment():
        found = list(_kept(office, read))
    yield from found
    for entries in read:
        yield from shown.faults(entries.log, entries.computed, wait)


def _kept(office: bytes, read: list[Entries]) -> Iterator[str]:
    logs = {log.name: log for log in Log.objects.filter(office=office)}
    for name in LOGS:
        if name not in logs:
            yield f"The {name} record of the office {b64(office)} is missing."
    try:
        checkpoint_key = public_key(keys.checkpoint_seed(office))
        promise_key = public_key(keys.promise_seed(office))
    except LedgerError as error:
        yield error.sentence
        return
    signers = stored.signers_of(office)
    if signers is not None:
        yield from signers.faults
        # Where nobody's key could be proven, that is said once, and not again of each act.
        signers = signers if signers.keys else None
    for name, log in sorted(logs.items()):
        entries = Entries(log)
        read.append(entries)
        yield from _log(entries, checkpoint_key)
        if name == ARRIVALS:
            yield from _arrivals(entries, promise_key)
        else:
            yield from _acts(entries, signers)
            if signers is not None:
                yield from _documents(office, signers.documents)


def _log(entries: Entries, key: bytes) -> Iterator[str]:
    """Days without a gap, each batch as its checkpoint says, and the tree that they make."""
    log, edge, grown, sound = entries.log, merkle.EMPTY, Grown(), True
    day: date | None = None
    for row in Batch.objects.filter(log=log).order_by("day").iterator(chunk_size=100):
        where = f"{log.name} record, day {row.day}"
        if day is not None and row.day != day + timedelta(days=1):
            yield f"The {log.name} record has no day between {day} and {row.day}."
        day = row.day
        found = list(_split(row, log.name))
        if not found:
            yield f"The batch of the {where} is damaged."
            sound = False
            continue
        entries.days[row.day] = set(found)
        if log.name == ARRIVALS:
            entries.fills[row.day] = set(batches.fill(row.fill, len(found)))
        if row.start != edge.size:
            yield f"The batch of the {where} does not follow the day before."
        hashes = [merkle.leaf_hash(entry) for entry in found]
        grown.add(hashes)
        before, edge = edge, edge.grown(hashes)
        wrong = list(_checkpoint(row, edge, key, where))
        yield from wrong
        sound = sound and not wrong
        if sound:
            entries.computed.edges[row.day] = before
    if log.size != edge.size or (day is not None and log.closed != day):
        yield f"The {log.name} record does not end where it should: a day was removed or added."
    if sound:
        entries.computed.tiles = grown.tiles
    yield from _tiles(log, grown)


class Grown:
    """Tiles as they must be, computed from the entries."""

    def __init__(self) -> None:
        self.size = 0
        self.tiles: dict[tuple[int, int], bytes] = {}

    def add(self, hashes: Sequence[bytes]) -> None:
        """Append leaf hashes."""
        self.tiles |= tiles.grown(self.size, lambda level, index: self.tiles.get((level, index), b""), hashes)
        self.size += len(hashes)


def _split(row: Batch, name: str) -> Sequence[bytes]:
    try:
        return batches.split(row.file, name)
    except LedgerError:
        return ()


def _checkpoint(row: Batch, edge: merkle.Frontier, key: bytes, where: str) -> Iterator[str]:
    try:
        said = checkpoints.opened(row.checkpoint, row.log.origin, key).checkpoint
    except LedgerError as error:
        yield f"The checkpoint of the {where} does not hold: {error.sentence}"
        return
    if said.day != row.day.isoformat() or said.batch != H(row.file):
        yield f"The batch of the {where} is not the one that its checkpoint names."
    if (said.size, said.root) != (edge.size, edge.root()):
        yield f"The entries up to the {where} are not those that its checkpoint counts."


def _tiles(log: Log, grown: Grown) -> Iterator[str]:
    left = dict(grown.tiles)
    for row in Tile.objects.filter(log=log).iterator(chunk_size=500):
        if left.pop((row.level, row.index), None) != row.hashes:
            yield f"Tile {row.level}/{row.index} of the {log.name} record was altered."
    for level, index in sorted(left):
        yield f"Tile {level}/{index} of the {log.name} record is missing."


def _arrivals(entries: Entries, key: bytes) -> Iterator[str]:
    """Every stored post against its entry, and every entry that stood for a post against what is stored."""
    office, closed = entries.log.office, entries.log.closed
    waiting = {row.entry: row for row in Waiting.objects.filter(office=office)}
    found: set[bytes] = set()
    lawful = erased.lawful(office)
    for post in stored.all_posts(office):
        found.add(post.promise.leaf)
        yield from _post(post, key)
        yield from _deleted(post, lawful)
        day = date.fromisoformat(post.promise.day)
        if day > closed and (post.promise.leaf not in waiting or waiting[post.promise.leaf].day != day):
            yield f"The {post.name} was promised for {day}, and no entry waits for that night."
        if day <= closed and post.promise.leaf not in entries.days.get(day, ()):
            yield f"The {post.name} was promised for {day}, and the record of that day does not hold it."
    for entry, row in waiting.items():
        if row.id != merkle.leaf_hash(entry) or row.day <= closed:
            yield f"An entry that waits for {row.day} was altered or forgotten."
    for day, held in entries.days.items():
        real = held - entries.fills[day]
        if batches.size_for(len(real)) != len(held):
            yield f"The secret of the batch of {day} was altered: its entries cannot be told apart any more."
        elif stored.has_posts() and (lost := len(_unexplained(real - found, lawful))):
            yield f"{lost} entries of {day} stood for a report or message whose row was removed or altered."
    if stored.has_posts() and (lost := len(_unexplained(waiting.keys() - found, lawful))):
        yield f"{lost} entries wait for a report or message whose row was removed or altered."


def _post(post: stored.StoredPost, key: bytes) -> Iterator[str]:
    try:
        post.promise.check(key)
    except LedgerError as error:
        yield f"The {post.name} does not fit its promise: {error.sentence}"
    if leaves.arrival(post.promise.leaf).files != leaves.received(file.hash for file in post.files):
        yield f"The hashes of the files of the {post.name} are not those that were received."
    for place, file in enumerate(post.files):
        if file.unread:
            yield f"File {place} of the {post.name} cannot be read at present."
        if file.actual is not None and file.actual != file.hash:
            yield f"File {place} of the {post.name} is not what was received."


def _unexplained(entries: AbstractSet[bytes], lawful: frozenset[bytes]) -> set[bytes]:
    """The entries whose rows are gone although no two members signed that they deleted what they stood for."""
    return {entry for entry in entries if merkle.leaf_hash(entry) not in lawful}


def _deleted(post: stored.StoredPost, lawful: frozenset[bytes]) -> Iterator[str]:
    """What is gone and must be explained: two members signed that they deleted it, or it was taken.

    And the reverse: what they signed to have deleted is not here any more, but for the reporting person's own copies.
    """
    whole = merkle.leaf_hash(post.promise.leaf) in lawful
    for place, file in enumerate(post.files):
        if whole and not file.theirs and not file.gone and file.actual is not None:
            yield f"File {place} of the {post.name} is still here, and two members signed that they deleted it."
        if file.gone and not whole and file.hash not in lawful:
            yield f"File {place} of the {post.name} was deleted, and no two members signed that they did it."


def _acts(entries: Entries, signers: stored.Signers | None) -> Iterator[str]:
    """Every row against its entry, numbers and counters without a gap, and no entry without a row."""
    log = entries.log
    rows: dict[date, set[bytes]] = {}
    counters: dict[bytes, list[int]] = {}
    numbers: list[int] = []
    for row in Row.objects.filter(office=log.office).order_by("number").iterator(chunk_size=1000):
        rows.setdefault(row.day, set()).add(row.entry)
        name = f"act {row.number}" if row.number is not None else "fill row"
        yield from _row(row, name, signers)
        if row.number is not None:
            numbers.append(row.number)
        if row.counter is not None:
            counters.setdefault(row.member, []).append(row.counter)
        if row.day <= log.closed and row.entry not in entries.days.get(row.day, ()):
            yield f"The {name} of {row.day} is not in the record of that day."
    if numbers != list(range(1, log.numbered + 1)):
        yield f"The acts are not numbered from 1 to {log.numbered} without a gap: one was removed or added."
    for member, counted in counters.items():
        if sorted(counted) != list(range(1, len(counted) + 1)):
            yield f"The acts of the member {b64(member)} are not counted without a gap: one was removed or added."
    for day, held in entries.days.items():
        if held - rows.get(day, set()):
            yield f"{len(held - rows.get(day, set()))} entries of the acts of {day} have no row: one was removed."


def _documents(office: bytes, shown: AbstractSet[bytes]) -> Iterator[str]:
    """Every root document that is proven stands in the record, and no other: nobody goes back to the keys of before."""
    recorded = set(Row.objects.filter(office=office, kind=Row.DOCUMENT).values_list("entry", flat=True))
    if recorded - shown:
        yield f"Root documents stand in the record that the office does not have any more: {len(recorded - shown)}."
    if shown - recorded:
        yield f"Root documents of the office do not stand in the record: {len(shown - recorded)}."


def _row(row: Row, name: str, signers: stored.Signers | None) -> Iterator[str]:
    if not row.row:
        yield f"The {name} of {row.day} is empty: what it said was taken out."
        return
    if H(row.row) != row.entry:
        yield f"The {name} of {row.day} was altered."
        return
    if row.kind == Row.DOCUMENT:
        return
    try:
        read = acts.parse_row(row.row)
        act = read.act()
    except LedgerError as error:
        yield f"The {name} of {row.day} cannot be read: {error.sentence}"
        return
    if (act.member or b"", act.counter) != (row.member, row.counter) or (row.kind == Row.FILL) != (act.act == "fill"):
        yield f"The {name} of {row.day} is filed as something else than it says."
    if act.member is not None and read.signature is None:
        # What the machine does in its own name bears nobody's.
        yield f"The {name} of {row.day} is not signed by the member it names."
    known = None if signers is None or act.member is None else signers.keys.get(act.member, frozenset())
    if act.act == COMING:
        # A charter is proven by the root's signatures and not by these acts, so nothing hangs on them.
        known = None
    if read.signature is not None and known is not None and not any(_signed(read, key) for key in known):
        yield f"The {name} of {row.day} was not signed by the member it names."


def _signed(row: acts.Row, key: bytes) -> bool:
    try:
        row.check(key)
    except LedgerError:
        return False
    return True


def is_consistent(seen: bytes, office: bytes, name: str) -> str | None:
    """Whether the log still begins with a checkpoint that someone kept; a sentence if not.

    Args:
        seen: the signed note as kept.
        office: office id.
        name: `arrivals` or `acts`.
    """
    try:
        with one_moment():
            log = queries.log(office, name)
            old = checkpoints.opened(seen, log.origin, public_key(keys.checkpoint_seed(office))).checkpoint
            if old.size > log.size or queries.tree(log).root(old.size) != old.root:
                return f"The {name} record does not begin with what the checkpoint of {old.day} says."
    except LedgerError as error:
        return f"The checkpoint does not hold: {error.sentence}"
    return None


@dataclass(frozen=True)
class Became:
    """What became of an acknowledgement, in a sentence."""

    kept: bool
    sentence: str


def what_became(promise: Promise) -> Became:
    """Whether an acknowledgement was signed here, and whether its entry stands in the record of its day."""
    with one_moment():
        return _became(promise)


def _became(promise: Promise) -> Became:
    log = Log.objects.filter(office=promise.office, name=log_of(promise)).first()
    if log is None:
        return Became(kept=False, sentence="The acknowledgement is of no office that is kept here.")
    try:
        promise.check(public_key(keys.promise_seed(promise.office)))
    except LedgerError as error:
        return Became(kept=False, sentence=error.sentence)
    day = date.fromisoformat(promise.day)
    if day > log.closed:
        waits = Waiting.objects.filter(office=promise.office, entry=promise.leaf, day=day).exists()
        said = "waits for that night" if waits else "does not wait for it: it was removed"
        return Became(kept=waits, sentence=f"Signed here for {day}, whose record is not out yet. The entry {said}.")
    row = Batch.objects.filter(log=log, day=day).first()
    if row is None or promise.leaf not in _split(row, log.name):
        return Became(kept=False, sentence=f"Signed here for {day}, and the record of that day does not hold it.")
    return Became(kept=True, sentence=f"Signed here, and kept: the entry stands in the record of {day}.")
