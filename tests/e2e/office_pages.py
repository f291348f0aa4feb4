"""A member of an office at a real browser: what they type and press in set-up, joining, sign-in and unlocking."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

import pyotp
from playwright.sync_api import Page, expect

from support.installation import Installation

PRINTED_WITHIN = 30.0
"""Seconds."""
PATIENCE = 30_000
"""Milliseconds: a passphrase costs a second and more of a busy machine."""

STEP = 30
"""Seconds for which a telephone shows the same digits."""


@dataclass
class Person:
    """What a member knows and has: name, passphrase, telephone and sheet."""

    name: str
    sign_in: str
    passphrase: str = "five quiet harbour lamps burning"
    totp: str = ""
    way_back: list[str] = field(default_factory=list)
    root: list[str] = field(default_factory=list)
    used_step: int = 0

    def digits(self, installation: Installation) -> str:
        """Digits that have not been used yet: each is good once, so the installation's clock goes on to the next."""
        now = int(installation.now().timestamp())
        if now // STEP <= self.used_step:
            installation.put_on((self.used_step + 1) * STEP - now)
            now = (self.used_step + 1) * STEP
        self.used_step = now // STEP
        return pyotp.TOTP(self.totp).at(now)


def press(page: Page, label: str) -> None:
    """Press the button that says `label`."""
    page.get_by_role("button", name=label, exact=True).click()


def write(page: Page, label: str, text: str) -> None:
    """Type into the field that says `label`."""
    page.get_by_label(label, exact=True).fill(text)


def heading(page: Page, text: str) -> None:
    """Wait until the page has come to this heading."""
    expect(page.get_by_role("heading", name=text).first).to_be_visible(timeout=PATIENCE)


def new_person(page: Page, person: Person) -> None:
    """Fill in the first screen of a new member, and the passphrase."""
    write(page, "Your name, as your colleagues know it", person.name)
    write(page, "Sign-in name", person.sign_in)
    if page.get_by_label("Name that reporting persons see").count():
        write(page, "Name that reporting persons see", "Linde")
    write(page, "Passphrase", person.passphrase)
    write(page, "The passphrase once more", person.passphrase)
    press(page, "Continue")
    heading(page, "A second proof: your telephone")
    page.get_by_text("I cannot scan it").click()
    person.totp = page.locator("details .code").inner_text().replace(" ", "")
    write(page, "The six digits that the app shows now", pyotp.TOTP(person.totp).now())


def read_sheet(page: Page, person: Person) -> None:
    """Read the printed sheet and type back what is asked."""
    heading(page, "Print your own sheet")
    _take_down(page, person)
    press(page, "It is printed, or written down")
    heading(page, "Type a few words back")
    _type_back(page, person)


def read_words(page: Page, person: Person) -> None:
    """Read a new sheet that stands beside the fields in which it is typed back."""
    _take_down(page, person)
    _type_back(page, person)


def _take_down(page: Page, person: Person) -> None:
    grids = page.locator(".paper .words")
    person.way_back = grids.nth(0).locator("li").all_inner_texts()
    person.root = grids.nth(1).locator("li").all_inner_texts() if grids.count() > 1 else []


def _type_back(page: Page, person: Person) -> None:
    for label in page.locator(".field label", has_text=re.compile("^(Way back|Root key), word")).all():
        text = label.inner_text()
        words = person.way_back if text.startswith("Way back") else person.root
        number = int(re.findall(r"\d+", text)[-1])
        page.get_by_label(text, exact=True).fill(words[number - 1])


def set_up_address(installation: Installation) -> str:
    """Return the address with the code that the operator reads in the terminal."""
    # The supervisor prints it when it sees that all doors stand open, as whoever started it here did.
    end = time.monotonic() + PRINTED_WITHIN
    while (found := re.search(r"Set up the first office: (\S+)\s", installation.logs())) is None:
        if time.monotonic() > end:
            raise AssertionError("the terminal names no address for the set-up")
        time.sleep(0.05)
    return found[1]


def set_up(page: Page, installation: Installation, person: Person) -> None:
    """Go through the guided set-up, to the open workbench."""
    page.goto(set_up_address(installation))
    heading(page, "Set up a reporting line")
    write(page, "Name of the office", "Harbour Office")
    write(page, "Time zone", "Europe/Berlin")
    press(page, "Continue")
    heading(page, "Who are you?")
    new_person(page, person)
    press(page, "Continue")
    heading(page, "The first desk")
    write(page, "In immediate danger", "Call 112.")
    write(page, "Complaints about this office", "The ombudsperson, Quay Street 4")
    write(page, "Telephone for reports", "+49 30 5550123")
    press(page, "Make the keys")
    read_sheet(page, person)
    press(page, "Found the office")
    heading(page, "The office stands")
    press(page, "Open the workbench")
    expect(page.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)


def sign_in(page: Page, installation: Installation, person: Person) -> None:
    """Sign in and unlock, as after a closed tab."""
    page.goto(f"{installation.urls['office']}/")
    write(page, "Sign-in name", person.sign_in)
    write(page, "Passphrase", person.passphrase)
    write(page, "Six digits from your telephone", person.digits(installation))
    press(page, "Sign in and unlock")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)


def invite(page: Page, name: str, *roles: str) -> str:
    """Invite a person with these roles; return the link."""
    page.get_by_role("link", name="People and keys").click()
    press(page, "Invite a person")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill(name)
    for role in roles:
        dialog.get_by_label(role, exact=True).check()
    dialog.get_by_role("button", name="Make the link").click()
    link = page.locator("#invitation-link").inner_text(timeout=PATIENCE)
    press(page, "Done")
    return link


def join(page: Page, link: str, person: Person) -> list[str]:
    """Answer an invitation; return the eight words that the page shows."""
    page.goto(link)
    heading(page, "You are invited to")
    new_person(page, person)
    press(page, "Make the keys")
    read_sheet(page, person)
    press(page, "Join")
    heading(page, "Read these eight words out")
    words = page.locator(".words li").all_inner_texts()
    press(page, "Open the workbench")
    heading(page, "Welcome")
    return words


def take_in(page: Page, alias: str) -> list[str]:
    """Take in who has answered, after comparing the words; return the words that the page shows."""
    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="People and keys").click()
    heading(page, "Waiting")
    card = page.locator(".card").filter(has_text="Has answered")
    words = card.locator(".words li").all_inner_texts()
    card.get_by_label("Name that reporting persons see").fill(alias)
    card.get_by_label("I have compared these eight words").check()
    card.get_by_role("button", name="Take them in").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{alias} joins")
    dialog.get_by_role("button", name="Sign", exact=True).click()
    expect(card).to_have_count(0, timeout=PATIENCE)
    return words
