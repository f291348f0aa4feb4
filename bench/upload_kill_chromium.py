"""Uploads from the report page in Chromium, broken off: the browser killed, the door killed, or the network cut.

A killed browser is another one afterwards, with nothing of the first: its person opens the draft with the words of the
receipt, picks the same file again, and sends. What was stored is opened by a handler and held against its hash.
"""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attachment_chromium import SENT, enter, page, pick, press, to_the_files
from chromium import Chromium
from fairline.seal.primitives import b64
from support import made_office
from support.cut_line import CutLine

if TYPE_CHECKING:
    from upload_kill import Uploads

KINDS = ("browser", "door", "network")
DESK = "First desk"
PICKER = "#view input[type=file][multiple]"
AGAIN = "input[type=file][aria-label^='Pick again']"
KEPT = "() => document.querySelector('#view')?.innerText.includes('Your draft is kept')"
BACK = "() => document.querySelector('#view')?.innerText.includes('Your draft is back')"
ARRIVED = "() => [...document.querySelectorAll('#view button')].some((one) => one.innerText === 'Open my mailbox')"
WORDS = "() => globalThis.words.join(' ')"
CHECKS = "#view > div > .actions .button"
SEND = "#view .button.large"
WITHIN = 300
CHANCE = secrets.SystemRandom()


class Person:
    """Somebody at the report page, whose browser reaches the door through a network of its own."""

    def __init__(self, uploads: Uploads, file: Path) -> None:
        """Come to the page."""
        self.uploads, self.file = uploads, file
        origin = uploads.installation.urls["report"]
        self.address = f"{origin}/at/{b64(uploads.office)}/"
        port = urlsplit(origin).port or 0
        self.network = CutLine(port)
        self.way = f"--host-resolver-rules=MAP localhost:{port} 127.0.0.1:{self.network.port}"
        self.begun = 0
        """Bytes that had gone to the door when the file was picked."""
        self.sees = ""
        """What the page says last."""

    def sends(self, kind: str) -> bool:
        """Send a report with the file; return whether what was to break it off came before all of it was stored."""
        size = self.file.stat().st_size
        with self._browser() as browser:
            to_the_files(browser, self.address, DESK)
            browser.wait(KEPT)
            words = browser.run(WORDS)
            self.begun = self.network.passed
            pick(browser, PICKER, self.file)
            at = CHANCE.uniform(0, size)
            while kind and self.network.passed < self.begun + at:
                time.sleep(0.002)
            # Every second one in the middle of a part, every second one where the browser waits for an answer.
            time.sleep(CHANCE.uniform(0, 0.03))
            early = not kind or not browser.run(SENT)
            if kind == "browser":
                browser.kill()
            else:
                self._breaks(kind)
                browser.wait(SENT, WITHIN)
                press(browser, CHECKS)
                self._arrives(browser)
                return early
        with self._browser() as browser:
            try:
                self._goes_on(browser, words)
            except RuntimeError:
                self.sees = browser.run("() => document.querySelector('#main').innerText.slice(0, 300)")
                raise
        return early

    def _breaks(self, kind: str) -> None:
        if kind == "door":
            self.uploads.lone.kill()
            self.uploads.lone.start()
        elif kind == "network":
            self.network.cut()

    def _goes_on(self, browser: Chromium, words: str) -> None:
        page(browser, self.address)
        browser.wait("() => document.querySelector('#first:not([hidden])') !== null")
        press(browser, "#open-mailbox")
        enter(browser, "#receipt-words", words)
        press(browser, "#open")
        browser.wait(BACK)
        browser.wait(f'() => document.querySelector("{AGAIN}, .files .chip.good") !== null')
        if browser.run(f'() => document.querySelector("{AGAIN}") !== null'):
            pick(browser, AGAIN, self.file)
        browser.wait(SENT, WITHIN)
        self._arrives(browser)

    def _arrives(self, browser: Chromium) -> None:
        press(browser, SEND)
        browser.wait(ARRIVED)

    @contextmanager
    def _browser(self) -> Iterator[Chromium]:
        with tempfile.TemporaryDirectory(prefix="fairline-bench-", ignore_cleanup_errors=True) as profile:
            browser = Chromium(Path(profile), 360, 740, (self.way,))
            try:
                yield browser
            finally:
                if browser.lives:
                    browser.end()


def broken_off(uploads: Uploads, runs: int) -> dict[str, Any]:
    """Send the file ``runs`` times, broken off once each, and once before, undisturbed."""
    sent: dict[str, int] = {}
    done: Counter[str] = Counter()
    troubles = []
    for number in range(-1, runs):
        kind = KINDS[number % len(KINDS)] if number >= 0 else ""
        file = uploads.file.with_name(f"film {number}.mp4")
        file.hardlink_to(uploads.file)
        person = Person(uploads, file)
        try:
            done[kind] += person.sends(kind)
        except RuntimeError as error:
            troubles.append(f"{kind}, {person.network.passed - person.begun} bytes: {error} {person.sees}")
        person.network.close()
        sent[file.name] = person.network.passed - person.begun
    rows = json.loads(made_office.run(uploads.installation, "attached", str(uploads.secrets)))
    came = {row["name"]: row["hash"] for row in rows}
    first = sent.pop("film -1.mp4")
    return {
        "runs": runs, "whole": sum(came.get(name) == uploads.digest for name in sent),
        "most_twice": max(sent.values()) - first, "broken": sum(done[kind] for kind in KINDS),
        "broken_by": {kind: done[kind] for kind in KINDS}, "troubles": troubles,
        "bytes_twice_by": {
            kind: max((sent[f"film {at}.mp4"] - first for at in range(nth, runs, len(KINDS))), default=0)
            for nth, kind in enumerate(KINDS)
        },
    }  # fmt: skip
