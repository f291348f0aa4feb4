"""The public door in a real browser: readable by everybody, watching nobody."""

from __future__ import annotations

import pytest

from support.browsers import axe_violations, listened

PAGES = ("", "how-to-report", "check", "check/record")


@pytest.fixture(scope="module")
def public(office_at_work) -> str:
    """The public door of a demonstration, whose office is two weeks old."""
    address: str = office_at_work.running.urls["public"]
    return address


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_every_page_can_be_read_by_everybody(public, new_context, width, scheme, language):
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = listened(context.new_page())
    for path in PAGES:
        page.goto(f"{public}/{language}/{path}")
        assert axe_violations(page, ("serious", "critical", "moderate")) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
    assert page.said == []


def test_nothing_is_kept_and_nothing_is_fetched_from_others(public, new_context):
    context = new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(f"{public}/{path}")
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert {url for url in asked if not url.startswith((public, "data:"))} == set()


def test_the_way_from_the_first_page_to_the_fingerprint(public, page):
    page.goto(f"{public}/en/")
    page.get_by_role("link", name="Check us", exact=True).click()
    words = page.locator("ol.words li")
    assert words.count() == 8
    assert page.get_by_role("img", name="QR code of the reporting address with the fingerprint").is_visible()
    page.get_by_role("link", name="All days, with downloads").click()
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert download.value.path().stat().st_size > 0


def test_the_language_switch_stays_on_the_page(public, page):
    page.goto(f"{public}/en/check")
    page.get_by_role("link", name="العربية").click()
    assert page.url.endswith("/ar/check")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir].join()") == "ar,rtl"
    assert page.locator("ol.words").get_attribute("dir") == "ltr"


def test_the_keyboard_reaches_the_content_first(public, page):
    page.goto(f"{public}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_office_says_how_to_reach_it_and_where_to_complain(public, page):
    page.goto(f"{public}/en/how-to-report")
    for words in ("555 0117", "12 Weir Street", "emergency number 112", "Ombudsperson of Lantern Valley"):
        assert page.get_by_text(words).first.is_visible(), words


def test_a_demonstration_says_so_on_every_page(public, page):
    for path in PAGES:
        page.goto(f"{public}/en/{path}")
        assert page.get_by_text("Demonstration. Invented people and offices; write nothing real here.").is_visible()


def test_paper_shows_the_words_and_no_navigation(public, page):
    page.goto(f"{public}/en/check")
    page.emulate_media(media="print")
    assert page.locator("ol.words").is_visible()
    assert not page.locator(".masthead nav").first.is_visible()
