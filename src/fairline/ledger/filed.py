"""Filing proof: put together here, and checked where a report may be read (`terminal/filing.py`).

Whoever has read the report could make it too. Source: `docs/formats-record.md`, "Filing proof".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairline.ledger import merkle
from fairline.seal import jsontext
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairline.ledger.batches import PublishedDay
    from fairline.ledger.promises import Promise

VERSION = 1


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where the entry stands under a checkpoint."""

    checkpoint: str
    """The signed note."""
    index: int
    hashes: Sequence[bytes]


def included(day: PublishedDay, index: int) -> Inclusion:
    """The inclusion of an entry under its own day's checkpoint: out of what was fetched to see that it is there.

    Nothing more is asked of a server, which so learns of no entry.
    """
    start, entries = day.before.size, day.entries
    places = dict(zip(_peaks(start), day.before.peaks, strict=True))

    def node(level: int, place: int) -> bytes:
        if (known := places.get((level, place))) is not None:
            return known
        if level == 0:
            return merkle.leaf_hash(entries[place - start])
        return merkle.node_hash(node(level - 1, 2 * place), node(level - 1, 2 * place + 1))

    size = day.signed.checkpoint.size
    return Inclusion(day.signed.note.written().decode(), index, merkle.inclusion(index, size, node))


def write(manifest: bytes, envelope: bytes, promise: Promise, inclusion: Inclusion | None) -> bytes:
    """The proof as kept.

    Args:
        manifest: as a door serves it.
        envelope: the report's, unsealed, with the zeros behind it.
        promise: of its entry.
        inclusion: None before the night after its day.
    """
    body: dict[str, Any] = {
        "v": VERSION, "kind": "filing", "manifest": b64(manifest), "envelope": b64(envelope),
        "promise": promise.fields(),
    }  # fmt: skip
    if inclusion is not None:
        hashes = [b64(one) for one in inclusion.hashes]
        body["record"] = {"checkpoint": inclusion.checkpoint, "index": inclusion.index, "hashes": hashes}
    return jsontext.write(body)


def _peaks(size: int) -> list[tuple[int, int]]:
    """Level and place of the complete subtrees that cover so many leaves, largest first."""
    found, at = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, at >> level))
            at += 1 << level
    return found
