"""The law's clocks in a real browser: what is due today, one report's clocks, more time with a reason, the mailbox."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.workbench import DemonstrationStand, open_report, reload_list
from fairline.seal.receipt import to_digits
from support.browsers import axe_violations
from support.report_page import PHONE, Person


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def filed(office_at_work, bao):
    reporter = office_at_work.reporter()
    reporter.file({"what": "The seal of the pump house is broken each Friday."})
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    return reporter


def clock(page, label: str):
    return page.locator(".clocks dl > div").filter(has_text=label)


def sign(page, act: str, why: str | None = None) -> None:
    # Opened, not toggled: the panel is drawn anew when something was read or written, and stays as it was left.
    page.locator(".clocks details").evaluate("one => { one.open = true; }")
    page.get_by_role("button", name=act).click()
    dialog = page.get_by_role("dialog")
    if why is not None:
        dialog.get_by_role("combobox", name="Why").select_option(label=why)
    dialog.get_by_role("button", name="Sign it").click()
    expect(dialog).to_have_count(0)


def test_beside_a_report_stand_its_clocks_and_whose_they_are(bao, filed):
    expect(clock(bao, "A person reads the report")).to_contain_text("done on")
    expect(clock(bao, "Acknowledge the report")).to_contain_text("done on")
    expect(clock(bao, "Tell the reporting person what is being done")).to_contain_text("by ")
    expect(clock(bao, "Tell the reporting person what is being done")).to_contain_text("The office's own commitment")
    assert axe_violations(bao) == []


def test_more_time_is_signed_with_a_reason_and_the_mailbox_says_so(bao, filed, office_at_work, new_context):
    sign(bao, "Take more time", "An expert is being asked")
    expect(clock(bao, "Tell the reporting person what is being done")).to_contain_text("more time was taken")
    head, _files = filed._load()
    assert len(head["notices"]) == 3
    page = Person(DemonstrationStand(office_at_work), new_context(viewport=PHONE, locale="en"))
    page.comes_back(" ".join(to_digits(filed.receipt)))
    said = page.page.get_by_role("region", name="Automatic messages")
    expect(said).to_contain_text("This message is your acknowledgement.")
    expect(said).to_contain_text("a person read it for the first time")
    expect(said).to_contain_text("the office took more time to tell you what it does: an expert is being asked.")
    expect(said).to_contain_text("No person wrote these.")
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page.page) == []


def test_an_answer_is_said_to_be_the_feedback_and_its_clock_ends(bao, filed):
    open_report(bao, filed.thread_id)
    bao.locator("#to-them").click()
    bao.locator("#draft").fill("We had the lock changed; nobody was harmed.")
    bao.get_by_role("button", name="Look it over and send").click()
    bao.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(bao.locator(".story .message.mine").last).to_contain_text("We had the lock changed")
    sign(bao, "Our last answer was the feedback")
    expect(clock(bao, "Tell the reporting person what is being done")).to_contain_text("done on")
    expect(bao.locator(".clocks summary")).to_have_count(0)


def test_today_says_what_is_due_what_is_new_and_what_waits(bao, office_at_work):
    bao.evaluate("location.hash = '#/today'")
    expect(bao.get_by_role("heading", name="Today", level=1)).to_be_visible()
    due = bao.get_by_role("region", name="Due")
    # The demonstration's reports that nobody has read are due within two working days.
    expect(due.get_by_role("link", name=re.compile("^Report of")).first).to_be_visible()
    expect(bao.get_by_role("region", name="New")).to_contain_text("Reports that you have not opened yet")
    assert axe_violations(bao) == []
    bao.set_viewport_size({"width": 360, "height": 800})
    assert bao.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bao.set_viewport_size({"width": 1280, "height": 850})
    due.get_by_role("link", name=re.compile("^Report of")).first.click()
    expect(bao.locator(".detail h1")).to_be_visible()
