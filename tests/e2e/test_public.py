"""The public door in a real browser: readable by everybody, watching nobody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from fairline.ledger.promises import Promise
from fairline.seal.primitives import b64
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations, listened

PAGES = ("", "how-to-report", "check", "check/record")


@pytest.fixture(scope="module")
def public(office_at_work) -> str:
    """The public door of a demonstration, whose office is two weeks old."""
    address: str = office_at_work.running.urls["public"]
    return address


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_every_page_can_be_read_by_everybody(public, new_context, width, scheme, language):
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = listened(context.new_page())
    for path in PAGES:
        page.goto(f"{public}/{language}/{path}")
        assert axe_violations(page, ("serious", "critical", "moderate")) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
    assert page.said == []


def test_nothing_is_kept_and_nothing_is_fetched_from_others(public, new_context):
    context = new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(f"{public}/{path}")
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert {url for url in asked if not url.startswith((public, "data:"))} == set()


def test_the_way_from_the_first_page_to_the_fingerprint(public, page):
    page.goto(f"{public}/en/")
    page.get_by_role("link", name="Check us", exact=True).click()
    expect(page.locator("ol.words li")).to_have_count(8)
    expect(page.get_by_role("img", name="QR code of the reporting address with the fingerprint")).to_be_visible()
    page.get_by_role("link", name="All days, with downloads").click()
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert download.value.path().stat().st_size > 0


def test_the_language_switch_stays_on_the_page(public, page):
    page.goto(f"{public}/en/check")
    page.get_by_role("link", name="العربية").click()
    assert page.url.endswith("/ar/check")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.locator("ol.words").get_attribute("dir") == "ltr"


def test_the_keyboard_reaches_the_content_first(public, page):
    page.goto(f"{public}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_office_says_how_to_reach_it_and_where_to_complain(public, page):
    page.goto(f"{public}/en/how-to-report")
    for words in ("555 0117", "12 Weir Street", "emergency number 112", "Ombudsperson of Lantern Valley"):
        assert page.get_by_text(words).first.is_visible(), words


def test_a_demonstration_says_so_on_every_page(public, page):
    for path in PAGES:
        page.goto(f"{public}/en/{path}")
        assert page.get_by_text("Demonstration. Invented people and offices; write nothing real here.").is_visible()


def test_paper_shows_the_words_and_no_navigation(public, page):
    page.goto(f"{public}/en/check")
    page.emulate_media(media="print")
    assert page.locator("ol.words").is_visible()
    assert not page.locator(".masthead nav").first.is_visible()


@pytest.fixture(scope="module")
def acknowledged(office_at_work) -> Promise:
    """The acknowledgement of one of the demonstration's old reports, out of its mailbox."""
    words = next(one["words"] for one in office_at_work.shown["receipts"] if one["language"] == "en")
    reporter = office_at_work.reporter()
    reporter.receipt = words_to_entropy(words)
    return reporter.promise()


def checks(page, public, document, tmp_path):
    """Choose a file with this content on the check page, and press the button."""
    page.goto(f"{public}/en/check")
    (tmp_path / "page.json").write_bytes(document)
    page.get_by_label("The file that you saved").set_input_files(tmp_path / "page.json")
    page.get_by_role("button", name="Check it").click()
    return page.locator("#check-promise .notice")


def test_an_acknowledgement_that_was_kept_is_found_in_the_record_and_sent_nowhere(public, page, acknowledged, tmp_path):
    asked: list[tuple[str, str | None]] = []
    page.on("request", lambda request: asked.append((request.url, request.post_data)))
    said = checks(page, public, acknowledged.document(), tmp_path)
    expect(said).to_contain_text("This office signed it, and kept it")
    expect(said).to_have_class(re.compile("good"))
    assert axe_violations(page) == []
    # No address and no body holds anything of the file but its day.
    assert all(body is None for _url, body in asked)
    parts = (b64(acknowledged.leaf)[:20], b64(acknowledged.signature)[:20])
    assert not [url for url, _body in asked if any(part in url for part in parts)]
    assert any(url.endswith(f"/arrivals/{acknowledged.day}") for url, _body in asked)


def test_the_text_of_a_code_is_checked_too(public, page, acknowledged):
    page.goto(f"{public}/en/check")
    page.get_by_text("Or what the QR code says").click()
    page.get_by_label("The text in the code").fill(acknowledged.document().decode())
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#check-promise .notice")).to_contain_text("This office signed it, and kept it")


def test_an_acknowledgement_of_today_waits_for_the_night(public, page, office_at_work, tmp_path):
    promise = office_at_work.reporter().file({"what": "The lamp at the weir is out."})
    expect(checks(page, public, promise.document(), tmp_path)).to_contain_text("is not out yet; look again tomorrow")


@pytest.mark.parametrize("change", ["leaf", "signature", "office"])
def test_what_this_office_did_not_sign_is_said_so(public, page, acknowledged, tmp_path, change):
    field = getattr(acknowledged, change)
    other = replace(acknowledged, **{change: bytes([field[0] ^ 1]) + field[1:]})
    expect(checks(page, public, other.document(), tmp_path)).to_contain_text("This office did not sign it")


@pytest.mark.parametrize("document", [b"{}", b"\x89PNG", b"x" * 100_000])
def test_another_file_is_no_acknowledgement(public, page, tmp_path, document):
    expect(checks(page, public, document, tmp_path)).to_contain_text("This is no acknowledgement")


def test_a_record_that_does_not_answer_is_no_verdict(public, page, acknowledged, tmp_path):
    page.route("**/record/**", lambda route: route.abort())
    expect(checks(page, public, acknowledged.document(), tmp_path)).to_contain_text("cannot be reached at the moment")


def test_a_record_that_contradicts_itself_is_an_alarm(public, page, acknowledged, tmp_path):
    def bent(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body()[:-1] + bytes([answer.body()[-1] ^ 1]))

    page.route(f"**/arrivals/{acknowledged.day}", bent)
    expect(checks(page, public, acknowledged.document(), tmp_path)).to_contain_text("contradicts itself")


def test_without_javascript_another_way_is_named(public, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{public}/en/check")
    assert "fairline open" in page.locator("section", has=page.locator("#kept")).inner_text()
