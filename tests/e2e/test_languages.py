"""Who reads a page in another language than the browser's meets no sentence in the browser's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.office_pages import PATIENCE
from support.report_page import PHONE, Person, Stand

pytestmark = pytest.mark.story

ARABIC = re.compile(r"[\u0600-\u06ff]")


def test_a_refusal_of_the_office_door_is_in_the_pages_language(installation, new_context):
    page = new_context(locale="en").new_page()
    page.goto(f"{installation.urls['office']}/ar/setup#no-such-code")
    page.locator("main input").nth(1).fill("Harbour Office")
    page.locator("main button[type=submit]").click()
    fault = page.locator(".faults a")
    expect(fault).to_have_text(ARABIC, timeout=PATIENCE)
    assert not re.search("[A-Za-z]{3}", fault.inner_text().replace("Fairline", ""))


def test_forms_and_desks_are_in_the_pages_language(installation, new_context):
    person = Person(Stand.begin(installation), new_context(viewport=PHONE, locale="en"))
    person.opens("zh-hans").writes()
    person.page.check("#concerns-no")
    labels = said(person)
    person.chooses("第一受理组")
    labels += said(person)
    person.says_no_more()
    person.page.check("#naming-locked")
    person.page.check("#ring-yes")
    labels += said(person)
    assert len(labels) > 20
    assert [label for label in labels if re.search("[A-Za-z]{3}", label)] == []


def said(person):
    return person.page.locator("#view label, #view legend, #view summary").all_inner_texts()
