"""Handing over what is due: at least once, never lost, whatever is killed in between.

Who takes a message in hand first moves its next try on, in a transaction of its own. A process that dies after that
leaves it to be tried again then; one that dies between the handing over and the noting of it sends it twice, under the
same number. Nothing is noted as done that the other side has not taken.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F

from fairline.core.transactions import writing
from fairline.notify import calling, mailing, texts
from fairline.notify.faults import DeliveryError, word_of
from fairline.notify.models import DAILY, MAIL, Address, Outgoing
from fairline.notify.services import put_on_their_way
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=10)
"""How long who took a message in hand has it to themselves."""
PATIENCE: Final = 120
"""Seconds that one message may take in all; far less than a lease."""
PAUSE_MOST: Final = timedelta(hours=1)
KEPT_TRYING: Final = timedelta(hours=20)
"""After this a message is given up: the next day's is near. It shows red on the health page."""


def deliver(now: Callable[[], datetime]) -> None:
    """Make what is due and hand it over, until nothing waits that may be tried now."""
    put_on_their_way(now())
    while True:
        begun = now()
        row = _take(begun)
        if row is None:
            return
        try:
            with patience():
                _hand_over(row)
        except Exception as error:
            word = word_of(error)
            if word == "fault":
                log.exception("a message could not be handed over")
            _failed(row, word, now())
        else:
            Outgoing.objects.filter(id=row.id).update(done=now(), fault="")


def _take(now: datetime) -> Outgoing | None:
    """Return a message that nobody else has in hand, having moved its next try on; None if none may be tried now."""
    for row in Outgoing.objects.filter(done=None, given_up=None, next_try__lte=now).order_by("next_try")[:50]:
        mine = Outgoing.objects.filter(id=row.id, done=None, given_up=None, next_try=row.next_try)
        with writing():
            if mine.update(next_try=now + LEASE, tries=F("tries") + 1, fault="killed"):
                row.tries += 1
                return row
    return None


def _hand_over(row: Outgoing) -> None:
    door = settings.FAIRLINE.doors["office"].origin
    if row.way == MAIL:
        address, server = Address.objects.filter(member=row.member).first(), settings.FAIRLINE.mail
        if server is None or address is None:
            raise DeliveryError("unset")
        zone = offices.zone_of(row.office) or "UTC"
        message = texts.mail(
            key=row.id, sender=server.sender, to=address.address, language=address.language, door=door,
            due=row.due.astimezone(ZoneInfo(zone)),
        )  # fmt: skip
        mailing.send(server, address.address, message)
        return
    webhook = settings.FAIRLINE.webhook
    url = webhook.url_of(b64(row.office)) if webhook is not None else ""
    if webhook is None or not url:
        raise DeliveryError("unset")
    body = texts.webhook(key=row.id, office=row.office, door=door, day=row.day.isoformat())
    secret = webhook.secret_file.read_bytes().strip()
    calling.post(url, body, texts.signature(secret, body), private=webhook.private)


def _failed(row: Outgoing, word: str, now: datetime) -> None:
    pause = min(timedelta(minutes=2 ** min(row.tries, 6)), PAUSE_MOST)
    values: dict[str, Any] = {"fault": word, "failed": now, "next_try": now + pause}
    kept = KEPT_TRYING if row.kind == DAILY else PAUSE_MOST
    if now + pause > row.due + kept:
        values["given_up"] = now
    with writing():
        Outgoing.objects.filter(id=row.id).update(**values)


@contextmanager
def patience() -> Iterator[None]:
    """Break off what takes longer than ``PATIENCE``: a server that drips would hold up every other message."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_number: int, _frame: object) -> None:
        raise TimeoutError

    usual = signal.signal(signal.SIGALRM, over)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, usual)
