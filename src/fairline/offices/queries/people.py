"""Members as colleagues may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fairline.offices.models import Member, RosterEntry
from fairline.offices.queries.roster import entries_in_force, entry_in_force


@dataclass(frozen=True)
class MemberFacts:
    """A member: their public keys, and their place in the charter in force."""

    id: bytes
    office: bytes
    name: str
    sign: bytes
    recipient: str
    root: bytes
    joined: date
    way_back_tried: date | None
    roles: Sequence[str]
    """Empty for who is in no charter."""
    alias: str
    entry: bytes
    proof: bytes
    """JSON, as it stands in `by` of an envelope; empty for who is in no charter."""


def member(office: bytes, key: bytes) -> MemberFacts | None:
    """Return a member of this office, in the charter or waiting for one, or None."""
    row = Member.objects.filter(id=key, office=office, left=None).first()
    return None if row is None else _facts(row, entry_in_force(office, key))


def members(office: bytes) -> Sequence[MemberFacts]:
    """Return who stands in the charter in force, by id."""
    entries = entries_in_force(office)
    rows = {row.id: row for row in Member.objects.filter(office=office, id__in=[entry.member for entry in entries])}
    return [_facts(rows[entry.member], entry) for entry in entries]


def _facts(row: Member, entry: RosterEntry | None) -> MemberFacts:
    return MemberFacts(
        id=row.id,
        office=row.office_id,
        name=row.name,
        sign=row.sign,
        recipient=row.recipient,
        root=row.root,
        joined=row.joined,
        way_back_tried=row.way_back_tried,
        roles=tuple(entry.roles) if entry else (),
        alias=entry.alias if entry else "",
        entry=entry.entry if entry else b"",
        proof=entry.proof if entry else b"",
    )
