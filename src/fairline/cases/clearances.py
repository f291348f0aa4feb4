"""Letters of clearance: what a code opens for a later handler, when a person concerned shows it (docs/formats.md §16).

The server holds a sealed file under a name that only the code gives. It cannot tell whom it clears, of what, or from
which case it came; nobody can list them, and none is found by a person.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from fairline.cases.models import Clearance
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices import queries as offices

KEPT_DAYS: Final = 5 * 365
"""Five years: as long as the longest retention of the shipped laws, so that a rumour does not outlive its answer."""
MOST_BYTES: Final = 256 * 1024
"""A message of 20 000 signs and its proof, sealed."""


def deposit(office: bytes, key: bytes, sealed: bytes, today: date) -> date:
    """Keep a sealed clearance; return until when. The same once more changes nothing.

    Raises:
        Problem: 413 ``clearance-size``; 409 ``taken`` (something else lies under this name).
    """
    if not 0 < len(sealed) <= MOST_BYTES:
        raise Problem(413, "clearance-size", _("This is too long for a clearance. Nothing was stored."))
    with writing():
        there = Clearance.objects.filter(id=key).first()
        if there is None:
            there = Clearance.objects.create(
                id=key, office=office, sealed=sealed, until=today + timedelta(days=KEPT_DAYS)
            )
        elif there.office != office or bytes(there.sealed) != sealed:
            raise Problem(409, "taken", _("Something else lies here already. Nothing was changed."))
    return there.until


def shown(office: bytes, key: bytes) -> bytes:
    """Return what a code names.

    Raises:
        Problem: 404 ``no-clearance``.
    """
    there = Clearance.objects.filter(id=key, office=office).first()
    if there is None:
        message = _("There is no clearance under this code. Please compare it with the letter.")
        raise Problem(404, "no-clearance", message)
    return bytes(there.sealed)


def shred(now: datetime) -> int:
    """Delete those whose time is over, where their office is."""
    count = 0
    for office in Clearance.objects.order_by("office").values_list("office", flat=True).distinct():
        with writing():
            today = clock.day(now, offices.zone_of(bytes(office)) or "UTC")
            count += Clearance.objects.filter(office=office, until__lt=today).delete()[0]
    return count
