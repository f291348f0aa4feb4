"""A person reports, on a phone, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from factories.reporter import manifest_at
from fairline.ledger.promises import parse
from fairline.seal.primitives import b64, unb64
from support.browsers import axe_violations
from support.installation import Installation
from support.report_page import PHONE, STORY, Contexts, Person, Stand, stored_in

pytestmark = pytest.mark.story
EACH = pytest.mark.whole
"""Of languages every day one, the one that is written from the right."""


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@pytest.fixture
def person(stand: Stand, new_context: Contexts) -> Iterator[Person]:
    somebody = Person(stand, new_context(viewport=PHONE, locale="en"))
    yield somebody
    assert [line for line in somebody.page.said if line.startswith(("uncaught", "error: Refused"))] == []


def at_rest(page: Page) -> None:
    page.wait_for_timeout(200)


def test_a_report_arrives_and_the_handler_reads_it(person: Person) -> None:
    person.to_the_end().sends()
    assert "It has arrived" in person.text()
    said = person.stand.answer("Which floor was it?")
    assert said[0]["what"] == STORY


def test_nothing_is_stored_and_nobody_else_is_asked(person: Person) -> None:
    person.to_the_end().sends()
    kept = stored_in(person.page)
    assert (kept["cookie"], kept["local"], kept["session"]) == ("", 0, 0)
    assert (kept["databases"], kept["caches"], kept["workers"]) == (0, 0, 0)
    assert person.page.context.cookies() == []
    assert kept["title"] == "Page"
    assert kept["address"] == person.stand.address(pin="")
    assert set(json.loads(kept["history"])) == {"mark", "at"}
    origin = person.stand.installation.urls["report"]
    assert [url for url in person.requests if not url.startswith((origin, f"blob:{origin}", "data:"))] == []
    for trace in (STORY, person.words[0] + " " + person.words[1], person.stand.fingerprint):
        assert all(trace not in url for url in person.requests)


def test_the_server_never_has_a_word_of_it(person: Person) -> None:
    # The debugger does not show the bodies of Blobs, so they are taken where the page hands them over.
    person.page.add_init_script(
        """(() => { const real = fetch; globalThis.sent = []; globalThis.fetch = async (address, how) => {
          if (how?.body) globalThis.sent.push(...new Uint8Array(await how.body.arrayBuffer()));
          return real(address, how); } })()"""
    )
    person.to_the_end().sends()
    sent = bytes(person.page.evaluate("() => globalThis.sent"))
    assert len(sent) > 30_000
    # Some words of the list are names of the wire's own fields: "file", "desk", "share"; and three letters stand in the
    # base64 of some header by chance, six hardly ever.
    names = re.sub(rb'"as":"[a-z]+"|"[a-z]+":', b"", sent)
    words = [word.encode() for word in person.words if len(word) > 5]
    for word in (b"drawings", b"garage", " ".join(person.words[:2]).encode(), *words):
        assert word not in names
    files = person.stand.installation.folder.rglob("*")
    assert all(b"locked cabinet" not in file.read_bytes() for file in files if file.is_file())


def test_the_receipt_must_be_typed_back(person: Person) -> None:
    person.opens().writes().chooses().goes_on()
    person.page.click("#receipt-go")
    faults = person.page.locator(".faults a")
    assert faults.count() == 2
    assert person.page.evaluate("() => document.activeElement.className") == "faults"
    person.keeps_the_receipt()
    assert "Check and send" in person.text()


def test_print_and_copy_wait_until_the_device_is_said_to_be_ones_own(person: Person) -> None:
    person.opens().writes().chooses().goes_on()
    copying = person.page.get_by_role("button", name="Copy for a password manager")
    assert not copying.is_visible()
    person.page.check("#mine")
    assert copying.is_visible()
    person.page.evaluate("() => { window.print = () => { window.printed = document.body.innerText + document.title } }")
    person.page.get_by_role("button", name="Print").click()
    person.page.get_by_role("button", name="Hide").click()
    assert person.page.locator("#receipt li").first.is_hidden()


def test_a_receipt_can_be_declined_after_one_sentence(person: Person) -> None:
    person.opens().writes().chooses().goes_on()
    person.page.get_by_role("button", name="Go on without a receipt").click()
    assert "never be able to read an answer" in person.page.locator("dialog").inner_text()
    person.page.get_by_role("button", name="Go on without it").click()
    person.at_files().checks().sends()
    assert "no answer can reach you" in person.text()
    assert person.page.get_by_role("button", name="Open my mailbox").count() == 0


def test_who_reports_a_desk_is_offered_only_an_independent_one(person: Person) -> None:
    person.opens().writes()
    person.page.locator("#view button[type=submit]").click()
    assert person.page.locator(".faults").count() == 1
    person.page.check("#concerns-yes")
    person.page.locator("#whose").get_by_label("First desk").check()
    assert "Independent desk" in person.page.locator("#view .notice").first.inner_text()
    assert person.page.locator("#desk").count() == 0
    person.page.locator("#whose").get_by_label("Independent desk").check()
    assert "No desk here is independent" in person.text()
    person.page.locator("#view button[type=submit]").click()
    assert person.page.locator(".faults").count() == 1


def test_a_report_that_holds_its_receipt_is_not_sealed(person: Person) -> None:
    person.to_the_end()
    person.page.get_by_role("button", name="Change: What did you see or hear?").click()
    person.page.locator("#view dd textarea").first.fill(f"{STORY} My words: {', '.join(person.words)}")
    person.page.get_by_role("button", name="Done").click()
    before = len(person.requests)
    person.page.locator("#view .button.large").click()
    person.page.wait_for_selector("#view .notice.danger")
    assert "contains the words" in person.text()
    assert [url for url in person.requests[before:] if url.endswith("/drop")] == []


def test_a_wrong_poster_stops_everything(person: Person) -> None:
    person.opens(pin="A" * 43)
    person.page.fill("#what", STORY)
    person.page.click("#go-on")
    person.page.wait_for_selector("#view .notice.danger")
    assert "not the office that your poster" in person.text()
    assert [url for url in person.requests if url.endswith("/drop")] == []


def test_without_a_poster_the_page_says_what_is_less_sure(person: Person) -> None:
    person.opens(pin="").writes()
    person.page.check("#concerns-no")
    assert "takes the server's word" in person.text()


def test_the_promise_is_kept_apart_as_a_file_and_as_a_code(person: Person) -> None:
    person.to_the_end().sends()
    page = person.page
    page.get_by_text("Keep the acknowledgement as a file or a code").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    # Its name says nothing of what it is.
    assert download.value.suggested_filename == "page.json"
    stand = person.stand
    proven = manifest_at(stand.installation.urls["report"], unb64(stand.office))
    promise = parse(download.value.path().read_bytes())
    promise.check(proven.charter.record.promise)
    assert b64(promise.office) == stand.office
    page.get_by_role("button", name="Show as a code").click()
    expect(page.get_by_role("img", name="The acknowledgement as a QR code")).to_be_visible()


def test_a_lost_answer_makes_no_second_report(person: Person) -> None:
    person.to_the_end()
    lost: list[int] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
            return
        lost.append(answer.status)
        route.abort()

    person.page.route("**/drop", lose)
    person.page.locator("#view .button.large").click()
    person.page.wait_for_selector("#view .notice.danger")
    assert "What you wrote is still here" in person.text()
    assert STORY in person.text()
    person.sends()
    person.page.get_by_role("button", name="Open my mailbox").click()
    person.mailbox()
    assert lost == [200]
    assert person.page.locator(".story .message").count() == 1


def test_what_was_changed_after_a_lost_answer_is_said_not_to_be_sent(person: Person) -> None:
    person.to_the_end()
    lost: list[int] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    person.page.route("**/drop", lose)
    person.page.locator("#view .button.large").click()
    person.page.wait_for_selector("#view .notice.danger")
    person.page.get_by_role("button", name="Change: What did you see or hear?").click()
    person.page.locator("#view dd textarea").first.fill("Something else")
    person.page.get_by_role("button", name="Done").click()
    person.page.locator("#view .button.large").click()
    person.page.get_by_role("button", name="Open the mailbox").click()
    person.mailbox()
    assert "They left through the garage" in person.text()


def test_who_writes_a_report_does_not_fetch_the_mailbox(person: Person) -> None:
    person.to_the_end().sends()
    assert [url for url in person.requests if "/report." in url]
    assert [url for url in person.requests if "/mailbox." in url] == []


def test_a_mailbox_whose_program_does_not_come_is_said(person: Person) -> None:
    person.opens()
    person.page.fill("#what", STORY)
    person.page.route("**/mailbox.*", lambda route: route.abort())
    person.page.click("#open-mailbox")
    expect(person.page.locator("#first")).to_contain_text("The rest of the page did not load")
    expect(person.page.locator("#what")).to_have_value(STORY)
    person.page.unroute("**/mailbox.*")
    person.page.click("#open-mailbox")
    expect(person.page.locator("#receipt-words")).to_be_visible()


def test_leaving_is_one_touch_and_back_does_not_return(person: Person) -> None:
    person.page.goto("about:blank")
    person.opens().writes()
    person.page.route("https://**", lambda route: route.fulfill(body="elsewhere", content_type="text/plain"))
    person.page.click("#leave")
    person.page.wait_for_url("https://**")
    person.page.go_back()
    at_rest(person.page)
    assert STORY not in person.page.content()


def test_without_random_numbers_the_page_says_so_and_takes_nothing(stand: Stand, new_context: Contexts) -> None:
    context = new_context(viewport=PHONE, locale="en")
    context.add_init_script("delete Crypto.prototype.getRandomValues")
    page = context.new_page()
    page.goto(stand.address())
    page.wait_for_selector("#unable:not([hidden])")
    assert not page.locator("#what").is_visible()
    assert "By telephone" in page.inner_text("#main")


def test_without_javascript_the_page_says_so(stand: Stand, new_context: Contexts) -> None:
    page = new_context(viewport=PHONE, locale="en", java_script_enabled=False).new_page()
    page.goto(stand.address())
    text = page.inner_text("#main")
    assert "cannot seal without JavaScript" in text
    assert "By telephone" in text
    assert not page.locator("#what").is_visible()


def test_the_keyboard_is_enough(person: Person) -> None:
    person.opens()
    page = person.page
    page.focus("#what")
    page.keyboard.type("I heard it in the corridor.")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "go-on"
    page.keyboard.press("Enter")
    page.wait_for_selector("#concerns")
    assert page.evaluate("() => document.activeElement.tagName") == "H1"
    page.focus("#concerns-no")
    page.keyboard.press("Space")
    page.locator("#desk input").first.focus()
    page.keyboard.press("Space")
    page.locator("#view button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#view fieldset:not(#concerns)")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#naming")
    page.locator("#view button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#receipt li")


@pytest.mark.parametrize(
    ("language", "scheme"),
    [pytest.param("", "light", marks=EACH), ("ar", "dark"), pytest.param("zh-hans", "light", marks=EACH)],
)
def test_axe_finds_nothing_serious_on_any_step(stand: Stand, new_context: Contexts, language: str, scheme: Any) -> None:
    person = Person(stand, new_context(viewport=PHONE, color_scheme=scheme, locale="en"))
    person.opens(language)
    found = [("start", axe_violations(person.page))]
    person.writes()
    person.page.check("#concerns-no")
    person.page.locator("#desk input").first.check()
    found.append(("readers", axe_violations(person.page)))
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#view fieldset:not(#concerns)")
    found.append(("more", axe_violations(person.page)))
    person.says_no_more()
    person.page.check("#naming-locked")
    person.page.check("#ring-yes")
    found.append(("you", axe_violations(person.page)))
    person.page.check("#naming-none")
    person.page.check("#ring-no")
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#receipt li")
    found.append(("receipt", axe_violations(person.page)))
    person.keeps_the_receipt()
    found.append(("check", axe_violations(person.page)))
    person.sends()
    found.append(("sent", axe_violations(person.page)))
    person.page.locator("#view .actions button").first.click()
    person.page.wait_for_selector(".story .message")
    found.append(("mailbox", axe_violations(person.page)))
    assert [row for row in found if row[1]] == []


@pytest.mark.parametrize(("language", "count"), [("ar", 7), ("zh-hans", 12)])
def test_each_language_shows_its_receipt_and_reads_it_back(
    stand: Stand, new_context: Contexts, language: str, count: int
) -> None:
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    person.opens(language).writes()
    person.page.check("#concerns-no")
    person.page.locator("#desk input").first.check()
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#view fieldset:not(#concerns)")
    person.goes_on().keeps_the_receipt()
    assert len(person.words) == count
    person.sends()
    person.comes_back(language="")
    person.page.wait_for_selector(".story .message")
    assert STORY in person.text()
