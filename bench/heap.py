"""How many clicks it takes to work through three thousand junk reports with five real ones among them.

    python bench/heap.py [--junk 3000] [--database sqlite|postgresql]

A demonstration runs; junk of three dozen kinds in three languages, no two of a kind alike, and five real reports are
sealed to one desk (fill_heap.py, heap_texts.py). Two of the real ones are junk with one sentence of their own in it.
Then Chromium signs in as a handler, goes to "Many at once", declares once, reads what stands there by scrolling, lets
those that stand by themselves and are junk go with the others, and sets aside all that was read with one reason.
Every click is counted, also those that open the five and those that pick out stray junk; turning the wheel is counted
by itself, as windows of text.

- clicks: fewer than 40. found: all 5 stood by themselves, before any group, and are still there afterwards.
- junk_left: junk that still waits when it is over: none.
- grouping_s: from the last report opened until the groups stand there. Bound 10 s on this machine.

Also said, without a bound: how long declaring, opening and setting aside take, how many kinds there are, how many
reports were read, and how many strays were picked out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import pyotp

from chromium import Chromium
from fairline.seal.primitives import b64, unb64
from heap_texts import texts
from support.colleague import Colleague
from support.installation import Installation
from support.postgres import Cluster

CLICKS, FOUND, GROUPING_S = 40, 5, 10.0
STEP_S = 30
LONG_S = 1800
PHASES = """addEventListener("DOMContentLoaded", () => {
  globalThis.phases = [];
  const said = () => document.querySelector(".many .progress span")?.textContent.replace(/:.*/, "")
    ?? (document.querySelector("#declare-many") ? "declare" : document.querySelector("#alone") ? "sorted" : "");
  const look = () => {
    const now = said();
    if (now !== phases.at(-1)?.[0]) phases.push([now, performance.now() / 1000]);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
})"""
SIGN_IN = """(...values) => {
  for (const [at, kind] of ["username", "current-password", "one-time-code"].entries()) {
    const field = document.querySelector(`input[autocomplete=${kind}]`);
    field.value = values[at];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.querySelector("form button[type=submit]").click();
}"""
SCROLL = """async () => {
  const before = scrollY;
  scrollBy(0, innerHeight - 320);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await new Promise((done) => setTimeout(done, 60));
  return scrollY !== before;
}"""
ALONE = """() => [...document.querySelectorAll("[data-card]:not([data-kind]):not([data-drawn])")]
  .map((one) => one.dataset.card)"""
BATCHES = """() => [...document.querySelectorAll(".tablebox tbody tr")]
  .map((row) => [...row.children].map((one) => one.textContent))"""
THERE = "(selector) => document.querySelector(selector) !== null"


class Hand:
    """Whoever clicks, and counts it."""

    def __init__(self, browser: Chromium) -> None:
        """Begin with none."""
        self.browser = browser
        self.clicks = 0
        self.windows = 0

    def click(self, selector: str, within: float = 120) -> None:
        """Press what is there, or will be."""
        self.wait(selector, within)
        self.browser.run("(selector) => { document.querySelector(selector).click(); }", selector)
        self.clicks += 1

    def wait(self, selector: str, within: float = 120) -> None:
        """Wait until something is there."""
        end = time.monotonic() + within
        while not self.browser.run(THERE, selector):
            if time.monotonic() > end:
                said = self.browser.run("() => document.body.innerText")
                raise RuntimeError(f"It never came: {selector}: {said[:2000]}")
            time.sleep(0.1)

    def read(self) -> None:
        """Turn the wheel from the top of the page to its end, a window at a time."""
        self.browser.run("() => { scrollTo(0, 0); }")
        while self.browser.run(SCROLL):
            self.windows += 1


def fill(installation: Installation, office: bytes, desk: bytes, junk: int) -> tuple[list[str], list[str]]:
    """File them all, mixed; return the threads of junk and of the real ones."""
    made, real = texts(junk, random.Random(11))  # noqa: S311 - the same heap each time
    mixed = [(text, False) for text in made] + [(text, True) for text in real]
    random.Random(12).shuffle(mixed)  # noqa: S311
    filed = subprocess.run(
        [sys.executable, Path(__file__).with_name("fill_heap.py"), installation.urls["report"], office.hex(),
         desk.hex()],
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "fairline.cli.settings"}, check=True, text=True,
        input="".join(json.dumps(text) + "\n" for text, _is_real in mixed), stdout=subprocess.PIPE,
    )  # fmt: skip
    threads = filed.stdout.split()
    kind = list(zip(threads, (is_real for _text, is_real in mixed), strict=True))
    return [one for one, is_real in kind if not is_real], [one for one, is_real in kind if is_real]


def work_through(browser: Chromium, junk: set[str], real: set[str]) -> dict[str, Any]:
    """Do what a handler does; return the figures."""
    hand = Hand(browser)
    hand.click("a[href='#/many']")
    hand.click("#declare-many")
    hand.wait("#alone", LONG_S)
    alone = browser.run(ALONE)
    kinds = browser.run("() => document.querySelectorAll('[data-kind]').length")
    strays = [one for one in alone if one in junk]
    for stray in strays:
        hand.click(f"[data-card='{stray}'] input[type=checkbox]")
    hand.read()
    hand.wait("#many-aside:not([disabled])")
    hand.click("#many-aside")
    browser.run("() => { document.querySelector('dialog select').value = 'advertising'; }")
    hand.clicks += 2  # the choice of a reason: the list is opened, a line of it is pressed
    hand.click("dialog button[type=submit]")
    hand.wait(".notice.good", LONG_S)
    hand.wait("#alone", LONG_S)
    stays = set(browser.run(ALONE))
    phases = browser.run("() => globalThis.phases")
    batches = browser.run(BATCHES)
    for thread in sorted(real & stays):
        hand.click(f"[data-card='{thread}'] a")
        hand.wait(".detail article .story")
        browser.run("() => { location.hash = '#/many'; }")
        hand.clicks += 1  # and back
        hand.wait("#alone")
    return {
        "clicks": hand.clicks, "bound_clicks": CLICKS, "found": len(real & set(alone) & stays), "bound_found": FOUND,
        "junk_left": len(junk & stays), "kinds": kinds, "strays": len(strays), "windows_read": hand.windows,
        "read": sum(int(row[-1].replace(",", "")) for row in batches), "acts": len(batches), **_times(phases),
    }  # fmt: skip


def _times(phases: list[list[Any]]) -> dict[str, float]:
    """Return the seconds of each part of it, from what stood on the page when."""
    spent: dict[str, float] = {}
    for (said, since), (_next, until) in itertools.pairwise(phases):
        spent.setdefault(said, round(until - since, 2))
    return {
        "opening_s": spent["Opening in this browser"], "grouping_s": spent["Looking which are alike"],
        "bound_grouping_s": GROUPING_S, "aside_s": spent["Setting aside"],
    }  # fmt: skip


def measure(junk: int, databases: dict[str, str]) -> dict[str, Any]:
    """Return the figures."""
    with tempfile.TemporaryDirectory(prefix="fairline-heap-") as folder:
        installation = Installation(Path(folder), {"FAIRLINE_DEMO": "yes", **databases})
        installation.start("--demo", within=180)
        try:
            bao = Colleague(installation, "bao")
            [desk] = [role.partition("@")[2] for role in bao.roles() if role.startswith("handler@")]
            before = time.monotonic()
            threads, real = fill(installation, bao.office, unb64(desk), junk)
            filled = time.monotonic() - before
            installation.put_on(STEP_S)  # digits are good once, and Bao has used these
            browser = Chromium(Path(folder) / "profile", 1280, 850)
            try:
                browser.ask("Page.addScriptToEvaluateOnNewDocument", source=PHASES)
                browser.ask("Page.navigate", url=f"{installation.urls['office']}/at/{b64(bao.office)}/#/arrivals")
                browser.wait("() => document.querySelector('input[autocomplete=username]') !== null")
                digits = pyotp.TOTP(bao.person["totp"]).at(installation.now())
                browser.run(SIGN_IN, bao.person["sign_in"], bao.person["passphrase"], digits)
                found = work_through(browser, set(threads), set(real))
            finally:
                browser.end()
        finally:
            installation.stop()
    good = found["clicks"] < CLICKS and found["found"] == FOUND and found["junk_left"] == 0
    return {**found, "filed_s": round(filled, 1), "ok": good and found["grouping_s"] <= GROUPING_S}


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bounds."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--junk", type=int, default=3000)
    wanted.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = wanted.parse_args()
    cluster, databases = None, {}
    if asked.database == "postgresql":
        cluster = Cluster()
        databases = {
            "FAIRLINE_DATABASE": cluster.create("heap"), "FAIRLINE_PUBLIC_DATABASE": cluster.create("public")
        }  # fmt: skip
    subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    try:
        found = measure(asked.junk, databases)
    finally:
        if cluster is not None:
            cluster.stop()
    about = {"bench": "heap", "junk": asked.junk, "database": asked.database, "load": os.getloadavg()[0]}
    print(json.dumps({**about, **found}))
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
