"""Who is harmed for reporting says so in their mailbox, is answered, and what protects them is looked at again."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.cases import confirm, triage
from e2e.ending import closes
from e2e.hearing import Letter
from e2e.workbench import DemonstrationStand, open_report, reload_list
from fairline.seal.receipt import to_digits
from support.browsers import axe_violations
from support.report_page import PHONE, Person

STORY = ".detail article .story"
HARM = "Since Monday I work alone in the cellar, and nobody says why."
DONE = "We have asked that you work upstairs again until this is decided."
LOSS = "Three weeks of shift pay that they did not get."
GRANTED = "The three weeks are paid with the next month; agreed with the owner."
RELATIVE = "You told us that somebody follows you home. Please write here what happens; we read it on the same day."
FOLLOWED = "The grey van stood before our house again."
EXACTLY = "Back to the workshop from Thursday on; spoken of with the owner."


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def reporter(office_at_work, contexts, bao):
    """Somebody whose report has become a case of two people."""
    ilse = office_at_work.signed_in(contexts, "ilse")
    found = office_at_work.reporter()
    found.file({"what": "Somebody has filed through the pipe behind the pump house."})
    reload_list(bao)
    triage(bao, found, "Ilse Varga")
    confirm(ilse, found)
    return found


@pytest.fixture(scope="module")
def person(office_at_work, contexts, reporter):
    """The same person at their mailbox, on a phone."""
    found = Person(DemonstrationStand(office_at_work), contexts(viewport=PHONE))
    found.comes_back(" ".join(to_digits(reporter.receipt))).mailbox()
    return found


@pytest.fixture(scope="module")
def asked(person):
    """They tell what was done to them, in a message that says so, and then ask for protection without a word."""
    page = person.page
    page.get_by_role("button", name="Something was done to me for reporting", exact=True).click()
    expect(page.get_by_label("What it is about", exact=True)).to_have_value("retaliation")
    page.get_by_label("Your message", exact=True).fill(HARM)
    sends(page, "Something was done to me for reporting")
    page.get_by_role("button", name="I ask for protection", exact=True).click()
    sends(page, "I ask for protection")


def sends(page: Page, shown: str) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".story .message.mine").filter(has_text=shown)).to_have_count(1)


def signed(page: Page, fill: dict[str, str], choose: dict[str, str] | None = None) -> None:
    """Fill the dialog that is open and sign it; the next act waits for what comes of this one."""
    dialog = page.get_by_role("dialog")
    for label, value in (choose or {}).items():
        dialog.get_by_label(label, exact=True).select_option(value)
    for label, value in fill.items():
        dialog.get_by_label(label, exact=True).fill(value)
    dialog.get_by_role("button", name="Sign it", exact=True).click()
    expect(dialog).to_have_count(0)


def on_today(page: Page, thread: str) -> Locator:
    page.evaluate("location.hash = '#/account'")
    page.evaluate("location.hash = '#/today'")
    expect(page.locator("[aria-labelledby=colleagues] table")).to_be_visible()
    return page.locator(f'[data-review="{thread}"]')


@pytest.fixture(scope="module")
def protected(asked, reporter, bao):
    """A handler takes a measure that is looked at again today, says how dangerous it is, and what was done to them."""
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    panel = bao.locator("#protection")
    expect(panel.locator("#asks.notice.danger")).to_contain_text("They ask for protection.")
    panel.locator("#add-measure").click()
    today = bao.get_by_role("dialog").get_by_label("From which day", exact=True).input_value()
    signed(bao, {"What exactly": EXACTLY, "Looked at again by": today}, {"What is done": "workplace"})
    expect(panel.locator("#measures li")).to_contain_text("review by")
    panel.locator("#assess").click()
    reminds = "From when their mailbox reminds them that they can tell what happened (optional)"
    why = "Why: who could do what, and who knows of the report"
    signed(bao, {why: "The owner knows of it.", reminds: today}, {"Danger": "grave"})
    expect(panel).to_contain_text("Danger in this situation: Grave.")
    panel.locator("#note-retaliation").click()
    signed(bao, {"On which day": today, "What happened, who saw it": HARM}, {"What kind": "duties"})
    expect(panel.locator("#retaliation")).to_contain_text("Other duties, place, hours or less pay")
    return date.fromisoformat(today)


@pytest.fixture(scope="module")
def answered(protected, bao):
    bao.locator("#draft").fill(DONE)
    bao.get_by_role("button", name="Look it over and send", exact=True).click()
    bao.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(bao.locator(f"{STORY} .message.mine").filter(has_text=DONE)).to_have_count(1)


def test_the_page_says_what_can_be_done_where_else_to_turn_and_that_no_name_is_needed(person):
    page = person.page
    section = page.locator("#protecting")
    expect(section).to_contain_text("You need give no name.")
    for folded in section.locator("summary").all():
        folded.click()
    expect(section).to_contain_text("They cannot promise that nothing happens to you.")
    told = section.locator("details").filter(has_text="What you are to be told")
    expect(told).to_contain_text("sealed apart from your report")
    expect(section.locator("details").filter(has_text="Where else you can turn").locator("p")).not_to_be_empty()
    # In every mailbox of the desk, so that it says nothing of who opened this one.
    young = section.locator("details").filter(has_text="If you are young, or worry about a child")
    expect(young).to_contain_text("The listening line of Lantern Valley, 555 0161")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page) == []


def test_what_they_ask_is_said_inside_the_seal(asked, reporter):
    messages = [post.body for post in reporter.read().posts if post.chain == "r" and post.n > 0]
    said = [(body.text, body.protection) for body in messages]
    assert said == [(HARM, "retaliation"), ("", "measures")]


def test_what_was_noted_stands_in_the_story_and_the_panel_and_asks_no_more(protected, bao):
    panel = bao.locator("#protection")
    expect(panel.locator("#asks")).to_be_visible()
    expect(panel.locator(".notice.danger")).to_have_count(0)
    expect(bao.locator(f"{STORY} [data-protection=measure]")).to_contain_text(EXACTLY)
    expect(bao.locator(f"{STORY} .message.theirs").filter(has_text="They ask for protection.")).to_have_count(1)
    assert axe_violations(bao) == []


def test_they_read_the_answer_and_the_day_of_the_reminder_and_no_measure(answered, person, reporter):
    person.comes_back(" ".join(to_digits(reporter.receipt))).mailbox()
    page = person.page
    expect(page.locator(".story .message.theirs")).to_contain_text(DONE)
    expect(page.locator("[aria-labelledby=automatic]")).to_contain_text("here you can tell what has happened to you")
    assert EXACTLY not in page.content()
    assert EXACTLY not in " ".join(getattr(post.body, "text", "") for post in reporter.read().posts)


def test_the_review_is_on_today_until_somebody_has_looked_again(answered, protected, reporter, bao):
    row = on_today(bao, reporter.thread_id)
    expect(row).to_contain_text("by ")
    row.get_by_role("link").click()
    panel = bao.locator("#protection")
    panel.get_by_role("button", name="Look at it again", exact=True).click()
    later = protected + timedelta(days=60)
    signed(bao, {"What exactly; where it ends, why": "It holds so far.", "Looked at again by": later.isoformat()})
    expect(panel.locator("#measures li")).to_contain_text("It holds so far.")
    assert office_days(bao, reporter.thread_id)["review"] == later.isoformat()
    panel.get_by_role("button", name="Look at it again", exact=True).click()
    signed(bao, {"What exactly; where it ends, why": "Nobody harms them any more."}, {"What comes of it": "ends"})
    expect(panel.get_by_text("1 measure has ended", exact=True)).to_be_visible()
    assert office_days(bao, reporter.thread_id)["review"] is None
    expect(on_today(bao, reporter.thread_id)).to_have_count(0)


def test_a_loss_is_asked_for_and_then_decided_and_both_stay_in_the_story(answered, reporter, bao):
    """Compensation: noted once, moved on by the next note; who reported is told in an answer and sees no note."""
    open_report(bao, reporter.thread_id)
    panel = bao.locator("#protection")
    panel.locator("#note-claim").click()
    assert axe_violations(bao) == []
    bao.get_by_role("dialog").get_by_role("button", name="Sign it", exact=True).click()
    expect(bao.get_by_role("dialog")).to_contain_text("Please write what for.")
    signed(bao, {"What for, and what was decided": LOSS})
    claim = panel.locator("#claims li")
    expect(claim).to_contain_text("A loss to be made good: asked for.")
    expect(claim).to_contain_text(LOSS)
    claim.get_by_role("button", name="Change", exact=True).click()
    signed(bao, {"What for, and what was decided": GRANTED}, {"How it stands": "decided"})
    expect(claim).to_have_count(1)
    expect(claim).to_contain_text("A loss to be made good: decided.")
    expect(claim).to_contain_text(GRANTED)
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(claim).to_contain_text(GRANTED)
    notes = bao.locator(f"{STORY} [data-protection=compensation]")
    expect(notes).to_have_count(2)
    expect(notes.first).to_contain_text(LOSS)
    said = " ".join(getattr(post.body, "text", "") for post in reporter.read().posts)
    assert LOSS not in said
    assert GRANTED not in said


def test_a_relative_has_a_mailbox_of_their_own_that_names_no_report(answered, office_at_work, contexts, reporter, bao):
    """Somebody close to who reported is protected, too: they answer on a phone, and it stands beside the case."""
    open_report(bao, reporter.thread_id)
    bao.locator("#open-mailbox").click()
    dialog = bao.get_by_role("dialog", name="Somebody is protected")
    dialog.get_by_label("What they read first").fill(RELATIVE)
    assert axe_violations(bao) == []
    dialog.get_by_role("button", name="Open the mailbox").click()
    letter = Letter(bao)
    assert "pipe" not in letter.text
    bao.get_by_role("dialog").get_by_role("button", name="Done").click()
    relative = Person(DemonstrationStand(office_at_work), contexts(viewport=PHONE))
    relative.comes_back(" ".join(letter.digits)).mailbox()
    assert RELATIVE in relative.text()
    for word in ("pipe", HARM, DONE, reporter.thread_id):
        assert word not in relative.text()
    page = relative.page
    page.locator("#view .notice.warning .button").click()
    page.wait_for_selector("#receipt li")
    words = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    for field in page.locator("#view input[id^=part-]").all():
        field.fill(words[int((field.get_attribute("id") or "").removeprefix("part-"))])
    page.click("#receipt-go")
    page.locator("#view textarea").fill(FOLLOWED)
    page.locator("#view form button[type=submit]").click()
    expect(page.locator(".story .message.mine")).to_contain_text(FOLLOWED)
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.get_by_role("heading", name="Mailbox of")).to_be_visible()
    expect(bao.locator(STORY)).to_contain_text(FOLLOWED)
    # A measure can be taken for them there, and who reported reads nothing of theirs.
    expect(bao.locator("#protection #add-measure")).to_be_visible()
    assert FOLLOWED not in " ".join(getattr(post.body, "text", "") for post in reporter.read().posts)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page) == []


def test_nobody_can_take_the_reminder_away_without_knowing_of_it(answered, reporter, bao):
    """Every step carries the day that the server knows: where it could not be had, there is none to sign."""
    bao.evaluate("location.hash = '#/account'")
    bao.route("**/threads/*/protection", lambda route: route.abort())
    open_report(bao, reporter.thread_id)
    panel = bao.locator("#protection")
    expect(panel.get_by_role("alert")).to_contain_text("did not answer")
    expect(panel.locator("#add-measure")).to_have_count(0)
    bao.unroute("**/threads/*/protection")
    panel.get_by_role("button", name="Try again").click()
    expect(panel.locator("#add-measure")).to_be_visible()


def test_as_the_case_closes_four_words_are_counted_and_no_case_is_named(answered, office_at_work, reporter, bao):
    """After the step before: they asked, one measure was taken, and it has ended."""
    open_report(bao, reporter.thread_id)
    bao.locator("#end-case").click()
    dialog = bao.get_by_role("dialog")
    expect(dialog).to_contain_text("nothing that stays says of which case they are")
    dialog.get_by_role("button", name="Cancel", exact=True).click()
    closes(bao, "What was to be done was done.")
    with sqlite3.connect(office_at_work.running.folder / "var" / "fairline.sqlite3") as database:
        rows = database.execute("select measure, category, count from protection_protectioncount").fetchall()
    assert sorted(rows) == [
        ("protection-for", "reporter", 1), ("protection-grounds", "request", 1),
        ("protection-measure", "workplace", 1), ("protection-result", "ended", 1),
    ]  # fmt: skip


def office_days(page: Page, thread: str) -> dict[str, str | None]:
    """Return what the server knows, as the page asks for it."""
    office = re.search(r"/at/([^/]+)/", page.url)
    assert office is not None
    return page.evaluate(
        "async ([office, thread]) => (await fetch(`/api/at/${office}/threads/${thread}/protection`)).json()",
        [office[1], thread],
    )
