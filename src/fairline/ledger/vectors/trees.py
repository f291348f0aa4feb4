"""Vectors for trees: the public known answers of Certificate Transparency, and what must be refused."""

from __future__ import annotations

from fairline.ledger import merkle
from fairline.ledger.vectors.operations import OPERATIONS
from fairline.seal.primitives import b64
from fairline.seal.vectors.cases import Book

# Entries, roots and paths that the Certificate Transparency projects test their trees with (RFC 6962 authors'
# reference data, repeated in github.com/transparency-dev/merkle).
ENTRIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
H0 = ROOTS[0]
H1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
H2 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
H3 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
H4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
H5 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
H6 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUDED = [
    (0, 1, []),
    (0, 8, [H1, H2, H3]),
    (5, 8, [H4, H5, ROOTS[3]]),
    (2, 3, [ROOTS[1]]),
    (1, 5, [H0, H2, H4]),
]
CONSISTENT = [(1, 1, []), (1, 8, [H1, H2, H3]), (6, 8, [H6, H5, ROOTS[3]]), (2, 5, [H2, H4])]


def trees() -> Book:
    """`vectors/ledger-trees.json`."""
    book = Book("ledger-trees", OPERATIONS)
    book.add("empty", "the empty tree", "root", entries=[])
    for size, expected in enumerate(ROOTS, 1):
        found = book.add(f"root {size}", "published root", "root", entries=shown(ENTRIES[:size]))
        if found != hashed(expected):
            raise AssertionError(f"the tree of {size} published entries has another root")
    for index, size, path in INCLUDED:
        book.add(f"inclusion {index} of {size}", "published path", "inclusion", **included(index, size, path))
    for old, new, path in CONSISTENT:
        book.add(f"consistency {old} to {new}", "published path", "consistency", **consistent(old, new, path))
    refusals(book)
    edges(book)
    return book


def included(index: int, size: int, path: list[str]) -> dict[str, object]:
    """Inputs of `inclusion`."""
    return {
        "entry": b64(ENTRIES[index]),
        "index": index,
        "size": size,
        "path": [hashed(part) for part in path],
        "root": hashed(ROOTS[size - 1]),
    }


def consistent(old: int, new: int, path: list[str]) -> dict[str, object]:
    """Inputs of `consistency`."""
    return {
        "old": old,
        "new": new,
        "path": [hashed(part) for part in path],
        "old_root": hashed(ROOTS[old - 1]),
        "new_root": hashed(ROOTS[new - 1]),
    }


def refusals(book: Book) -> None:
    """Paths that lead nowhere."""
    good = included(5, 8, [H4, H5, ROOTS[3]])
    for name, changed in (
        ("another entry", {"entry": b64(b"other")}),
        ("another index", {"index": 4}),
        ("index beyond the tree", {"index": 8}),
        ("negative index", {"index": -1}),
        ("another size", {"size": 9}),
        ("path too short", {"path": [hashed(H4), hashed(H5)]}),
        ("path too long", {"path": [hashed(part) for part in (H4, H5, ROOTS[3], H0)]}),
        ("path in another order", {"path": [hashed(part) for part in (H5, H4, ROOTS[3])]}),
        ("part too short", {"path": [b64(bytes(31)), hashed(H5), hashed(ROOTS[3])]}),
        ("another root", {"root": hashed(ROOTS[6])}),
        ("inner node as entry", {"entry": b64(bytes.fromhex(H4 + H5))}),
    ):
        book.add(f"inclusion: {name}", "refused", "inclusion", "proof-inclusion", **(good | changed))
    good = consistent(6, 8, [H6, H5, ROOTS[3]])
    old_changes: tuple[tuple[str, dict[str, object]], ...] = (
        ("another old root", {"old_root": hashed(ROOTS[4])}),
        ("another new root", {"new_root": hashed(ROOTS[6])}),
        ("shrunk", {"old": 9}),
        ("nothing to go by", {"path": []}),
        ("path too long", {"path": [hashed(part) for part in (H6, H5, ROOTS[3], H0)]}),
        ("path too short", {"path": [hashed(H6), hashed(H5)]}),
        ("same size, other root", {"old": 8, "path": []}),
        ("empty, but with a root", {"old": 0, "path": []}),
        ("power of two without path", {"old": 4, "old_root": hashed(ROOTS[3]), "path": []}),
    )
    for name, altered in old_changes:
        book.add(f"consistency: {name}", "refused", "consistency", "proof-consistency", **(good | altered))
    book.add(
        "consistency: from empty",
        "an empty tree begins every tree",
        "consistency",
        **(good | {"old": 0, "old_root": b64(merkle.EMPTY_ROOT), "path": []}),
    )


def edges(book: Book) -> None:
    """Edges, and edges that do not fit their size."""
    hashes = [merkle.leaf_hash(entry) for entry in ENTRIES]
    for size in (0, 1, 3, 6, 7):
        peaks = merkle.EMPTY.grown(hashes[:size]).peaks
        given = {"size": size, "peaks": shown(list(peaks)), "entries": shown(ENTRIES[size:])}
        if book.add(f"edge {size}", "grows to the published root of 8", "edge", **given) != hashed(ROOTS[7]):
            raise AssertionError("an edge grew into another tree")
    book.add("edge: too few peaks", "refused", "edge", "frontier", size=3, peaks=[hashed(H0)], entries=[])
    book.add("edge: too many", "refused", "edge", "frontier", size=1, peaks=[hashed(H0)] * 2, entries=[])
    book.add("edge: no hash", "refused", "edge", "frontier", size=1, peaks=[b64(b"short")], entries=[])
    book.add("edge: negative", "refused", "edge", "frontier", size=-1, peaks=[], entries=[])
    large = {"size": 2**40, "peaks": [hashed(H0)], "entries": shown(ENTRIES[:3])}
    book.add("edge: beyond 32 bits", "sizes are not halved by 32-bit shifts", "edge", **large)


def shown(values: list[bytes]) -> list[str]:
    """Base64url of each."""
    return [b64(value) for value in values]


def hashed(text: str) -> str:
    """Base64url of bytes in hexadecimal."""
    return b64(bytes.fromhex(text))
