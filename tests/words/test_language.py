"""The language of a page comes from its address, else from the browser, and is remembered nowhere."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import get_script_prefix, path, reverse
from django.utils.translation import get_language

from fairline.core.language import language_middleware, languages_of


def place(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("at/<str:office>/", place, name="place")]


def answer(address: str, accept: str = "") -> tuple[dict[str, Any], HttpResponse]:
    seen: dict[str, Any] = {}

    def view(request: HttpRequest) -> HttpResponse:
        seen.update(
            language=get_language(),
            path=request.path_info,
            link=reverse("place", sys.modules[__name__], ["x"]),
            switch={link.language.code: (link.address, link.current) for link in languages_of(request)},
        )
        return HttpResponse()

    request = RequestFactory().get(address, headers={"Accept-Language": accept} if accept else {})
    return seen, language_middleware(view)(request)


@pytest.mark.parametrize(
    ("address", "accept", "language"),
    [
        ("/at/x/", "", "en"),
        ("/at/x/", "ar-EG,ar;q=0.9", "ar"),
        ("/at/x/", "zh-CN", "zh-hans"),
        ("/at/x/", "zh-TW,en;q=0.5", "zh-hans"),
        ("/at/x/", "fr,ar;q=0.5,en;q=0.4", "ar"),
        ("/at/x/", "fr", "en"),
        ("/at/x/", "%00,;q=x", "en"),
        ("/at/x/?lang=ar", "zh-CN", "ar"),
        ("/at/x/?lang=xx", "zh-CN", "zh-hans"),
        ("/ar/at/x/?lang=en", "zh-CN", "ar"),
        ("/zh-hans/at/x/", "ar", "zh-hans"),
        ("/en/at/x/", "ar", "en"),
    ],
)
def test_language_is_that_of_the_address_else_of_the_browser(address: str, accept: str, language: str) -> None:
    seen, response = answer(address, accept)
    assert seen["language"] == language
    assert seen["path"] == "/at/x/"
    assert response.headers["Content-Language"].lower() == language
    assert not response.cookies


def test_links_stay_in_the_language_of_the_address_and_only_there() -> None:
    assert answer("/ar/at/y/")[0]["link"] == "/ar/at/x/"
    assert answer("/at/y/", "ar")[0]["link"] == "/at/x/"
    assert get_script_prefix() == "/"


def test_a_failing_view_leaves_no_language_behind() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise LookupError

    with pytest.raises(LookupError):
        language_middleware(view)(RequestFactory().get("/ar/at/x/"))
    assert get_script_prefix() == "/"
    assert get_language() != "ar"


def test_a_page_without_language_in_its_address_says_what_it_depends_on() -> None:
    assert "Accept-Language" in answer("/at/x/")[1].headers["Vary"]
    assert "Vary" not in answer("/ar/at/x/")[1].headers


def test_the_switch_leads_to_the_same_page() -> None:
    assert answer("/ar/at/x/?page=2&lang=en")[0]["switch"] == {
        "en": ("/en/at/x/?page=2", False),
        "zh-hans": ("/zh-hans/at/x/?page=2", False),
        "ar": ("/ar/at/x/?page=2", True),
    }


def test_a_name_that_only_begins_like_a_language_is_a_place() -> None:
    assert answer("/arrivals/")[0]["path"] == "/arrivals/"
    assert answer("/ar")[0]["path"] == "/ar"


def test_each_language_of_the_switch_is_written_in_itself() -> None:
    request = RequestFactory().get("/at/x/")
    template = engines["django"].from_string("{% load words %}{% languages %}")
    html = template.render({}, request)
    assert '<a href="/ar/at/x/" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in html
    assert '<a href="/zh-hans/at/x/" lang="zh-Hans" dir="ltr" hreflang="zh-Hans">简体中文</a>' in html
    assert html.count('aria-current="true"') == 1
