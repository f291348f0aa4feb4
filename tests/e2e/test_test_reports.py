"""A lead tries another desk: nobody there can tell the test before it is opened, and then it says whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from e2e.workbench import in_list, open_report, reload_list
from fairline.seal.primitives import b64
from fairline.seal.receipt import derive
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations
from support.report_page import PHONE, Person

PATIENCE = 30_000
DESK = "Safety and security desk"
SAID = "The gate by the reservoir stood open all night."


@dataclass
class Link:
    """Where a member's link leads."""

    address_: str

    def address(self, _language: str = "", _pin: str | None = None) -> str:
        return self.address_


@pytest.fixture(scope="module")
def noor(office_at_work, contexts):
    """A lead of the other desk."""
    return office_at_work.signed_in(contexts, "noor")


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    """A handler of the desk that is tried."""
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def link(noor):
    noor.evaluate("location.hash = '#/desks'")
    card = noor.get_by_role("region", name=DESK)
    card.get_by_role("button", name="Send a test report").click(timeout=PATIENCE)
    found = noor.locator("#test-link").get_attribute("href")
    assert axe_violations(noor) == []
    noor.get_by_role("dialog").get_by_role("button", name="Done").click()
    return found


@pytest.fixture(scope="module")
def filed(link, contexts):
    """The test as it was filed through the report page; its sealed request beside it."""
    somebody = Person(Link(link), contexts(viewport=PHONE))
    somebody.opens().writes(SAID).chooses(DESK).goes_on().keeps_the_receipt()
    expect(somebody.page.get_by_role("heading", name="This is a test")).to_be_visible()
    somebody.sends()
    return somebody


@pytest.fixture(scope="module")
def thread(filed, office_at_work):
    return b64(derive(words_to_entropy(" ".join(filed.words)), office_at_work.office).id)


def test_the_address_shows_nothing_of_it_once_the_page_is_open(filed):
    assert "#" not in filed.page.url


def test_in_the_list_it_is_a_report_like_any_other(bao, office_at_work, thread):
    plain = office_at_work.reporter()
    plain.file({"what": SAID})
    reload_list(bao)
    same = re.compile(r"\d+")
    tried, real = (
        same.sub("", in_list(bao, one).evaluate("row => row.outerHTML").replace(one, ""))
        for one in (thread, plain.thread_id)
    )
    for passing in (' aria-current="true"', ' tabindex="-"', ' tabindex=""'):
        tried, real = tried.replace(passing, ""), real.replace(passing, "")
    assert tried == real


def test_opened_it_says_that_it_was_a_test_and_whose_signature_proves_it(bao, thread):
    open_report(bao, thread)
    told = bao.locator(".detail article .notice").first
    expect(told).to_contain_text("A test report.")
    expect(told).to_contain_text("Signed by Noor Haddad (Reader C); the signature is proven.")
    expect(bao.locator(".detail article .story")).to_contain_text(SAID)


def test_the_page_that_files_it_has_one_way_to_leave(filed):
    expect(filed.page.get_by_role("link", name="Leave this page")).to_have_count(1)


def test_a_link_that_was_altered_sends_nothing(link, contexts):
    head, _, errand = link.rpartition("by=")
    somebody = Person(Link(f"{head}by={errand[:-8]}AAAAAAAA"), contexts(viewport=PHONE))
    somebody.opens().writes(SAID).chooses(DESK).goes_on().keeps_the_receipt()
    somebody.page.locator("#view .button.large").click()
    expect(somebody.page.get_by_role("alert")).to_contain_text("does not hold here any more", timeout=PATIENCE)


def test_another_language_of_the_page_keeps_the_statement(link, contexts):
    somebody = Person(Link(link), contexts(viewport=PHONE))
    somebody.opens()
    somebody.page.locator(".languages a[lang=ar]").click()
    somebody.page.wait_for_selector("html[dir=rtl] #first:not([hidden])")
    somebody.page.fill("#what", SAID)
    expect(somebody.page.get_by_role("heading", name="هذا اختبار")).to_be_visible(timeout=PATIENCE)
