"""The daily message goes at its hour to who asked for it, waits while it cannot go, and is not sent twice."""

from __future__ import annotations

import ssl
import subprocess
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fairline.core.problems import Problem
from fairline.notify import health, services, texts
from fairline.notify.delivery import deliver
from fairline.notify.erasure import shred_addresses, shred_gone
from fairline.notify.models import MAIL, Address, Outgoing
from support.mail_server import MailServer

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
TO = "anna@post.example"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=BERLIN)


def run(now: datetime) -> None:
    deliver(lambda: now)


@pytest.fixture
def asked(maker, told, mail_server):
    """An office whose one member left an address on 4 May, and a mail server."""
    told(mail=mail_server.settings())
    services.leave_address(maker.id, maker.first.id, TO, "en", at(4, 12))
    return maker


def test_one_message_a_day_at_the_hour_of_the_office(asked, mail_server):
    run(at(4, 13))
    run(at(5, 7, 59))
    assert mail_server.taken == []
    run(at(5, 8))
    run(at(5, 8, 1))
    run(at(5, 23))
    run(at(6, 8))
    assert [message.to for message in mail_server.taken] == [TO, TO]
    assert [len(message.content) for message in mail_server.taken] == [texts.MAIL_SIZE] * 2
    assert b"Date: Tue, 05 May 2026 08:00:00 +0200" in mail_server.taken[0].content
    assert health.way_of(asked.id, MAIL, at(6, 9)).state == "good"


def test_a_day_on_which_the_machine_was_off_is_not_made_up_for(asked, mail_server):
    run(at(8, 11))
    assert len(mail_server.taken) == 1
    assert b"Fri, 08 May 2026" in mail_server.taken[0].content


def test_who_takes_the_address_back_gets_nothing_and_leaves_nothing(asked, mail_server):
    run(at(5, 8))
    services.forget_address(asked.first.id)
    run(at(6, 8))
    assert len(mail_server.taken) == 1
    assert Address.objects.count() == 0
    assert Outgoing.objects.filter(way=MAIL).count() == 0


def test_who_stands_in_no_charter_gets_nothing_and_a_leavers_address_goes(asked, mail_server):
    services.leave_address(asked.id, bytes([7] * 16), "gone@post.example", "en", at(4, 12))
    run(at(5, 8))
    assert [message.to for message in mail_server.taken] == [TO]
    assert shred_addresses(at(5, 0)) == 1
    assert [row.address for row in Address.objects.all()] == [TO]


def test_a_server_that_is_away_is_tried_again_and_the_message_waits(asked, mail_server, told):
    working = mail_server.settings()
    told(mail=mail_server.settings(port=1))
    run(at(5, 8))
    row = Outgoing.objects.get()
    assert (row.fault, row.done, row.tries) == ("connection", None, 1)
    run(at(5, 8, 1))
    assert Outgoing.objects.get().tries == 1, "not before its pause is over"
    told(mail=working)
    assert services.next_due(at(5, 8, 1)) == row.next_try
    run(row.next_try)
    assert len(mail_server.taken) == 1
    assert Outgoing.objects.get().fault == ""


def test_pauses_grow_and_end_and_the_end_is_seen_until_something_gets_through(asked, mail_server, told):
    mail_server.refuse = "451 come back later"
    now, pauses = at(5, 8), []
    while True:
        run(now)
        row = Outgoing.objects.get(day=date(2026, 5, 5))
        if row.given_up is not None:
            break
        pauses.append(row.next_try - now)
        now = row.next_try
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=2), timedelta(hours=1))
    assert row.tries < 30
    assert now < at(6, 8)
    way = health.way_of(asked.id, MAIL, now)
    assert (way.state, way.fault, way.waiting) == ("given-up", "refused", 0)
    mail_server.refuse = ""
    run(at(6, 8))
    assert health.way_of(asked.id, MAIL, at(6, 9)).state == "good"


def test_a_message_that_waits_and_a_worker_that_stands_still_are_seen(asked, mail_server):
    assert health.way_of(asked.id, MAIL, at(5, 7)).state == "new"
    assert health.way_of(asked.id, MAIL, at(5, 9)).state == "stopped"
    mail_server.refuse = "451 come back later"
    run(at(5, 8))
    assert health.way_of(asked.id, MAIL, at(5, 9, 30)).state == "slow"
    assert health.way_of(asked.id, MAIL, at(5, 9, 30)).oldest == at(5, 8)


def test_a_trial_goes_at_once_and_looks_like_the_daily_message(asked, mail_server):
    services.ask_trial(asked.id, asked.first.id, at(4, 15))
    assert services.wake_file().exists(), "so that the supervisor wakes who sends"
    run(at(4, 15))
    run(at(5, 8))

    def words(content: bytes) -> list[bytes]:
        return [line for line in content.split(b"\r\n") if not line.startswith((b"Date:", b"Message-ID:"))]

    trial, daily = mail_server.taken
    assert len(trial.content) == len(daily.content)
    assert words(trial.content) == words(daily.content)


def test_nobody_floods_an_address_by_trials(asked):
    for _ in range(services.TRIALS_A_DAY):
        services.ask_trial(asked.id, asked.first.id, at(4, 15))
    with pytest.raises(Problem) as refusal:
        services.ask_trial(asked.id, asked.first.id, at(4, 16))
    assert refusal.value.code == "trials"


@pytest.mark.parametrize(
    "address", ["anna", "anna@", "@post.example", "a\r\nBcc: b@c.example", "a@b.example, c@d.example", "ä@b.example",
                '"a b"@c.example', "a@b..example", f"{'a' * 65}@b.example", "a@b.example\n"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(maker, told, address):
    with pytest.raises(Problem) as refusal:
        services.leave_address(maker.id, maker.first.id, address, "en", at(4, 12))
    assert refusal.value.code == "address"
    assert Address.objects.count() == 0


def test_old_messages_are_forgotten(asked):
    run(at(5, 8))
    assert shred_gone(at(30, 8)) == 0
    assert shred_gone(at(5, 8) + timedelta(days=31)) == 1


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A context for `localhost` with a certificate of our own making, a function that trusts it, and a folder."""
    folder = tmp_path
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key", "-out",
         folder / "certificate"], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return context, lambda: monkeypatch.setenv("SSL_CERT_FILE", str(folder / "certificate")), folder


@pytest.mark.parametrize(
    ("password", "fault"),
    [("right", ""), ("wrong", "login"), ("right", "certificate")],
)
def test_password_and_message_go_over_a_line_that_was_proven(maker, told, certificate, password, fault):
    context, trust, folder = certificate
    if fault != "certificate":
        trust()
    (folder / "password").write_text(f"{password}\n")
    with MailServer(context, "right") as server:
        told(mail=server.settings(tls="starttls", user="line", password_file=folder / "password"))
        services.leave_address(maker.id, maker.first.id, TO, "en", at(4, 12))
        run(at(5, 8))
        assert Outgoing.objects.get().fault == fault
        assert len(server.taken) == (0 if fault else 1)


def test_a_server_without_encryption_gets_nothing_where_it_was_asked_for(asked, mail_server, told):
    told(mail=mail_server.settings(tls="starttls"))
    run(at(5, 8))
    assert Outgoing.objects.get().fault == "unsupported"
    assert mail_server.taken == []
