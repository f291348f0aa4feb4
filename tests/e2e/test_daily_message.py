"""A member leaves an address for the daily message and tries it; an administrator sees whether messages get through."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.workbench import Demonstration
from support.browsers import axe_violations
from support.mail_server import SENDER, MailServer

TO = "tamsin@post.example"
SENT_IN = 60_000
"""Milliseconds: a process has to start first."""


@pytest.fixture(scope="module")
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def page(make_demonstration, contexts, mail_server):
    running = make_demonstration(
        FAIRLINE_MAIL_HOST="localhost", FAIRLINE_MAIL_TLS="none",
        FAIRLINE_MAIL_PORT=str(mail_server.port), FAIRLINE_MAIL_FROM=SENDER,
    )  # fmt: skip
    return Demonstration(running).signed_in(contexts, "ilse")


def go(page, view: str, heading: str) -> None:
    page.evaluate("view => { location.hash = `#/${view}`; }", view)
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()


def test_a_trial_message_reaches_the_address_and_the_page_says_so(page, mail_server):
    go(page, "account", "Daily message")
    page.get_by_label("E-mail address").fill("tamsin")
    page.get_by_role("button", name="Send it to me every day").click()
    expect(page.locator(".faults")).to_contain_text("not an e-mail address")
    page.get_by_label("E-mail address").fill(TO)
    page.get_by_role("button", name="Send it to me every day").click()
    expect(page.get_by_text("From tomorrow on it comes every day.")).to_be_visible()
    page.get_by_role("button", name="Send me a trial message").click()
    expect(page.get_by_text("The mail server has taken the trial message.")).to_be_visible(timeout=SENT_IN)
    assert [message.to for message in mail_server.taken] == [TO]
    assert axe_violations(page) == []
    go(page, "health", "Health")
    card = page.get_by_role("region", name="Daily message by e-mail")
    expect(card).to_contain_text("The last one was taken.")
    expect(page.get_by_role("region", name="Nightly work")).to_contain_text("Publishing the record of the day")
    assert axe_violations(page) == []


def test_what_does_not_get_through_is_said_to_who_asked_and_on_the_health_page(page, mail_server):
    mail_server.refuse = "550 not here"
    go(page, "account", "Daily message")
    page.get_by_role("button", name="Send me a trial message").click()
    expect(page.get_by_text("The mail server refused the message.")).to_be_visible(timeout=SENT_IN)
    go(page, "health", "Health")
    card = page.get_by_role("region", name="Daily message by e-mail")
    expect(card).to_contain_text("1 message")
    expect(card).to_contain_text("The mail server refused the message.")


def test_the_address_is_deleted(page):
    go(page, "account", "Daily message")
    expect(page.get_by_text(TO)).to_be_visible()
    page.get_by_role("button", name="Delete my address").click()
    expect(page.get_by_label("E-mail address")).to_be_visible()
    expect(page.get_by_text(TO)).to_have_count(0)
    assert [line for line in page.said if line.startswith("uncaught")] == []
