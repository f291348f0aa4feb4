"""A real browser: Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
"""The same engine without windows and tabs: a fresh context costs a sixth of the processor."""
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # A microphone that hears a tone, and a browser that lets a page have it where the page's own policy does.
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip

PATIENCE = 60_000
"""Milliseconds until what a page must show counts as missing. What is there sooner is not waited for."""
expect.set_options(timeout=PATIENCE)


def program() -> str:
    """Return Chromium as the tests run it: the shell, else the whole browser."""
    return SHELL if Path(SHELL).exists() else CHROMIUM


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers, once for the run."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the run; each test makes contexts of its own."""
    chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A function that makes a fresh context (`locale=`, `viewport=`, `bypass_csp=` …), closed after the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """One page in a fresh context. `page.said` lists what its console said."""
    return listened(new_context().new_page())


def listened(page: Page) -> Page:
    """Collect what the page's console says, and its uncaught errors, in `page.said`."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(f"{message.type}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"uncaught: {error}"))
    page.said = said  # type: ignore[attr-defined]
    return page


def axe_violations(page: Page, impacts: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """Return what axe finds of these impacts on the page as it is, each with the first place."""
    # Evaluated by the debugger, which the page's policies do not bind.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{row['id']} ({row['impact']}): {row['nodes'][0]['target']} {row['nodes'][0]['failureSummary']}"
        for row in found["violations"]
        if row["impact"] in impacts
    ]
