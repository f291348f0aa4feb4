"""`fairline deliver`: hands over the daily messages that are due, once, and says when it wants to be woken next."""

from __future__ import annotations

import argparse
import secrets
from typing import TYPE_CHECKING

from django.conf import settings

from fairline.core import clock
from fairline.core.notice_settings import is_address
from fairline.core.settings_file import SettingsError
from fairline.notify import calling, mailing, texts
from fairline.notify.delivery import deliver, patience
from fairline.notify.faults import sentence, word_of
from fairline.notify.services import next_due
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Callable


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--try-mail", metavar="ADDRESS", help="send one message there now, and say how it went")
    kinds.add_argument("--try-webhooks", action="store_true", help="call every webhook now, and say how it went")


def run(arguments: argparse.Namespace) -> int:
    """Hand over what is due; return 0, or 1 if a trial did not get through. The last line is ``next`` and an instant.

    Raises:
        SettingsError: a trial of something that is not set.
    """
    if arguments.try_mail:
        return _try_mail(arguments.try_mail)
    if arguments.try_webhooks:
        return _try_webhooks()
    deliver(clock.now)
    print(f"next {next_due(clock.now()).isoformat()}")
    return 0


def _try_mail(to: str) -> int:
    server = settings.FAIRLINE.mail
    if server is None:
        raise SettingsError("No mail server is set: [mail] host and from.")
    if not is_address(to):
        raise SettingsError(f"{to!r} is not an e-mail address that mail servers take.")
    message = texts.mail(
        key=secrets.token_bytes(16), sender=server.sender, to=to, language=settings.FAIRLINE.language,
        door=settings.FAIRLINE.doors["office"].origin, due=clock.now(),
    )  # fmt: skip
    return _tried(to, lambda: mailing.send(server, to, message))


def _try_webhooks() -> int:
    webhook = settings.FAIRLINE.webhook
    if webhook is None:
        raise SettingsError("No webhook is set: [webhook] url and secret_file.")
    failures = 0
    for office in offices.offices():
        url = webhook.url_of(b64(office.id))
        if not url:
            continue
        body = texts.webhook(
            key=secrets.token_bytes(16), office=office.id, door=settings.FAIRLINE.doors["office"].origin,
            day=clock.today(office.zone).isoformat(),
        )  # fmt: skip
        signature = texts.signature(webhook.secret_file.read_bytes().strip(), body)

        def call(url: str = url, body: bytes = body, signature: str = signature) -> None:
            calling.post(url, body, signature, private=webhook.private)

        failures += _tried(url, call)
    return 1 if failures else 0


def _tried(where: str, send: Callable[[], None]) -> int:
    try:
        with patience():
            send()
    except Exception as error:  # noqa: BLE001 - whatever it is, the operator is told in a sentence
        print(f"{where}: {sentence(word_of(error))}")
        return 1
    print(f"{where}: it was taken.")
    return 0
