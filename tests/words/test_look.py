"""Every part of the style, seen in a browser: nothing runs over, nothing is too faint, nothing too small to touch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from support.browsers import axe_violations
from words.bundles import sample

DOORS = ("report", "office", "public")
EACH_DOOR = pytest.mark.parametrize("door", DOORS)
OVER = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && getComputedStyle(one).visibility !== "hidden" && !one.closest(".unseen, .skip, .tablebox")
    && (box.right > innerWidth + 1 || box.left < -1);
}).map((one) => one.outerHTML.slice(0, 80))"""


def shown(
    new_context: Callable[..., BrowserContext], html: str, width: int, scheme: str = "light", **more: str
) -> Page:
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **more).new_page()
    page.set_content(html)
    return page


@EACH_DOOR
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 3840])
def test_nothing_runs_over_the_edge(
    new_context: Callable[..., BrowserContext], door: str, width: int, direction: str
) -> None:
    page = shown(new_context, sample(door, "ar" if direction == "rtl" else "en", direction), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVER) == []


@EACH_DOOR
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(new_context: Callable[..., BrowserContext], door: str, width: int, scheme: str) -> None:
    page = shown(new_context, sample(door), width, scheme)
    assert axe_violations(page, ("moderate", "serious", "critical")) == []


@EACH_DOOR
def test_a_page_stays_readable_in_forced_colours(new_context: Callable[..., BrowserContext], door: str) -> None:
    page = shown(new_context, sample(door), 1280, forced_colors="active")
    edges = page.evaluate(
        "() => [...document.querySelectorAll('.button')].map((one) => getComputedStyle(one).borderTopWidth)"
    )
    assert all(float(edge.removesuffix("px")) >= 1 for edge in edges)


def test_leaving_is_in_reach_wherever_one_has_scrolled_to(new_context: Callable[..., BrowserContext]) -> None:
    for width in (360, 1280):
        page = shown(new_context, sample("report"), width)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        box = page.locator(".leave .button").bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 800 - box["height"]
        assert box["height"] >= 44


def test_what_is_touched_on_the_report_door_is_large_enough(new_context: Callable[..., BrowserContext]) -> None:
    page = shown(new_context, sample("report"), 360)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".button, input[type=text], textarea, .choice:not(.plain)")]
        .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 60))"""
    )
    assert small == []


def test_focus_is_visible_on_everything_that_takes_it(new_context: Callable[..., BrowserContext]) -> None:
    page = shown(new_context, sample("report"), 1280)
    seen = 0
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const one = document.activeElement, ring = getComputedStyle(one.closest(".choice") ?? one);
            if (one === document.body) return null;
            return [ring.outlineStyle, ring.outlineWidth, one.outerHTML.slice(0, 60)]; }"""
        )
        if style is None:
            continue
        seen += 1
        assert style[:2] == ["solid", "3px"], style[2]
    assert seen >= 15


def test_nothing_moves_for_who_asked_for_stillness(new_context: Callable[..., BrowserContext]) -> None:
    page = shown(new_context, sample("report"), 1280, reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_the_words_and_no_buttons_of_the_frame(new_context: Callable[..., BrowserContext]) -> None:
    page = shown(new_context, sample("report"), 1280, "dark")
    page.emulate_media(media="print")
    assert page.locator(".words").first.is_visible()
    assert not page.locator(".leave").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
