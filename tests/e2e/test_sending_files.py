"""A handler sends files with an answer; the reporting person saves them and looks at pictures on request."""

from __future__ import annotations

import json
import secrets
import urllib.request
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from e2e.workbench import DemonstrationStand, open_report
from factories.reporter import Reporter
from fairline.seal.attachment import Attachment
from fairline.seal.envelope import FileName
from fairline.seal.primitives import b64
from fairline.seal.words import entropy_to_words
from support.browsers import axe_violations, listened
from support.hostile_files import png

PATIENCE = 60_000
TEXT = "Here is the form that you asked for, and a picture of the place."
FORM = secrets.token_bytes(5 << 20)
"""Three parts, so that some can be swapped."""
DESK = "Integrity desk"


def picture() -> bytes:
    """A picture that tells with what it was taken."""
    plain, told = png(64, 48), b"tEXtSoftware\0Canary camera"
    chunk = (len(told) - 4).to_bytes(4, "big") + told + zlib.crc32(told).to_bytes(4, "big")
    # Signature and header are 33 bytes.
    return plain[:33] + chunk + plain[33:]


@pytest.fixture(scope="module")
def noor(office_at_work: Any, contexts: Any) -> Page:
    page: Page = office_at_work.signed_in(lambda **options: contexts(locale="en", **options), "noor")
    return page


@pytest.fixture(scope="module")
def reporter(office_at_work: Any) -> Reporter:
    one: Reporter = office_at_work.reporter(DESK)
    one.file({"what": "Which form do you need?"})
    return one


@pytest.fixture(scope="module")
def sent(noor: Page, reporter: Reporter) -> Page:
    """The answer with its files is sent."""
    open_report(noor, reporter.thread_id)
    noor.keyboard.press("r")
    noor.keyboard.type(TEXT)
    noor.get_by_text("Add files", exact=True).click()
    noor.get_by_label("Files that go with it").set_input_files(
        [
            {"name": "form \u202egnp.exe", "mimeType": "application/x-msdownload", "buffer": FORM},
            {"name": "place.png", "mimeType": "image/png", "buffer": picture()},
            {"name": "no picture.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>" * 40},
        ]
    )
    rows = noor.locator(".attaching .files > li")
    for at in range(3):
        expect(rows.nth(at).locator(".chip")).to_have_text("sealed and stored", timeout=PATIENCE)
    expect(rows.nth(1)).to_contain_text("Taken out of this picture before sealing")
    assert axe_violations(noor) == []
    noor.get_by_role("button", name="Look it over and send").click()
    dialog = noor.get_by_role("dialog")
    expect(dialog).to_contain_text("place.png")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(noor.locator(".detail .story:not(.doings)")).to_contain_text(TEXT, timeout=PATIENCE)
    return noor


def comes(office_at_work: Any, reporter: Reporter, new_context: Callable[..., Any], **options: Any) -> Page:
    """Come to the mailbox in a browser."""
    page = listened(new_context(viewport={"width": 360, "height": 740}, locale="en", **options).new_page())
    page.goto(DemonstrationStand(office_at_work).address())
    page.click("#open-mailbox")
    page.fill("#receipt-words", " ".join(entropy_to_words(reporter.receipt, "english")))
    page.click("#open")
    expect(page.locator(".story")).to_contain_text(TEXT, timeout=PATIENCE)
    return page


def row(page: Page, name: str) -> Locator:
    return page.locator(".story .theirs li").filter(has_text=name)


def test_the_office_has_what_it_sent_beside_its_answer(sent: Page) -> None:
    expect(sent.locator(".detail .story:not(.doings)")).to_contain_text("place.png")
    # Nothing of them stays in the page.
    expect(sent.locator(".attaching .files > li")).to_have_count(0)
    assert [line for line in sent.said if line.startswith("uncaught")] == []


LIVING = """() => {
    const { createObjectURL: make, revokeObjectURL: drop } = URL;
    globalThis.living = Object.assign(new Set(), { made: 0 });
    URL.createObjectURL = (blob) => {
        const address = make.call(URL, blob);
        living.made += 1;
        living.add(address);
        return address;
    };
    URL.revokeObjectURL = (address) => { living.delete(address); drop.call(URL, address); };
}"""
"""Counts the addresses of opened files that the page holds."""


def part_of(reporter: Reporter, file: FileName, part: int) -> bytes:
    """Ask the report door for a part, as a program of one's own does."""
    mailbox = reporter.mailbox
    asked = {"v": 1, "id": b64(mailbox.id), "auth": b64(mailbox.auth), "blob": b64(file.blob), "part": part}
    address = f"{reporter.door}/at/{b64(reporter.office)}/mailbox/part"
    wanted = urllib.request.Request(address, json.dumps(asked).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(wanted, timeout=20) as answer:
        return bytes(answer.read())


def test_another_program_opens_the_same_bytes_and_no_picture_tells_its_camera(sent: Page, reporter: Reporter) -> None:
    files = {file.name: file for post in reporter.read().posts for file in post.envelope.header.files or ()}
    found = {}
    for name, file in files.items():
        found[name] = b"".join(Attachment(file, partial(part_of, reporter, file)).whole())
    assert found["form \u202egnp.exe"] == FORM
    assert found["place.png"].startswith(b"\x89PNG")
    assert b"Canary" in picture()
    assert b"Canary" not in found["place.png"]


def test_the_person_saves_and_looks_only_when_they_ask(
    sent: Page, reporter: Reporter, office_at_work: Any, new_context: Any, tmp_path: Path
) -> None:
    page = comes(office_at_work, reporter, new_context, accept_downloads=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/mailbox/part") else None)
    expect(page.locator(".story img, .story video, .story audio, .story iframe")).to_have_count(0)
    page.evaluate(LIVING)
    row(page, "place.png").get_by_role("button", name="Show the picture").click()
    image = row(page, "place.png").locator("img")
    expect(image).to_be_visible(timeout=PATIENCE)
    expect(image).to_have_js_property("naturalWidth", 64)
    # Nobody asked for the others, and whatever takes it off the screen leaves no address of it behind.
    assert len(asked) == 1
    page.wait_for_function("living.made === 1 && living.size === 0")
    row(page, "place.png").get_by_role("button", name="Hide the picture").click()
    expect(image).to_have_count(0)
    # What says that it is a picture and is none is not shown.
    row(page, "no picture.png").get_by_role("button", name="Show the picture").click()
    expect(row(page, "no picture.png")).to_contain_text("is none", timeout=PATIENCE)
    expect(page.locator(".story img")).to_have_count(0)
    form = row(page, "form gnp.exe")
    expect(form.get_by_role("button", name="Show the picture")).to_have_count(0)
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_contain_text("whoever uses this device can find it")
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
    assert download.value.suggested_filename == "form gnp.exe"
    download.value.save_as(tmp_path / "form")
    assert (tmp_path / "form").read_bytes() == FORM
    assert axe_violations(page) == []
    assert [line for line in page.said if line.startswith("uncaught")] == []


def test_bytes_that_a_server_swaps_are_refused_in_words(
    sent: Page, reporter: Reporter, office_at_work: Any, new_context: Any
) -> None:
    page = comes(office_at_work, reporter, new_context)
    form = row(page, "form gnp.exe")
    parts: list[bytes] = []

    def swapped(route: Route) -> None:
        """The first part again in the place of the second."""
        parts.append(route.fetch().body())
        route.fulfill(body=parts[0 if len(parts) == 2 else -1], content_type="application/octet-stream")

    def saves() -> None:
        form.get_by_role("button", name="Save").click()
        page.get_by_role("dialog").get_by_role("button", name="Save").click()

    page.route("**/mailbox/part", swapped)
    saves()
    expect(form.locator(".notice.danger")).to_contain_text("cut off or altered after sealing", timeout=PATIENCE)
    page.unroute_all()
    page.route("**/mailbox/part", lambda route: route.fulfill(body=secrets.token_bytes(3000)))
    saves()
    expect(form.locator(".notice.danger")).to_contain_text("does not have the form", timeout=PATIENCE)
    page.unroute_all()
    page.route(
        "**/mailbox/part",
        lambda route: route.fulfill(status=404, body='{"error":"no-blob","message":"There is no such file here."}'),
    )
    saves()
    expect(form.locator(".notice.danger")).to_contain_text("There is no such file here.", timeout=PATIENCE)
    assert [line for line in page.said if line.startswith("uncaught")] == []
