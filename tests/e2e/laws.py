"""A newer version of a law, as a release brings it: seen at a browser before it is adopted, then counting."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from playwright.sync_api import Locator, Page, expect

from support.browsers import axe_violations

LAW: Final = "generic"
FEEDBACK, READING = "Tell the reporting person what is being done, and why", "A person reads the report"
CHANGES: Final = (
    ('starts = "acknowledged"\nlimit = 3\n', 'starts = "acknowledged"\nlimit = 2\n'),
    ('starts = "received"\nlimit = 2\n', 'starts = "received"\nlimit = 1\nopen_cases = true\n'),
)
"""Feedback in two months for what begins then; reading within a day for what has begun, too, as the law says."""
SMALL, WIDE = {"width": 360, "height": 640}, {"width": 1280, "height": 850}


def sees_what_changes_and_adopts(page: Page) -> None:
    """An administrator reads which open cases it changes and which not, turns back, looks again, and adopts it."""
    law = _law(page)
    expect(law).to_contain_text("Version 1 counts today.")
    expect(law).to_contain_text("This program brings version 2 of this law")
    page.set_viewport_size(SMALL)
    dialog = _changes(page, law)
    # However long it is, it is read from its top: what signs it stands at its end.
    expect(dialog.get_by_role("heading")).to_be_focused()
    expect(dialog.get_by_role("heading")).to_be_in_viewport()
    assert dialog.evaluate("one => one.scrollTop") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(dialog).to_contain_text("Version 2 would count from")
    expect(dialog).to_contain_text(f"{FEEDBACK}: so far 3 months, then 2 months")
    expect(dialog).to_contain_text(f"{READING}: so far 2 working days, then 1 working day")
    expect(dialog).to_contain_text("The law says that it holds for open cases, too.")
    expect(dialog).to_contain_text("open clocks would end on another day:")
    expect(dialog).to_contain_text(re.compile(r"1 report of .+20\d\d, Safety and security desk: so far .+, then .+"))
    expect(dialog).not_to_contain_text("Integrity desk")
    expect(dialog).to_contain_text("of them at desks where you do not work: their days are not told.")
    expect(dialog).to_contain_text(re.compile(r"\d+ open clocks keep the terms under which they began\."))
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Cancel").click()
    page.set_viewport_size(WIDE)
    # Nothing has been adopted by looking.
    law = _law(page)
    expect(law.get_by_text("adopted by")).to_have_count(0)
    _changes(page, law).get_by_role("button", name="Adopt and sign").click()
    expect(law).to_contain_text(re.compile(r"Version 2 counts from .+ on: adopted by Ilse Varga\."))
    expect(law).to_contain_text("Version 1 counts today.")
    expect(law.get_by_role("button", name="See what changes", exact=True)).to_have_count(0)
    assert axe_violations(page) == []


def counts_now(page: Page) -> None:
    """Its day has come."""
    expect(_law(page)).to_contain_text("Version 2 counts today.")


def days_for_feedback(page: Page, arrived: datetime) -> int:
    """Days from its arrival in which the reporting person of the open report is told what is being done."""
    row = page.locator(".clocks dl > div", has_text=FEEDBACK)
    expect(row).to_contain_text("by ")
    found = re.search(r"by (\w+ \d+, \d{4})", row.inner_text())
    assert found
    due = datetime.strptime(found[1], "%B %d, %Y").replace(tzinfo=UTC)
    return (due.date() - arrived.date()).days


def _law(page: Page) -> Locator:
    page.evaluate("location.hash = '#/account'")
    page.evaluate("location.hash = '#/laws'")
    found = page.get_by_role("region", name="General rules of a reporting line")
    expect(found).to_be_visible()
    return found


def _changes(page: Page, law: Locator) -> Locator:
    law.get_by_role("button", name="See what changes", exact=True).click()
    first = page.get_by_role("dialog", name="A newer version of the law")
    first.get_by_role("button", name="See what changes", exact=True).click()
    return page.get_by_role("dialog", name="What changes")
