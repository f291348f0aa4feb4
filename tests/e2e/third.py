"""A third desk of a running office: founded, held by two, tried, opened, and one report of its own to the end."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from e2e.cases import confirm, triage
from e2e.ending import closes
from e2e.office_pages import press, write
from e2e.peers import to_people
from e2e.workbench import Demonstration, open_report, reload_list
from factories.reporter import Reporter, manifest_at
from fairline.seal.primitives import unb64

DESK = "Research desk"
SEEN = "Somebody filed through the lock of the store where the new alloy lies."
GROUNDS = "The yard changed the lock, and its paper names the day."


def found_a_desk(office: Demonstration, first: Page, second: Page, colleague: str) -> None:
    """Two administrators sign a new desk, which the first leads, and its second person; the lead shares its key."""
    to(first, "desks")
    press(first, "New desk")
    write(first, "Name of the desk", DESK)
    write(first, "In immediate danger", "Call 112.")
    write(first, "Complaints about this office", "The ombudsperson, Quay Street 4")
    write(first, "Telephone for reports", "+49 30 5550124")
    both_sign(first, second, f"A new desk, still closed: {DESK}.")
    to_people(first)
    first.get_by_role("row", name=colleague).get_by_role("button", name="Roles", exact=True).click()
    first.get_by_role("dialog", name=colleague).get_by_label(f"handler at {DESK}").check()
    both_sign(first, second, f"{colleague} becomes: handler at {DESK}.")
    card = to(first, "desks")
    card.get_by_role("button", name="Give them the key").click()
    expect(card.locator(".readers")).to_contain_text(colleague)
    expect(card).not_to_contain_text("no key yet")
    to(first, "account")
    write(first, "The twelve words of your sheet", office.member("ilse")["way_back"])
    press(first, "Try them")
    expect(first.get_by_text("They open your keys.")).to_be_visible()


def opens_it(office: Demonstration, first: Page) -> bytes:
    """Once its second person has unlocked it and a test report has come through, it opens. Its id comes back."""
    door = office.running.urls["report"]
    [desk] = [one.id for one in manifest_at(door, office.office).charter.desks if one.names["en"] == DESK]
    card = to(first, "desks")
    card.get_by_role("button", name="Send a test report").click()
    marks = parse_qs(urlsplit(str(first.locator("#test-link").get_attribute("href"))).fragment)
    press(first, "Done")
    Reporter(door, office.office, desk).file({"what": "A test of the new desk."}, ticket=unb64(marks["test"][0]))
    card = to(first, "desks")
    expect(card).to_contain_text("Everything was tried. This desk may open.")
    card.get_by_role("button", name="Open the desk").click()
    expect(card.get_by_text("Open", exact=True)).to_be_visible()
    return desk


def is_worked_on(reported: Reporter, page: Page, lead: Page) -> None:
    """A report that somebody has read is triaged by its law's kinds, held by two, and closed with grounds."""
    triage(page, reported, re.compile("^Ilse Varga"), law="Research security (advice, not law)")
    confirm(lead, reported)
    reload_list(page)
    open_report(page, reported.thread_id)
    closes(page, GROUNDS, "unfounded")
    last = reported.read().posts[-1].body
    assert (last.text, last.closing.outcome, last.closing.concern) == (GROUNDS, "unfounded", "tampering")


def both_sign(first: Page, second: Page, change: str) -> None:
    first.get_by_role("dialog").get_by_role("button", name="See what changes").click()
    dialog = first.get_by_role("dialog").filter(has_text=change)
    dialog.get_by_role("button", name="Sign", exact=True).click()
    expect(dialog).to_have_count(0)
    to_people(second)
    card = second.get_by_label("Proposal")
    expect(card).to_contain_text(change)
    card.get_by_role("button", name="Sign", exact=True).click()
    expect(card).to_have_count(0)


def to(page: Page, view: str) -> Locator:
    """Enter a view anew, so that it shows what is in force now."""
    page.evaluate("location.hash = '#/arrivals'")
    page.evaluate("view => { location.hash = `#/${view}`; }", view)
    return page.get_by_role("region", name=DESK)
