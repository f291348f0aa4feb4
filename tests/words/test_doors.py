"""The first page of every door, served, in every language, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from fairline.locale.languages import LANGUAGES, Language
from support.browsers import axe_violations, listened
from support.installation import Installation


@pytest.mark.parametrize("door", ["report", "office", "public"])
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_first_page_speaks_the_readers_language(
    installation: Installation, new_context: Callable[..., BrowserContext], door: str, language: Language
) -> None:
    page = listened(new_context(locale=language.tag).new_page())
    for width, address in ((360, "/"), (1280, f"/{language.code}/")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{installation.urls[door]}{address}")
        root = page.locator("html")
        assert root.get_attribute("lang") == language.code
        assert root.get_attribute("dir") == language.direction
        assert page.locator("main").count() == 1
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [line for line in page.said if "Failed to load" not in line] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("door", ["report", "office", "public"])
def test_an_address_that_is_not_there_is_said_on_a_page(
    installation: Installation, new_context: Callable[..., BrowserContext], door: str
) -> None:
    page = new_context().new_page()
    answer = page.goto(f"{installation.urls[door]}/ar/nothing-here")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "لا شيء هنا"
    assert page.get_by_role("link", name="إلى الصفحة الأولى").get_attribute("href") == "/ar/"
    assert axe_violations(page) == []


def test_the_report_doors_page_names_no_purpose_in_title_and_history(
    installation: Installation, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    page.goto(installation.urls["report"])
    assert page.title() == "Page"
    assert page.get_by_role("link", name="Leave this page").is_visible()
