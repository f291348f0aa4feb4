"""A member's calendar in a real browser: an address is made, asked by a program without a session, and taken back."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from support.browsers import axe_violations


@pytest.fixture(scope="module")
def page(office_at_work, contexts):
    office_at_work.reporter().file({"what": "The light over the third gate is out again."})
    page = office_at_work.signed_in(contexts, "bao")
    page.evaluate("location.hash = '#/account'")
    return page


def asked(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        found: bytes = answer.read()
        return found


def test_an_address_is_made_asked_without_a_session_and_taken_back(page) -> None:
    card = page.get_by_role("region", name="Due days in your calendar")
    desk = card.get_by_role("group").first
    expect(desk).to_contain_text("No calendar asks.")
    desk.get_by_role("button", name="Make an address").click()
    expect(desk.locator(".code")).to_contain_text(".ics?lang=en")
    address = desk.locator(".code").inner_text()
    assert axe_violations(page) == []
    assert Calendar.from_ical(asked(address)).walk("VEVENT")
    desk.get_by_role("button", name="Take it back").click()
    expect(card.get_by_role("group").first).to_contain_text("No calendar asks.")
    with pytest.raises(urllib.error.HTTPError) as refused:
        asked(address)
    assert refused.value.code == 404
