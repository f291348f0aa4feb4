"""A person comes back: reads, answers, checks the record, replaces the receipt, and is told what does not hold."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from support.installation import Installation
from support.report_page import PHONE, STORY, Contexts, Person, Stand, stored_in


@pytest.fixture
def stand(installation: Installation) -> Stand:
    installation.set_clock("")
    return Stand.begin(installation)


@pytest.fixture
def person(stand: Stand, new_context: Contexts) -> Iterator[Person]:
    somebody = Person(stand, new_context(viewport=PHONE, locale="en"))
    somebody.to_the_end().sends()
    yield somebody
    assert [line for line in somebody.page.said if line.startswith(("uncaught", "error: Refused"))] == []


def tomorrow(new_context: Contexts) -> BrowserContext:
    """A browser whose clock is a day ahead, as the installation's is."""
    context = new_context(viewport=PHONE, locale="en")
    context.add_init_script(
        "{ const real = Date; const day = 864e5; globalThis.Date = class extends real {"
        " constructor(...given) { super(...(given.length ? given : [real.now() + day])); }"
        " static now() { return real.now() + day; } }; }"
    )
    return context


def write(person: Person, text: str) -> None:
    person.page.get_by_label("Your message").fill(text)
    person.page.get_by_role("button", name="Send", exact=True).click()


def test_question_answer_and_the_promise_kept_the_next_day(person: Person, new_context: Contexts) -> None:
    stand = person.stand
    stand.answer("Which floor was it?")
    person.comes_back().mailbox()
    assert "Which floor was it?" in person.text()
    assert "Handler A" in person.text()
    assert "promised for tonight" in person.text()
    write(person, "The second floor.")
    person.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")
    assert [line["text"] for line in stand.answer("Thank you.")[1:]] == ["Which floor was it?", "The second floor."]
    stand.installation.set_clock("+1d")
    stand.installation.command("night")
    later = Person(stand, tomorrow(new_context))
    later.words = person.words
    later.comes_back().mailbox()
    later.page.wait_for_selector("#view .notice.good")
    assert "promises kept" in later.text()
    assert "in the public record" in later.text()
    later.page.get_by_role("button", name="Look for anything withheld").click()
    later.page.get_by_text("The record holds nothing for you that is not shown here.").wait_for(timeout=60_000)


def test_a_mailbox_that_was_closed_while_it_sent_stays_closed(person: Person, new_context: Contexts) -> None:
    """Whoever closes it walks away: nothing of it comes back, and what went is not "unsent" there."""
    person.comes_back().mailbox()
    person.page.route("**/post", lambda _: None)
    with person.page.expect_request("**/post"):
        write(person, "One thing more.")
    person.page.get_by_role("button", name="Close the mailbox").click()
    closed = person.page.get_by_role("heading", name="The mailbox is closed")
    expect(closed).to_be_visible()
    with person.page.expect_response("**/post"):
        person.page.unroute("**/post")
    person.page.wait_for_load_state("networkidle")
    expect(closed).to_be_visible()
    expect(person.page.get_by_role("heading", name="Your mailbox")).to_have_count(0)
    again = Person(person.stand, new_context(viewport=PHONE, locale="en"))
    again.words = person.words
    again.comes_back().mailbox()
    assert "One thing more." in again.text()
    expect(again.page.get_by_label("Your message")).to_have_value("")


def test_who_cannot_send_because_the_office_wrote_meanwhile_reads_why(person: Person) -> None:
    person.comes_back().mailbox()
    person.stand.answer("Which floor was it?")
    write(person, "It was by night.")
    why = person.page.locator("#view .notice.warning:focus")
    expect(why).to_be_visible()
    expect(person.page.get_by_label("Your message")).to_have_value("It was by night.")
    assert "Which floor was it?" in person.text()
    person.page.get_by_role("button", name="Send", exact=True).click()
    person.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")


def test_a_broken_promise_gives_a_proof_that_can_be_saved(person: Person, new_context: Contexts) -> None:
    stand = person.stand
    # Somebody at the office takes the entry away before the night.
    database = sqlite3.connect(stand.installation.folder / "var" / "fairline.sqlite3")
    with database:
        database.execute("DELETE FROM ledger_waiting")
    database.close()
    stand.installation.set_clock("+1d")
    stand.installation.command("night")
    later = Person(stand, tomorrow(new_context))
    later.words = person.words
    later.comes_back().mailbox()
    later.page.get_by_text("The office has broken its promise").wait_for()
    with later.page.expect_download() as saving:
        later.page.get_by_role("button", name="Save the proof").click()
    proof = json.loads(saving.value.path().read_text(encoding="utf-8"))
    assert proof["kind"] == "broken promise"
    assert proof["promise"]["office"] == stand.office
    assert "Nordhafen" not in saving.value.suggested_filename
    assert "report" not in saving.value.suggested_filename


def test_a_report_that_was_taken_away_is_found_in_the_record(person: Person, new_context: Contexts) -> None:
    stand = person.stand
    stand.installation.set_clock("+1d")
    stand.installation.command("night")
    database = sqlite3.connect(stand.installation.folder / "var" / "fairline.sqlite3")
    with database:
        for table in ("line_sealedfile", "line_post", "line_thread"):
            database.execute(f"DELETE FROM {table}")
    database.close()
    later = Person(stand, tomorrow(new_context))
    later.words = person.words
    later.comes_back()
    later.page.get_by_role("button", name="Search the record").click()
    later.page.get_by_text("Your report did arrive, and the office does not show it").wait_for(timeout=60_000)


def test_the_mailbox_leaves_nothing_behind(person: Person) -> None:
    person.comes_back().mailbox()
    kept = stored_in(person.page)
    assert (kept["cookie"], kept["local"], kept["session"], kept["databases"], kept["caches"]) == ("", 0, 0, 0, 0)
    assert kept["title"] == "Page"
    assert all(word not in kept["history"] + kept["address"] for word in person.words)
    person.page.get_by_role("button", name="Close the mailbox").click()
    assert STORY not in person.page.content()
    person.page.go_back()
    person.page.wait_for_timeout(200)
    assert STORY not in person.page.content()


def test_capitals_spaces_and_digits_open_it_too(person: Person) -> None:
    person.comes_back("  ".join(word.upper() for word in person.words)).mailbox()
    assert STORY in person.text()


def test_a_mistyped_word_is_named_as_such(person: Person) -> None:
    wrong = [*person.words[:-1], "zzzz"]
    person.comes_back(" ".join(wrong))
    person.page.wait_for_selector(".faults")
    assert "in none of the lists" in person.text()
    person.page.fill("#receipt-words", " ".join(person.words[:-1]))
    person.page.click("#open")
    person.page.get_by_text("These are not twelve words").first.wait_for()


def test_a_mailbox_that_is_not_there_is_looked_for_in_the_record(person: Person) -> None:
    page = person.page
    # Twelve right words of a report that was never sent.
    person.comes_back("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about")
    page.get_by_text("There is no mailbox under these words").wait_for()
    page.get_by_role("button", name="Search the record").click()
    page.get_by_text("Nothing in the record either").wait_for(timeout=60_000)


def test_a_message_that_holds_the_receipt_is_not_sealed(person: Person) -> None:
    person.comes_back().mailbox()
    before = len(person.requests)
    write(person, f"My receipt: {' / '.join(person.words)}")
    person.page.get_by_text("contains the words or digits of your receipt").wait_for()
    assert [url for url in person.requests[before:] if url.endswith("/post")] == []
    assert person.page.get_by_label("Your message").input_value().startswith("My receipt")


def test_what_comes_in_meanwhile_is_read_before_an_answer_goes(person: Person) -> None:
    person.comes_back().mailbox()
    person.stand.answer("One more question?")
    write(person, "An answer to something older.")
    person.page.get_by_text("One more question?").wait_for()
    assert person.page.get_by_label("Your message").input_value() == "An answer to something older."
    assert person.page.locator(".story .message.mine").count() == 1
    person.page.get_by_role("button", name="Send", exact=True).click()
    person.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")


def test_a_new_key_of_the_desk_is_shown_before_writing(person: Person) -> None:
    person.stand.rotate("A member has left the desk.")
    person.comes_back().mailbox()
    assert "A member has left the desk." in person.text()
    write(person, "Still there.")
    person.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")


def test_a_new_key_while_writing_a_report_is_shown_and_asked_for(stand: Stand, new_context: Contexts) -> None:
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    person.to_the_end()
    stand.rotate("Ninety days are over.")
    person.page.locator("#view .button.large").click()
    person.page.get_by_text("Ninety days are over.").wait_for()
    assert [url for url in person.requests if url.endswith("/drop")]
    person.sends()
    assert "It has arrived" in person.text()


def at_new_words(person: Person) -> None:
    """From the open mailbox to the words that are to take the place of these."""
    person.page.get_by_text("Replace this receipt").click()
    person.page.get_by_role("button", name="Make new words").click()
    person.page.wait_for_selector("#receipt li")


def notes_the_words(person: Person) -> None:
    """Write them down, and type back those that are asked for."""
    person.words = [item.inner_text().strip() for item in person.page.locator("#receipt li").all()]
    for field in person.page.locator("#view input[id^=part-]").all():
        field.fill(person.words[int((field.get_attribute("id") or "").removeprefix("part-"))])


def test_a_new_receipt_opens_and_the_old_one_says_replaced(person: Person) -> None:
    person.stand.answer("Which floor was it?")
    old = person.words
    person.comes_back().mailbox()
    message = person.page.get_by_label("Your message")
    message.fill("Half a message.")
    expect(person.page.locator("#view")).to_contain_text("What you have not sent yet is kept")
    at_new_words(person)
    notes_the_words(person)
    assert person.words != old
    person.page.click("#receipt-go")
    person.page.get_by_text("You replaced your receipt").wait_for()
    # Nobody is shown other words by going back, nor asked to replace them once more.
    person.page.go_back()
    expect(person.page.locator("#view h1")).to_have_text("Your receipt is replaced")
    expect(person.page.locator("#receipt")).to_have_count(0)
    person.page.get_by_role("button", name="Open my mailbox").click()
    person.page.get_by_text("You replaced your receipt").wait_for()
    assert STORY in person.text()
    assert "Which floor was it?" in person.text()
    assert person.page.locator("#view .notice.danger").count() == 0
    assert "replaced by new ones" in mail_of(person, old) or "These words were replaced" in mail_of(person, old)
    person.comes_back().mailbox()
    # What lay under the old words lies under the new ones.
    expect(message).to_have_value("Half a message.")
    write(person, "With the new words.")
    person.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")
    assert person.stand.answer("Good.")[-1] == {"text": "With the new words."}


def test_a_look_at_new_words_and_back_loses_no_message_that_was_begun(person: Person) -> None:
    person.comes_back().mailbox()
    message = person.page.get_by_label("Your message")
    write(person, "One that goes.")
    expect(person.page.locator("#view .notice")).to_contain_text(["It was sent."])
    message.fill("Half a message.")
    expect(person.page.locator("#view")).to_contain_text("What you have not sent yet is kept")
    at_new_words(person)
    person.page.get_by_role("button", name="Back", exact=True).click()
    expect(message).to_have_value("Half a message.")
    assert "One that goes." in person.text()
    person.comes_back().mailbox()
    expect(message).to_have_value("Half a message.")


def test_an_answer_that_was_lost_replaces_the_words_all_the_same(person: Person) -> None:
    """The old words are dead by then: whoever is told otherwise loses the new ones, too."""
    person.comes_back().mailbox()
    message = person.page.get_by_label("Your message")
    message.fill("Half a message.")
    expect(person.page.locator("#view")).to_contain_text("What you have not sent yet is kept")
    at_new_words(person)
    notes_the_words(person)

    def lost(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    person.page.route("**/post", lost, times=1)
    person.page.click("#receipt-go")
    expect(person.page.locator("#view .notice.danger")).to_contain_text("no connection")
    person.page.click("#receipt-go")
    person.page.get_by_text("You replaced your receipt").wait_for()
    expect(message).to_have_value("Half a message.")


def test_what_could_not_be_read_on_this_visit_is_not_overwritten(person: Person) -> None:
    person.comes_back().mailbox()
    message = person.page.get_by_label("Your message")
    message.fill("Half a message.")
    expect(person.page.locator("#view")).to_contain_text("What you have not sent yet is kept")
    person.page.route("**/own/read", lambda route: route.abort("connectionreset"))
    person.comes_back().mailbox()
    with person.page.expect_request("**/own/read"):
        message.fill("Another half.")
    person.page.unroute_all()
    expect(person.page.locator("#view")).to_contain_text("What you have not sent yet is kept")
    person.comes_back().mailbox()
    expect(message).to_have_value("Half a message.\n\nAnother half.")


def mail_of(person: Person, words: list[str]) -> str:
    person.comes_back(" ".join(words))
    person.page.wait_for_selector("#view .notice.warning")
    return person.text()


def test_an_altered_file_is_a_red_line_and_the_rest_stays_readable(person: Person) -> None:
    person.stand.answer("Which floor was it?")

    def alter(route: Route) -> None:
        answer = route.fetch()
        body = bytearray(answer.body())
        length = int.from_bytes(body[:4], "big")
        head = json.loads(body[4 : 4 + length])
        # The first file is the office's question: one bit of its last byte.
        at = 4 + length + head["files"][0]["size"] - 1
        body[at] ^= 1
        route.fulfill(response=answer, body=bytes(body))

    person.page.route("**/mailbox", alter)
    person.comes_back().mailbox()
    red = person.page.locator(".story .notice.danger")
    assert red.count() == 1
    assert "The office's message number 1" in red.inner_text()
    assert "altered after sealing" in red.inner_text()
    assert "Which floor was it?" not in person.text()
    assert STORY in person.text()


def test_a_message_that_the_server_leaves_out_is_seen(person: Person) -> None:
    person.stand.answer("First question?")
    person.stand.answer("Second question?")

    def leave_out(route: Route) -> None:
        answer = route.fetch()
        body = answer.body()
        length = int.from_bytes(body[:4], "big")
        head = json.loads(body[4 : 4 + length])
        kept, files, at = [], [], 4 + length
        for post in head["posts"]:
            size = sum(file["size"] for file in post["files"])
            if (post["chain"], post["n"]) != ("o", 0):
                kept.append(post)
                files.append(body[at : at + size])
            at += size
        head |= {"posts": kept, "files": [file for post in kept for file in post["files"]]}
        text = json.dumps(head).encode()
        whole = len(text).to_bytes(4, "big") + text + b"".join(files)
        route.fulfill(response=answer, body=whole)

    person.page.route("**/mailbox", leave_out)
    person.comes_back().mailbox()
    assert "Something before this is missing" in person.text()
    assert "Second question?" in person.text()


def test_a_second_tab_does_not_lose_the_first_ones_text(person: Person) -> None:
    other = Person(person.stand, person.page.context)
    other.words = person.words
    person.comes_back().mailbox()
    other.comes_back().mailbox()
    write(other, "From the second tab.")
    other.page.wait_for_function("() => document.querySelectorAll('.story .message.mine').length === 2")
    write(person, "From the first tab.")
    person.page.get_by_text("From the second tab.").wait_for()
    assert person.page.get_by_label("Your message").input_value() == "From the first tab."
