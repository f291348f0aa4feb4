"""The one place that asks what time it is. Everything deeper takes ``now`` or a day as a parameter."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from fairline.core import instants

day = instants.day
next_midnight = instants.next_midnight


def now() -> datetime:
    """Return the present instant in UTC, as the installation's clock shows it."""
    return instants.read(settings.FAIRLINE.test_clock)


def today(zone: str) -> date:
    """Return the present day where an office is."""
    return instants.day(now(), zone)
