"""A complete Merkle tree, as the roster is one. Source: RFC 6962 section 2.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.seal.primitives import H

if TYPE_CHECKING:
    from collections.abc import Sequence


def leaf_hash(entry: bytes) -> bytes:
    """H(0x00 ‖ entry)."""
    return H(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    """H(0x01 ‖ left ‖ right)."""
    return H(b"\x01" + left + right)


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """The levels of a tree over 2^d leaf hashes, leaves first, root last."""
    found = [list(leaves)]
    while len(below := found[-1]) > 1:
        found.append([node_hash(*below[at : at + 2]) for at in range(0, len(below), 2)])
    return found


def climb(leaf: bytes, place: int, hashes: Sequence[bytes]) -> bytes:
    """The root, from a leaf hash, its place, and the hashes beside its way up."""
    for beside in hashes:
        leaf = node_hash(beside, leaf) if place & 1 else node_hash(leaf, beside)
        place >>= 1
    return leaf
