"""By which ways the line sends its daily message: a mail server, and addresses of other programs.

Part of ``settings_file``, and like it without Django. Whatever could not be obeyed is refused before anything starts.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

MAIL_SETTINGS: Final = ("host", "port", "tls", "user", "password_file", "from")
WEBHOOK_SETTINGS: Final = ("url", "secret_file", "private")
USUAL_PORTS: Final = MappingProxyType({"starttls": 587, "tls": 465, "none": 25})
USUAL_HOUR: Final = 8
ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,120}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""Plain addresses only: no quoted part, no name, no letter that needs an extension of the mail server."""
OFFICE: Final = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")
SECRET_LEAST: Final = 32
"""Characters of a webhook's secret."""


class BadNoticeError(Exception):
    """A setting of mail or webhooks cannot be obeyed. The message is a sentence for the operator."""


@dataclass(frozen=True)
class Mail:
    """A mail server that takes what we send."""

    host: str
    port: int
    tls: str
    """``starttls``, ``tls`` from the first byte, or ``none`` (on this machine only)."""
    user: str
    password_file: Path | None
    sender: str


@dataclass(frozen=True)
class Webhook:
    """Programs that are told, by office."""

    url: str
    """For each office that has none of its own; empty: only those have one."""
    offices: Mapping[str, str]
    """URL by the office's id (base64url)."""
    secret_file: Path
    private: bool
    """Whether addresses of private networks, and http, are allowed."""

    def url_of(self, office: str) -> str:
        """Return the URL for an office by its id; empty if it has none."""
        return self.offices.get(office, self.url)


def is_address(text: str) -> bool:
    """Return whether ``text`` is an e-mail address that every mail server takes."""
    return ADDRESS.fullmatch(text) is not None


def hour_of(value: object) -> int:
    """Return the hour of the office's day at which the daily message goes.

    Raises:
        BadNoticeError: it is none.
    """
    return _number("notice_hour", value, USUAL_HOUR, 0, 23)


def mail_of(given: Mapping[str, object]) -> Mail | None:
    """Return the mail server that the settings ``mail_…`` name, or None.

    Raises:
        BadNoticeError: one of them cannot be obeyed.
    """
    found = {name: given.get(f"mail_{name}") for name in MAIL_SETTINGS}
    if all(value in (None, "") for value in found.values()):
        return None
    host, sender = _text("mail_host", found["host"]), _text("mail_from", found["from"])
    if not host or any(mark in host for mark in "/: @"):
        raise BadNoticeError(f"The setting mail_host is the name of a mail server, not {host!r}.")
    if not is_address(sender):
        raise BadNoticeError(f"The setting mail_from is the e-mail address that we send from, not {sender!r}.")
    tls = _text("mail_tls", found["tls"]) or "starttls"
    if tls not in USUAL_PORTS:
        raise BadNoticeError(f"The setting mail_tls is starttls, tls or none, not {tls!r}.")
    if tls == "none" and not _here(host):
        raise BadNoticeError(
            f"The setting mail_tls may be none only for a mail server on this machine; {host} is another one."
        )
    user, password = _text("mail_user", found["user"]), _text("mail_password_file", found["password_file"])
    if bool(user) != bool(password):
        raise BadNoticeError("The settings mail_user and mail_password_file belong together: set both, or neither.")
    port = _number("mail_port", found["port"], USUAL_PORTS[tls], 1, 65535)
    return Mail(host, port, tls, user, _file("mail_password_file", password, 1) if password else None, sender)


def webhook_of(given: Mapping[str, object], *, private: bool) -> Webhook | None:
    """Return which programs the settings ``webhook_…`` name, or None.

    Raises:
        BadNoticeError: one of them cannot be obeyed.
    """
    url, secret = (_text(f"webhook_{name}", given.get(f"webhook_{name}")) for name in ("url", "secret_file"))
    own = given.get("webhook_offices") or {}
    if not isinstance(own, Mapping):
        raise BadNoticeError("[webhook.offices] is a table: the id of an office, then its URL in quotes.")
    if not url and not own:
        if secret or private:
            raise BadNoticeError("The settings of [webhook] name no URL: set url, or a URL for an office.")
        return None
    for office, its in own.items():
        if OFFICE.fullmatch(office) is None:
            raise BadNoticeError(f"In [webhook.offices], {office!r} is no id of an office (22 letters and digits).")
        _url(f"webhook.offices.{office}", its, private=private)
    if url:
        _url("webhook_url", url, private=private)
    if not secret:
        raise BadNoticeError("A webhook is signed: set webhook_secret_file to a file that holds its secret.")
    own = MappingProxyType({office: str(its) for office, its in own.items()})
    return Webhook(url, own, _file("webhook_secret_file", secret, SECRET_LEAST), private)


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadNoticeError(f"The setting {name} must be text in quotes.")
    return value


def _number(name: str, value: object, usual: int, least: int, most: int) -> int:
    if value in (None, ""):
        return usual
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadNoticeError(f"The setting {name} is a number from {least} to {most}, not {value!r}.")
    return value


def _file(name: str, value: str, least: int) -> Path:
    path = Path(value).absolute()
    try:
        held = len(path.read_bytes().strip())
    except OSError as error:
        raise BadNoticeError(f"The setting {name} names {path}, and that file cannot be read.") from error
    if held < least:
        raise BadNoticeError(f"The file {path} of the setting {name} holds fewer than {least} characters.")
    return path


def _url(name: str, value: object, *, private: bool) -> None:
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    try:
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        port_fits = False
    if not parts.hostname or not port_fits or "@" in parts.netloc or parts.fragment:
        raise BadNoticeError(f"The setting {name} is like https://monitor.example.org/fairline, not {value!r}.")
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise BadNoticeError(f"The setting {name} needs https; http is for private addresses, with private = true.")
