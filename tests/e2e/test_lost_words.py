"""Somebody who lost their words reports anew and says what it continues; the old text comes back to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.workbench import open_report
from fairline.seal.primitives import b64
from fairline.seal.receipt import derive
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations
from support.report_page import PHONE, Person

PATIENCE = 30_000
DESK = "Safety and security desk"
EARLIER = "In spring I wrote about the scale at gate two."


@dataclass
class Poster:
    """The address of the report page."""

    running: Any
    office: str

    def address(self, _language: str = "", _pin: str | None = None) -> str:
        return f"{self.running.urls['report']}/at/{self.office}/"


@pytest.fixture(scope="module")
def somebody(office_at_work, contexts):
    person = Person(Poster(office_at_work.running, b64(office_at_work.office)), contexts(viewport=PHONE))
    person.opens().writes("It is still wrong today.").chooses(DESK)
    page = person.page
    page.get_by_text("I reported before and have lost my words").click()
    page.get_by_label("What do you remember of that report?").fill(EARLIER)
    assert axe_violations(page) == []
    person.goes_on().keeps_the_receipt()
    expect(page.locator("#view dl").first).to_contain_text(EARLIER)
    return person.sends()


def test_the_desk_reads_what_it_continues(somebody, office_at_work, contexts):
    bao = office_at_work.signed_in(contexts, "bao")
    open_report(bao, b64(derive(words_to_entropy(" ".join(somebody.words)), office_at_work.office).id))
    told = bao.locator(".detail article .notice").filter(has_text="continues an earlier report")
    expect(told).to_contain_text(EARLIER)
    expect(told).to_contain_text("whoever writes here may be somebody else")


def test_who_has_lost_their_words_reads_where_to_say_so(office_at_work, contexts):
    person = Person(Poster(office_at_work.running, b64(office_at_work.office)), contexts(viewport=PHONE))
    person.opens()
    person.page.click("#open-mailbox")
    expect(person.page.locator("#view")).to_contain_text("nobody can give them back", timeout=PATIENCE)
