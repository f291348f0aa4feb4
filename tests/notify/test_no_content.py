"""No message holds a word or a number of what lies at the desks: with reports it is the same as without."""

from __future__ import annotations

import importlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fairline.line import services as line
from fairline.notify import services
from fairline.notify.delivery import deliver
from fairline.notify.models import Outgoing
from fairline.offices.models import Desk, Member, Office

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Europe/Berlin"))


def sent(maker: Any, mail_server: Any) -> bytes:
    """Return the one message of the day, made anew under the same number."""
    Outgoing.objects.all().delete()
    mail_server.taken.clear()
    deliver(lambda: DUE)
    (message,) = mail_server.taken
    return message.content


def test_the_message_of_a_day_with_reports_is_the_message_of_a_quiet_day(maker, told, mail_server, monkeypatch):
    support: Any = importlib.import_module("support.line")
    told(mail=mail_server.settings())
    services.leave_address(
        maker.id, maker.first.id, "anna@post.example", "en", datetime(2026, 11, 1, tzinfo=DUE.tzinfo)
    )
    # In this order: the second is worked out from the first, and what stands there now is put back afterwards.
    monkeypatch.setattr(Outgoing._meta.get_field("id"), "_get_default", lambda: bytes([5] * 16))
    monkeypatch.setattr(Outgoing._meta.get_field("id"), "default", lambda: bytes([5] * 16))
    quiet = sent(maker, mail_server)

    place = support.Line(office=maker.id, desk=maker.desk)
    Desk.objects.filter(id=maker.desk).update(open=True)
    senders = [support.Sender(place) for _ in range(3)]
    for sender in senders:
        line.drop(maker.id, sender.drop(), support.TODAY)
    busy = sent(maker, mail_server)
    assert busy == quiet

    told_by_the_server = [
        *Office.objects.get(id=maker.id).names.values(), *Desk.objects.get(id=maker.desk).names.values(),
        Member.objects.get(id=maker.first.id).name.capitalize(),
    ]  # fmt: skip
    for word in told_by_the_server:
        assert word.encode() not in busy
    for number in (b"3", b"three"):
        body = busy.partition(b"\r\n\r\n")[2]
        assert number not in body.replace(b"=3D", b"").replace(b"localhost:8002", b"")
