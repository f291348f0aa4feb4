"""A member at the workbench of a running demonstration."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from factories.reporter import Reporter, manifest_at
from fairline.seal.primitives import b64, unb64
from support.browsers import listened


@dataclass
class Demonstration:
    """A running demonstration: two desks with four members, three custodians, a dozen reports."""

    running: Any

    def __post_init__(self) -> None:
        path = self.running.folder / "var" / "demonstration.json"
        self.shown = json.loads(path.read_text("utf-8"))
        self.office = unb64(self.shown["office"])
        charter = manifest_at(self.running.urls["report"], self.office).charter
        self.desks = {desk.names["en"]: desk.id for desk in charter.desks}

    def desk(self, name: str) -> bytes:
        return self.desks[name]

    def reporter(self, desk: str = "Safety and security desk") -> Reporter:
        return Reporter(self.running.urls["report"], self.office, self.desk(desk))

    def member(self, sign_in: str) -> dict[str, str]:
        found: dict[str, str] = next(one for one in self.shown["members"] if one["sign_in"] == sign_in)
        return found

    def signed_in(self, new_context: Callable[..., Any], sign_in: str, **options: Any) -> Page:
        """A page at which ``sign_in`` has just unlocked. Digits are good once; the next half minute's count too."""
        page = listened(new_context(**{"viewport": {"width": 1280, "height": 850}, **options}).new_page())
        member = self.member(sign_in)
        page.goto(f"{self.running.urls['office']}/at/{b64(self.office)}/#/arrivals")
        page.locator("input[autocomplete=username]").fill(member["sign_in"])
        page.locator("input[autocomplete=current-password]").fill(member["passphrase"])
        page.locator("input[autocomplete=one-time-code]").fill(self.running.digits(member["totp"]))
        page.locator("form button[type=submit]").click()
        expect(page.locator(".rows .entry").first).to_be_visible(timeout=60_000)
        return page


class DemonstrationStand:
    """The demonstration's office as a poster shows it."""

    def __init__(self, demonstration: Demonstration) -> None:
        self.urls = demonstration.running.urls
        self.manifest = manifest_at(self.urls["report"], demonstration.office)
        self.demonstration = demonstration

    def address(self, language: str = "", _pin: str | None = None) -> str:
        prefix = f"/{language}" if language else ""
        return f"{self.urls['report']}{prefix}/at/{self.demonstration.shown['office']}/"


def unlock_again(page: Page, member: dict[str, str]) -> None:
    """Lock, which ends the worker and all that it held, and unlock within the same session."""
    page.get_by_role("button", name=re.compile("^Lock")).click()
    page.locator("input[autocomplete=current-password]").fill(member["passphrase"])
    page.locator("form button[type=submit]").click()
    expect(page.locator(".rows .entry").first).to_be_visible(timeout=60_000)


def open_report(page: Page, thread: str) -> None:
    """Go to a report by its address inside the workbench and declare to know nobody in it."""
    page.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", thread)
    declare = page.locator("#declare-none")
    story = page.locator(".detail article .story")
    expect(declare.or_(story)).to_be_visible()
    if declare.is_visible():
        declare.click()
    expect(story).to_be_visible()


def reload_list(page: Page) -> None:
    """Draw the view anew, as going to another view and back does; the keys stay unlocked."""
    page.evaluate("location.hash = '#/account'")
    expect(page.locator(".split")).to_have_count(0)
    page.evaluate("location.hash = '#/arrivals'")
    expect(page.locator(".rows .entry").first).to_be_visible()


SEEK = """thread => {
  const row = document.querySelector(`.entry[data-thread="${thread}"]`);
  if (row) { row.scrollIntoView({ block: "center" }); return true; }
  const list = document.querySelector(".rows.virtual");
  const last = list?.lastElementChild;
  if (!last) return false;
  // From the end to the start again: what is looked for may have come in above.
  (last.ariaPosInSet === last.ariaSetSize ? list : last).scrollIntoView({ block: "start" });
  return false;
}"""


def in_list(page: Page, thread: str) -> Locator:
    """Return a report's row, after scrolling to it: only the rows that are seen are on the page."""
    page.wait_for_function(SEEK, arg=thread, polling=100)
    return page.locator(f'.entry[data-thread="{thread}"]')


SEEK_TEXT = f"""([thread, text]) => ({SEEK})(thread)
  && document.querySelector(`.entry[data-thread="${{thread}}"]`).textContent.includes(text)"""


def said_in_list(page: Page, thread: str, text: str) -> None:
    """Wait until a report's row says this, and look for the row anew each time: what comes in above moves it away."""
    page.wait_for_function(SEEK_TEXT, arg=[thread, text], polling=100)
