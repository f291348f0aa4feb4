"""A name under seal, from who left it to who may read it: asked for, told, proven, handed over, read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.cases import confirm, triage
from e2e.workbench import Demonstration, DemonstrationStand, open_report, reload_list
from factories.reporter import Reporter
from fairline.seal.primitives import b64
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations, listened
from support.report_page import PHONE, STORY, Person

SAFETY, NAME, ORDER = "Safety and security desk", "Ottilie Brandt", "The court in the harbour case orders it."
PATIENCE = 60_000


@pytest.fixture
def here(make_other_demonstration) -> Demonstration:
    """The office of this story alone: its clock is put on by a night."""
    return Demonstration(make_other_demonstration())


def test_a_name_is_opened_on_a_ground_by_enough_custodians_for_the_asker_alone(here, new_context):
    person, reported = leaves_a_name(here, new_context)
    bao, tomas = here.signed_in(new_context, "bao"), here.signed_in(new_context, "tomas")
    triage(bao, reported, re.compile("^Tomas Lind"))
    confirm(tomas, reported)
    asks(bao, reported)
    person.comes_back().mailbox()
    expect(person.page.locator("#view")).to_contain_text("We have asked the people who keep such names to open it")
    mira = at_the_names(here, new_context, "mira")
    card = mira.locator("[data-name-request]")
    expect(card).to_contain_text(ORDER, timeout=PATIENCE)
    # What waits stands beside the tab, also for who has not looked there yet.
    expect(mira.get_by_role("navigation").get_by_role("link", name="Names under seal")).to_contain_text("1")
    expect(card.locator("#name-doubt")).to_contain_text("come back tomorrow")
    expect(card.get_by_role("button")).to_have_count(0)

    here.running.set_clock("+1d")
    here.running.command("night")
    mira = at_the_names(here, new_context, "mira")
    card = mira.locator("[data-name-request]")
    expect(card).to_contain_text("Proven: the asker works on this case", timeout=PATIENCE)
    assert axe_violations(mira) == []
    hands_over(card, "not the words of anybody", refused=True)
    hands_over(card, here.member("mira")["passphrase"])
    expect(card).to_contain_text("You have answered.", timeout=PATIENCE)
    wen = at_the_names(here, new_context, "wen")
    hands_over(wen.locator("[data-name-request]"), here.member("wen")["passphrase"])

    bao, tomas = here.signed_in(new_context, "bao"), here.signed_in(new_context, "tomas")
    open_report(tomas, reported.thread_id)
    expect(tomas.locator("#names")).to_contain_text("Bao Tran asked on")
    expect(tomas.locator("#show-name")).to_have_count(0)
    reads(bao, reported)
    for page in (bao, tomas, mira, wen, person.page):
        assert NAME not in page.content()
        assert [line for line in page.said if line.startswith("uncaught")] == []


def leaves_a_name(office: Demonstration, new_context) -> tuple[Person, Reporter]:
    """On a phone: the name is sealed apart from the report."""
    person = Person(DemonstrationStand(office), new_context(viewport=PHONE, locale="en"))
    person.opens().writes(STORY).chooses(SAFETY).says_no_more()
    person.page.check("#naming-locked")
    person.page.fill("#your-name", NAME)
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#receipt li")
    person.keeps_the_receipt().sends()
    return person, Reporter(
        office.running.urls["report"], office.office, office.desk(SAFETY), words_to_entropy(" ".join(person.words))
    )


def asks(page: Page, reported: Reporter, out_of: str | None = "2 of 3") -> None:
    """A ground of the law, the reasons, and what the reporting person is told: without one of them nothing goes."""
    reload_list(page)
    open_report(page, reported.thread_id)
    names = page.locator("#names")
    expect(names).to_contain_text(f"when {out_of} custodians agree" if out_of else "custodians agree")
    names.locator("#ask-name").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("On which ground").select_option("court")
    dialog.get_by_role("button", name="Sign and ask").click()
    expect(dialog.locator(".faults")).to_contain_text("Please give the reasons.")
    expect(dialog.locator(".faults")).to_contain_text("Please fill the gaps, or take them out.")
    dialog.get_by_label("The reasons").fill(ORDER)
    notice = dialog.get_by_label("What they are told")
    notice.fill(notice.input_value().replace("[…]", "an order of the court."))
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Sign and ask").click()
    expect(names).to_contain_text("You asked on", timeout=PATIENCE)
    expect(names).to_contain_text("0 of 2 shares are here.")


def at_the_names(office: Demonstration, new_context, sign_in: str) -> Page:
    """A custodian, who has no reports to look at, unlocks at their own page."""
    page = listened(new_context(viewport={"width": 1280, "height": 850}).new_page())
    member = office.member(sign_in)
    page.goto(f"{office.running.urls['office']}/at/{b64(office.office)}/#/names")
    page.locator("input[autocomplete=username]").fill(member["sign_in"])
    page.locator("input[autocomplete=current-password]").fill(member["passphrase"])
    page.locator("input[autocomplete=one-time-code]").fill(office.running.digits(member["totp"]))
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Names under seal")).to_be_visible(timeout=PATIENCE)
    return page


def hands_over(card: Locator, passphrase: str, *, refused: bool = False) -> None:
    """A page that was left open is not yet the custodian: the passphrase is typed once more."""
    page = card.page
    card.get_by_role("button", name="Hand over my share").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your present passphrase").fill(passphrase)
    dialog.get_by_role("button", name="Sign and hand it over").click()
    if not refused:
        expect(dialog).to_have_count(0, timeout=PATIENCE)
        return
    expect(dialog.locator(".faults")).to_contain_text("This is not the passphrase", timeout=PATIENCE)
    dialog.get_by_role("button", name="Cancel").click()


def reads(page: Page, reported: Reporter) -> None:
    """The name stands in a dialog, and nowhere once that is closed."""
    open_report(page, reported.thread_id)
    page.locator("#show-name").click(timeout=PATIENCE)
    expect(page.locator("#opened-name")).to_contain_text(NAME, timeout=PATIENCE)
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
