"""In a real browser: what the policies forbid does not happen, and changed scripts do not run."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from support.browsers import axe_violations, listened
from support.doors import ROOT
from support.installation import Installation

DOORS = ("report", "office", "public")
NAMES = ("tests/pages/loader", "tests/pages/speaker")


@pytest.fixture
def stand(installation: Installation, new_context: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    """Opens a page under a door's real headers whose script is the loader. (Its markup is the test's own: no door has
    a page with nothing but the loader.)"""
    manifest = json.loads((ROOT / "web" / "dist" / "manifest.json").read_text())
    handed = {name: {"url": f"/s/{manifest[name]['file']}", "integrity": manifest[name]["integrity"]} for name in NAMES}

    def open_page(door: str) -> Page:
        page = listened(new_context().new_page())
        loader = handed[NAMES[0]]

        def answer(route: Route) -> None:
            real = route.fetch()
            route.fulfill(
                status=200,
                headers={**real.headers, "content-type": "text/html; charset=utf-8"},
                body=f"""<!doctype html><html lang="en"><title>Trial</title><main><h1>Trial</h1></main>
                <script type="application/json" id="assets">{json.dumps(handed)}</script>
                <script type="module" src="{loader["url"]}" integrity="{loader["integrity"]}" crossorigin></script>
                <script>document.title = "inline ran"</script>""",
            )

        page.route("**/standing", answer)
        page.goto(f"{installation.urls[door]}/standing")
        page.wait_for_function("globalThis.trials !== undefined")
        return page

    return open_page


def trial(page: Page, name: str) -> Any:
    """Runs one of the page's trials; returns what it gives, or the error's words."""
    return page.evaluate(f"() => trials.{name}().then((value) => ({{value}}), (error) => ({{error: String(error)}}))")


@pytest.mark.parametrize("door", DOORS)
def test_text_never_becomes_a_program(stand: Callable[[str], Page], door: str) -> None:
    page = stand(door)
    assert page.title() == "Trial"
    tried = trial(page, "forbidden")["value"]
    assert len(tried) == 9
    assert tried == dict.fromkeys(tried, False)
    assert any("Trusted" in line for line in page.said)  # type: ignore[attr-defined]


@pytest.mark.parametrize("door", ["report", "office"])
def test_a_worker_runs_under_the_pages_policy(stand: Callable[[str], Page], door: str) -> None:
    assert trial(stand(door), "worker") == {"value": {"wasm": False, "code": False}}


def test_a_worker_by_address_runs_under_its_own_answers_policy(stand: Callable[[str], Page]) -> None:
    assert trial(stand("office"), "workerByAddress") == {"value": {"wasm": False, "code": False}}


def test_the_passphrase_worker_may_use_webassembly_and_its_page_not(
    installation: Installation, stand: Callable[[str], Page]
) -> None:
    """The headers are the argon2 worker's real ones; the bytes are those of a worker that tells what it may do."""
    page = stand("office")
    manifest = json.loads((ROOT / "web" / "dist" / "manifest.json").read_text())
    stretcher = f"{installation.urls['office']}/s/{manifest['argon2-worker']['file']}"
    speaker = ROOT / "web" / "dist" / manifest["tests/pages/speaker"]["file"]
    page.route(f"**/{speaker.name}", lambda route: route.fulfill(
        status=200, headers=without_coding(route.fetch(url=stretcher).headers), body=speaker.read_bytes()
    ))  # fmt: skip
    assert trial(page, "workerByAddress") == {"value": {"wasm": True, "code": False}}
    assert trial(page, "forbidden")["value"]["wasm"] is False


def without_coding(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in {"content-encoding", "content-length"}}


@pytest.mark.parametrize("name", ["spoiltWorker", "spoiltWorkerByAddress", "spoiltModule"])
def test_a_script_with_other_bytes_is_refused(stand: Callable[[str], Page], name: str) -> None:
    assert "error" in trial(stand("office"), name)


def test_a_module_is_loaded_later(stand: Callable[[str], Page]) -> None:
    assert trial(stand("report"), "module") == {"value": "yes"}


def test_a_script_from_elsewhere_is_not_even_asked_for(stand: Callable[[str], Page]) -> None:
    page = stand("report")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert "own folder" in trial(page, "foreign")["error"]
    assert asked == []


@pytest.mark.parametrize("door", DOORS)
def test_no_other_site_can_frame_a_door(
    installation: Installation, new_context: Callable[..., BrowserContext], door: str
) -> None:
    page = listened(new_context().new_page())
    other = next(url for name, url in installation.urls.items() if name != door)
    page.route("**/framing", lambda route: route.fulfill(
        content_type="text/html", body=f"<iframe src='{installation.urls[door]}/standing'></iframe>"
    ))  # fmt: skip
    page.goto(f"{other}/framing")
    page.wait_for_timeout(300)
    (_outer, inner) = page.frames
    assert inner.url.startswith("chrome-error:")


def test_axe_sees_what_is_wrong_despite_the_policies(stand: Callable[[str], Page]) -> None:
    page = stand("office")
    assert axe_violations(page) == []
    page.evaluate("() => { document.querySelector('main').append(document.createElement('img')); }")
    assert [line.partition(" ")[0] for line in axe_violations(page)] == ["image-alt"]
