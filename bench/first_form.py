"""What a phone fetches before the form can be used, and what sealing needs after that, in bytes over the wire.

    python bench/first_form.py

Counted by the browser's own debugger: compressed bodies and headers, of everything until the box takes a word, then of
everything from there to a report that is sealed and sent. Bounds: 25 kB in 5 requests, then 110 kB more, the office's
documents with five custodians included and the report itself not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import BrowserContext, sync_playwright

from support.browsers import FLAGS, program
from support.installation import Installation
from support.report_page import PHONE, Person, Stand

FIRST_KB, FIRST_REQUESTS, LATER_KB = 25.0, 5, 110.0


class Fetched:
    """What the page has fetched, by address."""

    def __init__(self, context: BrowserContext, person: Person) -> None:
        """Listen to the debugger."""
        self.rows: list[tuple[str, int]] = []
        self.urls: dict[str, str] = {}
        session = context.new_cdp_session(person.page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self.name)
        session.on("Network.loadingFinished", self.hear)

    def name(self, event: dict[str, Any]) -> None:
        """Keep whose answer it is."""
        self.urls[event["requestId"]] = event["response"]["url"]

    def hear(self, event: dict[str, Any]) -> None:
        """Keep the size of one answer, unless it never was on the wire."""
        url = self.urls.get(event["requestId"], "")
        if url.startswith("http"):
            self.rows.append((url, int(event["encodedDataLength"])))

    def take(self) -> list[tuple[str, int]]:
        """Return what came since the last call."""
        rows, self.rows = self.rows, []
        return rows


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bounds."""
    subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(prefix="fairline-first-") as folder, sync_playwright() as playwright:
        installation = Installation(Path(folder), {})
        installation.start(within=120)
        chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            stand = Stand.begin(installation)
            context = chromium.new_context(viewport=PHONE, locale="en")
            person = Person(stand, context)
            fetched = Fetched(context, person)
            person.opens()
            first = fetched.take()
            person.writes().chooses().goes_on().keeps_the_receipt().sends()
            later = [row for row in fetched.take() if not row[0].endswith("/drop")]
        finally:
            chromium.close()
            installation.stop()
    first_kb, later_kb = (round(sum(size for _url, size in rows) / 1000, 1) for rows in (first, later))
    ok = first_kb <= FIRST_KB and len(first) <= FIRST_REQUESTS and later_kb <= LATER_KB
    print(json.dumps({
        "bench": "first_form", "first_kb": first_kb, "bound_first_kb": FIRST_KB, "first_requests": len(first),
        "bound_first_requests": FIRST_REQUESTS, "later_kb": later_kb, "bound_later_kb": LATER_KB,
        "later": {url.rpartition("/")[2][:40]: size for url, size in later}, "ok": ok,
    }))  # fmt: skip
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
