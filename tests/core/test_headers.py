"""Every answer of every door carries its headers: pages, errors and files."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from email.message import Message

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from fairline.core.headers import security_middleware
from fairline.core.limits import BODY_MAX
from support.doors import ROOT
from support.installation import Installation

DOORS = ("report", "office", "public")


def ask(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, Message, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, method=method, headers=named, data=body)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def policy(headers: Message) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in (headers["Content-Security-Policy"] or "").split(";")]
    return {name: value for name, _space, value in parts}


def built(pattern: str) -> str:
    return next(path.name for path in sorted((ROOT / "web" / "dist").glob(pattern)))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("path", ["/standing", "/nothing/here", "/s/nothing.js", "script", "style"])
def test_every_answer_is_under_the_doors_policies(installation: Installation, door: str, path: str) -> None:
    named = {"script": "tests-pages-loader.*.js", "style": "style-report.*.css"}
    path = f"/s/{built(named[path])}" if path in named else path
    _status, headers, _body = ask(installation.urls[door] + path)
    rules = policy(headers)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["base-uri"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == ("fairline lit-html" if door == "office" else "fairline")
    assert rules["form-action"] == ("'none'" if door == "report" else "'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["Set-Cookie"] is None
    assert headers["Server"] is None
    if not path.startswith("/s/tests") and not path.startswith("/s/style"):
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("door", DOORS)
def test_webassembly_is_allowed_to_one_worker_of_one_door(installation: Installation, door: str) -> None:
    _status, headers, _body = ask(f"{installation.urls[door]}/s/{built('argon2-worker.*.js')}")
    assert ("'wasm-unsafe-eval'" in policy(headers)["script-src"]) == (door == "office")
    assert policy(headers)["default-src"] == "'none'"


@pytest.mark.parametrize("door", DOORS)
def test_built_files_are_compressed_and_kept_for_ever(installation: Installation, door: str) -> None:
    url = f"{installation.urls[door]}/s/{built('style-report.*.css')}"
    status, headers, body = ask(url, Accept_Encoding="br")
    assert status == 200
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]
    assert len(body) < len(ask(url)[2]) / 2


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost:1", ""])
def test_an_unknown_host_gets_a_short_400(installation: Installation, door: str, host: str) -> None:
    status, headers, body = ask(f"{installation.urls[door]}/standing", Host=host)
    assert status == 400
    assert body == b"This is not the address of a site here.\n"
    assert headers["Content-Type"].startswith("text/plain")
    assert policy(headers)["default-src"] == "'none'"


@pytest.mark.parametrize("door", DOORS)
def test_an_error_page_is_short_and_tells_no_trace(installation: Installation, door: str) -> None:
    for accept in ("text/html", "application/json"):
        status, headers, body = ask(f"{installation.urls[door]}/nothing/here", Accept=accept)
        assert status == 404
        assert len(body) < 3000
        assert not re.search(rb"Traceback|django|/src/", body)
        assert headers["Content-Type"].startswith(accept)


@pytest.mark.parametrize("door", DOORS)
def test_a_body_that_is_too_large_is_refused(installation: Installation, door: str) -> None:
    largest = BODY_MAX[door]
    request = urllib.request.Request(f"{installation.urls[door]}/standing", method="POST", data=b"x")
    request.add_unredirected_header("Content-Length", str(largest + 1))
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=10)
    assert refusal.value.code == 413
    refusal.value.close()


@pytest.mark.parametrize(("origin", "remembered"), [("https://line.example", True), ("http://line.example", False)])
def test_browsers_remember_tls_where_the_door_has_it(origin: str, remembered: bool) -> None:  # noqa: FBT001
    with override_settings(OWN_ORIGINS=[origin]):
        answered = security_middleware(lambda _request: HttpResponse(), "report")(HttpRequest())
    assert answered.has_header("Strict-Transport-Security") is remembered
