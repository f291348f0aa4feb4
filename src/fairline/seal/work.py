"""Proof of work: a piece of arithmetic before something new is sent, so that a flood costs its sender.

As ALTCHA's second version has it (PBKDF2 over nonce and counter), with two differences: the sender chooses the salt,
which ties the work to one report, message or file, and hardness counts in bits. Whoever asks is given the same nonce
as everybody else of that span of time, so a solution says nothing about who asked. `docs/formats.md`, "Proof of work".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields
from fairline.seal.parcel import read_parcel, write_parcel
from fairline.seal.primitives import ID_SIZE, PREFIX, H, b64, unb64

REPORT: Final = "report"
POST: Final = "post"
BLOB: Final = "blob"
PURPOSES: Final = (REPORT, POST, BLOB)

COUNTER_MAX: Final = 2**32 - 1
COST_MAX: Final = 2**20
BITS_MAX: Final = 24
HARDEST: Final = 1000 << 12
"""Rounds, in the mean, that somebody is asked for at most: four times what our own doors ever ask."""
_ZERO: Final = b"\x00"
_KEY_BITS: Final = 256


@dataclass(frozen=True)
class Challenge:
    """What a door asks for at present."""

    span: int
    """Which span of time the nonce belongs to."""
    nonce: bytes
    cost: int
    """Rounds of PBKDF2 for each try."""
    bits: int
    """So many bits of the key must be zero: half the tries for one bit less."""

    def fields(self) -> dict[str, Any]:
        """As it travels."""
        return {"v": 1, "span": self.span, "nonce": b64(self.nonce), "cost": self.cost, "bits": self.bits}


@dataclass(frozen=True)
class Work:
    """A solution, as the head of a request carries it."""

    span: int
    counter: int

    def fields(self) -> dict[str, int]:
        """As it travels."""
        return {"span": self.span, "counter": self.counter}


def read_challenge(value: Any) -> Challenge:
    """Read what a door asks for.

    Raises:
        MalformedError: as `Fields`.
        RefusedError: `work-hard`, more than any door of ours asks: it would only keep the device busy.
    """
    fields = Fields(value)
    fields.fixed("v", 1)
    found = Challenge(
        fields.integer("span"),
        fields.raw("nonce", ID_SIZE),
        fields.integer("cost", 1, COST_MAX),
        fields.integer("bits", 0, BITS_MAX),
    )
    fields.end()
    if found.cost << found.bits > HARDEST:
        raise RefusedError("work-hard", "The server asks for more arithmetic than it may.")
    return found


def read_work(value: Any) -> Work:
    """Read a solution. Raises MalformedError as `Fields`."""
    fields = Fields(value)
    found = Work(fields.integer("span"), fields.integer("counter", 0, COUNTER_MAX))
    fields.end()
    return found


def salt(purpose: str, subject: bytes) -> bytes:
    """What ties the work to one thing: 16 bytes of H over purpose and subject."""
    if purpose not in PURPOSES:
        raise ValueError(f"no purpose {purpose!r}")
    return H(PREFIX + b"work" + _ZERO + purpose.encode("ascii") + _ZERO + subject)[:ID_SIZE]


def post_subject(thread: bytes, n: int) -> bytes:
    """The subject of message `n` on chain r of `thread`."""
    return thread + n.to_bytes(8, "big")


def asked_of(parcel: bytes) -> tuple[str, bytes]:
    """Purpose and subject of the work that a parcel needs: a drop, a post on chain r, a part of a file or a draft.

    Raises:
        MalformedError: as `read_parcel`.
    """
    head = read_parcel(parcel).head
    if "blob" in head:
        return BLOB, unb64(head["blob"], ID_SIZE)
    if "thread" in head:
        return POST, post_subject(unb64(head["thread"], ID_SIZE), head["n"])
    return REPORT, unb64(head["id"], ID_SIZE)


def with_work(parcel: bytes, done: Work) -> bytes:
    """The same parcel with this solution in its head. Raises MalformedError as `read_parcel`."""
    found = read_parcel(parcel)
    head = {name: value for name, value in found.head.items() if name != "files"}
    return write_parcel(head | {"work": done.fields()}, found.files)


def key(nonce: bytes, counter: int, of: bytes, cost: int) -> bytes:
    """The key of one try, 32 bytes; `of` is the salt."""
    return hashlib.pbkdf2_hmac("sha256", nonce + counter.to_bytes(4, "big"), of, cost)


def zeros(tried: bytes) -> int:
    """How many bits at its beginning are zero."""
    return _KEY_BITS - int.from_bytes(tried, "big").bit_length()


def solve(challenge: Challenge, of: bytes, start: int = 0) -> Work:
    """The first counter from `start` on whose key has the zeros; `of` is the salt.

    Raises:
        RefusedError: `work-hard`: no counter is left.
    """
    for counter in range(start, COUNTER_MAX + 1):
        if zeros(key(challenge.nonce, counter, of, challenge.cost)) >= challenge.bits:
            return Work(challenge.span, counter)
    raise RefusedError("work-hard", "No solution was found.")
