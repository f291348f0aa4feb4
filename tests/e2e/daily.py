"""What members do with a case every day, at their browsers."""

from __future__ import annotations

from playwright.sync_api import Page, expect

STORY = ".detail article .story"


def adds_a_task(page: Page, words: str, who: str, by: str = "") -> None:
    """Note what is to be done about the open case, who does it, and by which day."""
    page.locator("#add-task").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is to be done", exact=True).fill(words)
    dialog.get_by_label("Who does it", exact=True).select_option(label=who)
    dialog.get_by_label("By when (optional)", exact=True).fill(by)
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#tasks")).to_contain_text(words)


def writes_to_them(page: Page, words: str) -> None:
    """Answer whoever wrote the open report."""
    page.locator("#to-them").click()
    page.locator("#draft").fill(words)
    page.get_by_role("button", name="Look it over and send").click()
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(STORY)).to_contain_text(words)
