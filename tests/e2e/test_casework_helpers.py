"""Documents of a case for members outside it, in real browsers: a helper's, and the one on which a panel decides."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.cases import PIPE, confirm, looks_at, triage
from e2e.requests import approves, at_requests, records
from e2e.workbench import DemonstrationStand, open_report, reload_list
from factories.attachments import attached
from fairline.seal.primitives import b64
from fairline.seal.receipt import to_digits
from support.browsers import axe_violations
from support.hostile_files import png
from support.report_page import Person

MARK = """box => { const at = box.value.indexOf("pump house"); box.focus(); box.setSelectionRange(at, at + 10); }"""


@pytest.fixture(scope="module")
def people(office_at_work, contexts):
    return {name: office_at_work.signed_in(contexts, name) for name in ("bao", "ilse", "tomas")}


@pytest.fixture(scope="module")
def case(office_at_work, people):
    """A case of Bao Tran and Ilse Varga, with a picture; Ilse Varga has opened it."""
    reporter = office_at_work.reporter()
    picture = reporter.sends(attached(png(64, 48), "Odile at the pump.png", "image/png"))
    reporter.file({"what": PIPE}, files=(picture,))
    reload_list(people["bao"])
    triage(people["bao"], reporter, "Ilse Varga")
    confirm(people["ilse"], reporter)
    return reporter


def test_a_helper_reads_the_masked_copy_alone_and_what_they_send_back_lands_in_the_case(people, case):
    bao, ilse, tomas = people["bao"], people["ilse"], people["tomas"]
    ilse.locator("#give").click()
    dialog = ilse.get_by_role("dialog")
    box = dialog.get_by_label("What they get")
    expect(box).to_have_value(re.compile("pump house"))
    box.evaluate(MARK)
    dialog.get_by_role("button", name="Hide what is marked").click()
    expect(dialog).to_contain_text("1 passage is hidden.")
    whom = dialog.get_by_label("To whom")
    whom.select_option(whom.locator("option", has_text="Tomas").get_attribute("value"))
    assert axe_violations(ilse) == []
    dialog.get_by_role("button", name="Seal it and give it").click()
    expect(ilse.locator("#copies")).to_contain_text("gave it to Tomas")
    given = look(tomas)
    expect(given).to_contain_text("Somebody has filed through the pipe behind the █████.")
    expect(given).not_to_contain_text("pump house")
    expect(given.get_by_role("button", name="Save")).to_have_count(0)
    assert axe_violations(tomas) == []
    given.get_by_text("Send something back").click()
    given.get_by_label("What you send back").fill("Quelqu'un a limé le tuyau.")
    given.get_by_role("button", name="Seal it and send it back").click()
    expect(given).to_contain_text("Sent. It is sealed to those on the case.")
    tomas.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", case.thread_id)
    expect(tomas.get_by_role("heading", name="There is no such report here")).to_be_visible()
    reload_list(bao)
    open_report(bao, case.thread_id)
    expect(bao.locator("#copies")).to_contain_text("Quelqu'un a limé le tuyau.")
    bao.locator("#copies").get_by_role("button", name="Take it back").click()
    bao.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(bao.locator("#copies")).to_contain_text("they can read it no more")
    tomas.evaluate("location.hash = '#/account'")
    tomas.evaluate("location.hash = '#/given'")
    expect(tomas.locator("main")).to_contain_text("Nothing was given to you.")
    gives_the_picture(ilse)
    tomas.evaluate("location.hash = '#/account'")
    looks_at_the_picture(tomas)
    takes_back(ilse)


def test_a_panel_decides_alone_after_the_reporting_person_was_heard(office_at_work, people, contexts):
    ilse, reporter = people["ilse"], asked_about(office_at_work, people)
    assert "in good faith" in reporter.texts()[-1][1]
    reporter.say("I saw the marks with my own eyes.")
    see_again(ilse, reporter)
    seats(ilse)
    panel = [people["tomas"], *(at_given(office_at_work, contexts, name) for name in ("noor", "odile"))]
    for page in panel:
        decide(page)
    see_again(ilse, reporter)
    expect(ilse.locator("#panel")).to_contain_text("All of them said yes.")
    assert "nowingly" not in ilse.locator(".detail").inner_text() + "".join(text for _, text in reporter.texts())
    ilse.locator("#close-decided").click()
    dialog = ilse.get_by_role("dialog")
    fill_gaps(dialog.get_by_label("The decision, for the reporting person"))
    dialog.get_by_role("button", name="Close the case").click()
    expect(ilse.locator("#reopen")).to_be_visible()
    expect(ilse.locator(".detail article .story")).to_contain_text("knowingly false, as all of a panel decided")
    person = Person(DemonstrationStand(office_at_work), contexts(locale="en"))
    person.comes_back(" ".join(to_digits(reporter.receipt)))
    expect(person.page.locator(".story")).to_contain_text("Knowingly false, as all 3 members of a panel have signed.")
    assert axe_violations(person.page) == []


def test_a_verified_request_is_searched_for_by_each_holder_in_their_own_cases(people, case):
    bao, ilse, tomas = people["bao"], people["ilse"], people["tomas"]
    records(bao, "PUMP  House")
    for page in (ilse, tomas):
        expect(approves(page)).to_contain_text("PUMP House")
    card = at_requests(ilse).locator("[data-request]")
    card.locator("#run-request").click()
    found = card.locator("#found")
    expect(found).to_contain_text(re.compile(r"Found in \d+ of your cases"))
    expect(found.locator(f'a[href="#/arrivals/{case.thread_id}"]')).to_be_visible()
    expect(found.locator("li").first).to_contain_text("the report")
    assert axe_violations(ilse) == []
    card.locator("#ran-request").click()
    expect(card.locator("#ran-request")).to_have_count(0)
    expect(card).to_contain_text("Still to search:")
    expect(card.locator("#found")).to_have_count(0)
    expect(at_requests(bao).locator("[data-request] #run-request")).to_be_visible()


def test_a_case_opens_whose_panel_somebody_has_stepped_aside_from(office_at_work, people):
    ilse, tomas, reporter = people["ilse"], people["tomas"], asked_about(office_at_work, people)
    reporter.say("I saw the marks with my own eyes.")
    see_again(ilse, reporter)
    seats(ilse)
    tomas.evaluate("location.hash = '#/account'")
    tomas.evaluate("location.hash = '#/given'")
    card = tomas.locator("article[data-copy]", has=tomas.get_by_role("button", name="I step aside"))
    card.get_by_role("button", name="I step aside").click()
    expect(card).to_have_count(0)
    see_again(ilse, reporter)
    expect(ilse.locator("#seats li", has_text="Tomas")).to_contain_text("place is empty")
    expect(ilse.locator(".detail article .story")).to_contain_text(PIPE)
    expect(ilse.locator(".detail")).to_contain_text("Tomas Lind: stepped aside from a panel.")


def asked_about(office, people):
    """A report that has become a case, about which a panel is asked."""
    reporter = office.reporter()
    reporter.file({"what": PIPE})
    reload_list(people["bao"])
    triage(people["bao"], reporter, "Ilse Varga")
    confirm(people["ilse"], reporter)
    ask(people["ilse"])
    expect(people["ilse"].locator("#panel")).to_contain_text("They are heard first.")
    return reporter


def gives_the_picture(page):
    """To Tomas, under another name, after it was looked at."""
    page.locator("#give").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Which document").select_option(label="The file Odile at the pump.png")
    expect(dialog.get_by_label("What they get")).to_be_hidden()
    dialog.get_by_label("What they are to do with it").fill("Is this a saw mark?")
    whom = dialog.get_by_label("To whom")
    whom.select_option(whom.locator("option", has_text="Tomas").get_attribute("value"))
    dialog.get_by_role("button", name="Seal it and give it").click()
    expect(dialog).to_contain_text("Please look at the file before you give it.")
    looks_at(page, "Odile at the pump.png")
    dialog.get_by_role("button", name="Seal it and give it").click()
    expect(page.locator("#copies")).to_contain_text("document.png")


def looks_at_the_picture(page):
    """Where nothing saves it."""
    given = look(page)
    expect(given).to_contain_text("Is this a saw mark?")
    expect(given).not_to_contain_text("Odile")
    given.get_by_role("button", name="View").click()
    stage = page.get_by_role("dialog")
    expect(stage.locator("iframe.viewer")).to_be_visible()
    expect(stage).to_contain_text("Checked: it is what was sent.")
    expect(stage.get_by_role("button", name="Save")).to_have_count(0)
    assert axe_violations(page) == []
    stage.get_by_role("button", name="Close").click()


def takes_back(page):
    """What alone is still out."""
    copies = page.locator("#copies")
    copies.get_by_role("button", name="Take it back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(copies.get_by_role("button", name="Take it back")).to_have_count(0)


def ask(page):
    page.locator("#ask-panel").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What shows that the reporting person knew it was not true").fill("They were abroad that day.")
    dialog.get_by_role("group", name="The evidence").locator("input").first.check()
    fill_gaps(dialog.get_by_label("What the reporting person is told"))
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Put the question and tell them").click()


def seats(page):
    page.locator("#seat-panel").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("What they get")).to_have_value(re.compile("with my own eyes"))
    expect(dialog.get_by_label("Bao Tran")).to_have_count(0)
    for name in ("Noor Haddad", "Tomas Lind", "Odile Brandt"):
        dialog.get_by_label(name, exact=True).check()
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Seal it and give it to them").click()
    expect(page.locator("#seats li")).to_have_count(3)


def fill_gaps(box):
    box.fill(box.input_value().replace("[…]", "the tickets"))


def see_again(page, reporter):
    reload_list(page)
    open_report(page, reporter.thread_id)
    expect(page.locator("#panel")).to_be_visible()


def at_given(office, contexts, name):
    """Sign in somebody who may have no desk, and go where documents are."""
    page, member = contexts().new_page(), office.member(name)
    page.goto(f"{office.running.urls['office']}/at/{b64(office.office)}/#/given")
    page.locator("input[autocomplete=username]").fill(member["sign_in"])
    page.locator("input[autocomplete=current-password]").fill(member["passphrase"])
    page.locator("input[autocomplete=one-time-code]").fill(office.running.digits(member["totp"]))
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Given to me")).to_be_visible(timeout=60_000)
    return page


def decide(page):
    page.evaluate("location.hash = '#/account'")
    card = look(page)
    expect(card).not_to_contain_text("pipe")
    card.get_by_role("button", name="I have no part in it").click()
    expect(card).to_contain_text(PIPE)
    card.get_by_label("Did they know that it was not true?").select_option("yes")
    card.get_by_label("Your reasons").fill("The tickets say so.")
    assert axe_violations(page) == []
    card.get_by_role("button", name="Sign it and seal it").click()
    expect(card).to_contain_text("You have answered.")


def look(page):
    page.evaluate("location.hash = '#/given'")
    card = page.locator("article[data-copy]")
    expect(card).to_be_visible()
    return card
