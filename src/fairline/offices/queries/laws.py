"""Which rows of laws members have confirmed or made stricter for the office, and which versions they have adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fairline.core.limits import ERASURE_DAYS
from fairline.offices.models import AdoptedLaw, ConfirmedRow, OwnLawRow
from fairline.profiles.confirmable import Confirmed
from fairline.profiles.deadlines import Period, Unit
from fairline.profiles.laws import Law
from fairline.profiles.own_rows import OwnRow
from fairline.profiles.versions import AdoptedVersion, law_on


def confirmed_rows(office: bytes) -> Mapping[tuple[str, str], Confirmed]:
    """Return the newest confirmation of each row, by law and row."""
    rows = ConfirmedRow.objects.filter(office=office).order_by("number")
    return {(row.law, row.row): Confirmed(row.member, row.source, row.looked, row.day) for row in rows}


@dataclass(frozen=True, slots=True)
class OwnRows:
    """What the office has made stricter for itself.

    Attributes:
        agreed: by two, in the order in which they came; also those whose day is to come or that others have followed.
        asked: what waits for a second person, newest last.
    """

    agreed: Sequence[AskedRow]
    asked: Sequence[AskedRow]

    @property
    def rows(self) -> Sequence[OwnRow]:
        """What two have agreed to."""
        return [one.row for one in self.agreed]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row, who asked for it, and who agreed on which day (none yet)."""

    id: bytes
    row: OwnRow
    what: bytes
    asked_by: bytes
    asked: date
    agreed_by: bytes | None
    day: date | None


def own_rows(office: bytes, today: date | None = None) -> OwnRows:
    """Return the office's own rows; what waits only where the present day is given, by which it may have lapsed."""
    found = [_asked(row) for row in OwnLawRow.objects.filter(office=office).order_by("number")]
    waits = [] if today is None else [one for one in found if one.day is None and stands(one, today)]
    return OwnRows([one for one in found if one.day is not None], waits)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A version, who adopted it (nobody for what was the newest at the founding), and when."""

    row: AdoptedVersion
    member: bytes | None
    day: date


def adoptions(office: bytes) -> Sequence[Adoption]:
    """Return which versions of laws the office has adopted, in the order in which that was done."""
    return [
        Adoption(AdoptedVersion(one.law, one.version, one.starts), bytes(one.member) or None, one.day)
        for one in AdoptedLaw.objects.filter(office=office).order_by("number")
    ]


def law_versions(office: bytes) -> Sequence[AdoptedVersion]:
    """Return the versions of laws that the office has adopted."""
    return [one.row for one in adoptions(office)]


def law_at(office: bytes, name: str, day: date) -> Law:
    """Return a law in the version that counts here for what begins on ``day``.

    Raises:
        LookupError: there is no such law.
    """
    return law_on(law_versions(office), name, day)


def stands(one: AskedRow, today: date) -> bool:
    """Whether a second person may still agree: within a week, and before the day from which it is to count."""
    return today < one.row.starts and today <= one.asked + timedelta(days=ERASURE_DAYS)


def _asked(row: OwnLawRow) -> AskedRow:
    period = Period(row.amount, Unit(row.unit))
    own = OwnRow(row.law, row.row, period, row.starts)
    second = bytes(row.agreed_by) or None
    return AskedRow(bytes(row.id), own, bytes(row.what), bytes(row.asked_by), row.asked, second, row.day)
