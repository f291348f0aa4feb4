"""What a visitor brings (address, browser, path, values) is in no line that a door writes."""

from __future__ import annotations

import io
import logging
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from fairline.core.door import TELLING, forgetful
from fairline.core.quiet_log import QuietFormatter, configure
from support.installation import Installation

CANARY = "Kanarienvogel-4711"


def raw(url: str, *lines: str, body: bytes = b"") -> bytes:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), 5) as line:
        line.settimeout(5)
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""])
        line.sendall(head.encode("latin-1") + body)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except TimeoutError:
            pass
        return answer


@pytest.mark.parametrize("door", ["report", "office", "public"])
def test_no_log_has_an_address_a_path_or_a_header(installation: Installation, door: str) -> None:
    url = installation.urls[door]
    host = f"Host: {urlsplit(url).netloc}"
    telling = [f"User-Agent: {CANARY}", f"Referer: http://{CANARY}/", f"X-Forwarded-For: 203.0.113.7, {CANARY}"]
    assert b" 404 " in raw(url, f"GET /{CANARY}?q={CANARY} HTTP/1.1", host, *telling)
    assert b" 400 " in raw(url, f"GET / HTTP/1.1\r\nHost: {CANARY}", *telling)
    assert b" 403 " in raw(
        url, f"POST /{CANARY} HTTP/1.1", host, f"Origin: http://{CANARY}", *telling, body=CANARY.encode()
    )
    raw(url, f"GET /{CANARY}%ff%fe HTTP/1.1", host, *telling)
    raw(url, f"GET /%c0%ae/{CANARY} HTTP/1.1", host, *telling)
    raw(url, f"{CANARY} / HTTP/9.9", host, *telling)
    raw(
        url,
        "POST /standing HTTP/1.1",
        host,
        "Content-Type: multipart/form-data; boundary=x",
        *telling,
        body=CANARY.encode(),
    )
    said = installation.logs()
    assert CANARY not in said
    assert "203.0.113.7" not in said
    assert "127.0.0.1" not in said.replace("http://127.0.0.1", "")


def test_behind_a_proxy_its_words_about_the_visitor_go_nowhere(make_installation: Callable[..., Installation]) -> None:
    installation = make_installation(FAIRLINE_TRUSTED_PROXY="127.0.0.1")
    url = installation.urls["report"]
    host = f"Host: {urlsplit(url).netloc}"
    forwarded = [
        "X-Forwarded-Proto: https",
        "X-Forwarded-For: 203.0.113.7",
        f"Forwarded: for={CANARY}",
        f"Via: {CANARY}",
    ]
    assert b" 200 " in raw(url, "GET /standing HTTP/1.1", host, *forwarded)
    assert b" 404 " in raw(url, f"GET /{CANARY} HTTP/1.1", host, *forwarded)
    assert CANARY not in installation.logs()
    assert "203.0.113.7" not in installation.logs()


def test_a_trace_keeps_its_places_and_loses_its_values() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(QuietFormatter())
    logger = logging.Logger("django.request")
    logger.addHandler(handler)
    try:
        int(CANARY)
    except ValueError:
        logger.exception("Internal Server Error: /%s", CANARY, extra={"status_code": 500})
    said = stream.getvalue()
    assert CANARY not in said
    assert "status 500" in said
    assert "builtins.ValueError" in said
    assert "test_silence.py" in said


def test_our_own_words_are_written() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(QuietFormatter())
    logger = logging.Logger("fairline.core.nights")
    logger.addHandler(handler)
    logger.warning("the nightly job %s failed", "shred")
    assert stream.getvalue().endswith("fairline.core.nights: the nightly job shred failed\n")


def test_the_quiet_log_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [logging.NullHandler()])
    monkeypatch.setattr(root, "level", root.level)
    configure()
    configure()
    assert [type(handler.formatter) for handler in root.handlers] == [QuietFormatter]


def test_django_never_sees_who_asks() -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.update(environ)
        return []

    brought = dict.fromkeys(TELLING, CANARY)
    forgetful(application)({**brought, "HTTP_SEC_CH_UA": CANARY, "HTTP_HOST": "localhost", "PATH_INFO": "/"}, None)
    # Whether it is this machine that asks, and nothing else of where it comes from.
    assert seen == {"HTTP_HOST": "localhost", "PATH_INFO": "/", "fairline.near": False}
