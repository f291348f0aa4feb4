"""The handler's side in a real browser, against three real doors: read, ask, note, search, step aside."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Route, expect

from e2e.workbench import in_list, open_report, reload_list
from support.browsers import axe_violations

FUEL = "Each week somebody copies the keys to the fuel store, before the shift begins."


@pytest.fixture(scope="module")
def demonstration(office_at_work):
    return office_at_work


@pytest.fixture(scope="module")
def bao(demonstration, contexts):
    """A handler of the first desk, unlocked once for all tests of this module."""
    return demonstration.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def filed(demonstration, bao):
    """A report that came after the handler had unlocked."""
    reporter = demonstration.reporter()
    answers = {"what": FUEL, "where": "At the north gate", "lawful": "The new supplier may have leave."}
    reporter.file(answers, contact="box 12")
    reload_list(bao)
    return reporter


def entry(page, reporter):
    return page.locator(f'.entry[data-thread="{reporter.thread_id}"]')


def test_what_has_just_arrived_stands_in_the_list_without_a_word_of_it(bao, filed):
    row = in_list(bao, filed.thread_id)
    expect(row).to_have_class(re.compile("unread"))
    expect(row.locator(".title")).to_have_text("Not read yet")
    assert "fuel store" not in bao.content()


def test_nothing_is_shown_before_the_declaration(bao, filed):
    in_list(bao, filed.thread_id).click()
    expect(bao.get_by_role("heading", name="Before you read")).to_be_visible()
    assert "fuel store" not in bao.content()
    bao.get_by_role("button", name="I know nobody in this").click()
    expect(bao.locator(".detail article .story")).to_contain_text(FUEL)


def test_the_report_is_shown_as_written_under_the_forms_questions(bao, filed):
    open_report(bao, filed.thread_id)
    story = bao.locator(".detail article .story")
    for words in ("What did you see or hear?", FUEL, "Where was it?", "At the north gate"):
        expect(story).to_contain_text(words)
    facts = bao.get_by_role("complementary", name="About this report")
    for words in ("Who can read this", "Ilse Varga", "You", "box 12", "English", "Safety and security desk"):
        expect(facts).to_contain_text(words)
    expect(in_list(bao, filed.thread_id)).not_to_have_class(re.compile("unread"))


def test_a_question_reaches_the_mailbox_and_the_answer_comes_back(bao, filed):
    open_report(bao, filed.thread_id)
    bao.keyboard.press("r")
    bao.keyboard.type("In which week did you see it first?")
    bao.get_by_role("button", name="Look it over and send").click()
    preview = bao.get_by_role("dialog")
    expect(preview).to_contain_text("In which week did you see it first?")
    expect(preview).to_contain_text("Ilse Varga")
    preview.get_by_role("button", name="Send").click()
    expect(bao.locator(".message.mine")).to_contain_text("In which week did you see it first?")
    expect(bao.locator("#draft")).to_have_value("")
    assert filed.texts() == [("o", "In which week did you see it first?")]
    filed.say("In the first week of February.")
    reload_list(bao)
    expect(in_list(bao, filed.thread_id)).to_have_class(re.compile("unread"))
    open_report(bao, filed.thread_id)
    expect(bao.locator(".message.theirs.unread")).to_contain_text("In the first week of February.")


def test_a_note_stays_inside_the_desk(bao, filed):
    open_report(bao, filed.thread_id)
    bao.keyboard.press("n")
    expect(bao.locator("#draft-readers")).to_contain_text("The reporting person never sees it.")
    bao.keyboard.type("The book of the north gate is with the lead.")
    bao.get_by_role("button", name="Keep the note").click()
    expect(bao.locator(".message.note")).to_contain_text("The book of the north gate is with the lead.")
    assert all("book" not in text for _chain, text in filed.texts())


def test_search_finds_words_that_only_this_browser_has_opened(bao, filed):
    bao.evaluate("location.hash = '#/arrivals'")
    bao.keyboard.press("/")
    bao.keyboard.type("FUEL store")
    expect(bao.locator(".rows .entry")).to_have_count(1)
    expect(bao.locator(".rows mark")).to_have_text("fuel")
    assert "fuel" not in bao.url.lower()
    bao.keyboard.press("Escape")
    expect(bao.locator("#search")).to_have_value("")


def test_neighbours_are_one_key_away_and_nothing_reloads(bao, filed):
    bao.evaluate("window.stays = 'yes'; location.hash = '#/arrivals'")
    expect(bao.get_by_role("heading", name="No report is open")).to_be_visible()
    order = bao.locator(".entry").evaluate_all("rows => rows.map((row) => row.dataset.thread)")
    bao.keyboard.press("j")
    expect(bao.locator(".entry[aria-current=true]")).to_have_attribute("data-thread", order[0])
    bao.keyboard.press("j")
    expect(bao.locator(".entry[aria-current=true]")).to_have_attribute("data-thread", order[1])
    bao.keyboard.press("k")
    expect(bao.locator(".entry[aria-current=true]")).to_have_attribute("data-thread", order[0])
    bao.keyboard.press("?")
    expect(bao.get_by_role("dialog")).to_contain_text("next report")
    bao.keyboard.press("Escape")
    bao.keyboard.press("Escape")
    expect(bao.get_by_role("heading", name="No report is open")).to_be_visible()
    assert bao.evaluate("window.stays") == "yes"


def test_filters_stand_in_the_address_to_be_shared(bao, filed):
    bao.evaluate("location.hash = '#/arrivals'")
    bao.get_by_role("combobox", name="Show").select_option("unread")
    assert bao.url.endswith("#/arrivals?show=unread")
    expect(bao.locator(".entry:not(.unread)")).to_have_count(0)
    expect(bao.locator(".entry.unread").first).to_be_visible()
    bao.go_back()
    expect(bao.get_by_role("combobox", name="Show")).to_have_value("all")


def test_a_draft_stays_while_one_looks_at_another_report(bao, filed):
    open_report(bao, filed.thread_id)
    bao.locator("#to-them").click()
    bao.locator("#draft").fill("Half a sentence")
    bao.evaluate("location.hash = '#/arrivals'")
    open_report(bao, filed.thread_id)
    expect(bao.locator("#draft")).to_have_value("Half a sentence")
    bao.locator("#draft").fill("")


def test_a_message_that_came_meanwhile_keeps_the_draft(bao, demonstration):
    reporter = demonstration.reporter()
    reporter.file({"what": "A lamp is out."})
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    reporter.say("And the gate stands open.")
    bao.locator("#draft").fill("Thank you.")
    bao.get_by_role("button", name="Look it over and send").click()
    bao.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(bao.locator(".detail .notice.danger")).to_contain_text("Something new has come in meanwhile")
    expect(bao.locator("#draft")).to_have_value("Thank you.")
    assert reporter.texts() == [("r", "And the gate stands open.")]
    # What came stands there to be read, and the next press sends: to load the page would lose the draft.
    expect(bao.locator(".detail article .story")).to_contain_text("And the gate stands open.")
    bao.get_by_role("button", name="Look it over and send").click()
    bao.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(bao.locator("#draft")).to_have_value("")
    assert reporter.texts() == [("r", "And the gate stands open."), ("o", "Thank you.")]


def test_what_fails_after_its_page_was_left_is_said_on_the_next_one(bao, demonstration):
    reporter = demonstration.reporter()
    reporter.file({"what": "A ladder leans at the wall."})
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    held: list[Route] = []
    bao.route("**/posts", lambda route: held.append(route))  # noqa: PLW0108 - it marks its handlers
    bao.locator("#to-them").click()
    bao.locator("#draft").fill("Thank you for the ladder.")
    bao.get_by_role("button", name="Look it over and send").click()
    with bao.expect_request("**/posts"):
        bao.get_by_role("dialog").get_by_role("button", name="Send").click()
    bao.evaluate("location.hash = '#/account'")
    expect(bao.locator(".split")).to_have_count(0)
    held[0].abort()
    standing = bao.locator("#standing li", has_text="at a report that you have left")
    expect(standing).to_contain_text("It may have been done")
    assert axe_violations(bao) == []
    bao.unroute("**/posts")
    standing.get_by_role("link", name="Go to the report").click()
    expect(bao.locator("#draft")).to_have_value("Thank you for the ladder.")
    expect(standing).to_have_count(0)
    bao.locator("#draft").fill("")


def test_who_signs_out_leaves_nothing_open_while_the_server_says_nothing(demonstration, contexts):
    page = demonstration.signed_in(contexts, "noor")
    page.route("**/signout", lambda _route: None)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("body[data-unlocked]")).to_have_count(0)
    expect(page.locator(".rows .entry")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text("your session there lasts until it ends by itself")


def test_who_steps_aside_sees_it_no_more(bao, demonstration):
    reporter = demonstration.reporter()
    reporter.file({"what": "The register is missing."})
    reload_list(bao)
    in_list(bao, reporter.thread_id).click()
    bao.get_by_role("button", name="Step aside").click()
    bao.get_by_role("dialog").get_by_role("button", name="Step aside").click()
    expect(entry(bao, reporter)).to_have_count(0)
    bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reporter.thread_id)
    expect(bao.get_by_role("heading", name="There is no such report here")).to_be_visible()


def test_a_list_that_comes_late_takes_back_nothing_that_was_said_meanwhile(bao, demonstration):
    """Asked for before somebody steps aside and answered after: it still tells of the report."""
    reporter = demonstration.reporter()
    reporter.file({"what": "The visitors' book was torn."})
    held: list[tuple[Route, object]] = []
    bao.route("**/arrivals?since=*", lambda route: held.append((route, route.fetch())))
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    bao.get_by_role("button", name="I know somebody in this: step aside").click()
    bao.get_by_role("dialog").get_by_role("button", name="Step aside").click()
    expect(bao.locator(".detail article")).to_have_count(0)
    before = [(route, answer) for route, answer in held if reporter.thread_id in answer.text()]
    assert before
    with bao.expect_response("**/index"):
        for route, answer in before:
            route.fulfill(response=answer)
    bao.unroute("**/arrivals?since=*")
    expect(entry(bao, reporter)).to_have_count(0)
    reload_list(bao)
    expect(entry(bao, reporter)).to_have_count(0)


def test_who_should_not_read_it_as_the_reporting_person_asks_does_not(bao, demonstration):
    reporter = demonstration.reporter()
    reporter.file({"what": "The lamp at the weir was moved."}, must_not_see=("Mr Bao Tran",))
    reload_list(bao)
    in_list(bao, reporter.thread_id).click()
    bao.get_by_role("button", name="I know nobody in this").click()
    expect(bao.get_by_role("heading", name="This report is for others on the desk")).to_be_visible()
    assert "weir was moved" not in bao.content()
    bao.evaluate("location.hash = '#/arrivals'")
    bao.locator("#search").fill("weir was moved")
    expect(bao.get_by_text("Nothing found in the reports that you have opened.")).to_be_visible()
    bao.locator("#search").fill("")


def test_another_desks_report_is_not_there(bao, demonstration):
    reporter = demonstration.reporter("Integrity desk")
    reporter.file({"what": "Not for the first desk."})
    reload_list(bao)
    expect(entry(bao, reporter)).to_have_count(0)
    bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reporter.thread_id)
    expect(bao.get_by_role("heading", name="There is no such report here")).to_be_visible()


def test_a_complaint_about_the_office_is_said_to_be_one(bao, demonstration):
    reporter = demonstration.reporter()
    reporter.file({"what": "Nobody answered my letter.", "concern": "complaint"})
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(bao.locator(".detail .notice.warning")).to_contain_text("This is a complaint about this office.")


def test_a_file_that_was_altered_is_a_red_line_and_no_answer(bao, demonstration):
    reporter = demonstration.reporter()
    mark = secrets.token_hex(8)
    reporter.file({"what": f"A mark: {mark}"})
    reload_list(bao)
    bao.route(f"**/threads/{reporter.thread_id}", altered)
    try:
        bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reporter.thread_id)
        bao.locator("#declare-none").click()
        fault = bao.locator(".story .notice.danger")
        expect(fault).to_contain_text("The report failed a check")
        assert mark not in bao.content()
    finally:
        bao.unroute(f"**/threads/{reporter.thread_id}")


def altered(route):
    """The server's answer with one byte of the sealed file changed on the way."""
    answer = route.fetch()
    body = bytearray(answer.body())
    body[-40] ^= 1
    route.fulfill(response=answer, body=bytes(body))


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark"), (1280, "light")])
def test_every_view_can_be_read_by_everybody(bao, filed, demonstration, width, scheme):
    waiting = demonstration.reporter()
    waiting.file({"what": "Not yet read by anybody."})
    bao.set_viewport_size({"width": width, "height": 800})
    bao.emulate_media(color_scheme=scheme)
    reload_list(bao)
    seen = [axe_violations(bao)]
    bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", waiting.thread_id)
    expect(bao.get_by_role("heading", name="Before you read")).to_be_visible()
    seen.append(axe_violations(bao))
    open_report(bao, filed.thread_id)
    seen.append(axe_violations(bao))
    assert bao.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bao.keyboard.press("?")
    seen.append(axe_violations(bao))
    bao.keyboard.press("Escape")
    bao.set_viewport_size({"width": 1280, "height": 850})
    assert seen == [[], [], [], []]


def test_right_to_left_and_in_the_readers_language(demonstration, contexts):
    page = demonstration.signed_in(contexts, "tomas", locale="ar")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir].join()") == "ar,rtl"
    reporter = demonstration.reporter("Integrity desk")
    reporter.file({"what": "رجل ينسخ بطاقات الدخول كل يوم إثنين."}, "ar")
    reload_list(page)
    open_report(page, reporter.thread_id)
    expect(page.locator(".detail article .story")).to_contain_text("ماذا رأيت أو سمعت؟")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    left, right = (page.locator(where).bounding_box()["x"] for where in (".detail", ".side"))
    assert left < right
    # Nothing a person would read has stayed in English.
    for english in ("Not read yet", "Who can read this", "Newest first", "The reporting person", "Back to the list"):
        assert english not in page.inner_text("main")
