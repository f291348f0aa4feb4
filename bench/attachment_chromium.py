"""What `bench/attachment.py` asks of Chromium: a person's upload, a handler's download, and sealing by itself.

Nothing but the debugging pipe looks on (chromium.py). Report page and workbench are those of the product; the page that
only seals is `web/tests/pages/sealing.ts`, served by a small server of this module's own.
"""

from __future__ import annotations

import functools
import http.server
import json
import statistics
import threading
import time
from pathlib import Path

import pyotp

from chromium import Chromium
from fairline.seal.primitives import b64
from support.colleague import Colleague
from support.installation import Installation

DIST = Path(__file__).resolve().parents[1] / "web" / "dist"
ROUNDS = 3
STEP_S = 30
PRESS = "(selector) => { const found = document.querySelector(selector); found?.click(); return found !== null; }"
TYPE = """(selector, text) => {
  const field = document.querySelector(selector);
  if (field === null) return false;
  field.value = text;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}"""
DESK = """(name) => {
  const found = [...document.querySelectorAll("#desk label")].find((one) => one.textContent.includes(name));
  found?.click();
  return found !== undefined;
}"""
TYPE_BACK = """() => {
  const words = globalThis.words = [...document.querySelectorAll("#receipt li")].map((item) => item.innerText.trim());
  if (words.length === 0) return false;
  for (const field of document.querySelectorAll("#view input[id^=part-]")) {
    field.value = words[Number(field.id.slice(5))];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}"""
SENT = "() => document.querySelector('.files > li .chip.good') !== null"
ROW = """(label) => {
  const found = [...document.querySelectorAll(".files .acts button")]
    .find((one) => (one.ariaLabel ?? "").startsWith(label));
  found?.click();
  return found !== undefined;
}"""


def page(browser: Chromium, address: str) -> None:
    """Go to an address."""
    browser.ask("Page.navigate", url=address)


def press(browser: Chromium, selector: str) -> None:
    """Press what is there, as soon as it is."""
    browser.wait(f"() => ({PRESS})({json.dumps(selector)})")


def enter(browser: Chromium, selector: str, text: str) -> None:
    """Fill a field, as soon as it is there."""
    browser.wait(f"() => ({TYPE})({json.dumps(selector)}, {json.dumps(text)})")


def pick(browser: Chromium, selector: str, file: Path) -> None:
    """Pick a file as a person does it in the browser's own dialogue."""
    browser.wait(f"() => document.querySelector({json.dumps(selector)}) !== null")
    root = browser.ask("DOM.getDocument")["root"]["nodeId"]
    node = browser.ask("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    browser.ask("DOM.setFileInputFiles", nodeId=node, files=[str(file)])


def to_the_files(browser: Chromium, address: str, desk: str) -> None:
    """Begin a report to a desk, up to where files are picked."""
    page(browser, address)
    browser.wait("() => document.querySelector('#first:not([hidden])') !== null")
    enter(browser, "#what", "There is a film.")
    press(browser, "#go-on")
    press(browser, "#concerns-no")
    browser.wait(f"() => ({DESK})({json.dumps(desk)})")
    press(browser, "#view button[type=submit]")
    browser.wait("() => document.querySelector('#view fieldset:not(#concerns)') !== null")
    press(browser, "#view .actions .button")
    browser.wait("() => document.querySelector('#naming') !== null")
    press(browser, "#view button[type=submit]")
    browser.wait(TYPE_BACK)
    press(browser, "#receipt-go")


def up(browser: Chromium, address: str, desk: str, file: Path) -> float:
    """Send a report with one file to a desk; return the seconds from picking until all of the file is stored."""
    to_the_files(browser, address, desk)
    pick(browser, "#view input[type=file][multiple]", file)
    begun = time.monotonic()
    browser.wait(SENT, within=1800)
    took = time.monotonic() - begun
    press(browser, "#view > div > .actions .button")
    browser.wait("() => document.querySelector('#view dl') !== null")
    press(browser, "#view .button.large")
    browser.wait("() => document.querySelector('#view .notice.good') !== null")
    return took


def signs_in(browser: Chromium, installation: Installation, bao: Colleague, thread: str) -> None:
    """Sign in, unlock, and open the report."""
    installation.put_on(STEP_S)
    page(browser, f"{installation.urls['office']}/at/{b64(bao.office)}/#/arrivals")
    digits = pyotp.TOTP(bao.person["totp"]).at(installation.now())
    values = {"username": bao.person["sign_in"], "current-password": bao.person["passphrase"], "one-time-code": digits}
    for kind, value in values.items():
        enter(browser, f"input[autocomplete={kind}]", value)
    press(browser, "form button[type=submit]")
    browser.wait("() => document.querySelector('.rows .entry') !== null")
    browser.run("(thread) => { location.hash = `#/arrivals/${thread}`; }", thread)
    browser.wait(f"() => document.querySelector('.files') !== null || (({PRESS})('#declare-none'), false)")


def down(browser: Chromium, folder: Path, name: str, size: int) -> float:
    """Save the open report's file to a folder; return the seconds until the page says that it is whole."""
    folder.mkdir()
    browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    browser.wait(f"() => ({ROW})({json.dumps(f'Save {name}')})")
    begun = time.monotonic()
    press(browser, "dialog .button.danger, dialog .button:not(.secondary):not(.quiet)")
    browser.wait("() => document.querySelector('.files .state.good') !== null", within=1800)
    saved = folder / name
    while not (saved.exists() and saved.stat().st_size == size):
        if time.monotonic() - begun > 1800:
            raise RuntimeError("The file never came to the disk.")
        time.sleep(0.05)
    return time.monotonic() - begun


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Gives the built pages, and one page that only seals."""

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path != "/":
            super().do_GET()
            return
        script = json.loads((DIST / "manifest.json").read_text("utf-8"))["tests/pages/sealing"]["file"]
        body = f"<!doctype html><input type=file><script type=module src=/{script}></script>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def sealing(browser: Chromium, file: Path) -> tuple[float, float]:
    """Return MB/s of the product's workers and of `age-encryption` alone, the median of rounds that take turns."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(DIST)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    manifest = json.loads((DIST / "manifest.json").read_text("utf-8"))
    ours, alone = (f"/{manifest[name]['file']}" for name in ("sealing-worker", "tests/pages/age"))
    try:
        page(browser, f"http://127.0.0.1:{server.server_address[1]}/")
        browser.wait("() => globalThis.ours !== undefined")
        pick(browser, "input", file)
        took: dict[str, list[float]] = {"ours": [], "age": []}
        for _ in range(ROUNDS):
            for name, worker in (("ours", ours), ("age", alone)):
                told = browser.run(f"(worker) => globalThis.{name}(worker)", worker)
                took[name].append(file.stat().st_size / told["took"] / 1000)
    finally:
        server.shutdown()
        server.server_close()
    return statistics.median(took["ours"]), statistics.median(took["age"])


def thread_of(bao: Colleague, before: set[str]) -> str:
    """Return the thread that came since."""
    [found] = threads(bao) - before
    return found


def threads(bao: Colleague) -> set[str]:
    """Return the ids of what has come to this member's desks."""
    return {str(row["thread"]) for row in bao.arrivals()}
