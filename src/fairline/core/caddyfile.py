"""The configuration of Caddy in front of the three doors, made from the installation's settings.

Caddy holds the certificates, serves the built files, takes a report in whole before a door hears of it, and gives
dripping connections up. It writes no access log, tells the doors nothing of who asks, and refuses every name that it
does not know. Longer bodies than a report (parts of files) flow through, so that the door that counts them can refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from fairline.core.headers import security_headers, static_headers
from fairline.core.limits import BODY_MAX, BODY_PATIENCE, CHANNEL_SILENCE, HEADER_MAX, HEADER_PATIENCE, SLOWEST_LINE
from fairline.core.settings_file import Door, Settings, SettingsError, is_onion

BUFFERED: Final = 128 << 10
"""Bytes of a body that Caddy takes in before it troubles a door: more than any report without files."""
ONION_PORT: Final = 8081
"""Where Caddy waits on loopback for what Tor brings to the onion services."""
TELLING: Final = (
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP", "Forwarded", "Via", "User-Agent",
    "Referer", "Sec-CH-*", "Priority", "DNT", "Sec-GPC",
)  # fmt: skip
"""What Caddy or a visitor adds and no door needs."""


@dataclass(frozen=True)
class Certificates:
    """Where certificates come from: Caddy fetches them itself unless there are files, or it is only tried out."""

    file: str = ""
    key: str = ""
    internal: bool = False

    @property
    def line(self) -> str:
        """The line of a site, or nothing."""
        if self.internal:
            return "tls internal"
        return f"tls {_quoted(self.file)} {_quoted(self.key)}" if self.file else ""


def caddyfile(installation: Settings, files: Sequence[str], folder: Path, certificates: Certificates) -> str:
    """Return the whole configuration.

    Args:
        installation: hosts, ports and onion services of the doors.
        files: names of all built files, whose headers may differ from their door's.
        folder: where those files lie.
        certificates: where they come from.

    Raises:
        SettingsError: a door has neither https nor an onion service for its address.
    """
    lines = ["# Made by `fairline caddy` from this installation's settings. Make it anew after each update, as now."]
    lines += _whole(certificates)
    for door in installation.doors.values():
        if not door.secure and not is_onion(door.origin):
            raise SettingsError(
                f"The {door.name} door is at {door.origin}: behind Caddy it needs an address with https or an onion "
                f"service. Set [{door.name}] origin first."
            )
        lines += _block(f"(headers-{door.name})", _headers(_usual(door)))
        lines += _block(f"({door.name}-door)", _site(door, files, folder))
    lines += _block("(no-door)", [f"respond {_quoted(_in_all_languages('not-here'))} 421"])
    origins = {origin: door for door in installation.doors.values() for origin in (door.origin, door.onion) if origin}
    for origin, door in origins.items():
        if is_onion(origin):
            lines += _block(f"{origin}:{ONION_PORT}", ["bind 127.0.0.1", f"import {door.name}-door http"])
        else:
            certificate = [certificates.line] if certificates.line else []
            lines += _block(origin, [*certificate, f"import {door.name}-door https"])
    lines += _strangers(origins)
    return "\n".join(lines) + "\n"


def _whole(certificates: Certificates) -> Iterator[str]:
    longest = BODY_PATIENCE + BODY_MAX["report"] // SLOWEST_LINE
    lines = [
        # Nobody changes what runs from outside, and nothing but this file says what runs.
        "admin off",
        "persist_config off",
        # Lines of the HTTP server name visitors; certificates are worth a line.
        *_block("log default", ["output stderr", "exclude http"]),
        *_block(
            "servers",
            [
                "protocols h1 h2",
                f"max_header_size {HEADER_MAX}",
                "strict_sni_host on",
                *_block(
                    "timeouts",
                    [
                        f"read_header {HEADER_PATIENCE}s",
                        f"read_body {longest}s",
                        f"write {longest}s",
                        f"idle {CHANNEL_SILENCE}s",
                    ],
                ),
            ],
        ),
    ]
    if certificates.internal:
        lines.append("skip_install_trust")
    return iter(_block("", lines))


def _usual(door: Door) -> dict[str, str]:
    remembered = {"Strict-Transport-Security": f"max-age={365 * 24 * 3600}"} if door.secure else {}
    return security_headers(door.name) | remembered


def _headers(values: Mapping[str, str], of: str = "") -> Iterator[str]:
    return (f"header {of}{name} {_quoted(value)}" for name, value in values.items())


def _site(door: Door, files: Sequence[str], folder: Path) -> Iterator[str]:
    yield "header -Server"
    yield "header -Via"
    # A route keeps the order of its lines: what is said of one file comes after what is said of all.
    yield from _block("handle_path /s/*", _block("route", _files(door, files, folder)))
    if door.name == "office":
        # What monitoring on this machine asks the door itself: from Caddy, everybody would look like this machine.
        yield from _block("handle /health", ["error 404"])
    yield from _block("handle", _door(door))
    yield from _block("handle_errors", _errors(door))


def _files(door: Door, files: Sequence[str], folder: Path) -> Iterator[str]:
    yield f"import headers-{door.name}"
    yield 'header Cache-Control "max-age=315360000, public, immutable"'
    yield 'header /manifest.json Cache-Control "max-age=60, public"'
    # Some workers have a policy of their own; a built file's name is its entry's, then its hash.
    usual = security_headers(door.name)
    for entry, file in sorted({file.partition(".")[0]: file for file in files}.items()):
        own = {name: value for name, value in static_headers(door.name, file).items() if usual.get(name) != value}
        yield from _headers(own, f"/{entry}.* ")
        yield from (f"header /{entry}.* -{name}" for name in usual.keys() - static_headers(door.name, file).keys())
    yield f"root {_quoted(str(folder))}"
    yield from _block("file_server", ["precompressed br gzip", "hide .*"])


def _door(door: Door) -> Iterator[str]:
    host = "127.0.0.1" if door.host == "0.0.0.0" else door.host  # noqa: S104 - who listens everywhere is here too
    largest = BODY_MAX[door.name]
    yield from _block("request_body", [f"max_size {largest}"])
    # Who announces ten times that much need not begin.
    yield f'@endless header_regexp Content-Length "^[0-9]{{{len(str(largest)) + 1},}}$"'
    yield "error @endless 413"
    yield from _block(
        f"reverse_proxy {host}:{door.port}",
        [
            f"request_buffers {BUFFERED}",
            *(f"header_up -{name}" for name in TELLING),
            "header_up X-Forwarded-Proto {args[0]}",
            # Shorter than the patience of a door, or a request could meet a connection that is just being closed.
            *_block("transport http", ["keepalive 2s", "compression off"]),
        ],
    )


def _errors(door: Door) -> Iterator[str]:
    yield f"import headers-{door.name}"
    yield 'header Cache-Control "no-store"'
    yield 'header Content-Type "text/plain; charset=utf-8"'
    for status, what in ((404, "nothing"), (413, "large")):
        yield f"@is{status} expression {{err.status_code}} == {status}"
        yield from _block(f"handle @is{status}", [f"respond {_quoted(_in_all_languages(what))} {status}"])
    yield from _block("handle", [f"respond {_quoted(_in_all_languages('silent'))} {{err.status_code}}"])


def _strangers(origins: Iterable[str]) -> Iterator[str]:
    """Sites for every other name on the same ports: without them Caddy would answer an empty 200."""
    ports = {urlsplit(origin).port or 443 for origin in origins if not is_onion(origin)}
    for port in sorted(ports):
        yield from _block(f"https://:{port}", ["import no-door"])
    if ports:
        yield from _block("http://", ["import no-door"])
    if any(is_onion(origin) for origin in origins):
        yield from _block(f"http://:{ONION_PORT}", ["bind 127.0.0.1", "import no-door"])


def _in_all_languages(what: str) -> str:
    """Return the sentence in each language, a line each: Caddy cannot choose."""
    said = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.append(
                {
                    "not-here": _("This is not the address of a site here."),
                    "nothing": _("There is nothing at this address."),
                    "large": _("This is larger than what is taken here. Nothing was stored."),
                    "silent": _(
                        "This site does not answer at present. What you wrote is still in your page; "
                        "please try again in a while."
                    ),
                }[what]
            )
    return "\n".join(said) + "\n"


def _block(head: str, lines: Sequence[str] | Iterator[str]) -> list[str]:
    return [f"{head} {{".lstrip(), *(f"\t{line}" for line in lines), "}"]


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
