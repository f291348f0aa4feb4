"""The end of a case, as members and the reporting person come to it in their browsers."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from support.browsers import axe_violations


def closes(page: Page, grounds: str, outcome: str = "not-competent") -> None:
    """Close the open case with these grounds."""
    page.locator("#end-case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Grounds, for the reporting person").fill(grounds)
    dialog.get_by_label("Outcome", exact=True).select_option(outcome)
    dialog.get_by_role("button", name="Close the case").click()
    expect(page.locator("#reopen")).to_be_visible()


def asks_to_delete(page: Page, thread: str) -> None:
    """Find on Today what was kept for 60 days, and ask to delete it."""
    page.get_by_role("link", name="Today", exact=True).click()
    row = page.locator(f'a[href="#/arrivals/{thread}"]', has_text="kept for 60 days")
    expect(row).to_be_visible()
    row.click()
    expect(page.locator("#kept")).to_contain_text("to be deleted since")
    page.locator("#ask-deletion").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("nothing of it comes back")
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Sign and ask").click()
    expect(page.locator("#asked")).to_contain_text("You asked on")
    expect(page.locator("#agree-deletion")).to_have_count(0)


def agrees_to_delete(page: Page, thread: str, *names: str) -> None:
    """Agree to the deletion of the open case; its certificate names these two people."""
    expect(page.locator("#asked")).to_contain_text("has read all of it")
    page.locator("#agree-deletion").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("nothing can bring them back")
    dialog.get_by_role("button", name="Agree and delete").click()
    certificate = page.locator("[data-certificate]", has_text=thread)
    for name in names:
        expect(certificate).to_contain_text(name)
    expect(certificate).to_contain_text("No copy of the office can be read from")
    certificate.get_by_text("Entries in the record").click()
    expect(certificate.get_by_role("button", name="Print")).to_be_visible()
    assert axe_violations(page) == []
