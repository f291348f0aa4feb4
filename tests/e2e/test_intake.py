"""A handler takes down what somebody says by telephone: kept at each pause, filed, corrected by the person."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from e2e.workbench import open_report, unlock_again
from fairline.seal.primitives import b64
from fairline.seal.receipt import derive
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations
from support.report_page import PHONE, Person

PATIENCE = 30_000
DESK = "Safety and security desk"
SAID = "Rang at ten: the scale at gate two shows a fifth too little."


@dataclass
class Paper:
    """The address that a handler gives to somebody."""

    running: object
    office: str

    def address(self, language: str = "", _pin: str | None = None) -> str:
        prefix = f"/{language}" if language else ""
        return f"{self.running.urls['report']}{prefix}/at/{self.office}/"


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def dialog(bao):
    return bao.get_by_role("dialog", name="Take down a report")


@pytest.fixture(scope="module")
def kept(bao, dialog):
    """One key, from a view that has nothing to do with it; then a pause."""
    bao.evaluate("location.hash = '#/account'")
    expect(bao.get_by_role("heading", level=1, name="My account")).to_be_visible(timeout=PATIENCE)
    bao.keyboard.press("Shift+I")
    bao.keyboard.type(SAID)
    expect(dialog.get_by_role("status")).to_contain_text("Kept, sealed for you alone", timeout=PATIENCE)
    assert axe_violations(bao) == []
    dialog.get_by_label("How to reach them, if they agree").fill("555 0142, evenings")
    dialog.get_by_role("button", name="Put it away").click()


@pytest.fixture(scope="module")
def words(bao, dialog, kept, office_at_work):
    """Unlocked again, the note is gone on with, and filed in three clicks; the words on the person's paper."""
    bao.evaluate("location.hash = '#/arrivals'")
    unlock_again(bao, office_at_work.member("bao"))
    bao.keyboard.press("Shift+I")
    dialog.get_by_text("earlier note").click(timeout=PATIENCE)
    dialog.get_by_role("listitem").filter(has_text=SAID).get_by_role("button", name="Go on with it").click()
    expect(dialog.get_by_label("What they say")).to_have_value(SAID)
    expect(dialog.get_by_label("How to reach them, if they agree")).to_have_value("555 0142, evenings")
    dialog.get_by_role("button", name="Make it a report").click()
    dialog.get_by_label(DESK).check()
    dialog.get_by_role("button", name="Seal and file it").click()
    shown = dialog.locator("#intake-receipt li")
    expect(shown).to_have_count(12, timeout=PATIENCE)
    assert axe_violations(bao) == []
    found = [word.strip() for word in shown.all_inner_texts()]
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0)
    return found


def test_what_is_filed_waits_in_no_notebook_any_more(bao, dialog, words):
    bao.keyboard.press("Shift+I")
    with bao.expect_response(lambda answer: answer.url.endswith("/notebook")) as answer:
        dialog.get_by_role("button", name="Put it away").click()
        bao.keyboard.press("Shift+I")
    assert answer.value.json()["notes"] == []
    dialog.get_by_role("button", name="Put it away").click()
    # Of the words any one may stand somewhere by itself: *link*, *office*, *report*.
    there = set(re.findall("[a-z]+", bao.content()))
    assert sum(word in there for word in words) < 4
    assert " ".join(words[:2]) not in bao.locator("body").inner_text()


def test_the_desk_reads_who_took_it_down(bao, words, office_at_work):
    thread = derive(words_to_entropy(" ".join(words)), office_at_work.office).id
    open_report(bao, b64(thread))
    told = bao.locator(".detail article .notice").filter(has_text="Taken down by a member of the office")
    expect(told).to_contain_text("You signed that; the signature is proven.")
    expect(bao.locator(".detail article .story")).to_contain_text(SAID)


def test_the_mailbox_asks_for_new_words_first_and_then_for_corrections(words, contexts, office_at_work):
    somebody = Person(Paper(office_at_work.running, b64(office_at_work.office)), contexts(viewport=PHONE))
    somebody.comes_back(" ".join(words))
    page = somebody.page
    expect(page.get_by_role("heading", name="replace it now")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(SAID)).to_be_visible()
    # Before the words are the person's own nothing can be written: no message, no number, no name.
    expect(page.locator("#view textarea")).to_have_count(0)
    expect(page.locator("#about-you")).to_have_count(0)
    page.get_by_role("button", name="Make new words").first.click()
    page.wait_for_selector("#receipt li")
    fresh = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    for field in page.locator("#view input[id^=part-]").all():
        field.fill(fresh[int((field.get_attribute("id") or "").removeprefix("part-"))])
    page.click("#receipt-go")
    expect(page.get_by_role("heading", name="Is it written down as you said it?")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#view textarea").first).to_be_visible()
    assert fresh != words
    # Whoever took it down has words that open nothing any more.
    again = Person(Paper(office_at_work.running, b64(office_at_work.office)), contexts(viewport=PHONE))
    again.comes_back(" ".join(words))
    expect(again.page.locator("#view")).to_contain_text("replaced", timeout=PATIENCE)
    expect(again.page.get_by_text(SAID)).to_have_count(0)


def test_what_cannot_be_kept_is_not_put_away(bao, dialog, words):
    """Nowhere else is what somebody said at the telephone."""
    bao.evaluate("location.hash = '#/account'")
    expect(bao.get_by_role("heading", level=1, name="My account")).to_be_visible(timeout=PATIENCE)
    bao.route("**/notebook/**", lambda route: route.abort())
    bao.keyboard.press("Shift+I")
    bao.keyboard.type("The bridge hums at noon.")
    for put_away in (dialog.get_by_role("button", name="Put it away").click, lambda: bao.keyboard.press("Escape")):
        put_away()
        expect(dialog.get_by_role("status")).to_contain_text("It cannot be kept at the moment")
        expect(dialog.get_by_label("What they say")).to_have_value("The bridge hums at noon.")
        # What is under way has ended: whoever lets the next one through would leave this one hanging.
        expect(dialog.get_by_role("button", name="Put it away")).to_be_enabled()
    bao.unroute("**/notebook/**")
    dialog.get_by_role("button", name="Put it away").click()
    expect(dialog).to_have_count(0)
    bao.keyboard.press("Shift+I")
    expect(dialog).to_contain_text("1 earlier note waits")
    dialog.get_by_role("button", name="Put it away").click()


def test_a_note_whose_keeping_was_not_answered_goes_on_from_there(bao, dialog, words, office_at_work):
    """It lies there, and nobody says that another window had changed it."""
    bao.evaluate("location.hash = '#/account'")
    expect(bao.get_by_role("heading", level=1, name="My account")).to_be_visible(timeout=PATIENCE)
    lost: list[str] = []

    def answers_nothing(route):
        if route.request.method == "PUT" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    bao.route("**/notebook/**", answers_nothing)
    bao.keyboard.press("Shift+I")
    bao.keyboard.type("A barrel rolled")
    status = dialog.get_by_role("status")
    expect(status).to_contain_text("It cannot be kept at the moment", timeout=PATIENCE)
    assert lost == ['{"version": 1}']
    bao.keyboard.type(" down the slip.")
    expect(status).to_contain_text("Kept, sealed for you alone", timeout=PATIENCE)
    bao.unroute("**/notebook/**")
    dialog.get_by_role("button", name="Put it away").click()
    bao.keyboard.press("Shift+I")
    dialog.get_by_text("earlier note").click(timeout=PATIENCE)
    notes = dialog.get_by_role("listitem").filter(has_text="A barrel rolled")
    expect(notes).to_have_count(1)
    notes.get_by_role("button", name="Go on with it").click()
    expect(dialog.get_by_label("What they say")).to_have_value("A barrel rolled down the slip.")
    dialog.get_by_role("button", name="Put it away").click()
