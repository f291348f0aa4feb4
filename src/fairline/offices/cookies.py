"""The office door's one cookie: a session token that scripts cannot read and other sites cannot send."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpResponse

from fairline.core.limits import SESSION_LIFE

SETTING: Final = "MEMBER_COOKIE"
HOST_PREFIX: Final = "__Host-"


def cookie_name() -> str:
    """Return the cookie's name; over TLS its prefix keeps other hosts from setting it."""
    name: str = getattr(settings, SETTING)
    return name


def hand_over(response: HttpResponse, token: str) -> None:
    """Give the session's token to the browser, until it closes or the working day ends."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(SESSION_LIFE),
        path="/",
        secure=cookie_name().startswith(HOST_PREFIX),
        httponly=True,
        samesite="Strict",
    )


def take_back(response: HttpResponse) -> None:
    """Remove the token from the browser."""
    response.set_cookie(
        cookie_name(),
        "",
        max_age=0,
        path="/",
        secure=cookie_name().startswith(HOST_PREFIX),
        httponly=True,
        samesite="Strict",
    )
