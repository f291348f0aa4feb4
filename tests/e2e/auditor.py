"""An auditor at their page: somebody who reads no report."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from e2e.workbench import Demonstration
from fairline.seal.primitives import b64
from support.browsers import listened


def at_oversight(office: Demonstration, new_context) -> Page:
    """A page at which the demonstration's auditor has just signed in."""
    page = listened(new_context(viewport={"width": 1280, "height": 850}).new_page())
    member = office.member("odile")
    page.goto(f"{office.running.urls['office']}/at/{b64(office.office)}/#/oversight")
    page.locator("input[autocomplete=username]").fill(member["sign_in"])
    page.locator("input[autocomplete=current-password]").fill(member["passphrase"])
    page.locator("input[autocomplete=one-time-code]").fill(office.running.digits(member["totp"]))
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Clocks that run")).to_be_visible()
    return page


def looks_again(page: Page) -> None:
    """Come back to the page of oversight, which asks anew."""
    page.get_by_role("link", name="People and keys").click()
    expect(page.get_by_role("heading", name="Clocks that run")).to_have_count(0)
    page.get_by_role("link", name="Oversight").click()
    expect(page.get_by_role("heading", name="Clocks that run")).to_be_visible()
