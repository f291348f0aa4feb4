"""Whole age files: sealed to several recipients at once, opened by any one of them.

Source: C2SP age specification v1. Written are only post-quantum hybrid recipients (`recipients`); any
age tool that knows them opens our files.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairline.seal import header, stream
from fairline.seal.errors import CannotOpenError, MalformedError
from fairline.seal.recipients import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairline.seal.recipients import Opener


@dataclass(frozen=True)
class Head:
    """What opens the chunks of one file.

    Attributes:
        file_key: 16 secret bytes.
        key: the payload's key, 32 secret bytes.
        size: bytes of header and nonce, after which the first chunk begins.
    """

    file_key: bytes = field(repr=False)
    key: bytes = field(repr=False)
    size: int


def begin(
    recipients: Sequence[str],
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[bytes, Head]:
    """Header and nonce of a new file, and the key for its chunks (`stream.seal_chunk`).

    Args:
        recipients: `age1pq1…`, at least one; each can open the file alone.
        random: gives that many random bytes.

    Raises:
        MalformedError: `age-recipient`.
    """
    if not recipients:
        raise ValueError("a file needs a recipient")
    file_key = random(header.FILE_KEY_SIZE)
    stanzas = tuple(wrap(file_key, recipient) for recipient in recipients)
    nonce = random(stream.NONCE_SIZE)
    start = header.write(stanzas, file_key) + nonce
    return start, Head(file_key, stream.payload_key(file_key, nonce), len(start))


def read_head(start: bytes, openers: Sequence[Opener]) -> Head:
    """The keys of a file, from its first bytes (all of the header and the nonce).

    Raises:
        MalformedError: `age-header`.
        CannotOpenError: `not-mine`, `age-mac`.
    """
    parsed = header.parse(start)
    file_key = next((key for opener in openers if (key := opener.unwrap(parsed.stanzas)) is not None), None)
    if file_key is None:
        raise CannotOpenError("not-mine", "This file was not sealed for you.")
    header.check_mac(parsed, file_key)
    nonce = start[parsed.size : parsed.size + stream.NONCE_SIZE]
    if len(nonce) != stream.NONCE_SIZE:
        raise MalformedError("age-header", "This is not a sealed file as we write them: it ends too early.")
    return Head(file_key, stream.payload_key(file_key, nonce), parsed.size + stream.NONCE_SIZE)


def seal(
    plain: bytes,
    recipients: Sequence[str],
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """An age file with `plain` inside; see `begin`."""
    start, head = begin(recipients, random)
    return start + stream.seal(head.key, plain)


def unseal(file: bytes, openers: Sequence[Opener]) -> bytes:
    """The whole content, or an error and nothing of it.

    Raises:
        MalformedError: `age-header`.
        CannotOpenError: `not-mine`, `age-mac`, `age-payload`.
    """
    head = read_head(file, openers)
    return stream.unseal(head.key, file[head.size :])


def unseal_where(
    size: int, fetch: Callable[[int, int], bytes], openers: Sequence[Opener]
) -> tuple[int, Callable[[int, int], bytes]]:
    """A file that is opened where it lies: how long its content is, and its bytes from one place to another.

    Each stretch is checked when it is read, and none is known to be whole before: whoever must not believe a part of a
    file that was altered elsewhere reads all of it first.

    Args:
        size: bytes of the file.
        fetch: gives those from `a` to `b` (not included); what lies behind its end is left out.
        openers: as for `unseal`.

    Raises:
        MalformedError: `age-header`.
        CannotOpenError: `not-mine`, `age-mac`; `age-payload`, here and from what is returned.
    """
    head = read_head(fetch(0, header.HEADER_LIMIT + stream.NONCE_SIZE), openers)
    sealed = size - head.size

    def behind(start: int, stop: int) -> bytes:
        return fetch(head.size + start, head.size + stop)

    def content(start: int, stop: int) -> bytes:
        return stream.unseal_range(head.key, sealed, behind, start, stop)

    return stream.plain_size(sealed), content
