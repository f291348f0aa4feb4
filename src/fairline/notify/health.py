"""How the line is: whether messages get through, whether the nights ran, and how full the disk is. No content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Max, Min, QuerySet

from fairline.core import disk
from fairline.core.jobs import in_order
from fairline.core.models import NightRun
from fairline.notify.models import DAILY, MAIL, WEBHOOK, Address, Outgoing
from fairline.notify.services import hour_on
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

SLOW: Final = timedelta(hours=1)
"""A message that waits longer than this shows."""
NIGHT_LATE: Final = timedelta(hours=26)
GRACE: Final = timedelta(minutes=30)
"""So long after its hour a message of the day must at least stand in the queue."""


@dataclass(frozen=True)
class Way:
    """One way of sending, of one office."""

    configured: bool
    wanted: int
    """How many want it: members with an address, or one program."""
    waiting: int
    oldest: datetime | None
    """When the oldest that waits was due."""
    success: datetime | None
    failure: datetime | None
    fault: str
    """The word of the latest failure that no success followed; empty if one did."""
    state: str
    """``off``, ``new`` (nothing was due yet), ``good``, ``slow`` (it waits), ``given-up``, ``stopped`` (none made)."""

    @property
    def bad(self) -> bool:
        """Whether somebody has to mend it."""
        return self.state in {"slow", "given-up", "stopped"}


@dataclass(frozen=True)
class JobRun:
    """One nightly job."""

    name: str
    as_of: datetime | None
    done: datetime | None
    fault: str
    late: bool


def way_of(office: bytes, way: str, now: datetime) -> Way:
    """Return how one way of sending is for an office."""
    rows = Outgoing.objects.filter(office=office, way=way)
    waiting = rows.filter(done=None, given_up=None)
    times = rows.aggregate(success=Max("done"), failure=Max("failed"), given_up=Max("given_up"))
    success, failure = times["success"], times["failure"]
    oldest = waiting.aggregate(oldest=Min("due"))["oldest"]
    configured, wanted = _wanted(office, way)
    fault = ""
    if failure is not None and (success is None or failure > success):
        latest = rows.filter(failed=failure).first()
        fault = latest.fault if latest is not None else ""
    state = _state(
        configured=configured and bool(wanted),
        due=_was_due(office, way, now),
        made=_made(rows, office, now),
        slow=oldest is not None and now - oldest > SLOW,
        given_up=times["given_up"] is not None and (success is None or times["given_up"] > success),
        success=success is not None,
    )
    return Way(configured, wanted, waiting.count(), oldest, success, failure, fault, state)


def ways_of(office: bytes, now: datetime) -> dict[str, Way]:
    """Return both ways of an office."""
    return {way: way_of(office, way, now) for way in (MAIL, WEBHOOK)}


def nights(now: datetime) -> list[JobRun]:
    """Return every nightly job and how it went."""
    runs = {run.job: run for run in NightRun.objects.all()}
    found = []
    for name, _job in in_order():
        run = runs.get(name)
        done = run.done if run is not None else None
        late = done is None or now - done > NIGHT_LATE or bool(run and run.fault)
        found.append(JobRun(name, run.as_of if run else None, done, run.fault if run else "", late))
    return found


def in_short(now: datetime) -> dict[str, object]:
    """Return for monitoring what is wrong, in words of our own and numbers that tell nothing of any report."""
    ways = [way for office in offices.offices() for way in ways_of(office.id, now).items()]
    oldest = [way.oldest for _name, way in ways if way.oldest is not None]
    successes = [way.success for _name, way in ways if way.success is not None]
    runs = nights(now)
    here = disk.space()
    wrong = sorted({name for name, way in ways if way.bad})
    wrong += [f"night {run.name}" for run in runs if run.late]
    wrong += [] if here.takes_files else ["disk"]
    return {
        "v": 1,
        "good": not wrong,
        "wrong": wrong,
        "queue": {
            "waiting": sum(way.waiting for _name, way in ways),
            "seconds": int((now - min(oldest)).total_seconds()) if oldest else 0,
            "success": max(successes).isoformat(timespec="minutes") if successes else None,
        },
        "nights": {run.name: run.done.isoformat(timespec="minutes") if run.done else None for run in runs},
        "disk": {"used": round(here.used), "free": here.free},
    }


def _wanted(office: bytes, way: str) -> tuple[bool, int]:
    if way == MAIL:
        return settings.FAIRLINE.mail is not None, Address.objects.filter(office=office).count()
    webhook = settings.FAIRLINE.webhook
    there = webhook is not None and bool(webhook.url_of(b64(office)))
    return there, int(there)


def _last_hour(office: bytes, now: datetime) -> datetime | None:
    """Return the newest hour of the daily message that is over by the grace; None for an office that is not there."""
    zone = offices.zone_of(office)
    if zone is None:
        return None
    today = hour_on(zone, now)
    return today if now - today > GRACE else hour_on(zone, now - timedelta(days=1))


def _was_due(office: bytes, way: str, now: datetime) -> bool:
    """Whether a message of this way must have been made by now."""
    last = _last_hour(office, now)
    if last is None:
        return False
    if way == MAIL:
        placed = {member.id for member in offices.members(office)}
        rows = Address.objects.filter(office=office, since__lt=last.date())
        return any(row.member in placed for row in rows)
    # Since when a URL is set nobody has noted; one message makes us expect the next.
    return Outgoing.objects.filter(office=office, way=way).exists()


def _made(rows: QuerySet[Outgoing], office: bytes, now: datetime) -> bool:
    last = _last_hour(office, now)
    return last is not None and rows.filter(kind=DAILY, day__gte=last.date()).exists()


def _state(*, configured: bool, due: bool, made: bool, slow: bool, given_up: bool, success: bool) -> str:
    if not configured:
        return "off"
    if given_up:
        return "given-up"
    if slow:
        return "slow"
    if due and not made:
        return "stopped"
    return "good" if success else "new"
