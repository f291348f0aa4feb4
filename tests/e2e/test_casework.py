"""The daily work on a case in real browsers: tasks, chronology, evidence, letters; absence, handover, helpers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.cases import confirm, triage
from e2e.workbench import open_report, reload_list, unlock_again
from factories.attachments import attached
from factories.reporter import manifest_at
from fairline.seal.primitives import b64
from support.browsers import axe_violations
from support.hostile_files import png

STORY = ".detail article .story"
LOCK = "The lock of the store was open in the morning."


@pytest.fixture(scope="module")
def demonstration(office_at_work):
    return office_at_work


@pytest.fixture(scope="module")
def bao(demonstration, contexts):
    return demonstration.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def ilse(demonstration, contexts):
    return demonstration.signed_in(contexts, "ilse")


@pytest.fixture(scope="module")
def tomas(demonstration, contexts):
    return demonstration.signed_in(contexts, "tomas")


@pytest.fixture(scope="module")
def case(demonstration, bao, ilse):
    """A case of two people, with a picture."""
    reporter = demonstration.reporter()
    picture = reporter.sends(attached(png(64, 48), "lock.png", "image/png"))
    reporter.file({"what": LOCK}, files=(picture,))
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    return reporter


def keep(page, **fields: str) -> None:
    """Fill the dialog that is open, label by label, and keep it."""
    dialog = page.get_by_role("dialog")
    for label, value in fields.items():
        at = dialog.get_by_label(label.replace("_", " "), exact=True)
        if at.evaluate("one => one.tagName") == "SELECT":
            at.select_option(label=value)
        else:
            at.fill(value)
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_have_count(0)


def test_the_work_on_a_case_is_sealed_notes_that_both_people_see(case, bao, ilse):
    reload_list(bao)
    open_report(bao, case.thread_id)
    bao.locator("#add-task").click()
    task = {"What is to be done": "Ask who had the key.", "By when (optional)": "2030-01-31"}
    keep(bao, **task, **{"Who does it": "Ilse Varga"})
    expect(bao.locator("#tasks")).to_contain_text("Ask who had the key.")
    expect(bao.locator("#work")).to_contain_text("Ilse Varga: 1 open")
    for day, words in (("2026-03-02", "The lock was changed."), ("2026-02-27", "A key was lost.")):
        bao.locator("#add-event").click()
        keep(bao, **{"What happened": words, "On which day it happened": day})
    bao.get_by_text("Chronology: 2 entries").click()
    expect(bao.locator("#chronology > li").first).to_contain_text("A key was lost.")
    bao.locator("#add-evidence").click()
    expect(bao.get_by_role("dialog").get_by_label("What is it?")).to_contain_text("lock.png")
    keep(bao, **{"What it shows; for an object also where it lies and who has it": "The open lock."})
    bao.locator("#add-letter").click()
    expect(bao.get_by_role("dialog").get_by_label("The letter", exact=True)).to_have_value(re.compile("not proven"))
    keep(bao)
    expect(bao.locator("#work")).to_contain_text("1 letter")
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    for words in ("Ask who had the key.", "A key was lost.", "The open lock.", "not proven"):
        expect(ilse.locator(STORY)).to_contain_text(words)
    expect(ilse.locator("#work")).to_contain_text("You: 1 open")
    ilse.locator("#tasks").get_by_role("button", name="Done").click()
    expect(ilse.locator("#work")).to_contain_text("1 task is done")
    expect(ilse.locator("#tasks")).to_have_count(0)
    expect(ilse.locator(f"{STORY} .notice.danger")).to_have_count(0)


def test_two_reports_of_one_event_are_linked_by_a_person_and_parted_again(demonstration, case, bao, ilse):
    other = demonstration.reporter()
    other.file({"what": "Somebody broke the lock of the store at night."})
    reload_list(bao)
    open_report(bao, other.thread_id)
    open_report(bao, case.thread_id)
    bao.locator("#add-related").click()
    dialog = bao.get_by_role("dialog")
    chosen = dialog.locator(f'option[value="{other.thread_id}"]').inner_text()
    assert chosen.startswith("\u2068Somebody broke the lock")
    assert dialog.locator("input, textarea").count() == 0, "no name can be typed"
    dialog.get_by_label("The other report").select_option(other.thread_id)
    assert not axe_violations(bao)
    dialog.get_by_role("button", name="Link them").click()
    expect(bao.locator(STORY)).to_contain_text("You linked another report of the same event.")
    bao.locator(f'#related a[data-related="{other.thread_id}"]').click()
    expect(bao.locator(f'#related a[data-related="{case.thread_id}"]')).to_contain_text("The lock of the store")
    # A colleague sees it too; of what she has not declared upon she sees no word.
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    expect(ilse.locator(f'#related a[data-related="{other.thread_id}"]')).to_contain_text("Not read yet")
    expect(ilse.locator(STORY)).not_to_contain_text("Somebody broke the lock")
    bao.locator("#related").get_by_role("button", name="Take it back").click()
    bao.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(bao.locator("#related")).to_contain_text("no other report")
    expect(bao.locator(STORY)).to_contain_text("It turned out to be another event.")
    open_report(bao, case.thread_id)
    expect(bao.locator("#related")).to_contain_text("no other report")


def test_what_two_people_note_at_once_is_kept_and_so_is_what_one_notes_in_haste(case, bao, ilse):
    for page in (bao, ilse):
        reload_list(page)
        open_report(page, case.thread_id)
        page.locator("#add-task").click()
    keep(ilse, **{"What is to be done": "Ask the neighbours."})
    expect(ilse.locator("#tasks")).to_contain_text("Ask the neighbours.")
    posts = []
    bao.route("**/posts", lambda route: posts.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    keep(bao, **{"What is to be done": "Look at the hinges."})
    bao.locator("#add-task").click()
    keep(bao, **{"What is to be done": "Photograph the door."})
    assert len(posts) == 1, "the second waits for the first"
    first = posts.pop()
    bao.route("**/posts", lambda route: route.continue_())
    first.continue_()
    for words in ("Ask the neighbours.", "Look at the hinges.", "Photograph the door."):
        expect(bao.locator("#tasks")).to_contain_text(words)
    bao.unroute("**/posts")


def test_what_could_not_be_kept_is_shown_and_not_lost(case, bao):
    open_report(bao, case.thread_id)
    bao.route("**/posts", lambda route: route.abort())
    bao.locator("#add-event").click()
    keep(bao, **{"What happened": "Somebody whistled.", "On which day it happened": "2026-03-03"})
    expect(bao.locator("#unkept")).to_contain_text("Somebody whistled.")
    bao.unroute("**/posts")
    bao.get_by_role("button", name="I have it, hide this").click()
    expect(bao.locator("#unkept")).to_have_count(0)


def test_whoever_opens_evidence_stands_beside_it_with_the_day(case, ilse):
    open_report(ilse, case.thread_id)
    ilse.get_by_text("Evidence: 1 piece").click()
    expect(ilse.locator("#evidence")).to_contain_text("Nobody has opened it yet.")
    expect(ilse.locator("#evidence")).to_contain_text("Added: Bao Tran")
    ilse.locator(".file").get_by_role("button", name="View lock.png").click()
    stage = ilse.locator("dialog.stage")
    expect(stage.locator(".state")).to_contain_text("Checked")
    ilse.keyboard.press("Escape")
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    ilse.get_by_text("Evidence: 1 piece").click()
    expect(ilse.locator("#evidence")).to_contain_text("Opened: You")


@pytest.fixture(scope="module")
def taken_out(case, bao, ilse, tmp_path_factory):
    """The case as one file, and the words that open it."""
    reload_list(ilse)
    open_report(ilse, case.thread_id)
    for words in ("三号门的地秤少显示四十公斤。", "الميزان عند البوابة"):
        ilse.locator("#add-task").click()
        keep(ilse, **{"What is to be done": words})
    ilse.locator("#export-case").click()
    dialog = ilse.get_by_role("dialog")
    assert not axe_violations(ilse)
    dialog.get_by_role("button", name="Export this case").click()
    expect(dialog).to_contain_text("Please write why")
    dialog.get_by_label("Which court, which rule, who asked").fill("Ninth chamber, order of March.")
    dialog.get_by_role("button", name="Export this case").click()
    words = ilse.locator("#export-words").inner_text()
    assert len(words.split()) == 8
    with ilse.expect_download() as download:
        ilse.locator("#save-export").click()
    sealed = tmp_path_factory.mktemp("out") / download.value.suggested_filename
    download.value.save_as(sealed)
    ilse.get_by_role("button", name="Done", exact=True).last.click()
    expect(ilse.locator(".doings")).to_contain_text("You: exported the whole case as one sealed file.")
    expect(ilse.locator("#chronology")).to_contain_text("Ninth chamber")
    reload_list(bao)
    open_report(bao, case.thread_id)
    expect(bao.locator(".doings")).to_contain_text("Ilse Varga: exported the whole case")
    return sealed, words


def test_who_is_assigned_takes_the_case_out_and_a_terminal_opens_it(taken_out, demonstration, tmp_path):
    sealed, words = taken_out
    folder, passphrase = tmp_path / "opened", tmp_path / "words"
    passphrase.write_text(words)
    command = ("open", str(sealed), "--passphrase-file", str(passphrase), "--fingerprint")
    poster = b64(manifest_at(demonstration.running.urls["report"], demonstration.office).F)
    opened = demonstration.running.command(*command, poster, "--save", str(folder))
    assert LOCK in opened.stdout
    assert "WRONG" not in opened.stdout
    assert "REFUSED" not in opened.stdout
    assert "Proved from the fingerprint" in opened.stderr
    assert (folder / "lock.png").read_bytes().startswith(b"\x89PNG")
    page = (folder / "case.pdf").read_bytes()
    assert page.startswith(b"%PDF-1.6")
    for font in (b"NotoSans", b"NotoSansHans", b"NotoNaskhArabic"):
        assert b"/BaseFont/" + font in page
    strange = demonstration.running.command(*command, "A" * 43, check=False)
    assert strange.returncode == 1
    assert "Proved" not in strange.stderr
    assert LOCK not in strange.stdout


def test_the_workbench_opens_it_again_to_be_read(taken_out, demonstration, ilse):
    sealed, words = taken_out
    reload_list(ilse)
    unlock_again(ilse, demonstration.member("ilse"))
    today(ilse)
    ilse.get_by_role("link", name="Open an exported case").click()
    expect(ilse.get_by_role("heading", level=1)).to_have_text("Open an exported case")
    altered = bytearray(sealed.read_bytes())
    altered[-100] ^= 1
    opens(ilse, {"name": "case.age", "mimeType": "", "buffer": bytes(altered)}, words)
    expect(ilse.locator("#import-refused")).to_contain_text("altered or cut off")
    opens(ilse, sealed, "these are not the words that were drawn")
    expect(ilse.locator("#import-refused")).to_contain_text("do not open this file")
    opens(ilse, sealed, f" {words.upper()} ")
    shown = ilse.locator("#import-shown[data-state=yours]")
    expect(shown).to_contain_text("A court asks for it.")
    expect(shown).to_contain_text("All that is in the file stands here unchanged.")
    expect(shown).to_contain_text("1 entry has come here since and is not in the file.")
    expect(shown).to_contain_text(LOCK)
    # Under its question, though since the keys were unlocked nobody has opened a report here.
    expect(shown).to_contain_text("What did you see or hear?")
    expect(shown).to_contain_text("الميزان عند البوابة")
    assert not axe_violations(ilse)
    with ilse.expect_download() as download:
        shown.get_by_role("button", name="Save lock.png").click()
        ilse.get_by_role("dialog").get_by_role("button", name="Save").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    ilse.go_back()


def opens(page, file, words: str) -> None:
    """Try to open a case file."""
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_label("The words that open it").fill(words)
    page.get_by_role("button", name="Open the file").click()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_work_can_be_read_by_everybody(case, bao, width, scheme):
    bao.set_viewport_size({"width": width, "height": 800})
    bao.emulate_media(color_scheme=scheme)
    reload_list(bao)
    open_report(bao, case.thread_id)
    bao.get_by_text("Evidence: 1 piece").click()
    seen = axe_violations(bao)
    assert bao.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bao.set_viewport_size({"width": 1280, "height": 850})
    bao.emulate_media(color_scheme="light")
    assert seen == []


def test_the_workbench_does_not_show_it_to_who_is_not_assigned(taken_out, tomas):
    sealed, words = taken_out
    tomas.evaluate("location.hash = '#/case-file'")
    opens(tomas, sealed, words)
    shown = tomas.locator("#import-shown[data-state=others]")
    expect(shown).to_contain_text("not yours to read here")
    expect(shown).not_to_contain_text(LOCK)
    expect(shown).not_to_contain_text("Ninth chamber")
    tomas.go_back()


def test_somebody_stands_in_proves_that_nothing_is_unreadable_and_gives_it_back(demonstration, bao, ilse, tomas):
    reporter = demonstration.reporter()
    reporter.file({"what": LOCK})
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    today(bao)
    bao.get_by_text("I am going to be away").click()
    bao.get_by_label("Last day").fill((date.today() + timedelta(days=30)).isoformat())  # noqa: DTZ011 - any day ahead
    bao.get_by_role("button", name="I am away").click()
    expect(bao.locator("[aria-labelledby=colleagues]")).to_contain_text("Colleagues see it beside your cases")
    reload_list(ilse)
    open_report(ilse, reporter.thread_id)
    expect(ilse.locator("#case")).to_contain_text("Bao Tran is away until")
    ilse.locator("[data-stand-in]").click()
    dialog = ilse.get_by_role("dialog")
    who = dialog.get_by_label("Who stands in")
    who.select_option(who.locator("option", has_text="Tomas").get_attribute("value"))
    dialog.get_by_role("button", name="Make the new key").click()
    expect(ilse.locator("#case")).to_contain_text("has not signed yet")
    reload_list(tomas)
    open_report(tomas, reporter.thread_id)
    for words in (LOCK, "Look at the pipe", "You stand in for Bao Tran"):
        expect(tomas.locator(STORY)).to_contain_text(words)
    expect(tomas.locator("#case")).to_contain_text("nothing is left unreadable")
    tomas.locator("#take-over").click()
    expect(tomas.locator("#case")).to_contain_text("everything that was written could be opened")
    today(bao)
    bao.get_by_role("button", name="I am back").click()
    expect(bao.get_by_text("I am going to be away")).to_be_visible()
    reload_list(ilse)
    open_report(ilse, reporter.thread_id)
    expect(ilse.locator("#case")).to_contain_text("everything that was written could be opened")
    ilse.locator("[data-back]").click()
    expect(ilse.locator("#case [data-taken]")).to_contain_text("Bao Tran has not signed yet")
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(bao.locator(STORY)).to_contain_text("stands in for you")
    expect(bao.locator(f"{STORY} .notice.danger")).to_have_count(0)


def today(page) -> None:
    page.evaluate("location.hash = '#/account'")
    page.evaluate("location.hash = '#/today'")
    expect(page.locator("[aria-labelledby=colleagues] table")).to_be_visible()
