"""More reports than a window shows: walked by keyboard, filtered, searched; on the page is only what is seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.filled import colleague, fill
from e2e.workbench import Demonstration, open_report, unlock_again
from fairline.seal.primitives import b64
from support.browsers import axe_violations

STORED = 1200
RARE = "quintessence"


@pytest.fixture(scope="module")
def demonstration(make_demonstration):
    running = make_demonstration()
    fill(running, colleague(running, "bao"), STORED)
    return Demonstration(running)


@pytest.fixture(scope="module")
def bao(demonstration, contexts):
    page = demonstration.signed_in(contexts, "bao")
    # The list comes in answers of a thousand, the newest first; it can be used before the last of them.
    page.wait_for_function(
        "least => Number(document.querySelector('.rows > li')?.getAttribute('aria-setsize')) >= least", arg=STORED
    )
    expect(page.locator(".entry .title").filter(has_not_text="Not read yet").first).to_be_visible()
    return page


@pytest.fixture(autouse=True)
def at_the_start(bao):
    bao.evaluate("location.hash = '#/arrivals'")
    expect(bao.locator("#search")).to_be_visible()
    bao.locator("#search").fill("")
    bao.locator("#search").blur()
    expect(bao.locator(".rows.virtual:not(.hits)")).to_have_attribute("aria-busy", "false")


def place(page) -> tuple[int, int]:
    """Place of the focused row, and of how many."""
    row = page.locator(".entry:focus").locator("xpath=ancestor::li")
    return int(row.get_attribute("aria-posinset")), int(row.get_attribute("aria-setsize"))


def focus_list(page) -> None:
    page.locator(".entry[tabindex='0']").focus()
    # On the first row already, nothing would tell when the key has been answered.
    if place(page)[0] != 1:
        page.keyboard.press("Home")
    expect(page.locator("li[aria-posinset='1'] .entry")).to_be_focused()


def total(page) -> int:
    return int(page.locator(".rows > li").first.get_attribute("aria-setsize"))


def test_only_what_is_seen_is_on_the_page_and_all_of_it_is_counted(bao):
    assert total(bao) >= STORED
    assert bao.locator(".rows > li").count() < 80
    said = bao.get_by_role("combobox", name="Show").locator("option").first.inner_text()
    assert re.sub(r"\D", "", said) == str(total(bao))


def test_the_list_is_walked_to_its_end_and_back_by_keyboard(bao):
    focus_list(bao)
    bao.keyboard.press("ArrowDown")
    expect(bao.locator("li[aria-posinset='2'] .entry")).to_be_focused()
    outline = bao.locator(".entry:focus").evaluate("row => getComputedStyle(row).outlineStyle")
    assert outline != "none"
    last = total(bao)
    bao.keyboard.press("End")
    expect(bao.locator(f"li[aria-posinset='{last}'] .entry")).to_be_focused()
    expect(bao.locator(".entry:focus")).to_be_in_viewport()
    assert bao.locator(".rows > li").count() < 80
    bao.keyboard.press("ArrowUp")
    expect(bao.locator(f"li[aria-posinset='{last - 1}'] .entry")).to_be_focused()
    bao.keyboard.press("PageUp")
    expect(bao.locator(f"li[aria-posinset='{last - 1}'] .entry:focus")).to_have_count(0)
    assert last - 60 < place(bao)[0] < last - 5
    bao.keyboard.press("Home")
    expect(bao.locator("li[aria-posinset='1'] .entry")).to_be_focused()


def test_who_turns_the_wheel_finds_the_focus_where_it_was(bao):
    focus_list(bao)
    bao.locator(".side").evaluate("pane => pane.scrollTo(0, 40000)")
    expect(bao.locator("li[aria-posinset='570']")).to_be_attached()
    expect(bao.locator("li[aria-posinset='1'] .entry")).to_be_focused()
    bao.keyboard.press("ArrowDown")
    expect(bao.locator("li[aria-posinset='2'] .entry")).to_be_focused()
    expect(bao.locator(".entry:focus")).to_be_in_viewport()


def test_enter_opens_and_one_letter_goes_on_from_there(bao):
    focus_list(bao)
    bao.keyboard.press("End")
    last = bao.locator(f"li[aria-posinset='{total(bao)}'] .entry")
    expect(last).to_be_focused()
    thread = last.get_attribute("data-thread")
    bao.keyboard.press("Enter")
    expect(bao.locator(".detail h1")).to_contain_text("Report of")
    assert bao.url.endswith(f"#/arrivals/{thread}")
    before = bao.locator(f"li[aria-posinset='{total(bao) - 1}'] .entry").get_attribute("data-thread")
    bao.keyboard.press("k")
    expect(bao).to_have_url(re.compile(f"#/arrivals/{before}$"))
    expect(bao.locator(".entry[aria-current=true]")).to_have_attribute("data-thread", before)
    expect(bao.locator(".entry[aria-current=true]")).to_be_in_viewport()


def test_a_word_is_found_among_reports_that_this_browser_never_fetched(bao):
    asked, here = [], bao.url.rpartition("/")[2]
    # The report that stands open may still be on its way.
    bao.on(
        "request",
        lambda request: asked.append(request.url) if "/threads" in request.url and here not in request.url else None,
    )
    bao.keyboard.press("/")
    bao.keyboard.type(RARE.upper())
    expect(bao.get_by_text("Found in 3 reports.")).to_be_visible()
    expect(bao.locator(".rows mark")).to_have_text([RARE] * 3)
    assert asked == []
    assert RARE not in bao.url
    assert RARE not in bao.evaluate("JSON.stringify([history.state, document.title])")


def test_filters_are_shared_by_their_address(bao, demonstration, contexts):
    bao.get_by_text("More filters").click()
    bao.get_by_label("Arrived from").fill("2024-01-01")
    bao.get_by_label("Arrived from").dispatch_event("change")
    bao.get_by_role("combobox", name="Label").select_option("urgent")
    expect(bao.get_by_role("heading", name="Nothing fits this filter")).to_be_visible()
    bao.get_by_role("combobox", name="Label").select_option("")
    bao.get_by_role("combobox", name="State").select_option(label="Closed")
    expect(bao).to_have_url(re.compile(r"[?&]state=closed(&|$)"))
    expect(bao.get_by_role("heading", name="Nothing fits this filter")).to_be_visible()
    bao.get_by_role("combobox", name="State").select_option(label="Any state")
    bao.get_by_role("combobox", name="Show").select_option("them")
    bao.get_by_role("combobox", name="Order").select_option("oldest")
    address = bao.url
    assert address.endswith("#/arrivals?show=them&sort=oldest&since=2024-01-01")
    shown = bao.locator("li[aria-posinset='1'] .entry")
    expect(shown).to_be_visible()
    page = demonstration.signed_in(contexts, "ilse")
    page.evaluate("address => { location.hash = new URL(address).hash; }", address)
    expect(page.get_by_role("combobox", name="Show")).to_have_value("them")
    expect(page.get_by_role("combobox", name="Order")).to_have_value("oldest")
    expect(page.get_by_label("Arrived from")).to_have_value("2024-01-01")
    page.context.close()
    bao.get_by_role("button", name="Show all").click()
    expect(bao.get_by_label("Arrived from")).to_have_value("")


def test_an_address_deep_in_the_list_opens_before_the_list_is_read(bao, demonstration):
    focus_list(bao)
    bao.keyboard.press("End")
    thread = bao.locator(f"li[aria-posinset='{total(bao)}'] .entry").get_attribute("data-thread")
    bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", thread)
    expect(bao.locator(".detail h1")).to_contain_text("Report of")
    unlock_again(bao, demonstration.member("bao"))
    expect(bao.locator(".detail h1")).to_contain_text("Report of")
    assert bao.url.endswith(thread)


def test_who_can_read_stands_above_the_list_and_beside_the_report(bao, demonstration):
    # Names stand in the order of random ids.
    expect(bao.locator(".listreaders")).to_have_text(
        re.compile("^Safety and security desk is read by (Ilse Varga and you|you and Ilse Varga).$")
    )
    reporter = demonstration.reporter()
    reporter.file({"what": "A lamp is out at the weir."})
    open_report(bao, reporter.thread_id)
    expect(bao.locator(".listreaders")).to_contain_text("Ilse Varga")
    expect(bao.get_by_role("complementary", name="About this report")).to_contain_text("Ilse Varga")
    expect(bao.locator("#draft-readers")).to_contain_text("Ilse Varga")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_long_list_can_be_read_by_everybody(bao, width, scheme):
    bao.set_viewport_size({"width": width, "height": 800})
    bao.emulate_media(color_scheme=scheme)
    focus_list(bao)
    bao.keyboard.press("PageDown")
    expect(bao.locator("li[aria-posinset='1'] .entry:focus")).to_have_count(0)
    assert axe_violations(bao) == []
    assert bao.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bao.keyboard.press("End")
    expect(bao.locator(f"li[aria-posinset='{total(bao)}'] .entry")).to_be_focused()
    expect(bao.locator(".entry:focus")).to_be_in_viewport()
    bao.set_viewport_size({"width": 1280, "height": 850})
    bao.emulate_media(color_scheme="light")


def test_the_address_names_the_office_and_no_person(bao, demonstration):
    assert b64(demonstration.office) in bao.url
    assert [said for said in bao.said if said.startswith(("error", "uncaught"))] == []
