from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as current
from django.test import override_settings

from fairline.core.notice_settings import Mail, Webhook
from support.mail_server import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server on this machine that takes everything and keeps it."""
    with MailServer() as server:
        yield server


@pytest.fixture
def told() -> Iterator[Callable[..., None]]:
    """A function that sets the mail server or the webhook of this installation: `told(mail=…)`."""
    usual = current.FAIRLINE

    def tell(**values: Mail | Webhook | int | None) -> None:
        override.options["FAIRLINE"] = dataclasses.replace(usual, **values)
        override.enable()

    override = override_settings()
    tell()
    yield tell
    override.disable()


@pytest.fixture
def maker(db: None) -> Any:
    """An office in Berlin, founded on 4 May 2026, with one member; models can be imported only now."""
    return importlib.import_module("factories.offices").founded()
