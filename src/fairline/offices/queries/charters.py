"""Earlier charters and sheets: what was written under them is proven, and shown, by them."""

from __future__ import annotations

from datetime import date

from fairline.offices.models import Document
from fairline.offices.queries.roster import charter_in_force
from fairline.seal.charter import Peer, read_charter
from fairline.seal.document import parse_file
from fairline.seal.sheet import read_sheet


def charter_file(office: bytes, number: int) -> bytes | None:
    """Return the charter of this number as signed, or None. Whoever asks proves it by the ones that follow it."""
    found = Document.objects.filter(office=office, kind=Document.CHARTER, number=number)
    return found.values_list("file", flat=True).first()


def peers(office: bytes) -> tuple[Peer, ...]:
    """Return the offices that the charter in force names to refer to; none where there is no charter."""
    file = charter_file(office, charter_in_force(office))
    return () if file is None else read_charter(parse_file(file).doc).peers


def sheet_doc(office: bytes, key: bytes) -> bytes | None:
    """Return the signed bytes of the office's sheet with this hash, or None. A report names one, and by it its form."""
    found = Document.objects.filter(office=office, kind=Document.SHEET, hash=key).values_list("file", flat=True).first()
    return None if found is None else parse_file(found).doc


def desks_ended(office: bytes) -> dict[bytes, date]:
    """Return the desks that the charter in force names no more, each with the day of the charter that left it out."""
    ended: dict[bytes, date] = {}
    before: set[bytes] = set()
    rows = Document.objects.filter(office=office, kind=Document.CHARTER).order_by("number")
    for day, file in rows.values_list("day", "file"):
        named = {desk.id for desk in read_charter(parse_file(file).doc).desks if desk.outside is None}
        ended = {desk: on for desk, on in ended.items() if desk not in named} | dict.fromkeys(before - named, day)
        before = named
    return ended


def profiles_of(office: bytes, desk: bytes) -> list[tuple[date, bytes]]:
    """Return from which day on which profile (its hash) was in force at a desk, oldest first; of one day the last."""
    sheets = Document.objects.filter(office=office, kind=Document.SHEET, desk=desk).order_by("number")
    found: dict[date, bytes] = {}
    for day, file in sheets.values_list("day", "file"):
        found[day] = read_sheet(parse_file(file).doc).profile
    return sorted(found.items())
