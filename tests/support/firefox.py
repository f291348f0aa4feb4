"""Firefox of the extended-support line, as Debian has it, asked through its own debugging port (Marionette).

Playwright drives only a Firefox of its own making. This is the one that people have, the base of Tor Browser, with
whatever switches a test sets. Elements are pressed and filled as by a hand, not by scripts.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

FIREFOX = "/usr/bin/firefox-esr"
PATIENCE = 120.0
SWITCHED_OFF = dict.fromkeys(
    ("javascript.options.ion", "javascript.options.baselinejit", "javascript.options.native_regexp",
     "javascript.options.asmjs", "javascript.options.wasm"), False,
)  # fmt: skip
"""What Tor Browser switches off at its level "Safer"."""


class Firefox:
    """One browser with one page, and a fresh profile."""

    def __init__(self, profile: Path, switches: dict[str, bool]) -> None:
        """Start it, with these preferences."""
        profile.mkdir()
        settings = {"marionette.port": 0, "browser.shell.checkDefaultBrowser": False, **switches}
        rows = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
        (profile / "user.js").write_text("\n".join(rows), encoding="utf-8")
        self.process = subprocess.Popen(
            [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.slow = bool(switches)
        self._left = b""
        self._last = 0
        self._line = self._dialled(profile / "MarionetteActivePort")
        self._message()
        self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self.ask("WebDriver:SetTimeouts", implicit=0, pageLoad=PATIENCE * 1000, script=PATIENCE * 1000)

    def ask(self, command: str, **given: Any) -> Any:
        """Ask one thing and return its answer."""
        self._last += 1
        asked = json.dumps([0, self._last, command, given]).encode()
        self._line.sendall(b"%d:%b" % (len(asked), asked))
        _kind, number, error, answer = self._message()
        assert number == self._last
        if error is not None:
            raise FirefoxError(error["error"], error["message"])
        return answer

    def goes(self, address: str) -> None:
        """Load a page."""
        self.ask("WebDriver:Navigate", url=address)

    def run(self, script: str, *given: Any) -> Any:
        """Run a script's lines in the page and return what they return."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(given))["value"]

    def element(self, selector: str) -> str:
        """Wait until somebody could see an element, and return its name."""
        self.wait("return (document.querySelector(arguments[0])?.getClientRects().length ?? 0) > 0;", selector)
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)["value"]
        return str(next(iter(found.values())))

    def presses(self, selector: str) -> None:
        """Press an element."""
        self.ask("WebDriver:ElementClick", id=self.element(selector))

    def types(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.ask("WebDriver:ElementSendKeys", id=self.element(selector), text=text)

    def picks(self, selector: str, file: Path) -> None:
        """Pick a file; the field itself may be out of sight behind its button."""
        self.wait("return document.querySelector(arguments[0]) !== null;", selector)
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)["value"]
        self.ask("WebDriver:ElementSendKeys", id=str(next(iter(found.values()))), text=str(file))

    def text(self) -> str:
        """Return what the page says now."""
        return str(self.run("return document.querySelector('#main').innerText;"))

    def says(self, words: str) -> None:
        """Wait until the page says these words."""
        self.wait("return document.querySelector('#main').innerText.includes(arguments[0]);", words)

    def wait(self, script: str, *given: Any) -> None:
        """Wait until a script returns something true."""
        end = time.monotonic() + PATIENCE
        while not self.run(script, *given):
            if time.monotonic() > end:
                raise AssertionError(f"It never came: {script} {given}\n{self.run('return document.body.innerText')}")
            time.sleep(0.05)

    def ends(self) -> None:
        """End it."""
        self._line.close()
        self.process.kill()
        self.process.wait(20)

    def _dialled(self, told: Path) -> socket.socket:
        end = time.monotonic() + PATIENCE
        while True:
            port = told.read_text(encoding="ascii").strip() if told.exists() else ""
            if port:
                return socket.create_connection(("127.0.0.1", int(port)), timeout=PATIENCE)
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("Firefox does not start.")
            time.sleep(0.05)

    def _message(self) -> Any:
        while b":" not in self._left:
            self._left += self._more()
        length, _colon, self._left = self._left.partition(b":")
        while len(self._left) < int(length):
            self._left += self._more()
        message, self._left = self._left[: int(length)], self._left[int(length) :]
        return json.loads(message)

    def _more(self) -> bytes:
        more = self._line.recv(1 << 20)
        if not more:
            raise RuntimeError("Firefox has ended.")
        return more


class FirefoxError(Exception):
    """Firefox could not do what it was asked: a code, and its own words."""
