"""A desk gets a new key while reports wait: they are answered all the same, and the answers stay readable."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.office_pages import press
from e2e.workbench import open_report, reload_list
from fairline.seal.words import entropy_to_words

SAID = "The pump runs dry each night."


@pytest.fixture(scope="module")
def ilse(office_at_work, contexts) -> Page:
    """The lead."""
    return office_at_work.signed_in(contexts, "ilse")


@pytest.fixture(scope="module")
def bao(office_at_work, contexts) -> Page:
    """A handler, whose workbench stays open meanwhile."""
    return office_at_work.signed_in(contexts, "bao")


def renew(page: Page) -> None:
    page.evaluate("location.hash = '#/desks'")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "sheet" in answer.url) as answer:
        page.get_by_role("button", name="Renew the key", exact=True).first.click()
    assert answer.value.ok
    page.evaluate("location.hash = '#/arrivals'")
    expect(page.locator(".rows .entry").first).to_be_visible()


def answer(page: Page, words: str) -> None:
    page.locator("#to-them").click()
    page.locator("#draft").fill(words)
    press(page, "Look it over and send")
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()


def test_what_came_before_a_new_key_is_answered_and_the_answers_stay_readable(
    office_at_work, ilse, bao, tmp_path
) -> None:
    reporter = office_at_work.reporter()
    reporter.file({"what": SAID})
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    renew(ilse)
    # The workbench that stayed open is told, takes the new key in, and what was written is still there.
    answer(bao, "Thank you. Which pump?")
    expect(bao.locator(".detail [role=alert]").first).to_contain_text("Other people read this")
    expect(bao.locator("#draft")).to_have_value("Thank you. Which pump?")
    press(bao, "Look it over and send")
    bao.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(bao.locator("#draft")).to_have_value("")
    renew(ilse)
    reload_list(ilse)
    open_report(ilse, reporter.thread_id)
    answer(ilse, "We look tonight.")
    expect(ilse.locator("#draft")).to_have_value("")
    expect(ilse.locator(".detail article .story .notice.danger")).to_have_count(0)
    words = tmp_path / "words"
    words.write_text(" ".join(entropy_to_words(reporter.receipt, "english")), "utf-8")
    running = office_at_work.running
    done = running.command("open", running.urls["report"], "--receipt-file", str(words), check=False)
    assert (done.returncode, "WRONG" in done.stdout) == (0, False), done.stdout
    for said in (SAID, "Which pump?", "We look tonight."):
        assert said in done.stdout
