"""The office that an address names."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.offices import queries as offices


def today_at(office: bytes) -> date:
    """Return the present day where ``office`` is.

    Raises:
        Problem: 404 ``no-office``.
    """
    zone = offices.zone_of(office)
    if zone is None:
        raise Problem(404, "no-office", _("There is no such office here."))
    return clock.today(zone)
