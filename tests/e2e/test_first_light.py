"""One whole story, as people live it: an office is founded, somebody reports, somebody answers, the promise is kept."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.office_pages import PATIENCE, Person, heading, invite, join, press, set_up, sign_in, write
from fairline.terminal import filing
from support.browsers import listened
from support.installation import Installation
from support.postgres import BINARIES
from support.report_page import PHONE

pytestmark = pytest.mark.story

DESK = "Reporting desk"
WIDE = {"width": 1280, "height": 900}
REPORT = "Somebody feeds the lighthouse keeper's parrot with access codes, every Thursday before noon."
QUESTION = "In which month did the parrot learn the first of them?"
NOTE = "The aviary's visitors' book is in the green folder."
ANSWER = "It recited four digits already in April, when the ferries stood still."
TEST = "This is a trial of the aviary's line."
TOMORROW = """{ const real = Date; const day = 864e5; globalThis.Date = class extends real {
  constructor(...given) { super(...(given.length ? given : [real.now() + day])); }
  static now() { return real.now() + day; } }; }"""


@dataclass
class Story:
    """Who takes part, and where."""

    installation: Installation
    contexts: Any
    anna: Person
    ben: Person

    def browser(self, **options: Any) -> BrowserContext:
        context: BrowserContext = self.contexts(**{"viewport": WIDE, "locale": "en", **options})
        return context

    def page(self, **options: Any) -> Page:
        return listened(self.browser(**options).new_page())


# All else that a browser walks through every day is on SQLite.
@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.whole), "postgresql"])
def story(request, make_installation, new_context):
    return Story(
        make_installation(request.param), new_context, Person("Anna Weber", "anna"), Person("Ben Okafor", "ben")
    )


def test_from_the_set_up_code_to_the_promise_kept(story):
    lead = story.page()
    set_up(lead, story.installation, story.anna)
    handler = story.page()
    second_administrator(lead, handler, story.ben)
    give_the_key(lead, handler, story)
    address = open_the_desk(story, lead)
    phone = story.page(viewport=PHONE)
    words = report(phone, address)
    read_and_ask(handler)
    answer(story, address, words)
    expect_the_answer(handler)
    story.installation.set_clock("+1d")
    story.installation.command("night")
    find_the_promise_kept(story, address, words)
    for page in (lead, handler, phone):
        assert [line for line in page.said if line.startswith(("uncaught", "error: Refused"))] == []
    assert "Nothing was altered" in story.installation.command("verify").stdout
    assert story.installation.command("check").returncode == 0
    assert spilled(story, words) == []


def second_administrator(lead: Page, handler: Page, ben: Person) -> None:
    """Invited by a link, taken in by comparing words; from then on two must sign, so the newcomer signs too."""
    link = invite(lead, ben.name, f"handler at {DESK}", "administrator")
    eight = join(handler, link, ben)
    again(lead, "People and keys")
    card = lead.locator(".card").filter(has_text="Has answered")
    expect(card.locator(".words li")).to_have_text(eight)
    card.get_by_label("Name that reporting persons see").fill("Ahorn")
    card.get_by_label("I have compared these eight words").check()
    card.get_by_role("button", name="Take them in").click()
    lead.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    expect(lead.get_by_text("1 more signature is needed.")).to_be_visible(timeout=PATIENCE)
    press(handler, "Look again")
    heading(handler, "Waiting for your signature")
    press(handler, "Sign")
    expect(handler.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)


def give_the_key(lead: Page, handler: Page, story: Story) -> None:
    """A new epoch of the desk, held by both; the second person's browser unlocks it after a closed tab."""
    again(lead, "Desks")
    expect(lead.get_by_text("no key yet.")).to_be_visible(timeout=PATIENCE)
    press(lead, "Give them the key")
    expect(lead.get_by_text("no key yet.")).to_have_count(0, timeout=PATIENCE)
    sign_in(handler, story.installation, story.ben)
    again(handler, "Desks")
    heading(handler, DESK)


def open_the_desk(story: Story, lead: Page) -> str:
    """A test report first; then the desk opens. Returns the address that a poster names."""
    again(lead, "Desks")
    press(lead, "Send a test report")
    link = str(lead.get_by_role("link", name="To the report page").get_attribute("href"))
    press(lead, "Done")
    keeping(story.page(), link, TEST)
    again(lead, "Desks")
    expect(lead.get_by_text("Everything was tried. This desk may open.")).to_be_visible(timeout=PATIENCE)
    press(lead, "Open the desk")
    expect(lead.get_by_role("region", name=DESK).get_by_text("Open", exact=True)).to_be_visible(timeout=PATIENCE)
    return link.partition("&test=")[0]


def report(phone: Page, address: str) -> list[str]:
    """One question answered; the words kept; the promise in hand."""
    words = keeping(phone, address, REPORT)
    expect(phone.get_by_text("This is your acknowledgement, signed by the office.")).to_be_visible()
    expect(phone.get_by_text("That somebody has read it")).to_be_visible()
    expect(phone.get_by_text("Keep the acknowledgement as a file or a code")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return words


def keeping(page: Page, address: str, text: str) -> list[str]:
    """Report ``text`` and nothing else, type two words back, send; return the words."""
    page.goto(address)
    page.get_by_label("What did you see or hear?").fill(text)
    press(page, "Continue")
    heading(page, "Who reads it")
    page.get_by_label("No, or I do not know").check()
    press(page, "Continue")
    page.locator("#view .actions .button").first.click()
    page.wait_for_selector("#naming")
    press(page, "Continue")
    heading(page, "Your receipt")
    shown = page.locator("#receipt").get_by_role("listitem")
    expect(shown).to_have_count(12)
    words = [word.strip() for word in shown.all_inner_texts()]
    for field in page.get_by_role("textbox", name=re.compile(r"Word number \d+")).all():
        number = re.search(r"\d+", page.locator(f"label[for={field.get_attribute('id')}]").inner_text())
        field.fill(words[int(number[0]) - 1] if number else "")
    press(page, "Continue")
    heading(page, "Photos, videos, other files")
    press(page, "Continue")
    heading(page, "Check and send")
    expect(page.get_by_text(text)).to_be_visible()
    press(page, "Send")
    heading(page, "It has arrived")
    return words


def read_and_ask(handler: Page) -> None:
    """The handler sees it arrive, declares, reads, asks and writes a note."""
    handler.get_by_role("link", name="Arrivals").click()
    expect(handler.locator(".rows .entry.unread")).to_have_count(2, timeout=PATIENCE)
    for entry in handler.locator(".rows .entry").all():
        entry.click()
        heading(handler, "Before you read")
        assert REPORT not in handler.content()
        press(handler, "I know nobody in this")
        story = handler.locator(".detail article .story")
        expect(story).to_be_visible(timeout=PATIENCE)
        if REPORT in story.inner_text():
            break
    expect(handler.locator(".detail article .story")).to_contain_text(REPORT)
    draft = handler.locator("#draft")
    handler.keyboard.press("r")
    draft.fill(QUESTION)
    press(handler, "Look it over and send")
    handler.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(handler.locator(".message.mine")).to_contain_text(QUESTION, timeout=PATIENCE)
    expect(draft).to_have_value("")
    draft.press("Escape")
    handler.get_by_role("heading", level=1).last.click()
    handler.keyboard.press("n")
    draft.fill(NOTE)
    press(handler, "Keep the note")
    expect(handler.locator(".message.note")).to_contain_text(NOTE, timeout=PATIENCE)


def come_back(page: Page, address: str, words: list[str]) -> None:
    page.goto(address)
    press(page, "I have written before: open my mailbox")
    write(page, "Your receipt", " ".join(words))
    press(page, "Open")
    heading(page, "Your mailbox")


def answer(story: Story, address: str, words: list[str]) -> None:
    """Another day's phone: nothing but the words."""
    phone = story.page(viewport=PHONE)
    come_back(phone, address, words)
    expect(phone.get_by_text(QUESTION)).to_be_visible()
    expect(phone.get_by_text("Ahorn")).to_be_visible()
    assert NOTE not in phone.content()
    write(phone, "Your message", ANSWER)
    press(phone, "Send")
    expect(phone.get_by_role("article").filter(has_text=ANSWER)).to_be_visible(timeout=PATIENCE)
    phone.context.close()


def expect_the_answer(handler: Page) -> None:
    again(handler, "Arrivals")
    entry = handler.locator(".rows .entry.unread").filter(has_text="parrot")
    entry.click()
    expect(handler.locator(".message.theirs").filter(has_text=ANSWER)).to_be_visible(timeout=PATIENCE)


def find_the_promise_kept(story: Story, address: str, words: list[str]) -> None:
    """The next day the browser looks in the published record by itself."""
    context = story.browser(viewport=PHONE)
    context.add_init_script(TOMORROW)
    page = listened(context.new_page())
    come_back(page, address, words)
    expect(page.get_by_text("promises kept")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("article").get_by_text("in the public record", exact=True)).to_have_count(2)
    save_the_proof_of_filing(page)


def save_the_proof_of_filing(page: Page) -> None:
    """One file for others; what it gives away is said before it is saved, and it holds without this server."""
    page.get_by_text("Keep the acknowledgement as a file or a code").click()
    press(page, "Prove to others what you filed …")
    expect(page.get_by_text("the report: every word of it")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("the custodians alone are enough")).to_have_count(0)
    with page.expect_download() as download:
        press(page, "Save the proof of filing")
    assert download.value.suggested_filename == "page-proof.json"
    shown = filing.check(download.value.path().read_bytes())
    assert shown.recorded == shown.day
    assert REPORT in shown.report.answers.values()


def again(page: Page, name: str) -> None:
    """Draw a view anew by going elsewhere and back; the keys stay unlocked."""
    page.get_by_role("link", name="My account").click()
    heading(page, "My account")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name="My account")).to_have_count(0)


def spilled(story: Story, words: list[str]) -> list[str]:
    """Where a text, a passphrase or a way back lies in the databases or in any other file of the installation."""
    secrets = [REPORT, QUESTION, NOTE, ANSWER, TEST, " ".join(words), story.anna.passphrase]
    secrets += [" ".join(person.way_back) for person in (story.anna, story.ben)]
    found = []
    kept = {str(path): path.read_bytes() for path in story.installation.folder.rglob("*") if path.is_file()}
    for name in ("FAIRLINE_DATABASE", "FAIRLINE_PUBLIC_DATABASE"):
        if name in story.installation.environment:
            kept[name] = dump(story.installation.environment[name])
    assert len(kept) > 3
    for secret in secrets:
        # A dump writes bytes as hexadecimal digits.
        needles = (secret.encode(), secret.encode().hex().encode())
        found += [f"{secret!r} in {name}" for name, body in kept.items() if any(needle in body for needle in needles)]
    return found


def dump(url: str) -> bytes:
    """Return all rows of a PostgreSQL database as its own program writes them."""
    done = subprocess.run([str(BINARIES[-1] / "pg_dump"), "--data-only", url], check=True, capture_output=True)
    assert b"COPY" in done.stdout
    return done.stdout
