"""The WSGI application of one door: Django inside, around it what must happen before Django sees a request."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final
from wsgiref.headers import Headers

import django
from django.core.handlers.wsgi import WSGIHandler
from whitenoise import WhiteNoise

from fairline.core.headers import NEAR, security_headers, static_headers
from fairline.core.quiet_log import configure
from fairline.core.routes import require_rows

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Nothing behind this line can log, store or show what it never gets.
TELLING: Final = (
    "REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "REMOTE_USER", "HTTP_USER_AGENT", "HTTP_REFERER",
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP", "HTTP_FORWARDED",
    "HTTP_VIA", "HTTP_CF_CONNECTING_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLIENT_IP",
)  # fmt: skip


PROXIED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA")


def forgetful(application: Wsgi) -> Wsgi:
    """Return ``application`` without knowledge of where a request comes from, but for whether it is this machine.

    Behind a proxy everybody is: what a proxy has handed on is not from here, and it says so in a header.
    """

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        through = any(name in environ for name in PROXIED)
        environ[NEAR] = not through and environ.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"}
        for name in [name for name in environ if name in TELLING or name.startswith("HTTP_SEC_CH_")]:
            del environ[name]
        return application(environ, start_response)

    return serve


def for_hosts(application: Wsgi, hosts: frozenset[str], headers: dict[str, str]) -> Wsgi:
    """Return ``application`` for requests to one of ``hosts``; others get a short 400."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("HTTP_HOST", "").lower() in hosts:
            return application(environ, start_response)
        body = b"This is not the address of a site here.\n"
        lines = {**headers, "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        start_response("400 Bad Request", list(lines.items()))
        return [body]

    return serve


def with_assets(application: Wsgi, door: str, folder: Path) -> Wsgi:
    """Return ``application`` with the built files of ``folder`` under ``/s/``, each under the door's headers."""

    def add_headers(headers: Headers, path: str, _url: str) -> None:
        for name, value in static_headers(door, Path(path).name).items():
            headers[name] = value

    def named_by_hash(_path: str, url: str) -> bool:
        return not url.endswith("manifest.json")

    return WhiteNoise(  # type: ignore[no-any-return]
        application,
        root=str(folder),
        prefix="s/",
        allow_all_origins=False,
        add_headers_function=add_headers,
        immutable_file_test=named_by_hash,
    )


def application_of(name: str) -> Wsgi:
    """Return the whole application of the door ``name``; a process is one door only.

    Raises:
        ImproperlyConfigured: an address of the door has no row in the table of permissions.
        SettingsError: a setting is unknown or bad.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = f"fairline.doors.{name}.settings"
    configure()
    django.setup(set_prefix=False)
    settings = importlib.import_module(f"fairline.doors.{name}.settings")
    require_rows(settings.ROOT_URLCONF)
    inner: Wsgi = with_assets(WSGIHandler(), name, settings.ASSETS)
    return forgetful(for_hosts(inner, frozenset(settings.DOOR.hosts), security_headers(name)))
