"""The office door of a demonstration: what stands there is enough to sign in, and goes away with the sign-in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from support.browsers import axe_violations, listened
from support.installation import Installation

PATIENCE = 30_000


@pytest.fixture
def page(demonstrations: Callable[[str], Installation], new_context: Callable[..., BrowserContext]) -> Page:
    page = listened(new_context(viewport={"width": 1280, "height": 900}).new_page())
    page.goto(f"{demonstrations('sqlite').urls['office']}/")
    expect(page.get_by_label("Sign-in name", exact=True)).to_be_visible(timeout=PATIENCE)
    return page


def test_anybody_signs_in_with_what_stands_there(page: Page) -> None:
    row = page.locator("#demonstration tbody tr").filter(has_text="Tomas Lind")
    passphrase, digits = row.locator(".code").all_inner_texts()
    page.get_by_label("Sign-in name", exact=True).fill(row.locator("th").inner_text().split()[0])
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_label("Six digits from your telephone", exact=True).fill(digits)
    page.get_by_role("button", name="Sign in and unlock", exact=True).click()
    expect(page.locator("nav.tabs")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#demonstration")).to_be_hidden()
    page.locator("body").press("Shift+L")
    expect(page.locator("#demonstration")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_it_fits_and_reads(page: Page, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not [line for line in getattr(page, "said") if line.startswith(("error", "uncaught"))]  # noqa: B009
