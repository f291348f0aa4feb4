"""How somebody who is named in a report comes to be heard: two members at their browsers, and a letter."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class Letter:
    """What somebody reads on the paper that they were given."""

    def __init__(self, page: Page) -> None:
        paper = page.locator("dialog .letter")
        expect(paper).to_be_visible()
        self.words = paper.locator("ol.words").nth(0).locator("li").all_inner_texts()
        self.digits = paper.locator("ol.words").nth(1).locator("li").all_inner_texts()
        self.text = paper.inner_text()


def drafts_the_notice(page: Page, notice: str) -> None:
    """Write the notice about the open case."""
    page.locator("#draft-notice").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The notice").fill(notice)
    dialog.get_by_role("button", name="Keep the draft").click()
    expect(page.locator("#hearing")).to_contain_text("waits for a second person")


def agrees_to_the_notice(page: Page, notice: str, reported: str) -> None:
    """Read it beside the report's own words, and agree."""
    page.locator("#second-reader").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(notice)
    expect(dialog.locator("#own-words")).to_contain_text(reported)
    dialog.get_by_role("button", name="I agree: it goes as it stands").click()
    expect(page.locator("#inform")).to_be_visible()


def informs(page: Page) -> Letter:
    """Open their mailbox, and print the letter."""
    page.locator("#inform").click()
    page.get_by_role("dialog").get_by_role("button", name="Open the mailbox").click()
    found = Letter(page)
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(page.locator("#hearing")).to_contain_text("They may answer until")
    return found


def records_the_statement(page: Page) -> None:
    """Note that the person concerned has answered in their mailbox."""
    page.locator("#record-statement").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How did it come?").select_option("written")
    dialog.get_by_label("What was said or done, and when").fill("Their answer in the mailbox.")
    dialog.get_by_role("button", name="Sign it").click()
    expect(page.locator("#hearing")).to_contain_text("Informed and heard")
