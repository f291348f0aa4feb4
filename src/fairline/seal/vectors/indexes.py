"""Vectors of index pages and deltas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fairline.seal import indexpages
from fairline.seal.indexpages import IndexEntry
from fairline.seal.labels import LABELS, from_bits, to_bits
from fairline.seal.primitives import b64, unb64
from fairline.seal.vectors.cases import Book, Operations

FIRST_TEXT = "Keys are copied. 秤有问题 ٣"
HEAD = 5
RECORD = 66


def _aad(given: dict[str, Any]) -> bytes:
    owner = unb64(given["owner"])
    if "delta" in given:
        return indexpages.delta_aad(owner, unb64(given["delta"]))
    return indexpages.page_aad(owner, given["page"], given["version"])


def _entry(entry: IndexEntry) -> dict[str, Any]:
    told = [name for name in ("ours", "faulty", "apart", "test") if getattr(entry, name)]
    return {
        "thread": b64(entry.thread), "counts": list(entry.counts), "flags": told,
        "labels": list(from_bits(entry.labels)), "title": entry.title,
        "text": entry.text, "newest_note": b64(entry.newest_note),
    }  # fmt: skip


def _read_entry(told: dict[str, Any]) -> IndexEntry:
    flags = {name: name in told["flags"] for name in ("ours", "faulty", "apart", "test")}
    r, o, i = told["counts"]
    return IndexEntry(
        unb64(told["thread"]), (r, o, i), **flags, labels=to_bits(told["labels"]), title=told["title"],
        text=told["text"], newest_note=unb64(told["newest_note"]),
    )  # fmt: skip


def _plain(given: dict[str, Any]) -> bytes:
    return unb64(given["content"]).ljust(given["size"], b"\0")


def _trimmed(plain: bytes) -> dict[str, Any]:
    return {"content": b64(plain.rstrip(b"\0")), "size": len(plain)}


OPERATIONS: Operations = {
    "key": lambda given: b64(indexpages.index_key(unb64(given["secret"]), unb64(given["owner"]))),
    "seal": lambda given: b64(
        indexpages.seal_index(unb64(given["key"]), _aad(given), unb64(given["plain"]), unb64(given["nonce"]))
    ),
    "open": lambda given: b64(indexpages.open_index(unb64(given["key"]), _aad(given), unb64(given["sealed"]))),
    "write-page": lambda given: _trimmed(indexpages.write_page([_read_entry(one) for one in given["entries"]])),
    "write-delta": lambda given: _trimmed(
        indexpages.write_delta([_read_entry(one) for one in given["entries"]], given["least"])
    ),
    "read-page": lambda given: [_entry(one) for one in indexpages.read_page(_plain(given))],
    "read-delta": lambda given: [_entry(one) for one in indexpages.read_delta(_plain(given))],
    "label-bits": lambda given: to_bits(given["labels"]),
    "labels-of-bits": lambda given: list(from_bits(given["bits"])),
}


def index_pages() -> Book:
    """`vectors/index.json`."""
    book = Book("index", OPERATIONS)
    _sealing(book)
    _forms(book)
    _refused_forms(book)
    book.add("every label", "the closed list, in the order of its bits", "label-bits", labels=list(LABELS))
    book.add("bits of three", "in the list's order", "labels-of-bits", bits=to_bits(["urgent", "answer", "event"]))
    book.add("refused: a label of another list", "closed", "label-bits", "json-type", labels=["suspect"])
    book.add("refused: a bit that no label has", "closed", "labels-of-bits", "json-type", bits=1 << len(LABELS))
    return book


def _sealing(book: Book) -> None:
    secret, owner, nonce, delta = (book.random(size) for size in (32, 16, 12, 16))
    key = book.add("a key", "of the vault's index key or an epoch's seed", "key", secret=b64(secret), owner=b64(owner))
    page: dict[str, Any] = {"key": key, "owner": b64(owner), "page": 3, "version": 7}
    plain = b64(b"What is inside.")
    sealed = book.add("a page", "bound to owner, page, version", "seal", **page, plain=plain, nonce=b64(nonce))
    book.add("a page opens", "in its place", "open", **page, sealed=sealed)
    in_delta = {"key": key, "owner": b64(owner), "delta": b64(delta)}
    other = book.add("a delta", "bound to owner and its id", "seal", **in_delta, plain=plain, nonce=b64(nonce))
    book.add("a delta opens", "under its id", "open", **in_delta, sealed=other)
    altered = bytearray(unb64(sealed))
    altered[14] ^= 1
    for name, given in (
        ("another page", page | {"page": 4, "sealed": sealed}),
        ("another version", page | {"version": 6, "sealed": sealed}),
        ("another owner", page | {"owner": b64(delta), "sealed": sealed}),
        ("another key", page | {"key": b64(secret), "sealed": sealed}),
        ("altered", page | {"sealed": b64(bytes(altered))}),
        ("cut", page | {"sealed": b64(unb64(sealed)[:27])}),
        ("a delta for a page", page | {"sealed": other}),
        ("under another delta's id", in_delta | {"delta": b64(owner), "sealed": other}),
    ):
        book.add(f"refused: {name}", name, "open", "index-sealed", **given)


def made_entries(book: Book) -> tuple[IndexEntry, IndexEntry, IndexEntry]:
    """A report with words, one set apart, and what a desk's index says of one: labels alone."""
    first = IndexEntry(
        book.random(16), (2, 1, 3), ours=False, test=True, labels=to_bits(["answer", "urgent"]), title=16,
        text=FIRST_TEXT, newest_note=book.random(32),
    )  # fmt: skip
    return first, IndexEntry(book.random(16), (1, 0, 0), faulty=True, apart=True), replace(first, text="", title=0)


def _forms(book: Book) -> None:
    first, apart, bare = made_entries(book)
    for name, entries in (("two entries", [first, apart]), ("none", []), ("labels alone", [bare])):
        told = [_entry(one) for one in entries]
        page = book.add(f"write a page: {name}", "filled up", "write-page", entries=told)
        book.add(f"read a page: {name}", "as written", "read-page", **page)
        delta = book.add(f"write a delta: {name}", "filled up", "write-delta", entries=told, least=512)
        book.add(f"read a delta: {name}", "as written", "read-delta", **delta)
    told = [_entry(first)]
    book.add("a delta with words", "never smaller than 4 KiB", "write-delta", entries=told, least=4096)
    longest = replace(first, text="字" * 682 + "ab", title=600)
    book.add("the longest text", "2 KiB and a title of 600 bytes", "write-delta", entries=[_entry(longest)], least=512)
    for name, entry in (
        ("a text too long", replace(longest, text=longest.text + "c")),
        ("a title too long", replace(longest, title=601)),
        ("a title longer than its text", replace(first, title=99)),
    ):
        book.add(f"refused: {name}", name, "write-page", "index-form", entries=[_entry(entry)])
    many = [_entry(IndexEntry(at.to_bytes(16, "big"), (1, 0, 0))) for at in range(65)]
    book.add("refused: 65 entries in a delta", "at most 64", "write-delta", "index-form", entries=many, least=512)
    twice = [_entry(first), _entry(first)]
    book.add("refused: one thread twice", "each once", "write-page", "index-form", entries=twice)


def _refused_forms(book: Book) -> None:
    first, apart, _bare = made_entries(book)
    good = indexpages.write_delta([first, apart]).rstrip(b"\0")

    def changed(at: int, value: int) -> bytes:
        content = bytearray(good)
        content[at] = value
        return bytes(content)

    flags, labels, title, size = (HEAD + 16 + 12 + step for step in (0, 1, 2, 4))
    for name, content, length in (
        ("another version", changed(0, 2), 512),
        ("more entries than are there", changed(4, 200), 512),
        ("an unknown flag", changed(flags, 16), 512),
        ("a bit that no label has", changed(labels, 1 << len(LABELS)), 512),
        ("a title of half a character", changed(title + 1, 18), 512),
        ("a title over its text", changed(title, 2), 512),
        ("a text over the end", changed(size, 7), 512),
        ("a text that is not UTF-8", changed(HEAD + 2 * RECORD, 0xFF), 512),
        ("one thread twice", good[: HEAD + RECORD] + good[HEAD : HEAD + RECORD] + good[HEAD + 2 * RECORD :], 512),
        ("filled with something", good + b"\1", 512),
        ("another size", good, 513),
        ("shorter than its head", b"\1", 4),
    ):
        given = {"content": b64(content), "size": length}
        book.add(f"refused delta: {name}", name, "read-delta", "index-form", **given)
    given = {"content": b64(good), "size": 512}
    book.add("refused page: smaller than a page", "64 KiB at least", "read-page", "index-form", **given)
