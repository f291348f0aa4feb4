"""Attachments: one age file each, cut into parts that are sealed, sent, stored and read one by one.

A part is 32 sealed chunks, about 2 MiB. Parts are sealed in any order and in parallel; who kept file key and first
bytes goes on after a stop with the very same bytes; a player reads any range without opening the rest.
Source: `docs/formats.md`, "Attachments".
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairline.seal import age, header, stream
from fairline.seal.envelope import MOST_BYTES, FileName
from fairline.seal.errors import CannotOpenError, MalformedError
from fairline.seal.padding import KIB, padme
from fairline.seal.primitives import ID_SIZE, KEY_SIZE, H, kdf
from fairline.seal.recipients import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PART_CHUNKS = 32
PART_BYTES = PART_CHUNKS * stream.CHUNK_SIZE
LEAST_PADDED = 8 * KIB
# A person looks at a stretch of a film, then at the next: what was fetched last is asked for again at once.
REMEMBERED_PARTS = 2


@dataclass(frozen=True)
class Shape:
    """How a file of so many bytes is filled up and cut.

    Attributes:
        size: bytes of the file itself.
        padded: with the zeros behind it.
        chunks: sealed chunks.
        parts: parts of at most 32 chunks.
    """

    size: int
    padded: int
    chunks: int
    parts: int

    def span(self, part: int) -> tuple[int, int]:
        """Where the content of a part begins and ends (not included), in the filled-up file."""
        self.check(part)
        return part * PART_BYTES, min((part + 1) * PART_BYTES, self.padded)

    def own_span(self, part: int) -> tuple[int, int]:
        """Where the file's own bytes in a part begin and end; empty where only zeros are left."""
        start, stop = self.span(part)
        return min(start, self.size), min(stop, self.size)

    def sealed(self, part: int, start: int) -> int:
        """Bytes of a part as it is sent; `start` is the length of header and nonce, which part 0 begins with."""
        begin, end = self.span(part)
        return stream.sealed_size(end - begin) + (start if part == 0 else 0)

    def check(self, part: int) -> None:
        """Raise `ValueError` unless the file has this part."""
        if not 0 <= part < self.parts:
            raise ValueError("no such part")


@dataclass(frozen=True)
class Upload:
    """A file on its way: all that is needed to seal any of its parts.

    Attributes:
        blob: 16-byte id.
        seed: 32 secret bytes; `id(seed)` opens the file.
        file_key: 16 secret bytes.
        start: header and nonce, with which part 0 begins.
        size: bytes of the file itself.
    """

    blob: bytes
    seed: bytes = field(repr=False)
    file_key: bytes = field(repr=False)
    start: bytes = field(repr=False)
    size: int

    @property
    def shape(self) -> Shape:
        """How it is cut."""
        return shape(self.size)

    @property
    def auth(self) -> bytes:
        """The secret by which the server knows who may add to it; it keeps H only."""
        return blob_auth(self.seed, self.blob)


def shape(size: int) -> Shape:
    """How a file of `size` bytes is filled up and cut.

    Raises:
        MalformedError: `attachment-size`, over 4 GiB.
    """
    if not 0 <= size <= MOST_BYTES:
        raise MalformedError("attachment-size", "A file is larger than 4 GiB.")
    padded = padme(max(size, LEAST_PADDED))
    chunks = stream.chunk_count(padded)
    return Shape(size, padded, chunks, -(-chunks // PART_CHUNKS))


def blob_auth(seed: bytes, blob: bytes) -> bytes:
    """The secret of a blob on the wire; in bodies only, never in an address."""
    return kdf(seed, "blob auth", blob)


def begin_upload(size: int, random: Callable[[int], bytes] = secrets.token_bytes) -> Upload:
    """Id, keys and first bytes of a new attachment of `size` bytes.

    Raises:
        MalformedError: `attachment-size`.
    """
    shape(size)
    blob, seed = random(ID_SIZE), random(KEY_SIZE)
    start, head = age.begin([identity(seed).recipient], random)
    return Upload(blob, seed, head.file_key, start, size)


def check_upload(upload: Upload) -> Upload:
    """The upload itself, as it was kept in a draft, if its parts can go on.

    Raises:
        MalformedError: `age-header`, `attachment-size`.
        CannotOpenError: `age-mac`: file key and first bytes do not belong together.
    """
    shape(upload.size)
    parsed = header.parse(upload.start)
    if len(upload.start) != parsed.size + stream.NONCE_SIZE:
        raise MalformedError("age-header", "This is not the beginning of a sealed file as we write them.")
    header.check_mac(parsed, upload.file_key)
    return upload


def seal_part(upload: Upload, part: int, content: bytes) -> bytes:
    """Part `part`, as it is sent. Sealed again, it is the same bytes.

    Args:
        upload: the file.
        part: number, from 0.
        content: the file's own bytes there (`Shape.own_span`); the zeros behind them are added here.
    """
    cut = upload.shape
    start, stop = cut.own_span(part)
    if len(content) != stop - start:
        raise ValueError("the content is not that of this part")
    begin, end = cut.span(part)
    plain = memoryview(content + bytes(end - begin - len(content)))
    key = stream.payload_key(upload.file_key, upload.start[-stream.NONCE_SIZE :])
    sealed = [] if part else [upload.start]
    sealed += [
        stream.seal_chunk(key, part * PART_CHUNKS + place // stream.CHUNK_SIZE, cut.chunks,
                          bytes(plain[place : place + stream.CHUNK_SIZE]))
        for place in range(0, len(plain), stream.CHUNK_SIZE)
    ]  # fmt: skip
    return b"".join(sealed)


def attachment_hash(part_hashes: Sequence[bytes]) -> bytes:
    """The file's hash in the envelope and in `f`, from H of every part in order."""
    return H(b"".join(part_hashes))


@dataclass(frozen=True)
class Opened:
    """What opens any part of a file, learnt from the first one.

    Attributes:
        shape: how it is cut.
        key: of the payload, 32 secret bytes.
        start: length of header and nonce in part 0.
    """

    shape: Shape
    key: bytes = field(repr=False)
    start: int


def open_head(file: FileName, first: bytes) -> Opened:
    """The keys of an attachment, from its part 0.

    Raises:
        MalformedError: `age-header`, `attachment-size` (the part has not the length that the true length gives).
        CannotOpenError: `not-mine`, `age-mac`.
    """
    cut = shape(file.size)
    head = age.read_head(first, [identity(file.seed)])
    if len(first) != cut.sealed(0, head.size):
        raise wrong_size()
    return Opened(cut, head.key, head.size)


def open_part(opened: Opened, part: int, sealed: bytes) -> bytes:
    """The file's own bytes in a part.

    Raises:
        MalformedError: `attachment-size`.
        CannotOpenError: `age-payload`.
    """
    start, stop = opened.shape.own_span(part)
    return open_chunks(opened, part, sealed, 0, PART_CHUNKS)[: stop - start]


def open_chunks(opened: Opened, part: int, sealed: bytes, first: int, after: int) -> bytes:
    """Chunks `first` to `after` (not included, counted within the part) in clear, zeros behind the file included.

    Raises:
        MalformedError: `attachment-size`.
        CannotOpenError: `age-payload`.
    """
    cut = opened.shape
    if len(sealed) != cut.sealed(part, opened.start):
        raise wrong_size()
    begin = opened.start if part == 0 else 0
    count = min(PART_CHUNKS, cut.chunks - part * PART_CHUNKS)
    plain = []
    for chunk in range(first, min(after, count)):
        place = begin + chunk * stream.SEALED_CHUNK_SIZE
        piece = sealed[place : place + stream.SEALED_CHUNK_SIZE]
        plain.append(stream.open_chunk(opened.key, part * PART_CHUNKS + chunk, cut.chunks, piece))
    return b"".join(plain)


class Attachment:
    """Reads a file of which the parts lie elsewhere.

    Args:
        file: as a signed envelope names it.
        fetch: gives the sealed bytes of a part by its number.
    """

    def __init__(self, file: FileName, fetch: Callable[[int], bytes]) -> None:
        self.file = file
        self._fetch = fetch
        self._near: dict[int, bytes] = {}
        self._opened: Opened | None = None

    def read(self, start: int, stop: int) -> bytes:
        """Bytes `start` to `stop` (not included) of the file; what lies behind its end is left out.

        The last chunk is opened before any other: it alone proves how long the file is.

        Raises:
            MalformedError: `age-header`, `attachment-size`.
            CannotOpenError: `not-mine`, `age-mac`, `age-payload`.
        """
        opened = self._ready()
        stop = min(stop, self.file.size)
        found = []
        for part in range(max(start, 0) // PART_BYTES, -(-stop // PART_BYTES)):
            begin = part * PART_BYTES
            low, high = max(start, begin) - begin, min(stop, begin + PART_BYTES) - begin
            first = low // stream.CHUNK_SIZE
            after = -(-high // stream.CHUNK_SIZE)
            plain = open_chunks(opened, part, self._part(part), first, after)
            found.append(plain[low - first * stream.CHUNK_SIZE : high - first * stream.CHUNK_SIZE])
        return b"".join(found)

    def whole(self) -> Iterator[bytes]:
        """The file's own bytes, part by part. Until it ends without an error, nothing of it is proven whole.

        Raises:
            MalformedError: `age-header`, `attachment-size`.
            CannotOpenError: `not-mine`, `age-mac`, `age-payload`, `attachment-hash` (at the very end).
        """
        hashes = []
        opened: Opened | None = None
        for part in range(shape(self.file.size).parts):
            sealed = self._fetch(part)
            opened = opened or open_head(self.file, sealed)
            hashes.append(H(sealed))
            yield open_part(opened, part, sealed)
        if attachment_hash(hashes) != self.file.hash:
            raise CannotOpenError("attachment-hash", "A file is not the one that the report or message names.")

    def _ready(self) -> Opened:
        if self._opened is None:
            opened = open_head(self.file, self._part(0))
            part, chunk = divmod(opened.shape.chunks - 1, PART_CHUNKS)
            open_chunks(opened, part, self._part(part), chunk, PART_CHUNKS)
            self._opened = opened
        return self._opened

    def _part(self, part: int) -> bytes:
        sealed = self._near.pop(part, None) or self._fetch(part)
        self._near[part] = sealed
        while len(self._near) > REMEMBERED_PARTS:
            del self._near[next(iter(self._near))]
        return sealed


def wrong_size() -> MalformedError:
    """The refusal of a part that has not the length which the file's true length gives."""
    return MalformedError("attachment-size", "A part of a file is shorter or longer than it must be.")
