"""The guided set-up in a real browser, and what follows it: a colleague, keys for both, a test report, an open desk."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from e2e.office_pages import (
    PATIENCE,
    Person,
    heading,
    invite,
    join,
    press,
    set_up,
    set_up_address,
    sign_in,
    take_in,
    write,
)
from support.browsers import axe_violations, listened
from support.report_page import Person as Reporter

STORES = """async () => {
  const databases = await indexedDB.databases();
  const kept = [{ ...localStorage }, { ...sessionStorage }, document.cookie, databases];
  return JSON.stringify([...kept, history.state, location.href]);
}"""


@pytest.fixture(scope="module")
def office(make_installation, browser):
    """A freshly founded office; its first member's page stays unlocked."""
    installation = make_installation("sqlite")
    page = listened(browser.new_context(viewport={"width": 1280, "height": 900}).new_page())
    anna = Person("Anna Weber", "anna")
    set_up(page, installation, anna)
    yield installation, page, anna
    page.context.close()


def test_the_set_up_code_leaves_the_address_and_no_key_is_stored(office):
    _installation, page, anna = office
    assert "#" not in page.url or re.search(r"#/", page.url)
    stored = page.evaluate(STORES)
    assert anna.passphrase not in stored
    assert not any(f'"{word}"' in stored for word in [*anna.way_back, *anna.root])
    assert stored.startswith('[{},{},"",[]')
    assert not [line for line in page.said if "Content Security Policy" in line]


def test_the_printed_sheet_holds_both_keys(office):
    _installation, _page, anna = office
    assert (len(anna.way_back), len(anna.root)) == (12, 24)


def test_a_used_code_founds_no_second_office(office, new_context):
    installation, _page, _anna = office
    page = new_context().new_page()
    page.goto(set_up_address(installation))
    write(page, "Name of the office", "Another office")
    press(page, "Continue")
    expect(page.get_by_role("alert").first).to_contain_text("not known, or was used already")


def test_a_code_that_comes_into_an_open_tab_is_taken(office, new_context):
    installation, _page, _anna = office
    page = new_context().new_page()
    address = set_up_address(installation)
    page.goto(address.partition("#")[0])
    heading(page, "This office is set up")
    page.goto(address)
    expect(page.get_by_label("Set-up code")).to_have_value(address.partition("#")[2])
    assert "#" not in page.url


def test_a_colleague_joins_and_the_desk_opens(office, browser):
    installation, page, _anna = office
    ben = Person("Ben Okafor", "ben")
    link = invite(page, "Ben Okafor", "handler at Reporting desk")
    theirs = listened(browser.new_context(viewport={"width": 1280, "height": 900}).new_page())
    words = join(theirs, link, ben)
    assert "#" not in theirs.url
    assert take_in(page, "Ahorn") == words

    page.get_by_role("link", name="Desks", exact=True).click()
    expect(page.get_by_text("Ben Okafor works here but holds no key yet.")).to_be_visible(timeout=PATIENCE)
    press(page, "Open the desk")
    expect(page.get_by_role("dialog")).to_contain_text("Only one person holds this desk")
    press(page, "Close")
    press(page, "Give them the key")
    expect(page.locator(".readers")).to_contain_text("Ben Okafor", timeout=PATIENCE)

    press(theirs, "Look again")
    expect(theirs.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)
    theirs.get_by_role("link", name="Desks", exact=True).click()
    heading(theirs, "Reporting desk")

    press(page, "Send a test report")
    address = page.locator("#test-link").get_attribute("href")
    press(page, "Done")
    file_test_report(browser, address)

    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="Desks", exact=True).click()
    expect(page.get_by_text("Everything was tried. This desk may open.")).to_be_visible(timeout=PATIENCE)
    press(page, "Open the desk")
    expect(page.locator(".chip.good")).to_have_text("Open", timeout=PATIENCE)
    page.get_by_role("link", name="Arrivals").click()
    expect(page.locator(".rows .entry")).to_have_count(1, timeout=PATIENCE)
    theirs.get_by_role("link", name="Arrivals").click()
    expect(theirs.locator(".rows .entry")).to_have_count(1, timeout=PATIENCE)
    theirs.context.close()
    assert installation.answers("office")


@dataclass
class Leading:
    """Where a lead's test link leads."""

    link: str

    def address(self, _language: str = "", _pin: str | None = None) -> str:
        return self.link


def file_test_report(browser, address):
    """Report to the closed desk as the test link leads there."""
    context = browser.new_context()
    somebody = Reporter(Leading(address), context)
    somebody.opens().writes("This is a test.")
    # With one desk there is nothing to choose.
    somebody.page.check("#concerns-no")
    somebody.page.locator("#view button[type=submit]").click()
    somebody.page.wait_for_selector("#view fieldset:not(#concerns)")
    somebody.goes_on().keeps_the_receipt().sends()
    context.close()


@pytest.mark.parametrize("view", ["people", "desks", "account"])
def test_nothing_serious_for_who_hears_or_types(office, view):
    _installation, page, _anna = office
    page.evaluate("view => { location.hash = `#/${view}`; }", view)
    expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(500)
    assert axe_violations(page) == []


def test_signing_in_again_finds_everything(office, new_context):
    installation, _page, anna = office
    page = listened(new_context().new_page())
    sign_in(page, installation, anna)
    expect(page.get_by_role("link", name="People and keys")).to_be_visible()
    assert [line for line in page.said if line.startswith(("error", "uncaught"))] == []
