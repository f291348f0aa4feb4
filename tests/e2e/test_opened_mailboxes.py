"""A member opens a mailbox for somebody, prints the letter, and the person comes with its code."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.hearing import Letter
from e2e.test_cases import confirm, filed, triage
from e2e.workbench import DemonstrationStand, open_report, reload_list
from support.browsers import axe_violations
from support.report_page import PHONE, Person

STORY = ".detail article .story"
TASK = "Please translate the note that we give you here, and keep it to yourself."


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def case(office_at_work, contexts, bao):
    """A report that has become a case of two people."""
    ilse = office_at_work.signed_in(contexts, "ilse")
    reporter = filed(office_at_work, bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    return reporter


@pytest.fixture(scope="module")
def letter(case, bao):
    reload_list(bao)
    open_report(bao, case.thread_id)
    bao.locator("#open-mailbox").click()
    dialog = bao.get_by_role("dialog")
    dialog.get_by_label("What for?").select_option("helper")
    dialog.get_by_label("Language of the letter").select_option("ar")
    dialog.get_by_label("What they read first").fill(TASK)
    dialog.get_by_role("button", name="Open the mailbox").click()
    found = Letter(bao)
    found.faults = axe_violations(bao)
    bao.get_by_role("dialog").get_by_role("button", name="Done").click()
    return found


@pytest.fixture(scope="module")
def helper(office_at_work, contexts, letter):
    """They open it on their telephone, in Arabic, with the digits."""
    person = Person(DemonstrationStand(office_at_work), contexts(viewport=PHONE, locale="ar"))
    person.comes_back(" ".join(letter.digits), "ar").mailbox()
    return person


def test_the_letter_says_how_to_open_it_and_nothing_of_the_case(letter, case):
    assert (len(letter.words), len(letter.digits)) == (12, 7)
    assert "صندوق مختوم لك" in letter.text
    for word in ("pipe", "Bao", "Harbour", case.thread_id):
        assert word not in letter.text
    assert letter.faults == []


def test_the_case_says_which_mailbox_belongs_to_it_and_the_mailbox_says_which_case(case, bao, letter):
    open_report(bao, case.thread_id)
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.get_by_role("heading", name="Mailbox of")).to_be_visible()
    expect(bao.locator(STORY)).to_contain_text(TASK)
    expect(bao.locator(f"{STORY} .notice.danger")).to_have_count(0)
    expect(bao.locator(f'{STORY} a[data-tied="{case.thread_id}"]')).to_be_visible()


def test_with_the_code_it_is_read_and_nothing_can_be_written_before_words_of_ones_own(helper):
    assert TASK in helper.text()
    assert helper.page.locator("#view .notice.danger").count() == 0
    assert helper.page.locator("#view textarea").count() == 0
    assert helper.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_words_of_ones_own_they_write_and_the_code_opens_nothing(helper, letter, case, bao):
    page = helper.page
    page.locator("#view .notice.warning .button").click()
    page.wait_for_selector("#receipt li")
    helper.words = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    for field in page.locator("#view input[id^=part-]").all():
        field.fill(helper.words[int((field.get_attribute("id") or "").removeprefix("part-"))])
    page.click("#receipt-go")
    page.wait_for_selector("#view textarea")
    page.locator("#view textarea").fill("It says: the pump stops at nine.")
    page.locator("#view form button[type=submit]").click()
    expect(page.locator(".story .message.mine")).to_have_count(1)
    open_report(bao, case.thread_id)
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.locator(STORY)).to_contain_text("the pump stops at nine")
    expect(bao.locator(f"{STORY} .notice.danger")).to_have_count(0)
    helper.comes_back(" ".join(letter.digits), "ar")
    expect(page.locator("#view .notice.warning")).to_be_visible()
    helper.comes_back(language="ar").mailbox()
    assert "the pump stops at nine" in helper.text()
