"""Rows of the acts log: who of the office did what, salted so that outsiders see a hash and nothing else.

A row is JSON `{"salt", "time", "what", "sig"?}`; `what` is, as a text, the JSON that the member signed (label
`act`). The salt stops a guess at `what` from being tried against the published hash; the clock is the
machine's.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from fairline.ledger.errors import PromiseError
from fairline.seal import jsontext
from fairline.seal.errors import SealError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, SIGNATURE_SIZE, H, b64, unb64, verifies

SALT_SIZE = 16
ROW_LIMIT = 64 * 1024
WHAT_LIMIT = 32 * 1024
FILL = b'{"act":"fill"}'

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_ACT = re.compile(r"[a-z][a-z0-9 -]{0,63}")


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, read out of `what`."""

    act: str
    """Lower-case words, such as `triage`."""
    subject: str | None
    """What it was done to: an id, as the act's own kind writes it."""
    member: bytes | None
    """Member id; None where the machine acts in its own name."""
    counter: int | None
    """The member's own count of acts, from 1 without a gap: a missing act shows."""
    before: bytes | None
    after: bytes | None
    """H of the state before and after."""
    fields: dict[str, Any]
    """All fields as signed, further ones included."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the auditor reads it."""

    salt: bytes
    time: str
    """The machine's clock in UTC, YYYY-MM-DDTHH:MM:SSZ, unsigned."""
    what: bytes
    """The bytes that the member signed."""
    signature: bytes | None

    def written(self) -> bytes:
        """The row as bytes; its entry in the log is H of them."""
        fields = {"salt": b64(self.salt), "time": self.time, "what": self.what.decode()}
        if self.signature is not None:
            fields["sig"] = b64(self.signature)
        return jsontext.write(fields)

    def leaf(self) -> bytes:
        """The entry in the acts log, 32 bytes."""
        return H(self.written())

    def act(self) -> Act:
        """What was done; raises `PromiseError("act-shape")`."""
        return parse_what(self.what)

    def check(self, public: bytes) -> None:
        """Raise `PromiseError("act-signature")` unless this member's sign key signed `what`."""
        if self.signature is None or not verifies(public, "act", self.what, self.signature):
            raise PromiseError("act-signature", "An act was not signed by the member it names.")


def row(what: bytes, signature: bytes | None, time: str) -> Row:
    """A new row with a fresh salt.

    Raises:
        PromiseError: `act-shape`.
    """
    made = Row(secrets.token_bytes(SALT_SIZE), time, what, signature)
    _sound(made)
    return made


def parse_row(raw: bytes) -> Row:
    """Read a row strictly.

    Raises:
        PromiseError: `act-shape`.
    """
    try:
        match jsontext.parse(raw, ROW_LIMIT):
            case {"salt": str(salt), "time": str(time), "what": str(what), **more} if more.keys() <= {"sig"}:
                signed = more.get("sig")
                if signed is not None and not isinstance(signed, str):
                    raise _shapeless()
                signature = None if signed is None else unb64(signed, SIGNATURE_SIZE)
                read = Row(unb64(salt, SALT_SIZE), time, what.encode(), signature)
                _sound(read)
                return read
    except SealError as error:
        raise _shapeless() from error
    raise _shapeless()


def parse_what(what: bytes) -> Act:
    """Read what a member signed.

    Raises:
        PromiseError: `act-shape`.
    """
    try:
        fields = jsontext.parse(what, WHAT_LIMIT)
        if not isinstance(fields, dict):
            raise _shapeless()
        act, subject = _text(fields, "act"), _text(fields, "subject")
        member, counter = _bytes(fields, "member", ID_SIZE), fields.get("counter")
        if act is None or not _ACT.fullmatch(act):
            raise _shapeless()
        if "counter" in fields and (not isinstance(counter, int) or isinstance(counter, bool) or counter < 1):
            raise _shapeless()
        if (member is None) != (counter is None):
            raise _shapeless()
        before, after = _bytes(fields, "before", HASH_SIZE), _bytes(fields, "after", HASH_SIZE)
        return Act(act, subject, member, counter, before, after, fields)
    except SealError as error:
        raise _shapeless() from error


def _sound(read: Row) -> None:
    act = parse_what(read.what)
    if not _TIME.fullmatch(read.time) or (read.signature is not None and act.member is None):
        raise _shapeless()


def _text(fields: dict[str, Any], name: str) -> str | None:
    if name not in fields:
        return None
    value = fields[name]
    if not isinstance(value, str):
        raise _shapeless()
    return value


def _bytes(fields: dict[str, Any], name: str, size: int) -> bytes | None:
    text = _text(fields, name)
    return None if text is None else unb64(text, size)


def _shapeless() -> PromiseError:
    return PromiseError("act-shape", "An act does not have the form that the record's acts have.")
