"""Names and telephone numbers: what the reporting person chooses, what the desk sees of it, what is taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.workbench import DemonstrationStand, open_report, reload_list
from fairline.seal.primitives import b64
from fairline.seal.receipt import derive
from fairline.seal.words import words_to_entropy
from support.report_page import PHONE, STORY, Person

PATIENCE = 30_000


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    """A handler of the first desk, unlocked once for all tests of this module."""
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture
def person(office_at_work, new_context):
    """Somebody at the report page who has come as far as the questions about themselves."""
    somebody = Person(DemonstrationStand(office_at_work), new_context(viewport=PHONE, locale="en"))
    return somebody.opens().writes(STORY).chooses("Safety and security desk").says_no_more()


def goes_to_the_end(person):
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#receipt li")
    return person.keeps_the_receipt().sends()


def opened(bao, office_at_work, words):
    """Open the report whose receipt these words are."""
    reload_list(bao)
    mailbox = derive(words_to_entropy(" ".join(words)), office_at_work.office)
    open_report(bao, b64(mailbox.id))


def test_without_a_name_the_desk_sees_neither_name_nor_number(person, bao, office_at_work):
    expect(person.page.locator("#naming-none")).to_be_checked()
    expect(person.page.locator("#ring-no")).to_be_checked()
    goes_to_the_end(person)
    opened(bao, office_at_work, person.words)
    expect(bao.locator(".reaching")).to_have_count(0)


def test_a_name_locked_away_says_who_could_open_it_and_is_not_shown_to_the_desk(person, bao, office_at_work):
    choice = person.page.locator(".choice").filter(has=person.page.locator("#naming-locked"))
    expect(choice).to_contain_text("2 of 3 custodians together with the people who handle the report")
    person.page.check("#naming-locked")
    expect(person.page.locator("#view")).to_contain_text("It is opened where you agree")
    person.page.locator("#view button[type=submit]").click()
    expect(person.page.locator(".faults")).to_contain_text("Please write your name")
    person.page.fill("#your-name", "Ottilie Brandt")
    goes_to_the_end(person)
    opened(bao, office_at_work, person.words)
    expect(bao.locator(".detail article")).to_contain_text(STORY)
    assert "Ottilie" not in bao.content()


def test_a_name_for_the_readers_stands_above_the_report(person, bao, office_at_work):
    person.page.check("#naming-open")
    person.page.fill("#your-name", "Ramon Ibarra")
    goes_to_the_end(person)
    opened(bao, office_at_work, person.words)
    expect(bao.locator(".reaching")).to_contain_text("Ramon Ibarra")


def test_what_was_typed_under_another_choice_is_not_sent(person, bao, office_at_work):
    person.page.check("#naming-open")
    person.page.fill("#your-name", "Ramon Ibarra")
    person.page.check("#naming-none")
    goes_to_the_end(person)
    opened(bao, office_at_work, person.words)
    expect(bao.locator(".reaching")).to_have_count(0)


def test_who_can_be_rung_up_needs_no_receipt_and_the_handler_notes_what_was_said(person, bao, office_at_work):
    page = person.page
    page.check("#ring-yes")
    expect(page.locator("#view")).to_contain_text("Everyone who may read the report sees your number")
    page.locator("#view button[type=submit]").click()
    expect(page.locator(".faults")).to_contain_text("Please write your number")
    page.fill("#reach-way", "555 0177")
    page.fill("#reach-when", "after six")
    expect(page.locator("#reach-language")).to_have_value("English")
    page.locator("#view button[type=submit]").click()
    page.wait_for_selector("#receipt li")
    person.words = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    page.locator(".notice").get_by_role("button", name="Go on without a receipt").click()
    expect(page.get_by_role("dialog")).to_contain_text("They can ring you.")
    page.get_by_role("button", name="Go on without it").click()
    person.at_files().checks()
    expect(page.locator("#view dl").first).to_contain_text("555 0177 · after six · English")
    expect(page.locator("#view")).to_contain_text("Without a receipt: they can ring you")
    person.sends()
    assert "If they have a question they can reach you: 555 0177" in person.text()

    opened(bao, office_at_work, person.words)
    expect(bao.locator("#contact")).to_have_text("555 0177 · after six · English")
    bao.locator("#rang").click()
    expect(bao.locator("#draft")).to_be_focused()
    bao.keyboard.type("she saw it twice")
    bao.get_by_role("button", name="Keep the note").click()
    expect(bao.locator(".message.note")).to_contain_text("Spoke with:")
    expect(bao.locator(".message.note")).to_contain_text("she saw it twice")


def test_a_number_is_left_and_taken_back_in_the_mailbox(person, bao, office_at_work):
    goes_to_the_end(person)
    person.comes_back().mailbox()
    page = person.page
    known = page.locator("section", has=page.locator("#about-you"))
    expect(known).to_contain_text("not given to those who read the report")
    page.get_by_text("Leave a telephone number").click()
    page.get_by_role("button", name="Let them ring me").click()
    expect(page.locator(".faults")).to_contain_text("Please write your number")
    page.fill("#reach-way", "555 0190")
    page.get_by_role("button", name="Let them ring me").click()
    expect(known.locator("dl")).to_contain_text("555 0190 · English", timeout=PATIENCE)
    opened(bao, office_at_work, person.words)
    expect(bao.locator("#contact")).to_have_text("555 0190 · English")
    expect(bao.locator(".detail article .story")).to_contain_text("They left a way to reach them.")

    page.get_by_role("button", name="Take the number back").click()
    expect(page.get_by_role("dialog")).to_contain_text("Who has read it has read it")
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(known.locator("dl")).not_to_contain_text("555 0190", timeout=PATIENCE)
    opened(bao, office_at_work, person.words)
    expect(bao.locator(".reaching")).to_contain_text("they took back how to reach them")
    assert "555 0190" not in bao.content()


def test_a_name_is_given_later_under_seal_with_shares_of_its_own(person, bao, office_at_work):
    goes_to_the_end(person)
    person.comes_back().mailbox()
    page = person.page
    page.get_by_text("Give my name now, under seal").click()
    expect(page.locator("#view")).to_contain_text("That you gave a name now can be seen; the name cannot.")
    page.get_by_role("button", name="Lock my name away").click()
    expect(page.locator(".faults")).to_contain_text("Please write your name")
    page.fill("#later-name", "Ottilie Brandt")
    page.get_by_role("button", name="Lock my name away").click()
    known = page.locator("section", has=page.locator("#about-you"))
    expect(known).to_contain_text("You gave a name under seal on", timeout=PATIENCE)
    opened(bao, office_at_work, person.words)
    story = bao.locator(".detail article .story")
    expect(story).to_contain_text("They left a name under seal, for custodians and handlers together.")
    assert "Ottilie" not in bao.content()

    reporter = office_at_work.reporter()
    reporter.receipt = words_to_entropy(" ".join(person.words))
    thread = reporter.read()
    given = [post.body.dealt for post in thread.posts if post.body.dealt is not None]
    # Its own K2 and its own shares: one deal opens nothing of the other.
    assert len(given) == 2
    assert given[0].K2 != given[1].K2
    assert not set(given[0].shares) & set(given[1].shares)
    assert [len(one.shares) for one in given] == [3, 3]


def test_a_contact_that_was_taken_back_is_hidden(bao, office_at_work):
    reporter = office_at_work.reporter()
    reporter.file({"what": "The gate stood open again."}, contact="555 0155\nin the evening")
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(bao.locator("#contact")).to_have_text("555 0155 · in the evening")
    reporter.withdraw_contact()
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(bao.locator(".reaching")).to_contain_text("they took back how to reach them. Whoever has read it")
    assert "555 0155" not in bao.content()


def test_an_administrator_says_how_many_custodians_must_agree(office_at_work, contexts):
    ilse = office_at_work.signed_in(contexts, "ilse")
    ilse.evaluate("location.hash = '#/people'")
    card = ilse.locator("#custody")
    expect(card).to_contain_text("Mira Solano, Wen Baoyi, and Yusuf Adel", timeout=PATIENCE)
    expect(card).to_contain_text("2 of 3 must agree")
    card.get_by_role("button", name="How many must agree").click()
    dialog = ilse.get_by_role("dialog")
    dialog.get_by_label("3 of 3").check()
    dialog.get_by_role("button", name="See what changes").click()
    expect(dialog).to_contain_text("3 custodians of names; 3 of them must agree", timeout=PATIENCE)
    dialog.get_by_role("button", name="Do not sign").click()
