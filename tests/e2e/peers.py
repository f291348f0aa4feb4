"""Two offices with servers of their own: one names the other in its charter, and passes reports on to it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from e2e.cases import looks_at
from e2e.workbench import Demonstration
from factories.reporter import manifest_at
from fairline.seal.primitives import b64
from support.browsers import axe_violations


def poster(office: Demonstration) -> str:
    """What stands on its poster."""
    door = office.running.urls["report"]
    return f"{door}/at/{b64(office.office)}#k={b64(manifest_at(door, office.office).F)}"


def to_people(page: Page) -> None:
    page.evaluate("location.hash = '#/arrivals'")
    page.evaluate("location.hash = '#/people'")
    expect(page.locator("#peers")).to_be_visible(timeout=30_000)


def names_the_other(first: Page, second: Page, other: Demonstration) -> None:
    """Two administrators sign a charter that names `other`; the first says what is referred to it."""
    to_people(first)
    first.locator("#peers").get_by_role("button", name="Add an office").click()
    dialog = first.get_by_role("dialog")
    dialog.get_by_label("Address on that office's poster").fill("https://report.example.org/")
    dialog.get_by_role("button", name="See what changes").click()
    expect(dialog).to_contain_text("This is not the address of a poster")
    dialog.get_by_label("Address on that office's poster").fill(poster(other))
    dialog.get_by_role("button", name="See what changes").click()
    expect(first.get_by_role("dialog")).to_contain_text("Reports may be referred to the office at localhost:")
    first.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    to_people(second)
    card = second.get_by_label("Proposal")
    expect(card.locator(".words li")).to_have_count(8)
    card.get_by_role("button", name="Sign", exact=True).click()
    expect(second.locator("#peers [data-peer]")).to_have_count(1)
    to_people(first)
    first.locator("#peers").get_by_role("button", name="What it is for").click()
    dialog = first.get_by_role("dialog")
    dialog.get_by_label("What we call it").fill("Harbour authority")
    dialog.get_by_label("Tampering or sabotage").check()
    dialog.get_by_label("Where (optional)").fill("The harbour")
    dialog.get_by_role("button", name="Sign it").click()
    expect(first.locator("#peers")).to_contain_text("Harbour authority")
    first.evaluate("location.hash = '#/arrivals'")
    expect(first.locator(".rows .entry").first).to_be_visible()


def signs_for_the_organisation(first: Page, second: Page, name: str) -> None:
    """Two administrators sign a charter in which `name` signs for the organisation."""
    to_people(first)
    first.get_by_role("row", name=name).get_by_role("button", name="Roles", exact=True).click()
    dialog = first.get_by_role("dialog", name=name)
    dialog.get_by_label("signs for the organisation").check()
    dialog.get_by_role("button", name="See what changes").click()
    changes = first.get_by_role("dialog").filter(has_text=f"{name} becomes: signs for the organisation.")
    changes.get_by_role("button", name="Sign", exact=True).click()
    to_people(second)
    card = second.get_by_label("Proposal")
    expect(card).to_contain_text(f"{name} becomes: signs for the organisation.")
    card.get_by_role("button", name="Sign", exact=True).click()
    expect(second.get_by_role("row", name=name)).to_contain_text("signs for the organisation")
    to_people(first)
    expect(first.get_by_role("row", name=name)).to_contain_text("signs for the organisation")
    first.evaluate("location.hash = '#/arrivals'")
    expect(first.locator(".rows .entry").first).to_be_visible()


def begins_in_the_organisations_name(page: Page, words: str, colleague: str) -> None:
    """Write down what the organisation reports, with a colleague who holds it too; the page then shows the matter."""
    page.evaluate("location.hash = '#/arrivals'")
    page.get_by_role("link", name="Report in the organisation's name", exact=True).click()
    page.get_by_label("What the organisation reports").fill(words)
    page.get_by_role("button", name="Begin it", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Two people at least hold it")
    assert axe_violations(page) == []
    page.get_by_role("checkbox", name=colleague).check()
    page.get_by_role("button", name="Begin it", exact=True).click()
    expect(page.locator(".detail h1")).to_contain_text("Own matter of", timeout=30_000)


def reported(page: Page) -> str:
    """Sign and send the matter on the screen to the other office; return the id of its mailbox there."""
    page.locator("#referrals").get_by_role("button", name="Report to another office").click()
    dialog = page.get_by_role("dialog", name="Report to another office")
    expect(dialog.get_by_label("To which desk there")).to_be_visible(timeout=30_000)
    dialog.get_by_label("To which desk there").select_option(label="Safety and security desk")
    expect(dialog.get_by_label("What goes there")).to_have_count(0)
    dialog.get_by_role("button", name="Sign and send").click()
    expect(dialog).to_have_count(0, timeout=30_000)
    row = page.locator("#referrals [data-referral]").first
    expect(row).to_contain_text("Arrived there", timeout=60_000)
    return row.get_attribute("data-referral") or ""


def charter_signed(first: Page, second: Page, said: str) -> None:
    """Both administrators sign what the first one's page shows as the change."""
    dialog = first.get_by_role("dialog").filter(has_text=said)
    dialog.get_by_role("button", name="Sign", exact=True).click()
    expect(dialog).to_have_count(0)
    to_people(second)
    card = second.get_by_label("Proposal")
    expect(card.locator(".words li").or_(card.get_by_text(said)).first).to_be_visible()
    card.get_by_role("button", name="Sign", exact=True).click()
    expect(card).to_have_count(0)


def looked_at(page: Page, dialog: Locator, name: str) -> None:
    """Choose a file that shall go along; it does not before somebody has looked at it."""
    dialog.get_by_role("checkbox", name=name).check()
    dialog.get_by_role("button", name="Seal and pass on").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Please look at each file that goes along.")
    looks_at(page, name)
    assert axe_violations(page) == []


def passed_on(page: Page, words: str, manner: str = "masked", file: str = "") -> str:
    """Pass the open report on; return the id of its mailbox at the other office, which has promised it by then."""
    known = page.locator("#referrals [data-referral]").count()
    page.locator("#referrals").get_by_role("button", name="Pass on to another office").click()
    dialog = page.get_by_role("dialog", name="Pass on to another office")
    expect(dialog.get_by_label("To which desk there")).to_be_visible(timeout=30_000)
    expect(dialog).to_contain_text("Its documents are proven from the fingerprint in our charter")
    expect(dialog).to_contain_text("Tampering or sabotage")
    dialog.get_by_label("To which desk there").select_option(label="Safety and security desk")
    dialog.get_by_label("What goes there").select_option(manner)
    dialog.get_by_label("Your words").fill(words)
    if file:
        looked_at(page, dialog, file)
    dialog.get_by_role("button", name="Seal and pass on").click()
    expect(dialog).to_have_count(0, timeout=30_000)
    row = page.locator("#referrals [data-referral]").nth(known)
    expect(row).to_contain_text("Arrived there", timeout=60_000)
    return row.get_attribute("data-referral") or ""


def told_of_the_end(page: Page, words: str) -> None:
    """Tell every office that received it how the open case, which was just closed, ended."""
    owed = page.locator("#owed")
    expect(owed).to_contain_text("This case has ended. Whoever received it from us is to hear how", timeout=30_000)
    owed.get_by_role("button", name="Tell them", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("What are they told?")).to_have_value("ended")
    dialog.get_by_label("Your words to them").fill(words)
    dialog.get_by_role("button", name="Send it to them", exact=True).click()
    expect(dialog).to_have_count(0)
