"""One masked document of a case for a member outside it, in real browsers: given, read, answered, taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.cases import PIPE, confirm, triage
from e2e.workbench import open_report, reload_list
from support.browsers import axe_violations

MARK = """box => { const at = box.value.indexOf("pump house"); box.focus(); box.setSelectionRange(at, at + 10); }"""


@pytest.fixture(scope="module")
def people(office_at_work, contexts):
    return {name: office_at_work.signed_in(contexts, name) for name in ("bao", "ilse", "tomas")}


def test_a_helper_reads_the_masked_copy_alone_and_what_they_send_back_lands_in_the_case(office_at_work, people):
    bao, ilse, tomas = people["bao"], people["ilse"], people["tomas"]
    reporter = office_at_work.reporter()
    reporter.file({"what": PIPE})
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
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
    tomas.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reporter.thread_id)
    expect(tomas.get_by_role("heading", name="There is no such report here")).to_be_visible()
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(bao.locator("#copies")).to_contain_text("Quelqu'un a limé le tuyau.")
    bao.locator("#copies").get_by_role("button", name="Take it back").click()
    bao.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(bao.locator("#copies")).to_contain_text("they can read it no more")
    tomas.evaluate("location.hash = '#/account'")
    tomas.evaluate("location.hash = '#/given'")
    expect(tomas.locator("main")).to_contain_text("Nothing was given to you.")


def look(page):
    page.evaluate("location.hash = '#/given'")
    card = page.locator("article[data-copy]")
    expect(card).to_be_visible()
    return card
