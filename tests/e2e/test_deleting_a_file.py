"""Two handlers delete a file of a report: one asks and says why, the other agrees, and who sent it is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.workbench import open_report
from factories.attachments import attached
from fairline.seal.primitives import b64
from fairline.seal.words import entropy_to_words
from support.browsers import axe_violations, listened

WIDE, NARROW = "wide-load.bin", "kept.bin"


@pytest.fixture
def reporter(office_at_work):
    """Somebody who has sent two files."""
    one = office_at_work.reporter()
    named = tuple(one.sends(attached(bytes(size), name, "application/octet-stream")) for name, size in
                  ((WIDE, 300_000), (NARROW, 2000)))  # fmt: skip
    one.file({"what": "Both files belong to this."}, files=named)
    return one


def file_row(page, name):
    return page.locator(".files .file", has=page.locator(".filename", has_text=name))


def test_two_people_delete_it_and_the_mailbox_says_when_and_why(office_at_work, contexts, new_context, reporter):
    asking = office_at_work.signed_in(contexts, "bao")
    open_report(asking, reporter.thread_id)
    file_row(asking, WIDE).get_by_role("button", name=f"Delete {WIDE}").click()
    dialog = asking.get_by_role("dialog")
    expect(dialog).to_contain_text("once somebody else who reads this report agrees")
    dialog.get_by_label("it has nothing to do with this report").check()
    assert axe_violations(asking) == []
    dialog.get_by_role("button", name="Sign and ask").click()
    expect(file_row(asking, WIDE)).to_contain_text("You have asked to delete this file")
    expect(file_row(asking, WIDE).get_by_role("button", name="Agree and delete")).to_have_count(0)

    agreeing = office_at_work.signed_in(contexts, "ilse")
    open_report(agreeing, reporter.thread_id)
    row = file_row(agreeing, WIDE)
    expect(row).to_contain_text("it has nothing to do with this report")
    row.get_by_role("button", name="Agree and delete").click()
    agreeing.get_by_role("dialog").get_by_role("button", name="Agree and delete").click()
    expect(row).to_contain_text("The office deleted this file on")
    expect(row.get_by_role("button")).to_have_count(0)
    # The other file and all words are as they were.
    expect(file_row(agreeing, NARROW).get_by_role("button", name=f"Save {NARROW}")).to_be_visible()
    expect(agreeing.locator(".detail .story .written").first).to_contain_text("Both files belong to this.")
    assert axe_violations(agreeing) == []

    mailbox = listened(new_context(viewport={"width": 360, "height": 740}, locale="en").new_page())
    mailbox.goto(f"{office_at_work.running.urls['report']}/at/{b64(office_at_work.office)}/")
    mailbox.click("#open-mailbox")
    mailbox.fill("#receipt-words", " ".join(entropy_to_words(reporter.receipt, "english")))
    mailbox.click("#open")
    expect(mailbox.locator(".story .message").first).to_be_visible()
    expect(mailbox.locator("#view")).to_contain_text("because: it has nothing to do with this report")
    expect(mailbox.locator("#view")).to_contain_text("All that was written stays.")
    assert axe_violations(mailbox) == []
    for page in (asking, agreeing, mailbox):
        assert [line for line in page.said if line.startswith("uncaught")] == []
    assert office_at_work.running.command("verify", check=False).returncode == 0
