"""What can be done: leave an address, take it back, ask for a trial, and hand over what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.notice_settings import is_address
from fairline.core.problems import Problem, of_status
from fairline.core.transactions import writing
from fairline.notify.models import DAILY, MAIL, TRIAL, WEBHOOK, Address, Outgoing
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from pathlib import Path

TRIALS_A_DAY: Final = 5
"""A member could otherwise flood an address that is not theirs."""
LANGUAGES: Final = ("en", "zh-hans", "ar")


def wake_file() -> Path:
    """Return the file whose new time tells the supervisor that something is due at once."""
    path: Path = settings.FAIRLINE.data / "deliver-now"
    return path


def leave_address(office: bytes, member: bytes, address: str, language: str, now: datetime) -> None:
    """Keep a member's address for the daily message, which begins on the next day of the office.

    Raises:
        Problem: 422 ``address``.
    """
    if not is_address(address) or language not in LANGUAGES:
        message = _("This is not an e-mail address that mail servers take. Nothing was changed.")
        raise Problem(422, "address", message)
    values = {"office": office, "address": address, "language": language}
    first = {**values, "since": clock.day(now, _zone(office))}
    with writing():
        Address.objects.update_or_create(member=member, defaults=values, create_defaults=first)


def forget_address(member: bytes) -> None:
    """Delete a member's address, and with it whatever of theirs was on its way or has gone."""
    with writing():
        Address.objects.filter(member=member).delete()
        Outgoing.objects.filter(way=MAIL, member=member).delete()


def ask_trial(office: bytes, member: bytes, now: datetime) -> None:
    """Put a message like the daily one on its way to this member at once.

    Raises:
        Problem: 409 ``no-mail``, ``no-address``, ``trials``.
    """
    if settings.FAIRLINE.mail is None:
        raise Problem(409, "no-mail", _("This line has no mail server. Whoever operates it can set one."))
    day = clock.day(now, _zone(office))
    with writing():
        # Under its lock: two asked for at once would both be the same one of the day.
        if Address.objects.select_for_update().filter(member=member, office=office).first() is None:
            raise Problem(409, "no-address", _("Leave an address first."))
        mine = Outgoing.objects.filter(office=office, way=MAIL, member=member, kind=TRIAL, day=day)
        newest = mine.aggregate(turn=Max("turn"))["turn"]
        turn = 0 if newest is None else newest + 1
        if turn >= TRIALS_A_DAY:
            raise Problem(409, "trials", _("That was tried five times today. The daily message comes all the same."))
        Outgoing.objects.create(
            office=office, way=MAIL, kind=TRIAL, member=member, day=day, turn=turn, due=now, next_try=now
        )
    wake_file().touch(mode=0o600)


def put_on_their_way(now: datetime) -> None:
    """Make today's messages of every office whose hour has come; twice makes none twice."""
    for office in offices.offices():
        due = hour_on(office.zone, now)
        if due > now:
            continue
        day = clock.day(now, office.zone)
        there = set(Outgoing.objects.filter(office=office.id, kind=DAILY, day=day).values_list("way", "member"))
        wanted = [(WEBHOOK, b"")] if _has_webhook(office.id) else []
        if settings.FAIRLINE.mail is not None:
            placed = {one.id for one in offices.members(office.id)}
            rows = Address.objects.filter(office=office.id, since__lt=day)
            wanted += [(MAIL, row.member) for row in rows if row.member in placed]
        new = [
            Outgoing(office=office.id, way=way, kind=DAILY, member=member, day=day, due=due, next_try=due)
            for way, member in wanted
            if (way, member) not in there
        ]
        with writing():
            # Two who do this at once make each message once.
            Outgoing.objects.bulk_create(new, ignore_conflicts=True)


def hour_on(zone: str, now: datetime) -> datetime:
    """Return the hour of the daily message on the present day of ``zone``, with that zone's offset."""
    here = now.astimezone(ZoneInfo(zone))
    return here.replace(hour=settings.FAIRLINE.notice_hour, minute=0, second=0, microsecond=0, fold=0)


def next_due(now: datetime) -> datetime:
    """Return when to look again: the next try or the next office's hour, and within the hour in any case."""
    soon = [now + timedelta(hours=1)]
    waiting = Outgoing.objects.filter(done=None, given_up=None).order_by("next_try").first()
    if waiting is not None:
        soon.append(waiting.next_try)
    soon += [due for due in (hour_on(office.zone, now) for office in offices.offices()) if due > now]
    return max(min(soon), now)


def _has_webhook(office: bytes) -> bool:
    webhook = settings.FAIRLINE.webhook
    return webhook is not None and bool(webhook.url_of(b64(office)))


def _zone(office: bytes) -> str:
    zone = offices.zone_of(office)
    if zone is None:
        raise of_status(404)
    return zone
