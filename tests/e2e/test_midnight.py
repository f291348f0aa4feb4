"""Midnight on purpose: pages of everybody stay open while the office's day ends and the night's work runs.

The office lies half a day west of UTC, so that its midnight is in the middle of UTC's day: a page that took the day
from there would be wrong before and after. Everything is begun before midnight; the tests go on after it, in order.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from e2e.cases import confirm, triage
from e2e.daily import STORY, adds_a_task
from e2e.hearing import Letter
from e2e.workbench import Demonstration, DemonstrationStand, open_report, reload_list, unlock_again
from factories.reporter import Reporter
from fairline.seal.words import words_to_entropy
from support.browsers import listened
from support.colleague import Colleague
from support.report_page import PHONE, Person

ZONE = "Pacific/Marquesas"
"""Nine and a half hours behind UTC, all year."""
BEGUN = 23, 54
"""Hour and minute at which everybody begins: a workbench that nobody touches for a quarter of an hour locks itself."""
DESK = "Safety and security desk"
TASK = "Photograph the weir before the water rises."
NOTE = "Somebody rang about the weir, and rings again tomorrow."
SAID = "The translator of the court; sworn."
ANSWER = "It says: the sluice opens at nine."
GAUGE = "The gauge at the weir was painted over."
MORE = "I remember one more thing: the key hung on a nail."


def in_words(day: date) -> str:
    """A day as an English page writes it."""
    return f"{day:%B} {day.day}, {day.year}"


@dataclass
class Night:
    """The office, everybody's pages, and the clock that all of them share."""

    office: Demonstration
    contexts: Any
    day: date
    pages: list[Page]

    def context(self, **options: Any) -> Any:
        """A browser whose clock shows what the office's does."""
        made = self.contexts(**{"locale": "en", **options})
        made.clock.install(time=self.office.running.now())
        return made

    def member(self, sign_in: str) -> Page:
        """Somebody at the workbench, who stays there."""
        return self.stays(self.office.signed_in(self.context, sign_in))

    def person(self) -> Person:
        """Somebody at the report page on a telephone, who stays there."""
        made = Person(DemonstrationStand(self.office), self.context(viewport=PHONE))
        self.stays(made.page)
        return made

    def stays(self, page: Page) -> Page:
        """Keep a page open to the end."""
        self.pages.append(page)
        return page

    @property
    def local(self) -> datetime:
        """What a clock on the office's wall shows."""
        return self.office.running.now().astimezone(ZoneInfo(ZONE))

    def goes_on_to(self, wall: datetime) -> None:
        """Put on all clocks at once, as time does: the office's, and that of each page, whose timers come due."""
        seconds = round((wall - self.local).total_seconds())
        assert 0 < seconds < 14 * 60, "this took too long: the pages would lock themselves"
        self.office.running.put_on(seconds)
        for context in {page.context for page in self.pages}:
            context.clock.fast_forward(seconds * 1000)

    @property
    def midnight(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=ZoneInfo(ZONE)) + timedelta(days=1)

    @property
    def next_day(self) -> date:
        return self.day + timedelta(days=1)

    def kept(self, person: Person) -> Reporter:
        """The mailbox behind somebody's words, opened by another program."""
        reporter = self.office.reporter()
        reporter.receipt = words_to_entropy(" ".join(person.words))
        return reporter


@pytest.fixture(scope="module")
def night(make_installation, contexts):
    """The last minutes of a day on which a clock of an unread report is due."""
    running = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes")
    running.prepare_demonstration(ZONE)
    running.start("--demo")
    board = json.loads(Colleague(running, "bao").ask("GET", "clocks"))
    due = min(
        clock["due"] for clock in board["clocks"] if clock["state"] == "running" and clock["due"] >= board["today"]
    )
    made = Night(Demonstration(running), contexts, date.fromisoformat(due), [])
    hour, minute = BEGUN
    evening = datetime(made.day.year, made.day.month, made.day.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    running.put_on(round((evening - made.local).total_seconds()))
    running.command("night")
    return made


@pytest.fixture(scope="module")
def bao(night):
    return night.member("bao")


@pytest.fixture(scope="module")
def ilse(night):
    return night.member("ilse")


@pytest.fixture(scope="module")
def case(night, bao, ilse):
    """A case with a task that is due today, and a report beside it that nobody has triaged."""
    reporter = night.office.reporter()
    reporter.file({"what": "Somebody leaves the sluice at the weir open at night."})
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    adds_a_task(bao, TASK, "Ilse Varga", by=night.day.isoformat())
    return reporter


def gives_outside(page: Page, until: date) -> None:
    """Fill the dialog in which a document goes to a helper outside, and leave it open."""
    page.locator("#give-outside").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What they read first").fill("Please translate this.")
    dialog.get_by_label("Last day on which they can read it").fill(until.isoformat())
    dialog.get_by_label("Who they are, and what they said").fill(SAID)
    dialog.get_by_label("They have said that they have no conflict of interest").check()


@pytest.fixture(scope="module")
def helper(night, bao, case):
    """Somebody outside who may read until the end of this day; they are writing their answer."""
    gives_outside(bao, night.day)
    bao.get_by_role("dialog").get_by_role("button", name="Open the mailbox").click()
    letter = Letter(bao)
    bao.get_by_role("dialog").get_by_role("button", name="Done").click()
    person = night.person()
    person.comes_back(" ".join(letter.digits)).mailbox()
    page = person.page
    page.locator("#view .notice.warning .button").click()
    page.wait_for_selector("#receipt li")
    person.words = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    for field in page.locator("#view input[id^=part-]").all():
        field.fill(person.words[int((field.get_attribute("id") or "").removeprefix("part-"))])
    page.click("#receipt-go")
    page.get_by_label("Your message").fill(ANSWER)
    return person


@pytest.fixture(scope="module")
def reader(night):
    """Somebody who reported today, and has their mailbox open."""
    person = night.person()
    person.opens().writes().chooses(DESK).goes_on().keeps_the_receipt().sends()
    person.comes_back().mailbox()
    return person


@pytest.fixture(scope="module")
def drafter(night):
    """Somebody whose report is written, and not sent."""
    person = night.person()
    person.opens().writes(GAUGE).chooses(DESK).goes_on().keeps_the_receipt()
    until = in_words(night.day + timedelta(days=7))
    expect(person.page.locator("#view")).to_contain_text(f"Your draft is kept, sealed, until {until}")
    return person


@pytest.fixture(scope="module")
def outsider(night, reader, tmp_path_factory):
    """Somebody at the public page with an acknowledgement of today."""
    page = night.stays(listened(night.context().new_page()))
    page.goto(f"{night.office.running.urls['public']}/en/check")
    kept = tmp_path_factory.mktemp("kept") / "page.json"
    kept.write_bytes(night.kept(reader).promise().document())
    page.get_by_label("The file that you saved").set_input_files(kept)
    return page


def checks(page: Page):
    """Press the button of the public page; what it says."""
    page.get_by_role("button", name="Check it").click()
    return page.locator("#check-promise .notice")


@pytest.fixture(scope="module")
def everybody(reader, drafter, outsider, helper):
    """All who have a page open, beside the two at the workbench."""
    return reader, drafter, outsider, helper


def test_before_midnight_the_day_is_the_offices_own(night, bao, ilse, case, everybody):
    """UTC has been a day further for hours: nothing is late, nothing has ended, everything is of today."""
    task = bao.locator("#tasks li", has_text=TASK)
    expect(task.locator(".chip")).to_have_class("chip due")
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.locator("#case")).to_contain_text(f"It ends for them after {in_words(night.day)}")
    reader, _drafter, outsider, _helper = everybody
    assert "promised for tonight" in reader.text()
    assert night.kept(reader).promise().day == night.day.isoformat()
    expect(checks(outsider)).to_contain_text("is not out yet; look again tomorrow")
    due_today(bao, night, "chip due")
    # What each leaves open: a note that is begun and a dialog over it; a triage; an answer; a report.
    open_report(bao, case.thread_id)
    bao.locator("#to-desk").click()
    bao.locator("#draft").fill(NOTE)
    gives_outside(bao, night.day)
    second = night.office.reporter()
    second.file({"what": "The boat at the weir has a new lock, and nobody has its key."})
    reload_list(ilse)
    begins_triage(ilse, second)
    assert night.local.date() == night.day


def due_today(page: Page, night: Night, kind: str) -> None:
    """On *Today* stands the clock that is due on the day that ends at midnight, as due or as late."""
    page.evaluate("location.hash = '#/account'")
    page.evaluate("location.hash = '#/today'")
    chips = page.get_by_role("region", name="Due").locator(".duelist .chip", has_text=in_words(night.day))
    expect(chips.first).to_have_class(kind)


def begins_triage(page: Page, reporter: Reporter) -> None:
    open_report(page, reporter.thread_id)
    page.locator("#triage").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How urgent is it?").select_option("soon")
    dialog.get_by_label("What does it describe?").select_option("tampering")
    dialog.get_by_label("What risk does the reporting person run?").select_option("some")
    dialog.get_by_label("Why so, and what is to be done first").fill("Ask who keeps the boats.")
    dialog.get_by_role("group", name="Who is assigned").get_by_label("Bao Tran", exact=True).check()


def test_between_midnight_and_the_night_nothing_is_overdue_and_who_writes_is_heard(night, reader, outsider):
    night.goes_on_to(night.midnight + timedelta(seconds=15))
    assert night.local.date() == night.next_day
    expect(checks(outsider)).to_contain_text("is not out yet; look again tomorrow")
    reader.page.get_by_label("Your message").fill(MORE)
    reader.page.get_by_role("button", name="Send", exact=True).click()
    expect(reader.page.locator(".story .message.mine")).to_have_count(2)
    chips = reader.page.locator(".story .message.mine .chip")
    for at in range(2):
        expect(chips.nth(at)).to_have_text("promised for tonight")
    assert night.kept(reader).texts() == [("r", MORE)]


def test_after_the_night_the_promise_of_the_day_before_is_found_kept_by_the_pages_that_were_open(
    night, reader, outsider
):
    night.goes_on_to(night.midnight + timedelta(minutes=2))
    night.office.running.command("night")
    expect(checks(outsider)).to_contain_text("This office signed it, and kept it")
    reader.page.get_by_label("Your message").fill("And it was green.")
    reader.page.get_by_role("button", name="Send", exact=True).click()
    expect(reader.page.locator(".story .message.mine")).to_have_count(3)
    chips = reader.page.locator(".story .message.mine .chip")
    expect(chips.nth(0)).to_have_text("in the public record")
    for at in (1, 2):
        expect(chips.nth(at)).to_have_text("promised for tonight")
    expect(reader.page.locator("#view .notice.good", has_text="1 promise kept")).to_be_visible()
    assert "Nothing was altered" in night.office.running.command("verify").stdout


def test_a_report_that_was_written_before_midnight_comes_back_arrives_and_is_of_the_new_day(night, drafter):
    elsewhere = night.person()
    elsewhere.comes_back(" ".join(drafter.words))
    expect(elsewhere.page.locator("#view")).to_contain_text("Your draft is back")
    expect(elsewhere.page.locator("#view")).to_contain_text(GAUGE)
    drafter.sends()
    assert night.kept(drafter).promise().day == night.next_day.isoformat()
    expect(drafter.page.locator("#view")).to_contain_text(in_words(night.next_day + timedelta(days=7)))


def test_a_mailbox_that_ended_at_midnight_says_so_and_loses_no_word(night, helper):
    page = helper.page
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#view form .notice")).to_contain_text(f"ended on {in_words(night.day)}")
    expect(page.get_by_label("Your message")).to_have_value(ANSWER)
    expect(page.locator("#view form .notice")).to_contain_text("for you to copy")
    assert "press Send again" not in helper.text()
    assert "is kept, sealed" not in helper.text()
    helper.comes_back()
    expect(page.locator("#view .notice.warning")).to_contain_text("This mailbox has ended")


def test_an_act_of_the_day_before_is_refused_with_a_sentence_and_nothing_of_it_is_lost(night, bao):
    dialog = bao.get_by_role("dialog")
    dialog.get_by_role("button", name="Open the mailbox").click()
    expect(dialog).to_contain_text("Please give a day from today on, within three months.")
    expect(dialog.get_by_label("Who they are, and what they said")).to_have_value(SAID)
    dialog.get_by_role("button", name="Cancel").click()
    expect(bao.locator("#draft")).to_have_value(NOTE)
    bao.get_by_role("button", name="Keep the note").click()
    expect(bao.locator(STORY)).to_contain_text(NOTE)


def test_a_triage_that_was_begun_before_midnight_is_signed_and_stands_in_the_new_days_record(night, ilse):
    ilse.get_by_role("dialog").get_by_role("button", name="Seal it to them").click()
    expect(ilse.locator("#case")).to_contain_text("To be confirmed")
    with closing(sqlite3.connect(night.office.running.folder / "var" / "fairline.sqlite3")) as database:
        found = database.execute(
            "SELECT day, row FROM ledger_row WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1"
        )
        day, row = found.fetchone()
    assert (day, b"triage" in bytes(row)) == (night.next_day.isoformat(), True)
    # The same session: nobody was asked for anything.
    expect(ilse.get_by_role("button", name=re.compile("^Lock"))).to_be_visible()


def test_what_the_workbench_draws_from_now_on_is_of_the_new_day(night, bao, case):
    """Without having been loaded anew: it holds the keys, and what was proven yesterday."""
    open_report(bao, case.thread_id)
    task = bao.locator("#tasks li", has_text=TASK)
    expect(task.locator(".chip")).to_have_class("chip late")
    expect(task.locator(".chip")).to_contain_text("was due")
    bao.locator(f"{STORY} a[data-tied]").first.click()
    expect(bao.locator("#case")).to_contain_text("It has ended")
    expect(bao.locator("#end-mailbox")).to_have_count(0)
    due_today(bao, night, "chip late")


def test_who_locks_and_unlocks_finds_the_record_that_was_seen_before_and_no_alarm(night, bao):
    """The vault remembers what the record was yesterday; the night has added to it."""
    bao.evaluate("location.hash = '#/arrivals'")
    unlock_again(bao, night.office.member("bao"))
    expect(bao.get_by_text("The public record")).to_have_count(0)


def test_no_page_said_anything_that_was_not_caught(night):
    for page in night.pages:
        assert [line for line in page.said if line.startswith("uncaught")] == []
