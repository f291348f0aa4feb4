"""Requests for access, as members record, approve and end them at their browsers."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from support.browsers import axe_violations

NAME = "Ottilie Brandt"


def at_requests(page: Page) -> Page:
    page.evaluate("location.hash = '#/account'")
    expect(page.locator("#record-request")).to_have_count(0)
    page.evaluate("location.hash = '#/requests'")
    expect(page.locator("#record-request")).to_be_visible()
    return page


def records(page: Page, names: str) -> None:
    at_requests(page).locator("#record-request").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Their names, one on each line").fill(names)
    dialog.get_by_label("How their identity was verified, and when").fill("A passport, at our desk.")
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Seal it and record it").click()
    expect(page.locator("[data-request]")).to_contain_text("Two others approve it before anybody searches.")


def approves(page: Page) -> Locator:
    """Approve the one request that is there, and nothing can be done for it before; return its card."""
    card = at_requests(page).locator("[data-request]")
    expect(card).to_contain_text("A passport, at our desk.")
    expect(card.locator("#run-request")).to_have_count(0)
    card.locator("#approve-request").click()
    page.get_by_role("dialog").get_by_role("button", name="Approve it").click()
    expect(card.locator("#approve-request")).to_have_count(0)
    return card


def end_what_nobody_is_left_to_search(recording: Page, first: Page, second: Page) -> None:
    """Where nobody holds a case the person is told so in plain words, and two people end it: `first` is Ilse Varga."""
    records(recording, NAME)
    for page in (first, second):
        expect(approves(page)).to_contain_text(NAME)
    card = at_requests(first).locator("[data-request]")
    expect(card).to_contain_text("Nobody is left who holds a case and has not searched")
    card.locator("#end-request").click()
    letter = first.get_by_role("dialog").locator("#request-letter")
    expect(letter).to_contain_text("nothing was searched. We cannot say that nothing is held.")
    expect(letter).to_contain_text("You may ask again at any time, and complain")
    assert axe_violations(first) == []
    first.get_by_role("dialog").get_by_role("button", name="They were told so").click()
    # Who told the person does not end it, too.
    expect(card).to_contain_text("You have told the person that nobody is left to search. Somebody else ends it.")
    expect(card.locator("#end-request")).to_have_count(0)
    expect(card).to_contain_text(NAME)
    card = at_requests(second).locator("[data-request]")
    expect(card).to_contain_text("Ilse Varga has told the person that nobody is left to search.")
    card.locator("#end-request").click()
    expect(second.get_by_role("dialog").locator("#request-letter")).to_contain_text("nothing was searched.")
    second.get_by_role("dialog").get_by_role("button", name="End it", exact=True).click()
    expect(card).to_contain_text("It was ended because nobody was left to search.")
    expect(card).to_contain_text("The person was told so by Ilse Varga.")
    expect(card).to_contain_text("closed on")
    # Whom it was about is deleted: for everybody, at once.
    for page in (second, recording):
        expect(at_requests(page).locator("[data-request]")).not_to_contain_text(NAME)
        expect(page.locator("[data-request] button")).to_have_count(0)
    assert axe_violations(second) == []
    second.evaluate("location.hash = '#/today'")
    late = second.get_by_role("region", name="Requests for access, not answered in their month")
    expect(late).to_contain_text("1 request was ended by two people because nobody was left to search.")
