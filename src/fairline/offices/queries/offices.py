"""Offices and desks as other rooms and doors may know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fairline.core.statements import first
from fairline.offices.models import Desk, Office


@dataclass(frozen=True)
class OfficeFacts:
    """An office, as its charter says it."""

    id: bytes
    names: Mapping[str, str]
    zone: str
    fingerprint: bytes
    """F, 32 bytes."""
    founded: date


@dataclass(frozen=True)
class DeskFacts:
    """A desk under its newest sheet."""

    id: bytes
    office: bytes
    names: Mapping[str, str]
    sheet: int
    open: bool
    epoch: int
    recipient: str
    form: bytes
    profile: bytes


def office(key: bytes) -> OfficeFacts | None:
    """Return the office, or None."""
    row = Office.objects.filter(id=key).first()
    return None if row is None else _office(row)


def offices() -> Sequence[OfficeFacts]:
    """Return all offices of this installation, by their fingerprints."""
    return [_office(row) for row in Office.objects.order_by("fingerprint")]


def fingerprints() -> dict[bytes, bytes]:
    """Return the fingerprint of each office by its id, and nothing else that could be damaged."""
    return dict(Office.objects.values_list("id", "fingerprint"))


def desk_in_force(office: bytes, desk: bytes) -> DeskFacts | None:
    """Return the desk of this office under its newest sheet, or None: unknown, another office's, or gone."""
    row = Desk.objects.filter(id=desk, office=office, gone=False).first()
    return None if row is None else _desk(row)


def zone_of(office: bytes) -> str | None:
    """Return the IANA time zone of an office, or None. As cheap as can be: every report asks."""
    row = first(Office, "SELECT {zone} FROM {} WHERE {id} = %s", [office])
    return None if row is None else str(row[0])


def taking(office: bytes, desk: bytes) -> tuple[bool, int] | None:
    """Return whether a desk of this office is open, and its epoch; None as ``desk_in_force``. Every report asks."""
    row = first(Desk, "SELECT {open}, {epoch} FROM {} WHERE {id} = %s AND {office} = %s AND NOT {gone}", [desk, office])
    return None if row is None else (bool(row[0]), int(row[1]))


def desks(office: bytes) -> Sequence[DeskFacts]:
    """Return the office's desks that the newest charter names, by id."""
    return [_desk(row) for row in Desk.objects.filter(office=office, gone=False).order_by("id")]


def _office(row: Office) -> OfficeFacts:
    return OfficeFacts(row.id, row.names, row.zone, row.fingerprint, row.founded)


def _desk(row: Desk) -> DeskFacts:
    return DeskFacts(
        row.id, row.office_id, row.names, row.sheet, row.open, row.epoch, row.recipient, row.form, row.profile
    )
