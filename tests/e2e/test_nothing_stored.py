"""Nothing that was unlocked is written anywhere by the browser: dumped and searched."""

from __future__ import annotations

import re
import secrets

from playwright.sync_api import expect

from e2e.workbench import open_report, reload_list

REPORTS = 30
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
        reporter.file({"what": f"Report {at} with the mark {mark}."})
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
        assert mark not in page.evaluate(STORES)
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
