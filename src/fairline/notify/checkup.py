"""This room's looks at an installation: do the daily messages get through? Nothing is sent by looking."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.conf import settings

from fairline.core.checkups import Finding, checkup, remark, wrong
from fairline.notify import health
from fairline.notify.faults import sentence
from fairline.notify.models import Address
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
NAMES: Final = {"mail": "daily message by e-mail", "webhook": "daily message by webhook"}


@checkup
def daily_messages(now: datetime) -> Iterator[Finding]:
    """What members asked for gets through, or the operator hears why not."""
    for office in offices.offices():
        for name, way in health.ways_of(office.id, now).items():
            told = f"The {NAMES[name]} of the office {b64(office.id)}"
            why = f" {sentence(way.fault)}" if way.fault else ""
            if way.state == "given-up":
                yield wrong(f"{told} was given up and has not got through since.{why}")
            elif way.state == "slow":
                yield wrong(f"{told} has waited for more than an hour.{why}")
            elif way.state == "stopped":
                yield wrong(f"{told} was not even made; is `fairline run` running, or `fairline deliver` called?")
    if settings.FAIRLINE.mail is None and Address.objects.exists():
        yield remark("Members have left addresses for the daily message, and no mail server is set.")


@checkup
def secrets_of_messages(_now: datetime) -> Iterator[Finding]:
    """Nobody else on this machine reads the password or the webhook's secret, and every webhook has its office."""
    mail, webhook = settings.FAIRLINE.mail, settings.FAIRLINE.webhook
    files = [mail.password_file] if mail is not None else []
    files += [webhook.secret_file] if webhook is not None else []
    for path in files:
        if path is not None and path.stat().st_mode & OTHERS:
            yield wrong(f"Others on this machine can read {path}; say `chmod 600 {path}`.")
    if webhook is not None:
        there = {b64(office.id) for office in offices.offices()}
        for name in webhook.offices.keys() - there:
            yield wrong(f"A webhook is set for the office {name}, and no such office is here.")
