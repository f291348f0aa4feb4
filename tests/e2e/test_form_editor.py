"""A desk's lead edits what is asked: rights refuse in three languages, conditions show and hide, people answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.workbench import open_report
from factories.reporter import manifest_at
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import derive
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations
from support.report_page import PHONE, Person

PATIENCE = 30_000
DESK = "Safety and security desk"


@pytest.fixture(scope="module")
def own_office(make_demonstration):
    """A demonstration of this module's own: its desk's questions change."""
    from e2e.workbench import Demonstration  # noqa: PLC0415 - beside the one that other modules share

    running = make_demonstration()
    return Demonstration(running)


@pytest.fixture(scope="module")
def ilse(own_office, contexts):
    """The lead of the first desk, in the editor of its questions."""
    page = own_office.signed_in(contexts, "ilse")
    opens_the_editor(page, own_office)
    return page


def opens_the_editor(page, own_office):
    page.evaluate("desk => { location.hash = `#/questions/${desk}`; }", b64(own_office.desk(DESK)))
    expect(page.locator(".editing")).to_be_visible(timeout=PATIENCE)


def adds_a_question(page, text):
    page.get_by_role("button", name="Add a question").last.click()
    # The cursor stands in the new question already.
    page.keyboard.type(text)
    return page.locator(".editing details.card[open]").last


def signs(page):
    page.get_by_role("button", name="Look it over and sign").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()


def form_in_force(own_office):
    manifest = manifest_at(own_office.running.urls["report"], own_office.office)
    return manifest.sheet(own_office.desk(DESK)).form


def takes_back(page):
    page.get_by_role("button", name="Take the changes back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take them back").click()


@pytest.mark.parametrize(
    ("tag", "question"),
    [("en", "What is their nationality?"), ("zh-Hans", "此人信仰什么宗教？"), ("ar", "ما جنسية هذا الشخص؟")],
)
def test_a_question_for_a_protected_ground_is_refused_where_it_stands(ilse, own_office, tag, question):
    before = form_in_force(own_office)
    card = adds_a_question(ilse, "Anything about the person")
    ilse.locator(f"#speak-{tag}").click()
    card = ilse.locator(".editing details.card[open]").last
    card.get_by_label("Question", exact=True).fill(question)
    signs(ilse)
    expect(ilse.locator(".faults")).to_contain_text("never a reason for a concern", timeout=PATIENCE)
    field = ilse.locator(".editing details.card[open]").last.get_by_label("Question", exact=True)
    expect(field).to_have_value(question)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(ilse.locator(f"#speak-{tag}")).to_have_attribute("aria-pressed", "true")
    assert form_in_force(own_office) == before
    takes_back(ilse)
    ilse.locator("#speak-en").click()


def test_what_is_missing_is_named_before_anything_is_signed(ilse, own_office):
    before = form_in_force(own_office)
    card = adds_a_question(ilse, "")
    card.get_by_label("How it is answered").select_option("choice")
    ilse.get_by_role("button", name="Look it over and sign").click()
    faults = ilse.locator(".faults a")
    expect(faults).to_have_count(2)
    assert form_in_force(own_office) == before
    takes_back(ilse)


def test_a_condition_is_tried_in_the_preview_and_signed(ilse, own_office):
    before = form_in_force(own_office)
    card = adds_a_question(ilse, "Who told you?")
    told = "only if “Somebody told me” was chosen at “How do you know?”"
    card.get_by_label("When it is asked").select_option(label=told)
    ilse.locator("#speak-ar").click()
    ilse.locator(".editing details.card[open]").last.get_by_label("Question", exact=True).fill("من أخبرك؟")
    preview = ilse.get_by_role("complementary", name="As people see it")
    expect(preview.get_by_text("من أخبرك؟")).to_have_count(0)
    preview.get_by_label("أخبرني به شخص").check()
    expect(preview.get_by_text("من أخبرك؟")).to_be_visible()
    preview.get_by_label("أخبرني به شخص").uncheck()
    expect(preview.get_by_text("من أخبرك؟")).to_have_count(0)
    ilse.locator("#speak-en").click()
    expect(preview.get_by_label("Somebody told me")).to_be_visible()
    assert axe_violations(ilse) == []
    ilse.get_by_label("When the law makes the office tell").fill("A court of Lantern Valley may ask us what we know.")
    signs(ilse)
    expect(ilse.locator("#signed")).to_be_visible(timeout=PATIENCE)
    assert form_in_force(own_office) != before


def answers(person, *, told):
    person.opens().writes("A lorry stood at the weir all night.").chooses(DESK)
    if told:
        person.page.get_by_label("Somebody told me").check()
        person.page.get_by_label("Who told you?").fill("The porter")
    return person


class Line:
    """The report page's address."""

    def __init__(self, own_office):
        self.own_office = own_office

    def address(self, _language="", _pin=None):
        return f"{self.own_office.running.urls['report']}/at/{self.own_office.shown['office']}/"


def test_people_are_asked_by_it_and_the_handler_reads_it_under_its_question(ilse, own_office, new_context):
    person = answers(Person(Line(own_office), new_context(viewport=PHONE, locale="en")), told=True)
    person.goes_on().keeps_the_receipt()
    assert "Who told you?" in person.text()
    person.sends()
    thread = b64(derive(words_to_entropy(" ".join(person.words)), own_office.office).id)
    ilse.evaluate("location.hash = '#/arrivals'")
    expect(ilse.locator(".rows .entry").first).to_be_visible(timeout=PATIENCE)
    open_report(ilse, thread)
    story = ilse.locator(".detail article .story")
    expect(story).to_contain_text("Who told you?")
    expect(story).to_contain_text("The porter")


def test_an_answer_that_a_choice_has_hidden_is_not_sent(own_office, new_context):
    person = answers(Person(Line(own_office), new_context(viewport=PHONE, locale="en")), told=True)
    person.page.get_by_label("Somebody told me").uncheck()
    expect(person.page.get_by_label("Who told you?")).to_have_count(0)
    person.goes_on().keeps_the_receipt()
    assert "porter" not in person.text()
    person.sends()
    person.comes_back().mailbox()
    assert "porter" not in person.text()


def test_a_report_of_before_keeps_the_question_that_it_answered(ilse, own_office):
    first = own_office.reporter()
    first.file({"what": "The pump house door.", "who-told-you": "my brother", "known": "told"})
    opens_the_editor(ilse, own_office)
    card = ilse.locator("details.card").filter(has_text="Who told you?")
    card.locator("summary").click()
    card.get_by_label("Question", exact=True).fill("From whom did you hear it?")
    signs(ilse)
    expect(ilse.locator("#signed")).to_be_visible(timeout=PATIENCE)
    ilse.evaluate("location.hash = '#/arrivals'")
    expect(ilse.locator(".rows .entry").first).to_be_visible(timeout=PATIENCE)
    open_report(ilse, first.thread_id)
    story = ilse.locator(".detail article .story")
    expect(story).to_contain_text("Who told you?")
    assert "From whom did you hear it?" not in story.inner_text()


def test_the_first_page_says_the_new_text(own_office, new_context):
    page = new_context(viewport=PHONE, locale="en").new_page()
    page.goto(Line(own_office).address())
    expect(page.locator("#main")).to_contain_text("A court of Lantern Valley may ask us what we know.")
    assert unb64(own_office.shown["office"]) == own_office.office
