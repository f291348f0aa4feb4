"""What a calendar program is told: the days on which something is due at a desk, and nothing of what it is.

A calendar often lies with a company that reads it. So a day says neither how much is due nor which clock, desk or
report it is; its id can be linked with no other calendar, and its alarm is left to the member.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from fairline.cases import boards
from fairline.cases.clocks import State
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member

LABEL: Final = b"fairline/1 calendar day\0"
REFRESH: Final = timedelta(hours=6)
"""Most programs ask less often whatever they are told."""


Dated = Callable[["Member", bytes], Iterable["date"]]
_others: dict[str, Dated] = {}


def also_due(made: Dated) -> Dated:
    """Register what a room above has due: a member and one of their desks in, the days out, past ones too."""
    _others[f"{made.__module__}.{made.__qualname__}"] = made
    return made


@cache
def _found() -> None:
    """Let each room register its ``due``; once, for calendars ask all day."""
    autodiscover_modules("due")


def due_days(member: Member, desk: bytes, today: date) -> tuple[list[date], bool]:
    """Return the days from ``today`` on at which something ends that ``member`` may see, and whether one is late."""
    _found()
    rows = [row for row in boards.board_of(member, today) if row.desk == desk]
    running = (row.standing for row in rows if row.standing.state is State.RUNNING)
    days = {standing.due.day for standing in running if standing.due is not None}
    others = {day for name in sorted(_others) for day in _others[name](member, desk)}
    late = any(row.standing.state is State.LATE for row in rows) or any(day < today for day in others)
    return sorted(days | {day for day in others if day >= today}), late


def feed(secret: bytes, days: list[date], today: date, *, late: bool) -> bytes:
    """Return the calendar as RFC 5545 has it, in the language of the request.

    Args:
        secret: of the feed, from which the days' ids are made.
        days: on which something is due.
        today: the present day of the office.
        late: whether something was due before.
    """
    # A good part of what the office door would load at its start, for one address that few ask for.
    from icalendar import Calendar, Event  # noqa: PLC0415

    found = Calendar()
    found.add("prodid", "-//Fairline//due days//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Due in the office"))
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", REFRESH)
    made = datetime.combine(today, time(), UTC)
    said = {day: _("Something is due. Please look at your workbench.") for day in days}
    if late:
        said[today] = _("Something is late. Please look at your workbench.")
    for day, text in sorted(said.items()):
        one = Event()
        one.add("uid", b64(H(LABEL + H(secret) + day.isoformat().encode())))
        # A day, not a moment: the same bytes all day long.
        one.add("dtstamp", made)
        one.add("dtstart", day)
        one.add("dtend", day + timedelta(days=1))
        one.add("summary", text)
        one.add("class", "PRIVATE")
        one.add("transp", "TRANSPARENT")
        found.add_component(one)
    return bytes(found.to_ical())
