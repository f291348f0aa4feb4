"""A webhook is one signed POST to one address that was judged first: no redirect, nothing private unasked."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest

from fairline.core.notice_settings import Webhook
from fairline.notify import calling, texts
from fairline.notify.delivery import deliver
from fairline.notify.models import Outgoing
from fairline.seal.primitives import b64

SECRET = "nine quiet herons stand in the reeds"
NOON = datetime(2026, 5, 5, 12, tzinfo=ZoneInfo("Europe/Berlin"))


class Monitor(BaseHTTPRequestHandler):
    """Keeps what it is told and answers what the test wants."""

    came: list[tuple[str, str, bytes]]
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.came.append((self.path, self.headers["Fairline-Signature"], body))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def monitor() -> Iterator[tuple[type[Monitor], str]]:
    kind = type("OneMonitor", (Monitor,), {"came": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield kind, f"http://localhost:{server.server_address[1]}/line?a=1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hooked(maker, told, tmp_path):
    """A function that sets the webhook of the office."""
    (tmp_path / "secret").write_text(f"{SECRET}\n")

    def hook(url: str, *, private: bool = True) -> None:
        told(webhook=Webhook("", {b64(maker.id): url}, tmp_path / "secret", private))

    return hook


@pytest.mark.django_db
def test_it_is_called_once_a_day_and_can_prove_who_calls(monitor, hooked):
    kind, url = monitor
    hooked(url)
    deliver(lambda: NOON)
    deliver(lambda: NOON)
    ((path, signature, body),) = kind.came
    assert path == "/line?a=1"
    assert signature == f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"
    assert len(body) == texts.WEBHOOK_SIZE


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "fault"), [(302, "redirect"), (307, "redirect"), (500, "status"), (404, "status")])
def test_whatever_does_not_take_it_is_tried_again_and_no_redirect_is_followed(monitor, hooked, status, fault):
    kind, url = monitor
    kind.status = status
    hooked(url)
    deliver(lambda: NOON)
    row = Outgoing.objects.get()
    assert (row.fault, row.done) == (fault, None)
    assert len(kind.came) == 1
    kind.status = 200
    deliver(lambda: row.next_try)
    assert Outgoing.objects.get().done is not None
    assert kind.came[0] == kind.came[1], "the same number, by which a second copy is known"


@pytest.mark.django_db
def test_an_address_of_this_machine_is_not_called_unless_the_settings_allow_it(monitor, hooked):
    kind, url = monitor
    hooked(url, private=False)
    deliver(lambda: NOON)
    assert Outgoing.objects.get().fault == "private"
    assert kind.came == []


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
               "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1"],
)  # fmt: skip
def test_a_name_that_leads_into_a_private_network_is_refused_before_anything_is_sent(monkeypatch, number):
    def looked_up(*_asked: object, **_how: object) -> list[object]:
        return [(None, None, None, "", (public, 443)) for public in ("93.184.215.14", number)]

    def connected(*_asked: object) -> None:
        raise AssertionError("it was called")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", connected)
    with pytest.raises(calling.DeliveryError) as refusal:
        calling.post("https://monitor.example/", b"", "", private=False)
    assert refusal.value.word == "private"
