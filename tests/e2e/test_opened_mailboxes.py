"""A member opens a mailbox for somebody, prints the letter, and the person comes with its code."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from e2e.cases import PIPE, confirm, looks_at, triage
from e2e.hearing import Letter
from e2e.workbench import DemonstrationStand, open_report, reload_list
from factories.attachments import attached
from support.browsers import axe_violations
from support.hostile_files import pdf_that_tells, png
from support.report_page import PHONE, Person

STORY = ".detail article .story"
MASKED = "Somebody has filed through the pipe behind the █████."
SAID = "The translator of the court. Sworn, and knows nobody in it."
MARK = """box => { const at = box.value.indexOf("pump house"); box.focus(); box.setSelectionRange(at, at + 10); }"""
POINTS = """image => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const at = ([x, y]) => [...pen.getImageData(x, y, 1, 1).data].slice(0, 3);
  return [[canvas.width / 2, canvas.height / 2], [2, 2]].map(at);
}"""
LIGHTS = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const light = (x, y) => data[4 * (Math.floor(y * height) * width + Math.floor(x * width))];
  const row = Array.from({ length: 200 }, (_, at) => light(0.27 + at * 0.0028, 0.5));
  let read = 255;
  for (let x = 0.3; x < 0.6; x += 0.001) for (let y = 0.75; y < 0.85; y += 0.004) read = Math.min(read, light(x, y));
  return { darkest: Math.max(...row), words: read, paper: light(0.05, 0.05) };
}"""
NAMED = b"OrchardKestrel4417"
TASK = "Please translate the note that we give you here, and keep it to yourself."


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def case(office_at_work, contexts, bao):
    """A report with a picture and a PDF that has become a case of two people."""
    ilse = office_at_work.signed_in(contexts, "ilse")
    reporter = office_at_work.reporter()
    picture = reporter.sends(attached(png(64, 48), "Bao at the pump.png", "image/png"))
    plan = reporter.sends(attached(pdf_that_tells(NAMED), "plan.pdf", "application/pdf"))
    reporter.file({"what": PIPE}, files=(picture, plan))
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    return reporter


@pytest.fixture(scope="module")
def letter(case, bao):
    """One masked text goes to somebody outside."""
    dialog = giving(bao, case)
    dialog.get_by_label("What they get").evaluate(MARK)
    dialog.get_by_role("button", name="Hide what is marked").click()
    dialog.get_by_role("button", name="Open the mailbox").click()
    expect(dialog).to_contain_text("Please note who they are and what they said.")
    dialog.get_by_label("Who they are, and what they said").fill(SAID)
    dialog.get_by_label("They have said that they have no conflict of interest").check()
    faults = axe_violations(bao)
    dialog.get_by_role("button", name="Open the mailbox").click()
    found = Letter(bao)
    found.faults = faults + axe_violations(bao)
    bao.get_by_role("dialog").get_by_role("button", name="Done").click()
    return found


def giving(page, case):
    """The dialog in which a document is given to somebody outside, with the task in it."""
    reload_list(page)
    open_report(page, case.thread_id)
    page.locator("#give-outside").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Language of the letter").select_option("ar")
    dialog.get_by_label("What they read first").fill(TASK)
    return dialog


@pytest.fixture(scope="module")
def helper(office_at_work, contexts, letter):
    """They open it on their telephone, in Arabic, with the digits."""
    person = Person(DemonstrationStand(office_at_work), contexts(viewport=PHONE, locale="ar"))
    person.comes_back(" ".join(letter.digits), "ar").mailbox()
    return person


def test_the_letter_says_how_to_open_it_and_nothing_of_the_case(letter, case):
    assert (len(letter.words), len(letter.digits)) == (12, 7)
    assert "صندوق مختوم لك" in letter.text
    for word in ("pipe", "Bao", "Harbour", case.thread_id):
        assert word not in letter.text
    assert letter.faults == []


def test_the_case_says_which_mailbox_belongs_to_it_and_the_mailbox_says_which_case(case, bao, letter):
    open_report(bao, case.thread_id)
    expect(bao.locator(STORY)).to_contain_text(SAID)
    expect(bao.locator(".doings")).to_contain_text("gave a document to somebody outside the office")
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.get_by_role("heading", name="Mailbox of")).to_be_visible()
    expect(bao.locator(STORY)).to_contain_text(TASK)
    expect(bao.locator(STORY)).to_contain_text(MASKED)
    expect(bao.locator(f"{STORY} .notice.danger")).to_have_count(0)
    expect(bao.locator(f'{STORY} a[data-tied="{case.thread_id}"]')).to_be_visible()


def test_with_the_code_it_is_read_and_nothing_can_be_written_before_words_of_ones_own(helper):
    read = helper.text()
    assert TASK in read
    assert MASKED in read
    assert "pump house" not in read
    assert SAID not in read
    assert helper.page.locator("#view .notice.danger").count() == 0
    assert helper.page.locator("#view textarea").count() == 0
    assert helper.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_words_of_ones_own_they_write_and_the_code_opens_nothing(helper, letter, case, bao):
    page = helper.page
    page.locator("#view .notice.warning .button").click()
    page.wait_for_selector("#receipt li")
    helper.words = [item.inner_text().strip() for item in page.locator("#receipt li").all()]
    for field in page.locator("#view input[id^=part-]").all():
        field.fill(helper.words[int((field.get_attribute("id") or "").removeprefix("part-"))])
    page.click("#receipt-go")
    page.wait_for_selector("#view textarea")
    page.locator("#view textarea").fill("It says: the pump stops at nine.")
    page.locator("#view form button[type=submit]").click()
    expect(page.locator(".story .message.mine")).to_have_count(1)
    open_report(bao, case.thread_id)
    bao.locator(f"{STORY} a[data-tied]").click()
    expect(bao.locator(STORY)).to_contain_text("the pump stops at nine")
    expect(bao.locator(f"{STORY} .notice.danger")).to_have_count(0)
    helper.comes_back(" ".join(letter.digits), "ar")
    expect(page.locator("#view .notice.warning")).to_be_visible()
    helper.comes_back(language="ar").mailbox()
    assert "the pump stops at nine" in helper.text()


def test_a_covered_picture_goes_sealed_anew_and_is_shown_without_a_button_that_saves_it(
    office_at_work, contexts, case, bao
):
    covers_the_picture(bao, case)
    found = gives_the_covered_picture(bao, case)
    expect(bao.locator("[role=status]", has_text="The file lies in the mailbox.").first).to_be_attached()
    person = Person(DemonstrationStand(office_at_work), contexts(locale="en"))
    person.comes_back(" ".join(found.digits)).mailbox()
    assert "document.jpg" in person.text()
    assert "Bao at" not in person.text()
    person.page.get_by_role("button", name="Show the picture").click()
    shown = person.page.locator("img.shown")
    expect(shown).to_be_visible()
    # Black where the bar was put, in its middle, and as it was in a corner.
    middle, corner = shown.evaluate(POINTS)
    assert max(middle) < 16
    assert max(corner) > 40
    expect(person.page.get_by_role("button", name="Save")).to_have_count(0)
    assert axe_violations(person.page) == []


def test_of_a_document_goes_what_was_looked_at_and_nothing_that_lies_under_a_bar(case, bao):
    """By keys alone: a bar over a name, one page left out, one never looked at, and one that cannot be drawn."""
    open_report(bao, case.thread_id)
    bao.get_by_role("button", name="View plan.pdf").click()
    stage = bao.get_by_role("dialog")
    stage.get_by_role("button", name="Cover parts of it").click()
    state, frame = stage.locator(".state"), stage.frame_locator("iframe.viewer")
    expect(state).to_contain_text("1 page goes into the copy, as a picture. 3 do not")
    stage.get_by_role("button", name="Add a bar").click()
    # The bar is put by a process of its own: keys before that move nothing.
    expect(state).to_contain_text("1 place is covered.")
    for key in ["ArrowLeft"] * 5 + ["Shift+ArrowRight"] * 15 + ["PageDown"]:
        bao.keyboard.press(key)
    expect(state).to_contain_text("1 place is covered. 2 pages go into the copy")
    stage.get_by_label("Leave this page out").check()
    expect(frame.get_by_text("Left out of the copy")).to_be_visible()
    stage.get_by_role("spinbutton", name="Page").fill("4")
    stage.get_by_role("spinbutton", name="Page").press("Enter")
    expect(frame.get_by_text("Page 4 could not be drawn.")).to_be_visible()
    expect(state).to_contain_text("1 place is covered. 1 page goes into the copy, as a picture. 3 do not")
    assert axe_violations(bao) == []
    bao.keyboard.press("Escape")
    expect(state).to_contain_text("What you have covered is not kept yet.")
    stage.get_by_role("button", name="Keep the covered copy").click()
    expect(bao.locator(STORY)).to_contain_text("A copy of plan.pdf in which 1 place is covered. It has 1 page of 4.")
    copy = saved(bao, "plan-covered.pdf")
    assert (copy[:5], copy.count(b"/Type/Page/"), copy.count(b"/DCTDecode")) == (b"%PDF-", 1, 1)
    held = inflated(copy)
    for mark in (NAMED, b"What may be read", b"/Font", b"/Info", b"/EmbeddedFiles", b"plan"):
        assert mark not in held
    assert NAMED in inflated(pdf_that_tells(NAMED))
    bao.get_by_role("button", name="View plan-covered.pdf").click()
    found = lights_of(frame.locator("canvas"))
    assert found["darkest"] < 16
    assert found["words"] < 96
    assert found["paper"] > 240
    bao.keyboard.press("Escape")


def lights_of(drawn):
    """What a page shows once it is drawn: the canvas stands there, white, before the picture does."""
    expect(drawn).to_be_visible()
    for _ in range(100):
        found = drawn.evaluate(LIGHTS)
        if found["darkest"] < 255:
            break
        drawn.page.wait_for_timeout(100)
    return found


def saved(page, name):
    """What a browser gets of a file of the story."""
    page.get_by_role("button", name=re.compile(f"^Save {name}")).click()
    with page.expect_download() as coming:
        page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    return coming.value.path().read_bytes()


def inflated(document):
    """A PDF, and each of its streams unpacked where it is packed."""
    held = [document]
    for stream in re.findall(rb"stream\n(.*?)\nendstream", document, re.DOTALL):
        with suppress(zlib.error):
            held.append(zlib.decompress(stream))
    return b"\n".join(held)


def gives_the_covered_picture(page, case):
    """A file goes to somebody outside; the letter is put away."""
    dialog = giving(page, case)
    dialog.get_by_label("Which document").select_option(label="The file Bao at the pump-covered.jpg")
    looks_at(page, "Bao at the pump-covered.jpg")
    dialog.get_by_label("Who they are, and what they said").fill(SAID)
    dialog.get_by_label("They have said that they have no conflict of interest").check()
    dialog.get_by_role("button", name="Open the mailbox").click()
    found = Letter(page)
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    return found


def covers_the_picture(page, case):
    """A bar over the middle of it, kept as a file of a note."""
    reload_list(page)
    open_report(page, case.thread_id)
    page.get_by_role("button", name="View Bao at the pump.png").click()
    stage = page.get_by_role("dialog")
    stage.get_by_role("button", name="Cover parts of it").click()
    # What saves the first picture, whole, is not offered beside what keeps the covered one.
    expect(stage.get_by_role("button", name="Save")).to_have_count(0)
    expect(stage.get_by_role("button", name="Close without keeping it")).to_be_visible()
    stage.get_by_role("button", name="Keep the covered copy").click()
    expect(stage).to_contain_text("Draw a bar over what is to be covered first.")
    stage.get_by_role("button", name="Add a bar").click()
    expect(stage).to_contain_text("1 place is covered.")
    drawn = stage.frame_locator("iframe.viewer").locator("img").bounding_box()
    page.mouse.move(drawn["x"] + 4, drawn["y"] + 20)
    page.mouse.down()
    page.mouse.move(drawn["x"] + 24, drawn["y"] + 40, steps=3)
    page.mouse.up()
    expect(stage).to_contain_text("2 places are covered.")
    stage.get_by_role("button", name="Take the last one away").click()
    expect(stage).to_contain_text("1 place is covered.")
    assert axe_violations(page) == []
    stage.get_by_role("button", name="Keep the covered copy").click()
    expect(page.locator(STORY)).to_contain_text("A copy of Bao at the pump.png in which 1 place is covered.")
    expect(page.locator(STORY)).to_contain_text("Bao at the pump-covered.jpg")


def test_a_file_whose_sending_is_cut_off_goes_out_all_the_same(case, bao):
    tried = []

    def cut(route):
        tried.append(route.request.url)
        route.abort("connectionreset")

    bao.route("**/blobs/part", cut)
    gives_the_covered_picture(bao, case)
    going = bao.locator("#case [data-going]")
    expect(going).to_contain_text("The file document.jpg is on its way to the helper.")
    assert tried
    bao.unroute("**/blobs/part")
    expect(going).to_be_hidden()
    expect(bao.locator("[role=status]", has_text="The file lies in the mailbox.").first).to_be_attached()


def test_what_never_went_out_is_said_on_both_sides_and_goes_by_a_button(office_at_work, contexts, case):
    """The connection stays cut, and the page is closed: nobody is told anything but what both sides say afterwards."""
    first = office_at_work.signed_in(contexts, "bao")
    first.route("**/blobs/part", lambda route: route.abort("connectionreset"))
    found = gives_the_covered_picture(first, case)
    expect(first.locator("#case [data-going]")).to_contain_text("is on its way")
    first.context.close()
    page = office_at_work.signed_in(contexts, "bao")
    reload_list(page)
    open_report(page, case.thread_id)
    going = page.locator("#case [data-going]")
    expect(going).to_contain_text("The file document.jpg has not gone out to the helper yet.")
    assert axe_violations(page) == []
    mailbox = page.locator("#case [data-send]").get_attribute("data-send")
    page.locator(f'{STORY} a[data-tied="{mailbox}"]').click()
    expect(page.get_by_role("heading", name="Mailbox of")).to_be_visible()
    expect(going).to_contain_text("has not gone out")
    going.get_by_role("button", name="Send the file").click()
    expect(going).to_be_hidden()
    expect(page.locator(STORY)).to_contain_text("document.jpg")
    open_report(page, case.thread_id)
    expect(going).to_be_hidden()
    person = Person(DemonstrationStand(office_at_work), contexts(locale="en"))
    person.comes_back(" ".join(found.digits)).mailbox()
    assert "document.jpg" in person.text()


def test_it_can_be_ended_before_its_day_and_the_helper_is_told_so(helper, case, bao):
    open_report(bao, case.thread_id)
    bao.locator(f"{STORY} a[data-tied]").first.click()
    expect(bao.get_by_role("heading", name="Mailbox of")).to_be_visible()
    bao.locator("#end-mailbox").click()
    bao.get_by_role("dialog").get_by_role("button", name="End it", exact=True).click()
    expect(bao.locator("#case")).to_contain_text("It has ended")
    expect(bao.locator(STORY)).to_contain_text("the pump stops at nine")
    helper.comes_back(language="ar")
    expect(helper.page.locator("#view .notice.warning")).to_contain_text("انتهى هذا الصندوق")
