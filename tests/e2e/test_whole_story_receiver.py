"""The whole story of offices that receive, and everybody who has a part in one report.

Four desks: three of one office, each under a law of its own, and one of another office, on a server of its own, which
works under no law but the general rules.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.auditor import at_oversight
from e2e.cases import confirm, triage
from e2e.daily import adds_a_task, writes_to_them
from e2e.ending import agrees_to_delete, asks_to_delete
from e2e.hearing import agrees_to_the_notice, drafts_the_notice, informs, records_the_statement
from e2e.peers import names_the_other, passed_on, told_of_the_end
from e2e.third import SEEN as THIRD
from e2e.third import found_a_desk, is_worked_on, opens_it
from e2e.workbench import Demonstration, DemonstrationStand, open_report, reload_list
from factories.reporter import Reporter
from fairline.seal.primitives import b64
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations
from support.report_page import PHONE, Person

pytestmark = pytest.mark.story

SAFETY, INTEGRITY = "Safety and security desk", "Integrity desk"
STORY = ".detail article .story"
SEEN = "The seal on pump four was opened by night, and the harbour has the same pumps."
MASKED = "Seals on pumps like yours may have been opened; please look at them."
ASKED = "Which night was it?"
SAID = "The night to Tuesday."
NOTICE = "We received a report about a pump in which you are named. You can answer here."
STATEMENT = "I was on leave that week, and my key lay in the office."
GROUNDS = "The seal was worn, and what was seen does not say who was there."
CLEARED = "The seal was worn before your leave began."
NIGHTS = 61
"""Days until a report of which too little could be said has been kept for as long as its desk keeps it."""


@pytest.fixture
def here(make_other_demonstration) -> Demonstration:
    """The office of this story alone: its laws change, and its clock."""
    return Demonstration(make_other_demonstration())


def test_a_report_goes_all_the_way_and_nothing_of_it_vanishes(here, office_at_work, new_context):
    there = office_at_work
    ilse, noor = here.signed_in(new_context, "ilse"), here.signed_in(new_context, "noor")
    works_under(ilse, here.desk(SAFETY), "eu-2019-1937-de")
    works_under(noor, here.desk(INTEGRITY), "prc-cel-2023")
    found_a_desk(here, ilse, noor, "Bao Tran")
    names_the_other(ilse, noor, there)
    bao, third = at_a_third_desk(here, ilse, new_context)

    person, reported = somebody_reports(here, new_context)
    mailbox_says(person, "This message is your acknowledgement.", "No person wrote these.")
    other = here.reporter(INTEGRITY)
    other.file({"what": "三号门的秤有问题。"}, language="zh-Hans")

    tomas = here.signed_in(new_context, "tomas")
    is_read_under(bao, reported, "The law: Directive (EU) 2019/1937 Art 9(1)(b)")
    is_read_under(tomas, other, "The office's own commitment")
    mailbox_says(person, "a person read it for the first time")
    is_read_under(bao, third, "The office's own commitment")
    is_worked_on(third, bao, ilse)
    steps_aside(ilse, reported)
    triage(bao, reported, re.compile("^Tomas Lind"))
    confirm(tomas, reported)
    finds_nothing(ilse, reported)

    reload_list(bao)
    open_report(bao, reported.thread_id)
    adds_a_task(bao, "Look at the seal.", "Tomas Lind")
    writes_to_them(bao, ASKED)
    answers_in_the_mailbox(person)
    referral = passed_on(bao, MASKED)
    theirs = there.signed_in(new_context, "ilse")
    reads_what_was_passed_on(theirs, referral)
    expect(theirs.locator(".clocks dl > div", has_text="A person reads the report")).to_contain_text("own commitment")
    concerned = is_informed_and_heard(here, bao, tomas, reported, new_context)

    ends_with_grounds(bao, reported)
    told_of_the_end(bao, "Nothing was found here.")
    expect(bao.locator("#chronology [data-told]", has_text="has acknowledged it")).to_have_count(1)
    mailbox_says(person, GROUNDS, "Too little is known")
    answers_the_three_questions(person)
    is_cleared_in_writing(bao, reported, concerned)
    nothing_of_the_other_reaches(reported, NOTICE, STATEMENT, CLEARED, "Nothing was found here.")

    here.running.set_clock(f"+{NIGHTS}d")
    here.running.command("night")
    bao, tomas = here.signed_in(new_context, "bao"), here.signed_in(new_context, "tomas")
    asks_to_delete(bao, reported.thread_id)
    open_report(tomas, reported.thread_id)
    agrees_to_delete(tomas, reported.thread_id, "Bao Tran", "Tomas Lind")
    person.comes_back()
    expect(person.page.get_by_text("The office has deleted this case")).to_be_visible()
    expect(person.page.locator(".story")).to_contain_text(GROUNDS)
    expect(person.page.locator("#view textarea")).to_have_count(0)
    an_auditor_proves_it(here, reported, new_context)
    for page in (bao, tomas, person.page, concerned.page):
        assert [line for line in page.said if line.startswith("uncaught")] == []


def works_under(page: Page, desk: bytes, law: str) -> None:
    """The lead signs which law the desk works under."""
    page.evaluate("desk => { location.hash = `#/questions/${desk}`; }", b64(desk))
    page.get_by_label("The law that this desk works under").select_option(law)
    page.get_by_role("button", name="Look it over and sign").click()
    changes = page.get_by_role("dialog", name="What changes")
    expect(changes).to_contain_text("What arrived before today keeps those under which it arrived.")
    changes.get_by_role("button", name="Go on").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("#signed")).to_be_visible()


def at_a_third_desk(office: Demonstration, lead: Page, new_context) -> tuple[Page, Reporter]:
    """Its second person signs in, it opens under a third law, and somebody reports there."""
    bao = office.signed_in(new_context, "bao")
    desk = opens_it(office, lead)
    works_under(lead, desk, "research-security")
    reported = Reporter(office.running.urls["report"], office.office, desk)
    reported.file({"what": THIRD})
    return bao, reported


def somebody_reports(office: Demonstration, new_context) -> tuple[Person, Reporter]:
    """On a phone, at the report page; with the words of the receipt everything of it can be looked up."""
    person = Person(DemonstrationStand(office), new_context(viewport=PHONE, locale="en"))
    person.opens().writes(SEEN).chooses(SAFETY).goes_on().keeps_the_receipt().sends()
    reported = Reporter(
        office.running.urls["report"], office.office, office.desk(SAFETY), words_to_entropy(" ".join(person.words))
    )
    return person, reported


def mailbox_says(person: Person, *texts: str) -> None:
    """Whoever reported comes back, and reads how far it is."""
    person.comes_back().mailbox()
    for text in texts:
        expect(person.page.locator("#view")).to_contain_text(text)


def is_read_under(page: Page, reported: Reporter, whose: str) -> None:
    """A member reads it; the clocks beside it say whose they are."""
    reload_list(page)
    open_report(page, reported.thread_id)
    first = page.locator(".clocks dl > div", has_text="Acknowledge the report")
    expect(first).to_contain_text("done on")
    expect(first).to_contain_text(whose)
    expect(page.locator(".clocks dl > div", has_text="A person reads the report")).to_contain_text("done on")


def steps_aside(page: Page, reported: Reporter) -> None:
    """The desk's lead knows somebody in it, and says so before the first word."""
    reload_list(page)
    page.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reported.thread_id)
    page.get_by_role("button", name="Step aside", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Step aside", exact=True).click()
    page.wait_for_url("**#/arrivals")
    finds_nothing(page, reported)


def finds_nothing(page: Page, reported: Reporter) -> None:
    reload_list(page)
    page.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reported.thread_id)
    expect(page.get_by_role("heading", name="There is no such report here")).to_be_visible()


def answers_in_the_mailbox(person: Person) -> None:
    mailbox_says(person, ASKED)
    person.page.locator("#view textarea").fill(SAID)
    person.page.get_by_role("button", name="Send", exact=True).click()
    expect(person.page.locator(".story .message.mine", has_text=SAID)).to_be_visible()


def reads_what_was_passed_on(page: Page, referral: str) -> None:
    """The other office reads what the handler wrote, and no more."""
    reload_list(page)
    open_report(page, referral)
    expect(page.locator(STORY)).to_contain_text(MASKED)
    expect(page.locator(".detail")).not_to_contain_text(SEEN)


def is_informed_and_heard(office: Demonstration, bao: Page, tomas: Page, reported: Reporter, new_context) -> Person:
    """Two people agree to the notice; who is named reads it on a phone, and answers with words of their own."""
    drafts_the_notice(bao, NOTICE)
    reload_list(tomas)
    open_report(tomas, reported.thread_id)
    agrees_to_the_notice(tomas, NOTICE, SEEN)
    reload_list(bao)
    open_report(bao, reported.thread_id)
    letter = informs(bao)
    concerned = Person(DemonstrationStand(office), new_context(viewport=PHONE, locale="en"))
    concerned.comes_back(" ".join(letter.digits)).mailbox()
    assert SEEN not in concerned.text()
    concerned.page.locator("#view .notice.warning .button").click()
    concerned.page.wait_for_selector("#receipt li")
    concerned.words = [item.inner_text().strip() for item in concerned.page.locator("#receipt li").all()]
    for field in concerned.page.locator("#view input[id^=part-]").all():
        field.fill(concerned.words[int((field.get_attribute("id") or "").removeprefix("part-"))])
    concerned.page.click("#receipt-go")
    concerned.page.locator("#view textarea").fill(STATEMENT)
    concerned.page.locator("#view form button[type=submit]").click()
    expect(concerned.page.locator(".story .message.mine")).to_have_count(1)
    open_report(bao, reported.thread_id)
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.locator(STORY)).to_contain_text(STATEMENT)
    open_report(bao, reported.thread_id)
    records_the_statement(bao)
    return concerned


def ends_with_grounds(page: Page, reported: Reporter) -> None:
    """No case ends without them; what it cost is counted, where somebody knows it."""
    page.locator("#end-case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Close the case").click()
    expect(dialog).to_contain_text("Please write the grounds")
    dialog.get_by_label("Grounds, for the reporting person").fill(GROUNDS)
    dialog.get_by_label("Outcome", exact=True).select_option("insufficient")
    dialog.locator("summary").click()
    dialog.get_by_label("Damage").fill("12000")
    dialog.get_by_label("Currency").fill("eur")
    dialog.get_by_role("button", name="Close the case").click()
    expect(page.locator("#reopen")).to_be_visible()
    last = reported.read().posts[-1]
    assert (last.body.closing.outcome, last.body.text) == ("insufficient", GROUNDS)
    assert (last.body.closing.amounts.damage, last.body.closing.amounts.currency) == (12000, "EUR")


def answers_the_three_questions(person: Person) -> None:
    """Understood, safe, fair: tied to nobody."""
    asked = person.page.get_by_role("region", name="Three questions about this line")
    expect(asked).to_be_visible()
    assert axe_violations(person.page) == []
    asked.get_by_role("button", name="Yes").first.click()
    expect(asked.get_by_text("Thank you.")).to_be_visible()


def is_cleared_in_writing(page: Page, reported: Reporter, concerned: Person) -> None:
    """Their mailbox ends with a letter whose code opens the result for any later handler."""
    open_report(page, reported.thread_id)
    page.locator(f"{STORY} a[data-tied]").click()
    expect(page.locator("#requests")).to_be_visible()
    page.locator("#end-case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Outcome", exact=True).select_option("unsubstantiated")
    dialog.get_by_label("Grounds, for them").fill(CLEARED)
    dialog.get_by_role("button", name="Close the mailbox").click()
    expect(page.locator("#reopen")).to_be_visible()
    concerned.comes_back().mailbox()
    expect(concerned.page.locator(".story .notice.good ol.digits li")).to_have_count(7)
    expect(concerned.page.locator(".story")).to_contain_text(CLEARED)


def nothing_of_the_other_reaches(reported: Reporter, *texts: str) -> None:
    thread = reported.read()
    said = " ".join(getattr(post.body, "text", "") for post in thread.posts)
    assert all(text not in said for text in texts)
    assert (thread.refused, thread.problems) == ((), ())


def an_auditor_proves_it(office: Demonstration, reported: Reporter, new_context) -> None:
    """Somebody who reads no report sees that no clock was hidden, that every figure comes out and what was deleted."""
    page = at_oversight(office, new_context)
    # What nobody has read in sixty days stands there as late, and nobody could take it off.
    clocks = page.locator("section[aria-labelledby=clocks-title]")
    expect(clocks).to_contain_text("clocks are late. Nothing but what is due takes them off this list.")
    expect(clocks).to_contain_text(SAFETY)
    expect(page.get_by_role("link", name="Reports", exact=True)).to_have_count(0)
    answer = page.request.get(
        f"{office.running.urls['office']}/api/at/{b64(office.office)}/threads/{reported.thread_id}"
    )
    assert answer.status == 403
    page.locator("details").first.evaluate("one => { one.open = true; }")
    expect(page.get_by_text("A charter was signed").first).to_be_visible()
    page.get_by_role("button", name="Count every figure again").click()
    expect(page.get_by_text("Every figure comes out.")).to_be_visible()
    # Those of two desks' cases, and that of the mailbox in which somebody was heard.
    expect(page.get_by_text("3 signed closings were read.")).to_be_visible()
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Deleted", exact=True).click()
    expect(page.locator("[data-certificate]")).to_contain_text("Tomas Lind")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert office.running.command("verify").stdout.startswith("Nothing was altered")
