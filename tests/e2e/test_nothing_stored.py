"""Nothing that was unlocked is written anywhere by the browser: dumped and searched."""

from __future__ import annotations

import json
import re
import secrets
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from e2e.workbench import open_report, reload_list
from factories.attachments import Attached, attached
from support.films import film
from support.hostile_files import png_with

pytestmark = pytest.mark.story

REPORTS = 30
WITH_FILES = 3
STORES = """async () => {
  const found = { local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie };
  found.databases = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((done) => {
        database.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result);
      });
      found.databases.push([name, store, JSON.stringify(rows)]);
    }
  }
  found.caches = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.caches.push([request.url, await (await cache.match(request)).text()]);
    }
  }
  found.history = [history.length, JSON.stringify(history.state), location.href, document.title];
  found.workers = (await navigator.serviceWorker?.getRegistrations() ?? []).length;
  return JSON.stringify(found);
}"""


def test_thirty_reports_one_unlocking_and_nothing_kept(office_at_work, browser, tmp_path):
    mark = secrets.token_hex(12)
    reporters = [office_at_work.reporter() for _ in range(REPORTS)]
    for at, reporter in enumerate(reporters):
        named = [reporter.sends(one) for one in marked_files(mark)] if at == WITH_FILES else []
        reporter.file({"what": f"Report {at} with the mark {mark}."}, files=tuple(named))
    profile = tmp_path / "profile"
    playwright_type = browser.browser_type
    context = playwright_type.launch_persistent_context(
        str(profile), executable_path="/usr/bin/chromium", headless=True, args=["--no-sandbox", "--disable-gpu"]
    )
    try:
        page = office_at_work.signed_in(lambda **_options: context, "ilse")
        unlocked = count_unlocking(page)
        for at, reporter in enumerate(reporters):
            open_report(page, reporter.thread_id)
            expect(page.locator(".detail article .story")).to_contain_text(f"Report {at} with the mark {mark}.")
            if at == WITH_FILES:
                see_files(page)
        for _ in range(8):
            page.go_back()
        for _ in range(4):
            page.go_forward()
        open_report(page, reporters[0].thread_id)
        page.locator("#draft").fill(f"A draft with {mark}")
        page.locator("#search").fill(mark)
        expect(page.locator(".rows mark").first).to_be_visible()
        reload_list(page)
        assert unlocked == []
        stores = page.evaluate(STORES)
        assert mark not in stores
        # The service worker is there and has kept nothing, in no cache and no database.
        assert json.loads(stores)["workers"] == 1
        assert json.loads(stores)["caches"] == json.loads(stores)["databases"] == []
        assert all(mark not in url for url in history_of(page))
        open_report(page, reporters[1].thread_id)
        assert mark in page.content()
        page.get_by_role("button", name=re.compile("^Lock")).click()
        expect(page.get_by_role("heading", name="Your keys are locked")).to_be_visible()
        assert mark not in page.content()
        page.go_back()
        assert mark not in page.content()
    finally:
        context.close()
    assert files_with(profile, mark.encode()) == []


def marked_files(mark: str) -> list[Attached]:
    """A film and a picture, each with the mark among what a browser reads of it."""
    plain = film(3 << 20)
    at = 100_000
    content = plain[:at] + mark.encode() + plain[at + len(mark) :]
    return [attached(content, f"{mark}.mp4", "video/mp4"), attached(png_with(mark.encode()), "p.png", "image/png")]


def see_files(page) -> None:
    """Play the one, look at the other, and close both."""
    for number, seen in enumerate(("video", "img")):
        page.locator(".files .file").nth(number).get_by_role("button").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.frame_locator("iframe").locator(seen)).to_be_visible(timeout=15_000)
        if seen == "video" and not dialog.get_by_text("Checked: it is what was sent.").is_visible():
            # A film that was played to its end by now is checked, and there is nothing to press.
            with suppress(TooLate):
                dialog.get_by_role("button", name="Check the whole").click(timeout=5_000)
        expect(dialog).to_contain_text("Checked: it is what was sent.", timeout=15_000)
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)


def count_unlocking(page) -> list[str]:
    """A list that grows with each request that signing in or unlocking makes."""
    asked: list[str] = []
    unlocking = re.compile(r"/signin|/vault$")
    page.on("request", lambda request: asked.append(request.url) if unlocking.search(request.url) else None)
    return asked


def history_of(page) -> list[str]:
    session = page.context.new_cdp_session(page)
    return [f"{row['url']} {row['title']}" for row in session.send("Page.getNavigationHistory")["entries"]]


def files_with(folder, needle: bytes) -> list[str]:
    """Every file below the browser's profile that holds the bytes, in either of the encodings that browsers write."""
    wide = needle.decode().encode("utf-16-le")
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            body = path.read_bytes()
            if needle in body or wide in body:
                found.append(str(path.relative_to(folder)))
    return found
