"""A page is closed before the report was sent: with the receipt it comes back as it was; without, nothing was kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from support.installation import Installation
from support.report_page import PHONE, STORY, Contexts, Person, Stand, stored_in


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@pytest.fixture
def person(stand: Stand, new_context: Contexts) -> Iterator[Person]:
    somebody = Person(stand, new_context(viewport=PHONE, locale="en"))
    yield somebody
    assert [line for line in somebody.page.said if line.startswith(("uncaught", "error: Refused"))] == []


def kept(person: Person) -> None:
    expect(person.page.locator("#view")).to_contain_text("Your draft is kept, sealed, until", timeout=20_000)


def later(person: Person, new_context: Contexts) -> Person:
    """The same person on a fresh page, after the first was killed."""
    person.page.close()
    again = Person(person.stand, new_context(viewport=PHONE, locale="en"))
    again.words = person.words
    return again


def test_everything_that_was_written_comes_back(person: Person, new_context: Contexts) -> None:
    person.opens().writes()
    person.page.check("#concerns-yes")
    person.page.locator("#whose").get_by_label("First desk").check()
    person.page.get_by_label("Who must not see it?").fill("The head of stores")
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#view fieldset:not(#concerns)")
    person.page.locator("#view textarea").first.fill("Behind the north gate")
    person.says_no_more()
    person.page.check("#naming-open")
    person.page.fill("#your-name", "Ola Nordmann")
    person.page.check("#ring-yes")
    person.page.fill("#reach-way", "555 0123")
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#receipt li")
    person.types_the_receipt_back()
    kept(person)
    again = later(person, new_context)
    again.comes_back()
    view = again.page.locator("#view")
    expect(view).to_contain_text("Your draft is back")
    for text in (STORY, "The head of stores", "Behind the north gate", "Ola Nordmann", "555 0123", "Independent desk"):
        expect(view).to_contain_text(text)
    again.sends()
    said = person.stand.answer("Thank you.")[0]
    assert (said["what"], said["must_not_see"]) == (STORY, "The head of stores")
    assert "555 0123" in said["contact"]


def test_no_button_moves_from_under_a_finger_when_the_draft_is_kept(person: Person) -> None:
    """The server answers when it likes, and a person presses when they like."""
    person.opens().writes().chooses().goes_on()
    person.page.route("**/own", lambda _: None)
    with person.page.expect_request("**/own"):
        person.types_the_receipt_back()
    go_on = person.page.get_by_role("button", name="Continue")
    before = go_on.bounding_box()
    person.page.unroute("**/own")  # what was held goes on
    kept(person)
    assert go_on.bounding_box() == before


def test_what_is_changed_on_the_last_page_is_kept_too(person: Person, new_context: Contexts) -> None:
    person.to_the_end()
    kept(person)
    person.page.get_by_role("button", name="Change: What did you see or hear?").click()
    with person.page.expect_response("**/own"):
        person.page.locator("#view dd textarea").first.fill("It was Wednesday.")
    again = later(person, new_context)
    again.comes_back()
    expect(again.page.locator("#view")).to_contain_text("It was Wednesday.")


def test_a_page_that_goes_to_the_background_is_kept_at_once(person: Person) -> None:
    person.to_the_end()
    kept(person)
    person.page.get_by_role("button", name="Change: What did you see or hear?").click()
    person.page.locator("#view dd textarea").first.fill("It was Thursday.")
    with person.page.expect_response("**/own", timeout=3000):
        person.page.evaluate(
            """() => { Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
                       document.dispatchEvent(new Event('visibilitychange')); }"""
        )


def test_nothing_is_kept_before_the_receipt_or_without_one(person: Person) -> None:
    person.opens().writes().chooses().goes_on()
    person.page.get_by_role("button", name="Go on without a receipt").click()
    person.page.get_by_role("button", name="Go on without it").click()
    person.at_files()
    assert "closing this page loses what you wrote" in person.text()
    person.checks()
    assert "Closing this page before you send loses what you wrote" in person.text()
    person.sends()
    assert [url for url in person.requests if "/own" in url] == []


def test_the_draft_dies_with_the_report(person: Person, new_context: Contexts) -> None:
    person.to_the_end()
    kept(person)
    person.sends()
    again = later(person, new_context)
    again.comes_back().mailbox()
    assert again.page.get_by_label("Your message").input_value() == ""


def test_a_draft_is_thrown_away_and_its_words_lead_to_nothing(person: Person) -> None:
    person.to_the_end()
    kept(person)
    person.page.get_by_role("button", name="Throw the draft away").click()
    person.page.get_by_role("button", name="Throw it away").click()
    person.page.wait_for_selector("#first:not([hidden])")
    assert person.page.input_value("#what") == ""
    person.comes_back()
    expect(person.page.locator("#view")).to_contain_text("no mailbox under these words")


def test_a_draft_leaves_nothing_on_the_device(person: Person) -> None:
    person.to_the_end()
    kept(person)
    left = stored_in(person.page)
    assert (left["cookie"], left["local"], left["session"]) == ("", 0, 0)
    assert (left["databases"], left["caches"], left["workers"]) == (0, 0, 0)
    files = [file for file in person.stand.installation.folder.rglob("*") if file.is_file()]
    assert not any(b"locked cabinet" in file.read_bytes() for file in files)
