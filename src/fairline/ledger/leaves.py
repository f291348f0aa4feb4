"""Entries of the arrivals log: 96 bytes `T ‖ c ‖ f`, all alike, silent to who holds no tag."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.ledger.errors import BatchError
from fairline.seal.primitives import HASH_SIZE, H, mac

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ARRIVAL_SIZE = 3 * HASH_SIZE
ACT_SIZE = HASH_SIZE
CHAINS = ("r", "o")
SEARCH_LIMIT = 1000
"""A lost mailbox is looked for under the first thousand numbers: more messages than any thread had."""


def search_tag(tag: bytes, chain: str, number: int) -> bytes:
    """`T(chain, n)` = HMAC-SHA256(tag, chain as one ASCII byte ‖ u64be n), 32 bytes.

    Args:
        tag: the reporter's record tag, 32 bytes.
        chain: `r` (from the reporter) or `o` (from the office).
        number: place in the chain, from 0.
    """
    if chain not in CHAINS:
        raise ValueError(f"no chain {chain!r} has entries in the record")
    return mac(tag, chain.encode("ascii") + number.to_bytes(8, "big"))


def received(file_hashes: Iterable[bytes]) -> bytes:
    """`f` = H("fairline/1 received" ‖ 0x00 ‖ H(file) …), over the files in their order on the wire."""
    return H(b"fairline/1 received\x00" + b"".join(file_hashes))


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry of the arrivals log, taken apart."""

    tag: bytes
    """T: finds the entry for who holds the receipt."""
    content: bytes
    """c: the content commitment, the same in every sealed copy."""
    files: bytes
    """f: the commitment to the stored bytes."""

    def entry(self) -> bytes:
        """The 96 bytes."""
        return self.tag + self.content + self.files


def arrival(entry: bytes) -> Arrival:
    """Take an entry apart.

    Raises:
        BatchError: `leaf-size`.
    """
    if len(entry) != ARRIVAL_SIZE:
        raise BatchError("leaf-size", "An entry of the record has the wrong length.")
    return Arrival(entry[:32], entry[32:64], entry[64:])


def find(entries: Sequence[bytes], searched: bytes) -> list[int]:
    """Places of the entries that begin with `searched`, in a sorted sequence of entries (one batch)."""
    place = bisect_left(entries, searched)
    found = []
    while place < len(entries) and entries[place].startswith(searched):
        found.append(place)
        place += 1
    return found


def find_thread(entries: Iterable[bytes], tag: bytes, chain: str = "r") -> dict[int, list[bytes]]:
    """Every entry of one chain of one receipt, by its number in the chain, wherever it stands.

    The answer to "there is no mailbox under these words": an entry found proves that there was one.
    """
    wanted = {search_tag(tag, chain, number): number for number in range(SEARCH_LIMIT)}
    found: dict[int, list[bytes]] = {}
    for entry in entries:
        number = wanted.get(entry[:HASH_SIZE])
        if number is not None:
            found.setdefault(number, []).append(entry)
    return found
