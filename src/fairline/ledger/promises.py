"""Promises and machine notices: what the server signs at once, with the office's promise key.

A promise says: this entry will stand in the record of this day. It is the legal acknowledgement and the one
thing a reporter may want to keep, as a small JSON file or a QR code. A notice is the machine speaking in its
own name: codes and dates only, so that it can never ask a reporter for anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fairline.ledger import leaves, merkle
from fairline.ledger.days import read_day
from fairline.ledger.documents import VERSION, headed, shapeless, text
from fairline.ledger.errors import LedgerError, PromiseError
from fairline.seal import jsontext
from fairline.seal.errors import SealError
from fairline.seal.primitives import ID_SIZE, SIGNATURE_SIZE, b64, sign, signer, unb64, verifies

if TYPE_CHECKING:
    from collections.abc import Mapping

PROMISE_LIMIT = 1024
NOTICE_LIMIT = 4096
SIZES = (leaves.ARRIVAL_SIZE, leaves.ACT_SIZE)

_signer = lru_cache(maxsize=64)(signer)
"""The promise keys in use: every report is promised, by a seed that the process holds anyway."""

_CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Promise:
    """An entry promised for a day's batch. Not proven before `check` said so."""

    office: bytes
    """Office id, 16 bytes."""
    day: str
    """YYYY-MM-DD; the batch of this day, published the night after, holds the entry."""
    leaf: bytes
    """96 bytes in the arrivals log, 32 in the acts log."""
    signature: bytes

    @property
    def leaf_hash(self) -> bytes:
        """H(0x00 ‖ leaf)."""
        return merkle.leaf_hash(self.leaf)

    def check(self, public: bytes) -> None:
        """Raise `PromiseError("promise-signature")` unless the office's promise key signed it."""
        if not verifies(public, "promise", _message(self.office, self.leaf, self.day), self.signature):
            raise PromiseError("promise-signature", "The promise was not signed by this office.")

    def document(self) -> bytes:
        """The promise as kept: compact JSON."""
        return jsontext.write(self.fields())

    def fields(self) -> dict[str, Any]:
        """The promise as part of a larger document."""
        return {
            "v": VERSION,
            "kind": "promise",
            "office": b64(self.office),
            "day": self.day,
            "leaf": b64(self.leaf),
            "sig": b64(self.signature),
        }


def make(office: bytes, leaf: bytes, day: str, seed: bytes) -> Promise:
    """Sign a promise; the same arguments give the same bytes."""
    if len(office) != ID_SIZE or len(leaf) not in SIZES:
        raise ValueError("a promise needs an office id of 16 bytes and an entry of 96 or 32")
    return Promise(office, read_day(day), leaf, _signer(seed)("promise", _message(office, leaf, day)))


def parse(document: bytes) -> Promise:
    """Read a promise document strictly.

    Raises:
        PromiseError: `promise-shape`.
    """
    try:
        return from_fields(jsontext.parse(document, PROMISE_LIMIT))
    except SealError as error:
        raise _shapeless() from error


def from_fields(fields: Any) -> Promise:
    """Read a promise out of a larger document that was parsed strictly.

    Raises:
        PromiseError: `promise-shape`.
    """
    try:
        found = headed(fields, "promise", "office", "day", "leaf", "sig")
        promise = Promise(
            unb64(text(found, "office"), ID_SIZE),
            read_day(text(found, "day")),
            unb64(text(found, "leaf")),
            unb64(text(found, "sig"), SIGNATURE_SIZE),
        )
    except (SealError, LedgerError) as error:
        raise _shapeless() from error
    if len(promise.leaf) not in SIZES:
        raise _shapeless()
    return promise


@dataclass(frozen=True, slots=True)
class Notice:
    """What the machine says to a thread: one code and the dates that belong to it."""

    office: bytes
    thread: bytes
    code: str
    """A word that the page knows the text for, never a text."""
    dates: Mapping[str, str]
    """Names of dates to days, YYYY-MM-DD."""


def write_notice(notice: Notice, seed: bytes) -> dict[str, str]:
    """The notice as served: `{"doc": …, "sig": …}`, the signature (label `notice`) over the doc bytes."""
    doc = jsontext.write(
        {
            "v": VERSION,
            "kind": "notice",
            "office": b64(notice.office),
            "thread": b64(notice.thread),
            "code": notice.code,
            "dates": dict(sorted(notice.dates.items())),
        },
    )
    _notice(doc)
    return {"doc": b64(doc), "sig": b64(sign(seed, "notice", doc))}


def read_notice(served: Any, public: bytes) -> Notice:
    """Check and read a notice as served.

    Raises:
        PromiseError: `notice-shape` or `notice-signature`.
    """
    if not isinstance(served, dict) or served.keys() != {"doc", "sig"}:
        raise _no_notice()
    try:
        doc, signature = unb64(text(served, "doc")), unb64(text(served, "sig"), SIGNATURE_SIZE)
    except (SealError, LedgerError) as error:
        raise _no_notice() from error
    if not verifies(public, "notice", doc, signature):
        raise PromiseError("notice-signature", "A notice was not signed by this office.")
    return _notice(doc)


def _notice(doc: bytes) -> Notice:
    try:
        found = headed(jsontext.parse(doc, NOTICE_LIMIT), "notice", "office", "thread", "code", "dates")
        dates = found["dates"]
        if not isinstance(dates, dict):
            raise shapeless()
        notice = Notice(
            unb64(text(found, "office"), ID_SIZE),
            unb64(text(found, "thread"), ID_SIZE),
            text(found, "code"),
            {name: read_day(text(dates, name)) for name in dates},
        )
    except (SealError, LedgerError) as error:
        raise _no_notice() from error
    if not all(_CODE.fullmatch(name) for name in (notice.code, *notice.dates)):
        raise _no_notice()
    return notice


def _message(office: bytes, leaf: bytes, day: str) -> bytes:
    return office + merkle.leaf_hash(leaf) + day.encode("ascii")


def _shapeless() -> PromiseError:
    return PromiseError("promise-shape", "This is not a promise as this office writes it.")


def _no_notice() -> PromiseError:
    return PromiseError("notice-shape", "A notice does not have the form that notices have.")
