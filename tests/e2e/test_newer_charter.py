"""A workbench that stays open while the office signs new charters: it goes on in them, or says why it does not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.peers import to_people
from e2e.third import both_sign
from e2e.workbench import Demonstration, open_report
from support.browsers import axe_violations

DESK = "Integrity desk"
FIRST, SECOND = "Which gate was it?", "And on which day?"


@pytest.fixture
def here(make_demonstration) -> Demonstration:
    """The office of this story alone: its people change."""
    return Demonstration(make_demonstration())


def answers(page: Page, text: str) -> None:
    page.locator("body").press("r")
    page.locator("#draft").fill(text)
    page.get_by_role("button", name="Look it over and send").click()
    page.get_by_role("dialog").get_by_role("button", name="Send").click()


def changes(first: Page, second: Page, name: str, role: str, *, has: bool) -> None:
    """Two administrators sign that somebody has a role from now on, or has it no longer."""
    to_people(first)
    first.get_by_role("row", name=name).get_by_role("button", name="Roles", exact=True).click()
    first.get_by_role("dialog", name=name).get_by_label(role).set_checked(has)
    both_sign(first, second, f"{name} becomes: {role}" if has else f"{name} is no longer: {role}")


def test_what_is_signed_goes_through_and_who_lost_a_role_reads_so_and_keeps_their_words(here, new_context):
    reporter = here.reporter(DESK)
    reporter.file({"what": "A crate was opened at night."})
    ilse, noor, tomas = (here.signed_in(new_context, name) for name in ("ilse", "noor", "tomas"))
    open_report(tomas, reporter.thread_id)
    changes(ilse, noor, "Odile Brandt", "custodian of names", has=True)
    answers(tomas, FIRST)
    story = tomas.locator(".detail article .story")
    expect(story).to_contain_text(FIRST)
    open_report(noor, reporter.thread_id)
    read = noor.locator(".detail article .story")
    expect(read).to_contain_text(FIRST)
    expect(read.locator(".notice.danger")).to_have_count(0)

    changes(ilse, noor, "Tomas Lind", f"handler at {DESK}", has=False)
    answers(tomas, SECOND)
    said = tomas.get_by_text("by which these roles are no longer yours").first
    expect(said).to_contain_text(f"handler at {DESK}")
    expect(said).to_contain_text("Nothing was done; what you wrote is still here.")
    expect(story).not_to_contain_text(SECOND)
    expect(tomas.locator("#draft")).to_have_value(SECOND)
    assert axe_violations(tomas) == []
    open_report(noor, reporter.thread_id)
    expect(read).to_contain_text("A crate was opened at night.")
    expect(read).not_to_contain_text(SECOND)
