"""Merkle trees of RFC 6962 section 2.1 (the same in RFC 9162): roots, paths, and how to check them.

Nothing here stores anything. Proofs are made from a `NodeSource`, which gives the hash of any complete
subtree; `fairline.ledger.tiles` is the one that reads from disk. Sizes and indexes are counts of leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fairline.ledger.errors import ProofError

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeSource = Callable[[int, int], bytes]
"""`(level, index)` to the hash of the complete subtree over `1 << level` leaves from `index << level` on."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def folded(hashes: bytes) -> bytes:
    """Root of a complete subtree, given its 2^k hashes (32 bytes each) one after another."""
    sha256 = hashlib.sha256
    while len(hashes) > HASH_SIZE:
        hashes = b"".join(
            [sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, len(hashes), 64)],
        )
    return hashes


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: all that is needed to let it grow and to know its root."""

    size: int
    """Number of leaves."""
    peaks: tuple[bytes, ...]
    """Hashes of the complete subtrees that cover the leaves, largest (leftmost) first."""

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ProofError("frontier", "The edge of a tree does not fit the tree's size.")
        if any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise ProofError("frontier", "The edge of a tree holds something that is no hash.")

    def grown(self, hashes: Iterable[bytes]) -> Frontier:
        """The edge after these leaf hashes were appended."""
        size, peaks = self.size, list(self.peaks)
        for leaf in hashes:
            peak, count = leaf, size
            while count & 1:
                peak = node_hash(peaks.pop(), peak)
                count >>= 1
            peaks.append(peak)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """Root of the tree, 32 bytes."""
        return _joined(self.peaks)


EMPTY = Frontier(0, ())


def root(hashes: Iterable[bytes]) -> bytes:
    """Root over leaf hashes, in order."""
    return EMPTY.grown(hashes).root()


def frontier(size: int, node: NodeSource) -> Frontier:
    """The right edge of the first `size` leaves of a stored tree."""
    return Frontier(size, tuple(node(level, index) for level, index in _subtrees(0, size)))


def inclusion(index: int, size: int, node: NodeSource) -> list[bytes]:
    """Path that leads from leaf `index` to the root over the first `size` leaves, lowest first."""
    if not 0 <= index < size:
        raise ProofError("proof-index", "There is no such leaf in a tree of this size.")
    siblings: list[tuple[int, int]] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            siblings.append((middle, high))
            high = middle
        else:
            siblings.append((low, middle))
            low = middle
    return [_range_hash(start, end, node) for start, end in reversed(siblings)]


def consistency(old: int, new: int, node: NodeSource) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with that of `old` (empty if `old` is 0 or `new`)."""
    if not 0 <= old <= new:
        raise ProofError("proof-index", "A tree cannot have shrunk.")
    if old in (0, new):
        return []
    parts: list[tuple[int, int]] = []
    low, high = 0, new
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            parts.append((middle, high))
            high = middle
        else:
            parts.append((low, middle))
            low = middle
    if low:
        parts.append((low, high))
    return [_range_hash(start, end, node) for start, end in reversed(parts)]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> None:
    """Raise `ProofError("proof-inclusion")` unless `leaf` (a leaf hash) stands at `index` under `expected`.

    Source: RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size or any(len(part) != HASH_SIZE for part in path):
        raise _not_included()
    place, last, reached = index, size - 1, leaf
    for part in path:
        if last == 0:
            raise _not_included()
        if place & 1 or place == last:
            reached = node_hash(part, reached)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            reached = node_hash(reached, part)
        place >>= 1
        last >>= 1
    if last != 0 or reached != expected:
        raise _not_included()


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raise `ProofError("proof-consistency")` unless the tree of `new_root` begins with that of `old_root`.

    Source: RFC 9162 section 2.1.4.2. An empty tree begins every tree.
    """
    if not 0 <= old <= new or any(len(part) != HASH_SIZE for part in path):
        raise _not_consistent()
    if old in (0, new):
        if path or old_root != (new_root if old == new else EMPTY_ROOT):
            raise _not_consistent()
        return
    parts = list(path) if old & (old - 1) else [old_root, *path]
    if not parts or (old_root, new_root) != _roots_reached(old, new, parts):
        raise _not_consistent()


def _roots_reached(old: int, new: int, parts: Sequence[bytes]) -> tuple[bytes, bytes]:
    place, last = old - 1, new - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old_reached = new_reached = parts[0]
    for part in parts[1:]:
        if last == 0:
            raise _not_consistent()
        if place & 1 or place == last:
            old_reached = node_hash(part, old_reached)
            new_reached = node_hash(part, new_reached)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            new_reached = node_hash(new_reached, part)
        place >>= 1
        last >>= 1
    if last != 0:
        raise _not_consistent()
    return old_reached, new_reached


def _not_included() -> ProofError:
    return ProofError("proof-inclusion", "A proof does not show that the entry stands in the record.")


def _not_consistent() -> ProofError:
    return ProofError("proof-consistency", "A proof does not show that the record only grew.")


def _split(width: int) -> int:
    """Largest power of two below `width` (RFC 6962: k)."""
    return 1 << ((width - 1).bit_length() - 1)


def _subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees that cover `[start, end)`; `start` is a multiple of a power of two no less."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _range_hash(start: int, end: int, node: NodeSource) -> bytes:
    return _joined([node(level, index) for level, index in _subtrees(start, end)])


def _joined(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    reached = peaks[-1]
    for peak in reversed(peaks[:-1]):
        reached = node_hash(peak, reached)
    return reached
