"""The whole story of an organisation that notifies: from what somebody saw to what its authority was told, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.auditor import at_oversight, looks_again
from e2e.cases import confirm, triage
from e2e.daily import adds_a_task, writes_to_them
from e2e.ending import closes
from e2e.laws import CHANGES, LAW, counts_now, days_for_feedback, sees_what_changes_and_adopts
from e2e.peers import names_the_other, passed_on
from e2e.requests import end_what_nobody_is_left_to_search
from e2e.workbench import Demonstration, open_report, reload_list
from factories.reporter import Reporter
from factories.shipping import released
from support.browsers import axe_violations

STORY = ".detail article .story"
THREE_MONTHS, TWO_MONTHS = range(89, 93), range(59, 63)
"""In days; a month has 28 to 31."""
SEEN = "Since this morning the pumps of basin two answer to nobody in the control room."
WARNING = "Early warning: pumps of a waterworks answer to somebody unknown since this morning."
GROUNDS = "The intruder is out, and the authority has our last report."
EARLY, NOTIFICATION, LAST = "early-warning", "notification", "final"


@pytest.fixture
def here(make_other_demonstration, tmp_path) -> Demonstration:
    """The organisation of this story alone: its clock is put on, and its program brings a newer version of a law."""
    return Demonstration(make_other_demonstration(**released(tmp_path, LAW, *CHANGES)))


def test_an_incident_is_told_to_the_authority_and_what_came_late_stays_late(here, office_at_work, new_context):
    authority = office_at_work
    ilse, noor = here.signed_in(new_context, "ilse"), here.signed_in(new_context, "noor")
    names_the_other(ilse, noor, authority)
    bao = here.signed_in(new_context, "bao")
    end_what_nobody_is_left_to_search(bao, ilse, noor)
    reporter = here.reporter()
    reporter.file({"what": SEEN})
    assert reporter.promise()
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    reload_list(bao)
    open_report(bao, reporter.thread_id)

    open_report(ilse, reporter.thread_id)
    expect(bao.locator("#duty details")).to_have_count(1)
    becomes_aware(bao, "EU: incident notification by entities (NIS2, CER)")
    expect(row(bao, "eu-nis2", EARLY)).to_contain_text("by ")
    expect(row(bao, "eu-nis2", LAST)).to_contain_text("has not begun")
    assert axe_violations(bao) == []
    becomes_aware(bao, "US: contractors under the NISPOM rule")
    expect(bao.locator("#duty")).to_contain_text("no clock of this profile runs on a person")
    does_not_bind(bao, "us-nispom", "report-fbi")
    sees_what_a_colleague_noted(ilse)
    fills_in_what_is_told(bao)
    referral = passed_on(bao, WARNING)
    is_done(bao, "eu-nis2", EARLY, here)
    theirs = authority.signed_in(new_context, "ilse")
    reload_list(theirs)
    open_report(theirs, referral)
    expect(theirs.locator(STORY)).to_contain_text(WARNING)
    expect(theirs.locator(".detail")).not_to_contain_text(SEEN)

    sees_what_changes_and_adopts(ilse)
    came = here.running.now()
    here.running.set_clock("+4d")
    here.running.command("night")
    ilse = here.signed_in(new_context, "ilse")
    a_case_keeps_its_version_and_the_next_report_has_the_new_one(ilse, here, reporter, came)
    is_late_today(ilse)
    auditor = at_oversight(here, new_context)
    expect(duties_in(auditor).filter(has_text="late")).to_contain_text("2")
    open_report(ilse, reporter.thread_id)
    is_done_late_and_stays_so(ilse, here)
    ends_and_is_still_owed(ilse, here)

    assert ("o", GROUNDS) in reporter.texts()
    looks_again(auditor)
    expect(duties_in(auditor)).to_have_count(0)
    auditor.get_by_text("Clocks and laws").click()
    expect(auditor.get_by_text("A duty towards an authority was done").first).to_be_visible()
    assert here.running.command("verify").stdout.startswith("Nothing was altered")


def sees_what_a_colleague_noted(page: Page) -> None:
    """Whoever had the case open before sees it with the next thing that they do themselves."""
    adds_a_task(page, "Ask at the pumps", "Bao Tran")
    expect(row(page, "us-nispom", "report-fbi")).to_contain_text("does not bind us here")


def duties_in(page: Page) -> Locator:
    """The auditor's rows of what is owed to an authority: numbers, and no case."""
    return page.locator("section[aria-labelledby=clocks-title] tr", has_text="Duty towards an authority")


def is_done_late_and_stays_so(page: Page, office: Demonstration) -> None:
    """Nobody can say any more that it was never owed."""
    expect(row(page, "eu-nis2", NOTIFICATION).get_by_role("button", name="It does not bind us")).to_have_count(0)
    is_done(page, "eu-nis2", NOTIFICATION, office)
    expect(row(page, "eu-nis2", NOTIFICATION)).to_contain_text("done late, on")
    is_done(page, "us-nispom", "covered-cyber-incident", office)


def ends_and_is_still_owed(page: Page, office: Demonstration) -> None:
    """The last report is due a month after the notification, also when the case has been closed since."""
    writes_to_them(page, "The authority knows, and somebody is at the pumps.")
    closes(page, GROUNDS, "resolved")
    expect(row(page, "eu-nis2", LAST)).to_contain_text("by ")
    is_done(page, "eu-nis2", LAST, office)
    expect(row(page, "eu-nis2", LAST)).to_contain_text("done on")


def row(page: Page, law: str, name: str) -> Locator:
    return page.locator(f'#duty [data-law="{law}"] [data-row="{name}"]')


def a_case_keeps_its_version_and_the_next_report_has_the_new_one(
    page: Page, office: Demonstration, case: Reporter, came: datetime
) -> None:
    """The version counts from the day after its adoption: for what comes then, and not for the case."""
    counts_now(page)
    later = office.reporter()
    later.file({"what": "The lamp over the second gate is broken again."})
    reload_list(page)
    open_report(page, case.thread_id)
    assert days_for_feedback(page, came) in THREE_MONTHS
    open_report(page, later.thread_id)
    assert days_for_feedback(page, office.running.now()) in TWO_MONTHS


def fills_in_what_is_told(page: Page) -> None:
    """What the law has told at the first row, changed once; the second row begins with it."""
    there = row(page, "eu-nis2", EARLY)
    expect(page.locator('#duty [data-law="eu-nis2"]')).to_contain_text("This page has none of them, of no country")
    there.get_by_role("button", name="Fill in what is told", exact=True).click()
    dialog = page.get_by_role("dialog", name="Early warning to the authority")
    dialog.get_by_role("button", name="Keep it", exact=True).click()
    expect(dialog).to_contain_text("Please fill in one of them at least.")
    dialog.get_by_label("Whether it could have an impact across borders").fill("No: they serve this harbour alone.")
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Keep it", exact=True).click()
    there.locator("summary").click()
    expect(there).to_contain_text("No: they serve this harbour alone.")
    there.get_by_role("button", name="Change", exact=True).click()
    dialog.get_by_label("Whether it is suspected of being caused by").fill("Not known yet.")
    dialog.get_by_role("button", name="Keep it", exact=True).click()
    expect(there).to_contain_text("Not known yet.")
    expect(there.locator("details[data-told]")).to_have_count(1)
    expect(page.locator(STORY)).to_contain_text("What an authority is told, You")
    row(page, "eu-nis2", NOTIFICATION).get_by_role("button", name="Fill in what is told", exact=True).click()
    dialog = page.get_by_role("dialog", name="Notification to the authority")
    expect(dialog.get_by_label("Whether it is suspected of being caused by")).to_have_value("Not known yet.")
    dialog.get_by_role("button", name="Cancel", exact=True).click()


def becomes_aware(page: Page, law: str) -> None:
    """Note that the organisation knows of it, from the minute that the page proposes."""
    # Folded while nothing was noted.
    for folded in page.locator("#duty details").all():
        folded.evaluate("one => { one.open = true; }")
    page.locator("#duty-aware").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Which law binds us").select_option(label=law)
    dialog.get_by_role("button", name="Sign it").click()
    expect(page.locator("#duty h3", has_text=law)).to_be_visible()


def does_not_bind(page: Page, law: str, name: str) -> None:
    row(page, law, name).get_by_role("button", name="It does not bind us").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign it").click()
    expect(row(page, law, name)).to_contain_text("does not bind us here")


def is_done(page: Page, law: str, name: str, office: Demonstration) -> None:
    """Note that it was done, this minute by the installation's clock."""
    row(page, law, name).get_by_role("button", name="Note that it was done").click()
    dialog = page.get_by_role("dialog")
    here = page.evaluate("() => new Date().getTimezoneOffset()")
    now = office.running.now() - timedelta(minutes=here)
    dialog.get_by_label("When was it?").fill(now.strftime("%Y-%m-%dT%H:%M"))
    dialog.get_by_role("button", name="Sign it").click()
    expect(row(page, law, name).get_by_role("button", name="Note that it was done")).to_have_count(0)


def is_late_today(page: Page) -> None:
    page.get_by_role("link", name="Today", exact=True).click()
    owed = page.get_by_role("region", name="Owed to an authority", exact=True)
    expect(owed.locator("li", has_text="Notification to the authority").first).to_contain_text("late: it was due by")
    expect(page.get_by_role("region", name="Owed to an authority, and late")).to_contain_text("2 duties")
    assert axe_violations(page) == []
