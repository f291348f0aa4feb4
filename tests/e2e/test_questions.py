"""A desk's lead writes a question to choose from; a handler picks it by the keyboard, in the reporter's language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.workbench import Demonstration, open_report, reload_list
from fairline.seal.primitives import b64
from support.browsers import axe_violations

PATIENCE = 30_000
DESK = "Integrity desk"
OWN = "Which of the two scales was it?"
CHINESE = "是两台秤中的哪一台？"


@pytest.fixture(scope="module")
def own_office(make_demonstration):
    """A demonstration of this module's own: its desk's profile changes."""
    running = make_demonstration()
    return Demonstration(running)


@pytest.fixture(scope="module")
def noor(own_office, contexts):
    """The lead of the desk."""
    return own_office.signed_in(contexts, "noor")


@pytest.fixture(scope="module")
def chinese(own_office):
    reporter = own_office.reporter(DESK)
    reporter.file({"what": "三号门的秤有问题。"}, language="zh-Hans")
    return reporter


def edits(page, own_office):
    page.evaluate("desk => { location.hash = `#/questions/${desk}`; }", b64(own_office.desk(DESK)))
    expect(page.locator(".editing")).to_be_visible(timeout=PATIENCE)


def signs(page):
    page.get_by_role("button", name="Look it over and sign").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()


def picks(page, thread):
    page.evaluate("location.hash = '#/arrivals'")
    expect(page.locator(".rows .entry").first).to_be_visible(timeout=PATIENCE)
    reload_list(page)
    open_report(page, thread)
    page.locator(".detail h1").focus()
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog", name="Choose a question")
    expect(dialog).to_be_visible(timeout=PATIENCE)
    return dialog


def test_a_shipped_question_comes_in_the_reporters_language_by_the_keyboard(noor, chinese):
    dialog = picks(noor, chinese.thread_id)
    expect(dialog.locator(".pick")).to_have_count(10)
    assert axe_violations(noor) == []
    noor.keyboard.press("ArrowDown")
    noor.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(noor.locator("#draft")).to_be_focused()
    expect(noor.locator("#draft")).to_have_value("具体在什么地方？楼栋、房间、出入口或网址都有帮助。")
    expect(noor.locator(".composer select").first).to_have_value("zh-Hans")


def test_the_guide_for_what_a_child_wrote_puts_the_help_into_the_answer_and_marks_nobody(noor, chinese):
    rows = noor.locator(".rows .entry").all_inner_texts()
    noor.locator("#draft").fill("谢谢你告诉我们。")
    noor.locator("#child-guide").click()
    guide = noor.get_by_role("dialog", name="If it seems to come from a child")
    expect(guide).to_contain_text("About their family")
    assert axe_violations(noor) == []
    guide.get_by_role("button", name="Put it into my answer").click()
    expect(guide).to_have_count(0)
    expect(noor.locator("#draft")).to_have_value("谢谢你告诉我们。\n\n灯谷倾听热线 555 0161，昼夜开通，免费。")
    assert noor.locator(".rows .entry").all_inner_texts() == rows


@pytest.mark.parametrize(
    ("tag", "question"), [("en", "What is their religion?"), ("zh-Hans", "此人的国籍？"), ("ar", "ما جنسية هذا الشخص؟")]
)
def test_a_question_for_a_protected_ground_is_not_signed(noor, own_office, tag, question):
    edits(noor, own_office)
    noor.locator("#speak-en").click()
    noor.locator("#question-when").fill("When?")
    noor.locator(f"#speak-{tag}").click()
    noor.locator("#question-when").fill(question)
    signs(noor)
    expect(noor.locator(".editing")).to_contain_text("never a reason for a concern", timeout=PATIENCE)
    noor.get_by_role("button", name="Take the changes back").click()
    noor.get_by_role("dialog").get_by_role("button", name="Take them back").click()
    expect(noor.locator("#question-when")).not_to_have_value(question)


def test_the_desks_own_question_is_offered_once_it_is_signed(noor, own_office, chinese):
    edits(noor, own_office)
    noor.locator("#speak-en").click()
    noor.get_by_role("button", name="One more to choose from").click()
    expect(noor.locator("#question-own-11")).to_be_focused()
    noor.keyboard.type(OWN)
    noor.locator("#speak-zh-Hans").click()
    noor.locator("#question-own-11").fill(CHINESE)
    noor.locator("#text-letter").fill("灯谷堰街 12 号")
    signs(noor)
    expect(noor.locator("#signed")).to_be_visible(timeout=PATIENCE)
    dialog = picks(noor, chinese.thread_id)
    expect(dialog.locator(".pick")).to_have_count(11)
    # What the handler's own page speaks stands below, for who cannot read the other.
    expect(dialog.locator(".pick").last).to_contain_text(OWN)
    noor.keyboard.press("End")
    noor.keyboard.press("Enter")
    expect(noor.locator("#draft")).to_have_value(re.compile(CHINESE))


def test_the_other_ways_are_said_in_the_pages_language(own_office, new_context):
    page = new_context(locale="zh-CN").new_page()
    page.goto(f"{own_office.running.urls['report']}/zh-hans/at/{b64(own_office.office)}/")
    expect(page.locator(".ways")).to_contain_text("灯谷堰街 12 号")
    page.goto(f"{own_office.running.urls['report']}/en/at/{b64(own_office.office)}/")
    expect(page.locator(".ways")).to_contain_text("12 Weir Street, Lantern Valley")
