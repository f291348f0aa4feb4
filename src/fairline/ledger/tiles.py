"""The hashes of a tree as tiles of 256, laid out as C2SP tlog-tiles has it.

A tile at level 0 holds leaf hashes; one at level L + 1 holds the roots of full tiles of level L. Appending
touches the last tile of each level only, and a proof reads at most one tile of each: both stay logarithmic,
and ten million leaves are three levels. Everything between two levels is hashed anew when asked for.

Source: https://c2sp.org/tlog-tiles
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fairline.ledger import merkle
from fairline.ledger.errors import ProofError

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILE_SIZE = WIDTH * merkle.HASH_SIZE

TileReader = Callable[[int, int], bytes]
"""`(level, index)` to what is stored of that tile: a whole number of hashes, `b""` if nothing."""


class Tree:
    """The first `size` leaves of a log, read through tiles; each tile is read once per object."""

    def __init__(self, size: int, read: TileReader) -> None:
        self.size = size
        self._read = read
        self._seen: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, index: int) -> bytes:
        """Hash of a complete subtree, see `merkle.NodeSource`.

        Raises:
            ProofError: `tile-missing` if the store does not hold it.
        """
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        tile = self._tile(tile_level, first // WIDTH)
        start = first % WIDTH * merkle.HASH_SIZE
        part = tile[start : start + (merkle.HASH_SIZE << height)]
        if len(part) != merkle.HASH_SIZE << height:
            raise ProofError("tile-missing", "A part of the stored record is missing.")
        return merkle.folded(part)

    def frontier(self, size: int | None = None) -> merkle.Frontier:
        """Right edge of the whole tree, or of its first `size` leaves."""
        return merkle.frontier(self._within(size), self.node)

    def root(self, size: int | None = None) -> bytes:
        """Root of the whole tree, or of its first `size` leaves."""
        return self.frontier(size).root()

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Path from leaf `index` to the root."""
        return merkle.inclusion(index, self._within(size), self.node)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Proof that the tree begins with its first `old` leaves."""
        return merkle.consistency(old, self._within(new), self.node)

    def leaves(self, start: int, end: int) -> list[bytes]:
        """The leaf hashes `[start, end)`."""
        return [self.node(0, index) for index in range(start, end)]

    def _within(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ProofError("proof-index", "The record does not have that many entries yet.")
        return size

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._seen:
            self._seen[level, index] = self._read(level, index)
        return self._seen[level, index]


def grown(size: int, read: TileReader, hashes: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """The tiles that are new or longer once `hashes` (leaf hashes) follow the first `size` leaves.

    Raises:
        ProofError: `tile-missing` if the last tile of a level is shorter than `size` says.
    """
    changed: dict[tuple[int, int], bytes] = {}
    level, place, entries = 0, size, list(hashes)
    while entries:
        index, held = divmod(place, WIDTH)
        begun = read(level, index)[: held * merkle.HASH_SIZE] if held else b""
        if len(begun) != held * merkle.HASH_SIZE:
            raise ProofError("tile-missing", "A part of the stored record is missing.")
        row = begun + b"".join(entries)
        entries = []
        for at in range(0, len(row), TILE_SIZE):
            tile = row[at : at + TILE_SIZE]
            changed[level, index + at // TILE_SIZE] = tile
            if len(tile) == TILE_SIZE:
                entries.append(merkle.folded(tile))
        level, place = level + 1, index
    return changed


def touched(before: int, after: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of each tile that is new or longer with ``after`` leaves than with ``before``."""
    level = 0
    while after > before:
        for index in range(before // WIDTH, -(-after // WIDTH)):
            yield level, index, min(WIDTH, after - index * WIDTH)
        level, before, after = level + 1, before // WIDTH, after // WIDTH


def path(level: int, index: int, width: int = WIDTH) -> str:
    """Public path of a tile below the log's prefix, `tile/<L>/<N>[.p/<W>]`."""
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:  # noqa: PLR2004 - the path format's own base
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{'/'.join(groups)}{partial}"
