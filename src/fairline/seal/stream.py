"""STREAM: the payload of an age file, chunk by chunk.

Every chunk of 64 KiB can be sealed and opened by itself, in any order and in parallel; an upload can go on
where it stopped, and a player can open any range. Whoever opens only a part opens the LAST chunk first: its
flag proves how many chunks there are, which random access alone would not notice.

Source: C2SP age specification, "Payload".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fairline.seal.errors import CannotOpenError

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK_SIZE = 64 * 1024
TAG_SIZE = 16
SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE
NONCE_SIZE = 16
COUNTER_SIZE = 11
KEY_SIZE = 32


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """The 32-byte key of all chunks, from the file key (16 bytes) and the payload's nonce (16 bytes)."""
    return HKDF(SHA256(), KEY_SIZE, nonce, b"payload").derive(file_key)


def chunk_count(size: int) -> int:
    """Chunks of a payload with `size` bytes in clear: at least one."""
    return max(1, -(-size // CHUNK_SIZE))


def sealed_size(size: int) -> int:
    """Bytes of the sealed payload (without its nonce) for `size` bytes in clear."""
    return size + TAG_SIZE * chunk_count(size)


def plain_size(sealed: int) -> int:
    """Bytes in clear of a sealed payload of `sealed` bytes, true only once its last chunk has been opened.

    Raises:
        CannotOpenError: `age-payload`, if no payload has this length.
    """
    count = -(-sealed // SEALED_CHUNK_SIZE)
    size = sealed - TAG_SIZE * count
    if count < 1 or size < 0 or sealed_size(size) != sealed:
        raise _broken()
    return size


def seal_chunk(key: bytes, index: int, count: int, plain: bytes) -> bytes:
    """Chunk `index` of `count`, sealed: 64 KiB in clear, except that the last may be shorter."""
    if not 0 <= index < count or (index < count - 1 and len(plain) != CHUNK_SIZE) or len(plain) > CHUNK_SIZE:
        raise ValueError("only the last chunk may be shorter than 64 KiB")
    return ChaCha20Poly1305(key).encrypt(_nonce(index, count), plain, None)


def open_chunk(key: bytes, index: int, count: int, sealed: bytes) -> bytes:
    """Chunk `index` of `count` in clear.

    Raises:
        CannotOpenError: `age-payload`: altered, moved, cut off, or of another length than its place allows.
    """
    last = index == count - 1
    if not last and len(sealed) != SEALED_CHUNK_SIZE:
        raise _broken()
    if len(sealed) > SEALED_CHUNK_SIZE or len(sealed) < TAG_SIZE:
        raise _broken()
    if last and index > 0 and len(sealed) == TAG_SIZE:
        raise _broken()  # an empty last chunk is written only for an empty payload
    try:
        return ChaCha20Poly1305(key).decrypt(_nonce(index, count), sealed, None)
    except InvalidTag:
        raise _broken() from None


def seal(key: bytes, plain: bytes) -> bytes:
    """The whole payload, sealed."""
    count = chunk_count(len(plain))
    view = memoryview(plain)
    return b"".join(
        seal_chunk(key, index, count, bytes(view[index * CHUNK_SIZE : (index + 1) * CHUNK_SIZE]))
        for index in range(count)
    )


def unseal(key: bytes, sealed: bytes) -> bytes:
    """The whole payload in clear, or nothing of it.

    Raises:
        CannotOpenError: `age-payload`.
    """
    size = plain_size(len(sealed))

    def fetch(start: int, stop: int) -> bytes:
        return sealed[start:stop]

    return unseal_range(key, len(sealed), fetch, 0, size)


def unseal_range(
    key: bytes,
    sealed: int,
    fetch: Callable[[int, int], bytes],
    start: int,
    stop: int,
) -> bytes:
    """Bytes `start` to `stop` (not included) in clear, opening only the chunks they lie in and the last one.

    Args:
        key: of the payload.
        sealed: bytes of the sealed payload without its nonce.
        fetch: gives bytes `a` to `b` of the sealed payload.
        start: first byte wanted.
        stop: end of the range; what lies behind the payload is left out.

    Raises:
        CannotOpenError: `age-payload`.
    """
    size = plain_size(sealed)
    count = chunk_count(size)
    end = (count - 1) * SEALED_CHUNK_SIZE
    last = open_chunk(key, count - 1, count, fetch(end, sealed))
    stop = min(stop, size)
    if not 0 <= start < stop:
        return b""
    first = start // CHUNK_SIZE
    parts = []
    for index in range(first, -(-stop // CHUNK_SIZE)):
        if index == count - 1:
            parts.append(last)
        else:
            place = index * SEALED_CHUNK_SIZE
            parts.append(open_chunk(key, index, count, fetch(place, place + SEALED_CHUNK_SIZE)))
    return b"".join(parts)[start - first * CHUNK_SIZE : stop - first * CHUNK_SIZE]


def _nonce(index: int, count: int) -> bytes:
    return index.to_bytes(COUNTER_SIZE, "big") + bytes([index == count - 1])


def _broken() -> CannotOpenError:
    return CannotOpenError("age-payload", "The content of a sealed file was altered or cut off.")
