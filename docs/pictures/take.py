"""Take the pictures of these documents anew, from a demonstration that is really running.

    python docs/pictures/take.py [folder]

Starts a demonstration of its own, goes the way of a reporting person on a phone and of a member at the workbench, and writes each picture as a small PNG with a palette. Nothing in a picture is drawn or
altered; whoever changes a page takes them again and looks at them.
"""

from __future__ import annotations

import struct
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tests"), str(HERE.parents[1] / "bench")]

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

from e2e.workbench import Demonstration, open_report  # noqa: E402
from factories.reporter import manifest_at  # noqa: E402
from fairline.seal.primitives import b64  # noqa: E402
from support.browsers import FLAGS, program  # noqa: E402
from support.colleague import Colleague  # noqa: E402
from support.installation import Installation  # noqa: E402
from support.report_page import PHONE, Person, Stand  # noqa: E402

WIDE = {"width": 1280, "height": 800}
DESK = "Safety and security desk"
STORY = "On two nights the valve at basin four stood open. The log book says that it was closed."
QUESTION = "Thank you for writing. Which two nights were that, and where does the log book lie?"
COLOURS = 128


def reporting(browser: Browser, demonstration: Demonstration, to: Path) -> None:
    """Go the whole way on a phone, from the one box to an answer."""
    running = demonstration.running
    code = b64(manifest_at(running.urls["report"], demonstration.office).F)
    person = Person(Stand(running, running.folder, b64(demonstration.office), code), browser.new_context(viewport=PHONE, locale="en"))
    page = person.opens().page
    shoot(page, to / "report-phone.png")
    person.writes(STORY).chooses(DESK).says_no_more()
    shoot(page, to / "report-name.png", "#naming")
    page.locator("#view button[type=submit]").click()
    page.wait_for_selector("#receipt li")
    shoot(page, to / "report-receipt.png", "#receipt")
    person.keeps_the_receipt().sends()
    bao = Colleague(running, "bao")
    bao.write(newest(bao), QUESTION)
    person.comes_back().mailbox()
    shoot(page, to / "report-mailbox.png", ".story")
    page.context.close()


def newest(bao: Colleague) -> str:
    """Find the thread whose report is the one that was just sent."""
    for row in bao.arrivals():
        report = bao.open(row["thread"])[1].report
        if report is not None and report.answers.get("what") == STORY:
            return str(row["thread"])
    raise RuntimeError("the report did not arrive")


def handling(browser: Browser, demonstration: Demonstration, to: Path) -> None:
    """Unlock, declare, read."""
    page = browser.new_context(viewport=WIDE, locale="en").new_page()
    page.goto(f"{demonstration.running.urls['office']}/at/{b64(demonstration.office)}/")
    page.wait_for_selector("input[autocomplete=username]")
    shoot(page, to / "office-unlock.png")
    page.context.close()
    page = demonstration.signed_in(browser.new_context, "ilse", viewport=WIDE, locale="en")
    threads = [row["thread"] for row in Colleague(demonstration.running, "ilse").arrivals()]
    page.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", threads[2])
    expect(page.locator("#declare-none")).to_be_visible()
    shoot(page, to / "office-declare.png")
    open_report(page, threads[2])
    for thread in threads[3:7]:
        open_report(page, thread)
    shoot(page, to / "workbench.png")
    page.context.close()


def shoot(page: Page, path: Path, top: str = "") -> None:
    """Write what the window shows, scrolled so that `top` is what comes first."""
    if top:
        page.locator(top).first.evaluate("element => { element.scrollIntoView({ block: 'start' }); scrollBy(0, -80); }")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur()")
    path.write_bytes(lessened(page.screenshot(animations="disabled", caret="hide")))
    print(path.name, path.stat().st_size)


def lessened(png: bytes) -> bytes:
    """Return a picture with a palette: the commonest colours, and for every other one the nearest of them."""
    width, height, channels, rows = pixels(png)
    colours = [bytes(row[at : at + 3]) for row in rows for at in range(0, width * channels, channels)]
    palette = [colour for colour, _count in Counter(colours).most_common(COLOURS)]
    places: dict[bytes, int] = {colour: place for place, colour in enumerate(palette)}
    for colour in set(colours) - places.keys():
        places[colour] = min(range(len(palette)), key=lambda at: sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True)))
    lines = b"".join(b"\0" + bytes(places[one] for one in colours[y * width : (y + 1) * width]) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return png[:8] + b"".join(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts)


def pixels(png: bytes) -> tuple[int, int, int, list[bytearray]]:
    """Read a PNG of 8 bits a channel without interlacing, as browsers write them: width, height, channels, rows."""
    at, data = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour, _method, _filter, interlace = struct.unpack(">IIBBBBB", body)
            if depth != 8 or colour not in {2, 6} or interlace:  # noqa: PLR2004
                raise ValueError("a PNG of another kind than browsers write")
        data += body if kind == b"IDAT" else b""
        at += size + 12
    channels = 3 if colour == 2 else 4  # noqa: PLR2004
    plain, step = zlib.decompress(data), width * channels + 1
    rows: list[bytearray] = []
    before = bytearray(width * channels)
    for y in range(height):
        before = unfiltered(plain[y * step], bytearray(plain[y * step + 1 : (y + 1) * step]), before, channels)
        rows.append(before)
    return width, height, channels, rows


def unfiltered(kind: int, row: bytearray, above: bytearray, channels: int) -> bytearray:
    """Undo one row's filter (PNG specification, section 9)."""
    for at in range(len(row)):
        left = row[at - channels] if at >= channels else 0
        corner = above[at - channels] if at >= channels else 0
        row[at] = (row[at] + guess(kind, left, above[at], corner)) & 255
    return row


def guess(kind: int, left: int, up: int, corner: int) -> int:
    """What a filter of this kind took away."""
    if kind < 4:  # noqa: PLR2004
        return (0, left, up, (left + up) // 2)[kind]
    near = sorted((abs(left + up - corner - one), place) for place, one in enumerate((left, up, corner)))
    return (left, up, corner)[near[0][1]]


def main() -> None:
    """Take all of them."""
    to = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fairline-pictures-") as folder, sync_playwright() as playwright:
        running = Installation(Path(folder), {"FAIRLINE_DEMO": "yes"})
        running.start("--demo", within=240)
        browser: Any = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        try:
            demonstration = Demonstration(running)
            reporting(browser, demonstration, to)
            handling(browser, demonstration, to)
        finally:
            browser.close()
            running.kill()


if __name__ == "__main__":
    main()
