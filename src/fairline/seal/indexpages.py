"""Index pages: what a member's list and search need, sealed by browsers for browsers (`docs/formats.md` §13).

A cache, never authority: whatever stands here is replaced by what the report itself proves once it is opened. Python
has no use for a page of its own; it holds the format together with the browsers by the test vectors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fairline.seal.errors import CannotOpenError, MalformedError
from fairline.seal.labels import LABELS
from fairline.seal.padding import KIB, fill, padme
from fairline.seal.primitives import HASH_SIZE, kdf

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION: Final = 1
NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16
PAGE_ENTRIES: Final = 500
DELTA_ENTRIES: Final = 64
TEXT_MAX: Final = 2 * KIB
"""Bytes of UTF-8 of one report that can be found by a word."""
TITLE_MAX: Final = 600
"""Bytes of UTF-8 at the start of the text that the list shows: 140 characters of any script."""
PAGE_LEAST: Final = 64 * KIB
DELTA_SIZES: Final = (512, 4 * KIB, 16 * KIB, 64 * KIB, 160 * KIB)
"""A delta has one of these sizes: 512 for labels alone, 4 KiB for nearly every report whatever its length."""

_DELTA_PAGE: Final = 0xFFFFFFFF
_RECORD: Final = struct.Struct(">16sIIIBBHH32s")
_HEAD: Final = struct.Struct(">BI")
_US, _FAULTY, _APART, _TEST = 1, 2, 4, 8
_FLAGS: Final = _US | _FAULTY | _APART | _TEST


@dataclass(frozen=True)
class IndexEntry:
    """What one index says of one thread.

    Attributes:
        thread: 16-byte id.
        counts: posts on r, o and i that were there when this was written; an entry with fewer than the thread is old.
        ours: it is the office's turn to write.
        faulty: the report itself failed a check.
        apart: the reporting person asked that somebody of this member's name should not read it: no text.
        test: filed by the office itself, to try the line.
        labels: of the closed list, as bits.
        title: bytes of `text` that are its title.
        text: what can be found by a word.
        newest_note: `c` of the newest note, zeros where there is none: notes stand in no public record, and this is
            what a browser notices it by when one that it has seen is gone.
    """

    thread: bytes
    counts: tuple[int, int, int]
    ours: bool = True
    faulty: bool = False
    apart: bool = False
    test: bool = False
    labels: int = 0
    title: int = 0
    text: str = field(default="", repr=False)
    newest_note: bytes = bytes(HASH_SIZE)


def index_key(secret: bytes, owner: bytes) -> bytes:
    """The AES-256 key of an index.

    Args:
        secret: the vault's index key for a member's own pages; an epoch's seed for a desk's.
        owner: the member's or the desk's id.
    """
    return kdf(secret, "index", owner)


def page_aad(owner: bytes, page: int, version: int) -> bytes:
    """What a page is bound to: whose it is, its place, and how often it was written."""
    return owner + page.to_bytes(4, "big") + version.to_bytes(8, "big")


def delta_aad(owner: bytes, delta: bytes) -> bytes:
    """What a delta is bound to: whose it is, and its own 16-byte id."""
    return owner + _DELTA_PAGE.to_bytes(4, "big") + delta


def seal_index(key: bytes, aad: bytes, plain: bytes, nonce: bytes) -> bytes:
    """A sealed page or delta: nonce, ciphertext, tag. ``nonce`` is 12 random bytes, never used twice."""
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def open_index(key: bytes, aad: bytes, sealed: bytes) -> bytes:
    """The bytes in clear.

    Raises:
        CannotOpenError: `index-sealed`: another key, owner, page or version, or altered.
    """
    if len(sealed) < NONCE_SIZE + TAG_SIZE:
        raise _not_this()
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], aad)
    except InvalidTag:
        raise _not_this() from None


def write_page(entries: Sequence[IndexEntry]) -> bytes:
    """A page in clear, filled up.

    Raises:
        MalformedError: `index-form`: too many entries, or one that is longer than it may be.
    """
    plain = _written(entries, PAGE_ENTRIES)
    return fill(plain, padme(max(PAGE_LEAST, len(plain))))


def write_delta(entries: Sequence[IndexEntry], least: int = DELTA_SIZES[0]) -> bytes:
    """A delta in clear, filled up to one of its sizes, not below ``least``; raises as `write_page`."""
    plain = _written(entries, DELTA_ENTRIES)
    size = next((one for one in DELTA_SIZES if one >= max(least, len(plain))), None)
    if size is None:
        raise _form()
    return fill(plain, size)


def read_page(plain: bytes) -> tuple[IndexEntry, ...]:
    """The entries of a page.

    Raises:
        MalformedError: `index-form`.
    """
    entries, used = _read(plain, PAGE_ENTRIES)
    if len(plain) != padme(max(PAGE_LEAST, used)):
        raise _form()
    return entries


def read_delta(plain: bytes) -> tuple[IndexEntry, ...]:
    """The entries of a delta; raises as `read_page`."""
    entries, _used = _read(plain, DELTA_ENTRIES)
    if len(plain) not in DELTA_SIZES:
        raise _form()
    return entries


def _written(entries: Sequence[IndexEntry], most: int) -> bytes:
    texts = [entry.text.encode("utf-8") for entry in entries]
    records = [_record(entry, len(text)) for entry, text in zip(entries, texts, strict=True)]
    if len(entries) > most or len({entry.thread for entry in entries}) < len(entries):
        raise _form()
    return _HEAD.pack(VERSION, len(entries)) + b"".join(records) + b"".join(texts)


def _record(entry: IndexEntry, size: int) -> bytes:
    flags = _US * entry.ours | _FAULTY * entry.faulty | _APART * entry.apart | _TEST * entry.test
    if size > TEXT_MAX or entry.title > min(size, TITLE_MAX) or entry.labels >> len(LABELS):
        raise _form()
    return _RECORD.pack(entry.thread, *entry.counts, flags, entry.labels, entry.title, size, entry.newest_note)


def _read(plain: bytes, most: int) -> tuple[tuple[IndexEntry, ...], int]:
    try:
        version, count = _HEAD.unpack_from(plain)
    except struct.error:
        raise _form() from None
    at = _HEAD.size + count * _RECORD.size
    if version != VERSION or count > most or len(plain) < at:
        raise _form()
    entries = []
    for place in range(count):
        record = _RECORD.unpack_from(plain, _HEAD.size + place * _RECORD.size)
        entries.append(_entry(record, plain[at : at + record[7]]))
        at += record[7]
    if len(plain) < at or any(plain[at:]) or len({entry.thread for entry in entries}) < count:
        raise _form()
    return tuple(entries), at


def _entry(record: tuple[bytes, int, int, int, int, int, int, int, bytes], raw: bytes) -> IndexEntry:
    thread, r, o, i, flags, labels, title, size, newest_note = record
    if flags & ~_FLAGS or labels >> len(LABELS) or size > TEXT_MAX or title > min(size, TITLE_MAX) or len(raw) < size:
        raise _form()
    try:
        text = raw.decode("utf-8")
        raw[:title].decode("utf-8")
    except UnicodeDecodeError:
        raise _form() from None
    ours, faulty, apart, test = (bool(flags & flag) for flag in (_US, _FAULTY, _APART, _TEST))
    return IndexEntry(thread, (r, o, i), ours, faulty, apart, test, labels, title, text, newest_note)


def _form() -> MalformedError:
    return MalformedError("index-form", "A page of the index does not have the form that its format asks for.")


def _not_this() -> CannotOpenError:
    return CannotOpenError("index-sealed", "A page of the index is another one, or was altered.")
