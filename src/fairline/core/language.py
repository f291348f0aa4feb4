"""The language of a page: its address begins with it (``/ar/…``), else ``?lang=``, else the browser's choice.

Nothing is remembered: no cookie, no session, no row. A language is a place where the whole door is mounted:
the prefix is taken off before the address is resolved and put before every address that the page names, so
that no route exists twice and no link falls out of the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from fairline.locale.languages import LANGUAGES, Language, language

Answer = Callable[[HttpRequest], HttpResponse]

CODES = frozenset(one.code for one in LANGUAGES)


@dataclass(frozen=True)
class Link:
    """One entry of the language switch: the same page in ``language``; ``current`` where one is there."""

    language: Language
    address: str
    current: bool


def language_of(request: HttpRequest) -> str:
    """Return the code of the language for ``request``, whose prefix has been looked at before."""
    asked = request.GET.get("lang", "")
    if asked in CODES:
        return asked
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code in CODES:
            return code
        # Whoever asks for another writing of Chinese reads this one before English.
        if code.partition("-")[0] == "zh":
            return "zh-hans"
        if code.partition("-")[0] in CODES:
            return code.partition("-")[0]
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in CODES else LANGUAGES[0].code


def language_middleware(get_response: Answer) -> Answer:
    """Answer each request in its language and say so in ``Content-Language``."""

    def respond(request: HttpRequest) -> HttpResponse:
        outside = get_script_prefix()
        code = _prefix(request)
        chosen = code or language_of(request)
        if code is not None:
            request.path_info = request.path_info[len(code) + 1 :]
            set_script_prefix(f"{outside}{code}/")
        try:
            with translation.override(chosen):
                request.LANGUAGE_CODE = chosen
                response = get_response(request)
        finally:
            set_script_prefix(outside)
        response.headers.setdefault("Content-Language", language(chosen).tag)
        if code is None:
            patch_vary_headers(response, ("Accept-Language",))
        return response

    return respond


def plain_address(name: str, *values: object) -> str:
    """Return the address of the route ``name`` outside every language, for what must have one address only."""
    return "/" + reverse(name, args=values).removeprefix(get_script_prefix())


def languages_of(request: HttpRequest) -> tuple[Link, ...]:
    """Return the language switch of the page that ``request`` asked for."""
    root = get_script_prefix()
    current = language(translation.get_language() or "")
    if root.endswith(f"/{current.code}/"):
        root = root.removesuffix(f"{current.code}/")
    query = urlencode([(name, value) for name, value in request.GET.items() if name != "lang"])
    tail = request.path_info.lstrip("/") + (f"?{query}" if query else "")
    return tuple(Link(one, f"{root}{one.code}/{tail}", one == current) for one in LANGUAGES)


def _prefix(request: HttpRequest) -> str | None:
    first, slash, _rest = request.path_info[1:].partition("/")
    return first if slash and first in CODES else None
