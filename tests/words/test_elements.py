"""The pages' elements in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from support.browsers import axe_violations
from words.bundles import framed, script, sheet

ELEMENTS = script(
    "".join(
        f'import * as {name.replace("-", "_")} from "./{name}";'
        for name in (
            *("announce", "busy", "copy", "dialog", "errors", "languages", "leave", "make", "print", "qr", "steps"),
            *("views", "words", "words-grid"),
        )
    )
    + "Object.assign(globalThis, {announce, busy, copy, dialog, errors, languages, leave, make, qr, steps,"
    "views, words, grid: words_grid, sheet: print});"
)
FORM = (
    '<main><h1>Page</h1><form id="f"><div class="field"><label for="what">What</label><input id="what"></div></form>'
    "</main>"
)


@pytest.fixture
def opened(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def open_page(
        body: str = FORM, language: str = "en", direction: str = "ltr", words: dict[str, Any] | None = None
    ) -> Page:
        page = new_context().new_page()
        block = f'<script type="application/json" id="words">{json.dumps(words)}</script>' if words is not None else ""
        html = framed(body + block, sheet("report"), language, direction)
        page.route("http://page.test/**", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("http://page.test/at/x/#k=pin")
        page.evaluate(ELEMENTS)
        return page

    return open_page


def test_words_are_those_of_the_pages_block(opened: Callable[..., Page]) -> None:
    words = {
        "Send": "إرسال",
        "verb\u0004Open": "افتح",
        "{n} day": {
            "zero": "لا أيام",
            "one": "يوم واحد",
            "two": "يومان",
            "few": "{n} أيام",
            "many": "{n} يومًا",
            "other": "{n} يوم",
        },
    }
    page = opened(language="ar", direction="rtl", words=words)
    say = page.evaluate
    assert say('words.t("Send")') == "إرسال"
    # What is of the other direction stands between isolates.
    assert say('words.t("Unknown {x}", {x: "y"})') == "Unknown \u2068y\u2069"
    assert say('words.t("Unknown {x}", {x: "مجهول"})') == "Unknown مجهول"
    assert say('words.tp("verb", "Open")') == "افتح"
    assert say('[0, 1, 2].map((n) => words.tn("{n} day", "{n} days", n))') == ["لا أيام", "يوم واحد", "يومان"]
    assert say('words.tn("{n} day", "{n} days", 5)').endswith(" أيام")
    assert say('words.tn("{n} week", "{n} weeks", 1)').endswith("week")
    assert say("words.direction()") == "rtl"


def test_english_needs_no_catalogue(opened: Callable[..., Page]) -> None:
    page = opened()
    assert page.evaluate('words.tn("{n} day", "{n} days", 1200)') == "1,200 days"
    assert page.evaluate('words.day("2026-05-04")') == "May 4, 2026"
    assert page.evaluate("words.size(1_500_000)") == "1.5 MB"
    assert page.evaluate('words.fill("Read {link} first", {link: 7})') == ["Read ", 7, " first"]
    assert page.evaluate('words.t("{a} {b}", {a: "{b}", b: 2})') == "{b} 2"


def test_faults_stand_on_top_and_lead_to_their_field(opened: Callable[..., Page]) -> None:
    page = opened()
    good = page.evaluate("""() => errors.showFaults(f, [{field: "what", message: "Write one sentence."}])""")
    assert good is False
    expect(page.locator(".faults")).to_be_focused()
    page.locator(".faults a").click()
    expect(page.locator("#what")).to_be_focused()
    expect(page.locator("#what")).to_have_accessible_description("Write one sentence.")
    assert page.url.endswith("#k=pin")
    assert axe_violations(page) == []
    assert page.evaluate("() => errors.showFaults(f, [])") is True
    assert page.locator(".faults, .fault, .faulty, [aria-invalid]").count() == 0


def test_a_dialog_answers_once_and_gives_the_focus_back(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator("#what").focus()
    ask = 'globalThis.said = dialog.ask({title: "Delete?", body: "For ever.", act: "Delete", danger: true}); 0'
    page.evaluate(ask)
    expect(page.get_by_role("dialog", name="Delete?")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("said") is False
    expect(page.locator("#what")).to_be_focused()
    page.evaluate(ask)
    page.get_by_role("button", name="Delete").click()
    assert page.evaluate("said") is True
    assert page.locator("dialog").count() == 0


def test_a_button_that_is_busy_does_not_start_again(opened: Callable[..., Page]) -> None:
    page = opened('<button id="b">Send</button>')
    runs = page.evaluate(
        """async () => { let runs = 0, end;
        const work = () => { runs += 1; return new Promise((done) => { end = done; }); };
        const first = busy.busy(b, work); await busy.busy(b, work);
        const at = () => ["aria-busy", "aria-disabled"].map((name) => b.getAttribute(name));
        const shown = at(); end(7);
        return [runs, shown, await first, at()]; }"""
    )
    assert runs == [1, ["true", "true"], 7, [None, None]]


def test_history_holds_numbers_only_and_back_returns(opened: Callable[..., Page]) -> None:
    page = opened('<main id="m"></main>')
    page.evaluate(
        """() => { const draw = (text) => (host) => { host.append(make.make("h1", {}, text)); };
        globalThis.left = []; globalThis.v = new views.Views(m, draw("first"));
        v.go((host) => { host.append(make.make("h1", {}, "secret words")); return () => left.push("second"); }); }"""
    )
    expect(page.locator("h1")).to_be_focused()
    assert set(page.evaluate("history.state")) == {"mark", "at"}
    assert page.url.endswith("/at/x/#k=pin")
    page.go_back()
    expect(page.locator("h1")).to_have_text("first")
    assert page.evaluate("left") == ["second"]
    page.go_forward()
    expect(page.locator("h1")).to_have_text("secret words")
    page.evaluate("() => { v.replace((host) => { host.append(make.make('h1', {}, 'locked')); }); v.forget(); }")
    page.go_back()
    expect(page.locator("h1")).to_have_text("first")


@pytest.mark.parametrize("way", ["click", "shift"])
def test_leaving_replaces_the_page(opened: Callable[..., Page], way: str) -> None:
    page = opened('<a id="leave" href="http://page.test/elsewhere">Leave</a><p id="secret">words</p>')
    page.evaluate("leave.armLeaving()")
    before = page.evaluate("history.length")
    if way == "click":
        page.locator("#leave").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("**/elsewhere")
    assert page.evaluate("history.length") == before


def test_two_presses_of_shift_are_writing(opened: Callable[..., Page]) -> None:
    page = opened('<a id="leave" href="http://page.test/elsewhere">Leave</a><input id="i">')
    page.evaluate("leave.armLeaving()")
    page.locator("#i").press_sequentially("ABC")
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    assert page.locator("body").is_visible()
    assert page.url.endswith("/at/x/#k=pin")


def test_the_language_switch_keeps_the_posters_code(opened: Callable[..., Page]) -> None:
    page = opened('<ul class="languages"><li><a href="/ar/at/x/">العربية</a></li></ul>')
    page.evaluate("languages.keepFragment()")
    page.locator("a").click()
    page.wait_for_url("http://page.test/ar/at/x/#k=pin")


def test_a_grid_of_words_has_the_direction_of_its_words(opened: Callable[..., Page]) -> None:
    page = opened("<main></main>")
    page.evaluate(
        """() => document.querySelector("main").append(grid.wordsGrid(["ميناء", "مرج"], "ar"),
        grid.wordsGrid(["harbour", "meadow"], "en"), grid.wordsGrid(["1234"], "ar", "digits"))"""
    )
    assert page.locator("ol").evaluate_all("(all) => all.map((one) => one.dir)") == ["rtl", "ltr", "ltr"]
    first = page.locator("ol").first.locator("li")
    right, left = first.nth(0).bounding_box(), first.nth(1).bounding_box()
    assert right is not None
    assert left is not None
    assert right["x"] > left["x"]


def test_a_qr_code_holds_the_text_as_it_is(opened: Callable[..., Page]) -> None:
    page = opened("<main></main>")
    page.evaluate("""() => document.querySelector("main").append(qr.qr("https://example.org/#k=é漢", "Address"))""")
    expect(page.get_by_role("img", name="Address")).to_be_visible()
    modules = page.locator("svg").get_attribute("viewBox")
    assert modules is not None
    assert (int(modules.split()[2]) - 4 - 17) % 4 == 0
    assert (
        page.evaluate("(() => { try { qr.qr('x'.repeat(2332), 'l'); } catch (e) { return e.name; } })()")
        == "RangeError"
    )


def test_only_the_sheet_is_printed_and_the_title_comes_back(opened: Callable[..., Page]) -> None:
    page = opened('<main><p id="secret">Rest of the page</p><p id="only">Sheet</p></main>')
    page.emulate_media(media="print")
    page.evaluate("() => { window.print = () => undefined; sheet.printSheet(only, '—'); }")
    assert page.locator("#secret").first.is_visible() is False
    assert page.locator(".sheet #only").is_visible()
    assert page.title() == "—"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.title() == "Page"
    assert page.locator(".sheet").count() == 0


def test_what_is_announced_twice_is_said_twice(opened: Callable[..., Page]) -> None:
    page = opened()
    page.evaluate("announce.announce('Sent'); announce.announce('Sent')")
    expect(page.get_by_role("status")).to_have_text("Sent")


def test_a_text_of_a_reporter_is_never_markup(opened: Callable[..., Page]) -> None:
    page = opened("<main></main>")
    page.evaluate("""() => document.querySelector("main").append(make.make("p", {}, "<img src=x onerror=alert(1)>"))""")
    assert page.locator("img").count() == 0
    assert page.locator("p").inner_text() == "<img src=x onerror=alert(1)>"
