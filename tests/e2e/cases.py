"""From a report to a case of two people, as members do it in their browsers."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from e2e.workbench import open_report, reload_list

PIPE = "Somebody has filed through the pipe behind the pump house."


def triage(page: Page, reporter, *names: str | re.Pattern[str], law: str = "") -> None:
    """Open a report, say what it is and give it to these people beside oneself; ``law`` is one that names the kind."""
    open_report(page, reporter.thread_id)
    page.locator("#triage").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How urgent is it?").select_option("soon")
    dialog.get_by_label("What does it describe?").select_option("tampering")
    if law:
        named = dialog.locator(f"optgroup[label='Named by {law}'] option[value=tampering]")
        expect(named).to_have_count(1)
        expect(dialog.get_by_role("status")).to_contain_text("Unlawful as such: it counts when somebody observed it.")
    dialog.get_by_label("Does what was observed suffice?").select_option("more-needed")
    dialog.get_by_label("What risk does the reporting person run?").select_option("some")
    dialog.get_by_label("Why so, and what is to be done first").fill("Look at the pipe before the night shift.")
    for name in names:
        dialog.get_by_role("group", name="Who is assigned").get_by_label(name, exact=True).check()
    dialog.get_by_role("button", name="Seal it to them").click()
    expect(page.locator("#case")).to_contain_text("To be confirmed")


def confirm(page: Page, reporter) -> None:
    reload_list(page)
    open_report(page, reporter.thread_id)
    page.locator("#confirm").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator("#people")).to_be_visible()


def looks_at(page: Page, name: str) -> None:
    """Look at a file that is to go to somebody else, in the dialog that asks for it: only what was shown counts."""
    asking = page.get_by_role("dialog").first
    asking.get_by_role("button", name=f"Look at {name}", exact=True).click()
    stage = page.get_by_role("dialog", name="Attachment")
    expect(stage.locator(".state")).to_contain_text("Checked: it is what was sent.")
    stage.get_by_role("button", name="Close", exact=True).click()
    expect(asking).to_contain_text("Looked at")
