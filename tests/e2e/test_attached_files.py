"""What a handler does with attachments in a real browser: play, look, save; and files that were made to do harm."""

from __future__ import annotations

import http.server
import re
import secrets
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.workbench import open_report, reload_list
from factories.attachments import attached
from support import hostile_files
from support.films import LENGTH, film
from support.hostile_files import png

FILM = film(14 << 20)
LARGE = secrets.token_bytes(5 << 20)
TIME = 15_000


@pytest.fixture(scope="module")
def home() -> Iterator[Any]:
    """Where the harmful files call: it notes who does."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_OPTIONS = do_HEAD = do_GET  # noqa: N815 - names of the library

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.asked = asked  # type: ignore[attr-defined]
    server.url = f"http://127.0.0.1:{server.server_address[1]}"  # type: ignore[attr-defined]
    yield server
    server.shutdown()


@pytest.fixture(scope="module")
def files(home) -> dict[str, tuple[bytes, str]]:
    """Each file by its name: what is in it, and of what kind its sender's device says that it is."""
    return {
        "clip.mp4": (FILM, "video/mp4"),
        "photo.png": (png(64, 48), "image/png"),
        "plan.pdf": (hostile_files.pdf_with_script(home.url), "application/pdf"),
        "drawing.svg": (hostile_files.svg_with_script(home.url), "image/svg+xml"),
        "really.png": (hostile_files.page(home.url), "image/png"),
        "moving.gif": (hostile_files.gif_that_is_a_script(home.url), "image/gif"),
        "letter.pdf": (hostile_files.pdf_that_is_a_page(home.url), "application/pdf"),
        "huge.png": (hostile_files.image_bomb(), "image/png"),
        "broken.mp4": (hostile_files.film_that_lies(), "video/mp4"),
        "many.zip": (hostile_files.zip_bomb(), "application/zip"),
        "../../in\u202egnp.exe": (LARGE, "application/x-msdownload"),
    }


@pytest.fixture(scope="module")
def handler(office_at_work, browser: Browser, files) -> Iterator[Page]:
    """A handler who has opened a report with all of these files."""
    contexts = []

    def make(**options: Any) -> Any:
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    reporter = office_at_work.reporter()
    named = tuple(reporter.sends(attached(content, name, kind)) for name, (content, kind) in files.items())
    reporter.file({"what": "It is all in the files."}, files=named)
    page = office_at_work.signed_in(make, "bao")
    page.asked = []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))
    reload_list(page)
    open_report(page, reporter.thread_id)
    yield page
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def shut(handler: Page) -> Iterator[None]:
    """What one test leaves open is not in the next one's way."""
    yield
    handler.evaluate("document.querySelectorAll('dialog').forEach((one) => one.close())")


def row(page: Page, name: str) -> Any:
    return page.locator(".files .file", has=page.locator(".filename", has_text=name))


def stage(page: Page, name: str) -> Any:
    """The dialog in which the file is looked at."""
    row(page, name).get_by_role("button").first.click()
    return page.get_by_role("dialog")


def closed(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_every_file_stands_there_by_a_name_that_is_safe_to_show(handler, files):
    expect(handler.locator(".files .file")).to_have_count(len(files))
    tricked = row(handler, "gnp.exe")
    expect(tricked).to_contain_text("The name was cleaned")
    shown = tricked.locator(".filename").inner_text()
    assert "/" not in shown
    assert "\u202e" not in shown


def test_a_film_plays_by_its_pieces_and_is_never_loaded_whole(handler):
    before = len([one for one in handler.asked if "/parts/" in one])
    dialog = stage(handler, "clip.mp4")
    frame = dialog.frame_locator("iframe")
    media = frame.locator("video")
    expect(media).to_be_attached(timeout=TIME)
    handler.wait_for_function(
        "() => document.querySelector('dialog iframe')?.contentDocument?.querySelector('video')?.duration > 0",
        timeout=TIME,
    )
    assert abs(media.evaluate("v => v.duration") - LENGTH) < 1
    media.evaluate("v => new Promise((done) => { v.onseeked = done; v.currentTime = 18; })")
    assert media.evaluate("v => v.videoWidth") == 64
    parts = {one.rsplit("/", 1)[1] for one in handler.asked[before:] if "/parts/" in one}
    # Its beginning, its end and the index, a little of what follows each, and not what lies between.
    assert {"0"} < parts
    assert len(parts) <= 5
    assert len(FILM) >> 21 >= 7
    closed(handler)


def test_a_picture_is_shown_without_an_origin(handler):
    dialog = stage(handler, "photo.png")
    picture = dialog.frame_locator("iframe").locator("img, canvas").first
    expect(picture).to_be_visible(timeout=TIME)
    assert dialog.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    expect(dialog).to_contain_text("Checked")
    closed(handler)


def test_a_document_with_a_script_is_shown_and_its_script_is_not_run(handler, home):
    dialog = stage(handler, "plan.pdf")
    expect(dialog.frame_locator("iframe").locator("canvas").first).to_be_visible(timeout=TIME)
    expect(dialog.locator(".state")).to_contain_text("Checked", timeout=TIME)
    closed(handler)
    assert home.asked == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("really.png", "It does not begin as one does"), ("letter.pdf", "It does not begin as one does"),
     ("moving.gif", "Checked: it is what was sent."), ("huge.png", "It could not be shown"),
     ("broken.mp4", "It cannot be played here"), ("drawing.svg", "")],
)  # fmt: skip
def test_what_is_not_what_it_says_does_nothing_and_is_told_in_words(handler, home, name, words):
    title = handler.title()
    # What is on no list has no button but the one that saves it.
    assert (row(handler, name).get_by_role("button").count() > 1) is bool(words)
    if words:
        dialog = stage(handler, name)
        expect(dialog.locator(".state")).not_to_have_text(re.compile("^Opening"), timeout=TIME)
        expect(dialog).to_contain_text(words)
        closed(handler)
    assert home.asked == []
    assert handler.title() == title


@pytest.mark.parametrize(("name", "risky"), [("gnp.exe", True), ("many.zip", True), ("photo.png", False)])
def test_saving_says_what_it_means_and_saves_what_was_sent(handler, files, name, risky):
    content = next(content for given, (content, _) in files.items() if given.endswith(name))
    row(handler, name).get_by_role("button").last.click()
    dialog = handler.get_by_role("dialog")
    expect(dialog).to_contain_text("no longer sealed")
    assert ("connected to nothing" in dialog.inner_text()) is risky
    with handler.expect_download(timeout=TIME) as coming:
        dialog.get_by_role("button", name="Save", exact=True).click()
    path = coming.value.path()
    assert path.read_bytes() == content
    assert "/" not in coming.value.suggested_filename
    expect(row(handler, name)).to_contain_text("Handed to your browser")


def test_a_locked_page_gives_nothing_more_and_nothing_is_kept(handler):
    kept = handler.evaluate(
        "async () => [(await caches.keys()).length, (await indexedDB.databases()).length, "
        "localStorage.length, sessionStorage.length]"
    )
    assert kept == [0, 0, 0, 0]
    assert [line for line in handler.said if "Content Security Policy" in line or line.startswith("uncaught")] == []
