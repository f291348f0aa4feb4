"""A charter that has run out: its people still unlock and read, sign nothing else, and sign the next one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.office_pages import PATIENCE, Person, press, set_up, sign_in
from support.browsers import axe_violations, listened

OVER = "+130d"


@pytest.fixture(scope="module")
def founded(make_installation, browser):
    """A founded office; its founder has closed the tab."""
    installation = make_installation("sqlite")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    anna = Person("Anna Weber", "anna")
    set_up(page, installation, anna)
    page.context.close()
    return installation, anna


def test_whoever_unlocks_after_its_end_signs_the_next_one_and_nothing_before(founded, new_context) -> None:
    installation, anna = founded
    installation.set_clock(OVER)
    page: Page = listened(new_context(viewport={"width": 360, "height": 800}).new_page())
    page.clock.set_system_time(installation.now())
    sign_in(page, installation, anna)
    standing = page.locator("#standing")
    expect(standing).to_contain_text("The office's charter has ended.")
    assert axe_violations(page) == []
    # What would go to others is not sent: the notebook and the ways in are one's own.
    page.evaluate("location.hash = '#/desks'")
    press(page, "Renew the key")
    expect(page.get_by_role("dialog")).to_contain_text("nobody would believe what is signed now", timeout=PATIENCE)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.evaluate("location.hash = '#/people'")
    press(page, "Sign a new one")
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    expect(standing).not_to_contain_text("The office's charter has ended.", timeout=PATIENCE)
    page.evaluate("location.hash = '#/desks'")
    press(page, "Renew the key")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
