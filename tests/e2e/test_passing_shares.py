"""Custodians change: one passes their shares on, those of one who is gone are made again, and names open as before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.cases import confirm, triage
from e2e.peers import to_people
from e2e.test_opening_names import PATIENCE, asks, at_the_names, hands_over, leaves_a_name, reads
from e2e.third import both_sign
from e2e.workbench import Demonstration
from factories.reporter import Reporter
from support.browsers import axe_violations


@pytest.fixture
def here(make_other_demonstration) -> Demonstration:
    """The office of this story alone: its clock is put on, and its custodians change."""
    return Demonstration(make_other_demonstration())


def test_who_leaves_passes_on_and_the_successor_answers_in_their_place(here, new_context):
    _person, reported = leaves_a_name(here, new_context)
    contexts = a_day_later(here, new_context)
    roles(here, contexts, ("Odile Brandt", True))
    mira = at_the_names(here, contexts, "mira")
    works(here, mira, "pass-shares", "mira", keeper="Odile Brandt")
    expect(mira.locator("#shares-done")).to_contain_text("15 shares were sealed.")
    works(here, mira, "pass-shares", "mira", keeper="Odile Brandt")
    expect(mira.locator("#shares-done")).to_contain_text("15 names needed nothing, or were done before.")
    works(here, mira, "pass-shares", "mira", keeper="Wen Baoyi")
    expect(mira.locator("#shares-done")).to_contain_text("15 were left out")
    assert axe_violations(mira) == []
    here.running.put_on(60)  # digits are good once
    roles(here, contexts, ("Mira Solano", False))
    opens(here, contexts, reported, "odile", "yusuf")


def test_what_a_custodian_held_who_is_gone_is_made_again(here, new_context):
    _person, reported = leaves_a_name(here, new_context)
    contexts = a_day_later(here, new_context)
    roles(here, contexts, ("Odile Brandt", True), ("Wen Baoyi", False))
    mira = at_the_names(here, contexts, "mira")
    mira.locator("#gather-shares").click(timeout=PATIENCE)
    dialog = mira.get_by_role("dialog")
    dialog.get_by_label("Who keeps what is made again").select_option(label="Odile Brandt")
    dialog.get_by_role("button", name="Sign it").click()
    asked = mira.locator("[data-gathering]")
    expect(asked).to_contain_text("You ask the custodians for their shares", timeout=PATIENCE)
    works(here, mira, "make-again", "mira")
    expect(mira.locator("#shares-done")).to_contain_text("Of 15 names nothing could be done")
    yusuf = at_the_names(here, contexts, "yusuf")
    expect(yusuf.get_by_role("navigation").get_by_role("link", name="Names under seal")).to_contain_text("1")
    yusuf.locator("#decline-gathering").click(timeout=PATIENCE)
    yusuf.get_by_role("dialog").get_by_role("button", name="Sign it").click()
    expect(yusuf.locator("[data-gathering]")).to_contain_text("Yusuf Adel hands nothing over", timeout=PATIENCE)
    expect(yusuf.locator("#decline-gathering")).to_have_count(0)
    works(here, yusuf, "hand-shares", "yusuf")
    expect(yusuf.locator("[data-gathering]")).not_to_contain_text("hands nothing over")
    expect(yusuf.locator("#shares-done")).to_contain_text("15 shares were sealed.")
    expect(yusuf.locator("[data-gathering]")).to_contain_text("Yusuf Adel: 15 shares")
    odile = at_the_names(here, contexts, "odile")
    expect(odile.locator("[data-gathering]")).to_contain_text("You will keep what is made again.", timeout=PATIENCE)
    works(here, mira, "make-again", "mira")
    expect(mira.locator("#shares-done")).to_contain_text("15 shares were sealed.")
    mira.locator("#end-gathering").click()
    expect(mira.locator("[data-gathering]")).to_have_count(0, timeout=PATIENCE)
    opens(here, contexts, reported, "odile", "yusuf")


def a_day_later(office: Demonstration, new_context) -> Callable[..., BrowserContext]:
    """From now on it is tomorrow, for the office and in browsers: on the day of a new charter nobody could tell which
    custodians a name was sealed for.
    """
    office.running.set_clock("+1d")

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.clock.set_system_time(datetime.now(UTC) + timedelta(days=1))
        return context

    return make


def roles(office: Demonstration, new_context, *changes: tuple[str, bool]) -> None:
    """Two administrators sign who keeps names from now on: one charter for each change."""
    ilse, noor = office.signed_in(new_context, "ilse"), office.signed_in(new_context, "noor")
    for name, keeps in changes:
        to_people(ilse)
        ilse.get_by_role("row", name=name).get_by_role("button", name="Roles", exact=True).click()
        ilse.get_by_role("dialog", name=name).get_by_label("custodian of names").set_checked(keeps)
        said = f"{name} becomes: custodian of names" if keeps else f"{name} is no longer: custodian of names"
        both_sign(ilse, noor, said)
    ilse.context.close()
    noor.context.close()


def works(office: Demonstration, page: Page, press: str, sign_in: str, keeper: str = "") -> None:
    """What is sealed to another needs the passphrase once more, and goes through every name."""
    page.locator(f"#{press}").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    if keeper:
        dialog.get_by_label("Who keeps them from now on").select_option(label=keeper)
    dialog.get_by_label("Your present passphrase").fill(office.member(sign_in)["passphrase"])
    assert axe_violations(page) == []
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0, timeout=PATIENCE)


def opens(office: Demonstration, new_context, reported: Reporter, *keepers: str) -> None:
    """The name is asked for, proven after a night, handed over by these two, and read."""
    bao, tomas = office.signed_in(new_context, "bao"), office.signed_in(new_context, "tomas")
    triage(bao, reported, re.compile("^Tomas Lind"))
    confirm(tomas, reported)
    asks(bao, reported, out_of=None)
    office.running.set_clock("+2d")
    office.running.command("night")
    for keeper in keepers:
        page = at_the_names(office, new_context, keeper)
        card = page.locator("[data-name-request]")
        expect(card).to_contain_text("Proven: the asker works on this case", timeout=PATIENCE)
        hands_over(card, office.member(keeper)["passphrase"])
        expect(card).to_contain_text("You have answered.", timeout=PATIENCE)
    reads(office.signed_in(new_context, "bao"), reported)
    assert "Nothing was altered" in office.running.command("verify").stdout
