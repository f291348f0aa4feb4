"""What was deleted lawfully: two acts of two members that name the hashes of what is gone, and why.

The one asks (``request erasure``), the other agrees (``erase``) and names H of what the first signed. The same record
serves one file of a report, by the hash that was promised, and all of a report or case, by the hash of each of its
entries in the arrivals record: a list of hashes. docs/formats-record.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from fairline.ledger import acts, stored
from fairline.ledger.errors import LedgerError
from fairline.ledger.models import Row
from fairline.seal.errors import SealError
from fairline.seal.primitives import HASH_SIZE, H, b64, unb64

ASK: Final = "request erasure"
ERASE: Final = "erase"
MOST: Final = 256
"""Hashes in one act; more take several acts."""


@dataclass(frozen=True)
class Said:
    """What one of the two acts says, once its signature holds."""

    act: acts.Act
    what: bytes
    hashes: frozenset[bytes]
    unproven: frozenset[bytes]
    """Those of ``hashes`` of which its author signs that nothing proved whose they are."""


def lawful(office: bytes) -> frozenset[bytes]:
    """Return the hashes of all that two members have deleted together, each act signed by whom it names."""
    return frozenset().union(*(said.hashes for said in _agreed(office)))


def unproven(office: bytes) -> frozenset[bytes]:
    """Return those of ``lawful`` of which both members signed that they could not be proven to be the report's own.

    They are explained, and somebody should look: another report's entry could lie among them.
    """
    return frozenset().union(*(said.unproven for said in _agreed(office)))


def hashes_of(fields: Mapping[str, Any], name: str = "erased") -> frozenset[bytes]:
    """Return the hashes that an act names; none where it names them in any other form than sorted and each once."""
    named = fields.get(name)
    if not isinstance(named, list) or not 0 < len(named) <= MOST or not all(isinstance(one, str) for one in named):
        return frozenset()
    try:
        read = [unb64(one, HASH_SIZE) for one in named]
    except SealError:
        return frozenset()
    return frozenset(read) if read == sorted(set(read)) else frozenset()


def _agreed(office: bytes) -> Iterator[Said]:
    """What a second member has agreed to: one act for each that asked."""
    asked: dict[bytes, Said] = {}
    signers = stored.signers_of(office)
    if signers is None:
        return
    for read in chain(_recorded(office), _kept(office)):
        said = _said(read, signers.keys)
        if said is None:
            continue
        if said.act.act == ASK:
            asked[H(said.what)] = said
        elif _agrees(said, asked):
            yield said


def _recorded(office: bytes) -> Iterator[acts.Row]:
    rows = Row.objects.filter(office=office, kind=Row.ACT).order_by("number")
    for row in rows.iterator(chunk_size=1000):
        if b"eras" in row.row and H(row.row) == row.entry:
            with suppress(LedgerError):
                yield acts.parse_row(row.row)


def _kept(office: bytes) -> Iterator[acts.Row]:
    """Acts as certificates keep them: the same signatures, also where a restored copy has lost the record of them."""
    for what, signature in stored.signed_deletions(office):
        yield acts.Row(b"", "", what, signature)


def _said(read: acts.Row, known: Mapping[bytes, AbstractSet[bytes]]) -> Said | None:
    try:
        act = read.act()
        if act.act not in {ASK, ERASE} or act.member is None:
            return None
        if not any(_signed(read, key) for key in known.get(act.member, ())):
            return None
    except LedgerError:
        return None
    return Said(act, read.what, hashes_of(act.fields), hashes_of(act.fields, "unproven"))


def _agrees(said: Said, asked: dict[bytes, Said]) -> bool:
    request = said.act.fields.get("request")
    first = next((one for key, one in asked.items() if b64(key) == request), None)
    return (
        first is not None
        and first.act.member != said.act.member
        and first.act.subject == said.act.subject
        and first.act.fields.get("reason") == said.act.fields.get("reason")
        and bool(said.hashes)
        # Who could not prove all of it agrees to a part; only what both have named was deleted by two.
        and said.hashes <= first.hashes
        and first.unproven == said.unproven
    )


def _signed(row: acts.Row, key: bytes) -> bool:
    try:
        row.check(key)
    except LedgerError:
        return False
    return True
