"""A person at the report page, on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from support import made_office
from support.browsers import listened
from support.installation import Installation

PHONE = {"width": 360, "height": 740}
STORY = "On Tuesday I saw a person copy drawings from the locked cabinet. They left through the garage."


@dataclass
class Stand:
    """An installation with a made office, and what a poster says of it."""

    installation: Installation
    secrets: Path
    office: str
    fingerprint: str

    @classmethod
    def begin(cls, installation: Installation) -> Stand:
        """Found the office in a running installation."""
        secrets = installation.folder / "made-office.json"
        told = json.loads(made_office.run(installation, "found", str(secrets)))
        return cls(installation, secrets, told["id"], told["F"])

    def address(self, language: str = "", pin: str | None = None) -> str:
        """Return the page's address as a poster has it; ``pin`` another code, ``""`` none."""
        code = self.fingerprint if pin is None else pin
        fragment = f"#k={code}" if code else ""
        prefix = f"/{language}" if language else ""
        return f"{self.installation.urls['report']}{prefix}/at/{self.office}/{fragment}"

    def answer(self, text: str) -> list[dict[str, str]]:
        """Let a handler open every thread and answer; return what the last one said."""
        said: list[dict[str, str]] = json.loads(made_office.run(self.installation, "answer", str(self.secrets), text))
        return said

    def attached(self) -> dict[str, dict[str, Any]]:
        """Let a handler open every file that came; what is in them, by their names."""
        rows: list[dict[str, Any]] = json.loads(made_office.run(self.installation, "attached", str(self.secrets)))
        return {row["name"]: row for row in rows}

    def rotate(self, reason: str) -> None:
        """Let the first desk begin a new epoch."""
        made_office.run(self.installation, "rotate", str(self.secrets), reason)


class Person:
    """Somebody at the page; each method is one step."""

    def __init__(self, stand: Stand, context: BrowserContext) -> None:
        self.stand = stand
        self.page: Page = listened(context.new_page())
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.words: list[str] = []

    def opens(self, language: str = "", pin: str | None = None) -> Person:
        """Open the page as a poster's code does."""
        # Another page first: the same address with a code would not load the document again.
        self.page.goto("about:blank")
        self.page.goto(self.stand.address(language, pin))
        self.page.wait_for_selector("#first:not([hidden])")
        return self

    def writes(self, text: str = STORY) -> Person:
        """Fill the one box and go on; the next step asks who shall read it."""
        self.page.fill("#what", text)
        self.page.click("#go-on")
        self.page.wait_for_selector("#concerns")
        return self

    def chooses(self, desk: str = "First desk") -> Person:
        """Say that it concerns nobody here, and choose a desk."""
        self.page.check("#concerns-no")
        self.page.get_by_label(desk, exact=True).check()
        self.page.locator("#view button[type=submit]").click()
        self.page.wait_for_selector("#view fieldset:not(#concerns)")
        return self

    def says_no_more(self) -> Person:
        """Leave out the form's other questions, up to those about the person."""
        self.page.locator("#view .actions .button").first.click()
        self.page.wait_for_selector("#naming")
        return self

    def goes_on(self) -> Person:
        """Leave out the rest, say nothing of oneself, and go to the receipt."""
        self.says_no_more()
        self.page.locator("#view button[type=submit]").click()
        self.page.wait_for_selector("#receipt li")
        return self

    def types_the_receipt_back(self) -> Person:
        """Note the words (or digits) and type two of them back; the next step is that of the files."""
        self.words = [item.inner_text().strip() for item in self.page.locator("#receipt li").all()]
        for field in self.page.locator("#view input[id^=part-]").all():
            field.fill(self.words[int((field.get_attribute("id") or "").removeprefix("part-"))])
        self.page.click("#receipt-go")
        return self.at_files()

    def at_files(self) -> Person:
        """Wait for the step of the files."""
        self.page.wait_for_selector("#view input[type=file]")
        return self

    def keeps_the_receipt(self) -> Person:
        """Keep the receipt, and go on without files."""
        return self.types_the_receipt_back().checks()

    def checks(self) -> Person:
        """Go on to "Check and send"."""
        self.page.locator("#view > div > .actions .button").first.click()
        self.page.wait_for_selector("#view dl")
        return self

    def to_the_end(self) -> Person:
        """Everything up to "Check and send"."""
        return self.opens().writes().chooses().goes_on().keeps_the_receipt()

    def sends(self) -> Person:
        """Press Send and wait until it has arrived."""
        # The door's own answer: a draft that is back is a good notice, too, and stands there before anything is sent.
        with self.page.expect_response(lambda answer: answer.url.endswith("/drop") and answer.ok, timeout=60_000):
            self.page.locator("#view .button.large").click()
        self.page.wait_for_selector("#view .notice.good")
        return self

    def comes_back(self, words: str | None = None, language: str = "") -> Person:
        """Open the mailbox with the words, on a fresh page."""
        self.opens(language)
        self.page.click("#open-mailbox")
        self.page.fill("#receipt-words", " ".join(self.words) if words is None else words)
        self.page.click("#open")
        return self

    def mailbox(self) -> Person:
        """Wait until the mailbox shows and its promises were looked for."""
        self.page.wait_for_selector(".story .message")
        self.page.wait_for_function("() => !/^(Looking|promised$)/m.test(document.querySelector('#view').innerText)")
        return self

    def text(self) -> str:
        """Return what the page says now."""
        return self.page.locator("#main").inner_text()


def stored_in(page: Page) -> dict[str, Any]:
    """Return whatever the page has put anywhere that outlives it."""
    return dict(
        page.evaluate(
            """async () => ({
              cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
              databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
              workers: (await navigator.serviceWorker.getRegistrations()).length,
              history: JSON.stringify(history.state), title: document.title, address: location.href,
            })"""
        )
    )


Contexts = Callable[..., BrowserContext]
