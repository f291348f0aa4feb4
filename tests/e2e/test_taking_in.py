"""An older copy of the database is restored, which does not know a case: from its export it becomes one of its own."""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.cases import confirm, triage
from e2e.ending import agrees_to_delete
from e2e.workbench import Demonstration, open_report, reload_list, said_in_list
from factories.attachments import attached
from fairline.seal.primitives import unb64
from support.browsers import axe_violations
from support.hostile_files import png

LOCK = "The lock of the store was open in the morning."
STORY = ".detail article .story"
HOLDERS = re.compile("Who holds it")


@pytest.fixture(scope="module")
def taken_out(make_demonstration, contexts, tmp_path_factory):
    """A copy from before the case; the case, which Tomas must not see; and its export with the words that open it."""
    office = Demonstration(make_demonstration())
    folder = tmp_path_factory.mktemp("copies")
    office.running.command("backup", str(folder))
    bao, ilse = (office.signed_in(contexts, name) for name in ("bao", "ilse"))
    reporter = office.reporter()
    picture = reporter.sends(attached(png(64, 48), "lock.png", "image/png"))
    reporter.file({"what": LOCK}, files=(picture,), must_not_see=("Tomas Lind",))
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    ilse.locator("#nobody-concerned").click()
    ilse.get_by_role("dialog").get_by_role("button", name="Sign it").click()
    expect(ilse.locator("#hearing")).to_contain_text("Nobody is concerned in this case.")
    ilse.locator("#export-case").click()
    dialog = ilse.get_by_role("dialog")
    dialog.get_by_label("Which court, which rule, who asked").fill("Ninth chamber, order of March.")
    dialog.get_by_role("button", name="Export this case").click()
    words = ilse.locator("#export-words").inner_text()
    with ilse.expect_download() as download:
        ilse.locator("#save-export").click()
    sealed = tmp_path_factory.mktemp("out") / download.value.suggested_filename
    download.value.save_as(sealed)
    shown = office.running.folder / "var" / "demonstration.json"
    office.running.stop()
    return folder, shown, reporter, sealed, words


@pytest.fixture(scope="module")
def restored(taken_out, make_installation):
    """The office as it was before: of the case it knows nothing."""
    folder, shown, _reporter, _sealed, _words = taken_out
    [day] = [one for one in folder.iterdir() if one.name != "keys"]
    running = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes")
    running.command("restore", str(day))
    shutil.copy2(shown, running.folder / "var" / shown.name)
    running.start()
    return Demonstration(running)


@pytest.fixture(scope="module")
def bao(restored, contexts):
    return restored.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def ilse(restored, contexts):
    return restored.signed_in(contexts, "ilse")


@pytest.fixture(scope="module")
def tomas(restored, contexts):
    return restored.signed_in(contexts, "tomas")


def opens(page, taken_out):
    """Open the file anew; returns what the page shows of it."""
    _folder, _shown, _reporter, sealed, words = taken_out
    page.evaluate("location.hash = '#/account'")
    expect(page.get_by_role("heading", level=1, name="My account")).to_be_visible()
    page.evaluate("location.hash = '#/case-file'")
    page.get_by_label("The file", exact=True).set_input_files(sealed)
    page.get_by_label("The words that open it").fill(words)
    page.get_by_role("button", name="Open the file").click()
    return page.locator("#import-shown")


@pytest.fixture(scope="module")
def case(ilse, taken_out):
    """Ilse takes it in, to hold it with Bao; returns the new case."""
    shown = opens(ilse, taken_out)
    expect(shown).to_have_attribute("data-state", "missing")
    expect(shown).to_contain_text("knows nothing of this case")
    expect(shown).to_contain_text(LOCK)
    shown.locator("#take-in summary").click()
    assert axe_violations(ilse) == []
    holders = shown.get_by_role("group", name=HOLDERS)
    # Whom its reporting person wants kept out is not offered, and stands among those who were meant.
    expect(holders.get_by_label("Tomas Lind")).to_have_count(0)
    meant = shown.get_by_role("group", name=re.compile("should not read it"))
    expect(meant.get_by_label("Tomas Lind")).to_be_checked()
    for name in ("Ilse Varga (you)", "Bao Tran"):
        expect(holders.get_by_label(name)).to_be_checked()
    holders.get_by_label("Bao Tran").uncheck()
    shown.get_by_role("button", name="Take it in").click()
    expect(shown).to_contain_text("two people at least")
    holders.get_by_label("Bao Tran").check()
    shown.get_by_role("button", name="Take it in").click()
    expect(ilse.locator(STORY)).to_contain_text("You took this case in", timeout=60_000)
    return ilse.url.rsplit("/", 1)[1]


def test_it_is_a_case_that_says_where_it_came_from(case, ilse):
    expect(ilse.get_by_role("heading", level=1)).to_contain_text("Case taken in on")
    article = ilse.locator(".detail")
    expect(article).to_contain_text("counted as no report")
    expect(article).to_contain_text("You: took this case in, from an exported file.")
    expect(article).to_contain_text("Tomas Lind")
    expect(ilse.locator(f"{STORY} .notice.danger")).to_have_count(0)
    expect(ilse.locator("#end-case")).to_have_text("Close the case")
    assert axe_violations(ilse) == []
    reload_list(ilse)
    said_in_list(ilse, case, LOCK)


@pytest.mark.parametrize("who", ["ilse", "bao"])
def test_both_read_the_case_as_it_was_from_the_new_one(case, who, request):
    page = request.getfixturevalue(who)
    reload_list(page)
    open_report(page, case)
    page.locator("#open-taken").click()
    shown = page.locator("#import-shown[data-state=attached]")
    expect(shown).to_contain_text(LOCK, timeout=60_000)
    expect(shown).to_contain_text("A court asks for it.")
    expect(shown.locator("#import-stood")).to_contain_text("somebody signed that nobody is concerned")
    assert axe_violations(page) == []
    with page.expect_download() as download:
        shown.get_by_role("button", name="Save lock.png").click()
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    # Also as the first thing after unlocking, by its address.
    page.reload()


def test_work_goes_on_in_it(case, restored, contexts):
    ilse = restored.signed_in(contexts, "ilse")
    open_report(ilse, case)
    ilse.locator("#add-task").click()
    dialog = ilse.get_by_role("dialog")
    dialog.get_by_label("What is to be done", exact=True).fill("Ask who had the key.")
    dialog.get_by_role("button", name="Keep it").click()
    expect(ilse.locator("#tasks")).to_contain_text("Ask who had the key.")
    expect(ilse.locator("#to-them")).to_have_count(0)
    # What was signed before counts for nothing here: a person concerned is informed, and no panel is asked.
    expect(ilse.locator("#hearing")).to_contain_text("Inform them by")
    expect(ilse.locator("#draft-notice")).to_be_visible()
    expect(ilse.locator("#duty")).to_be_visible()
    expect(ilse.locator("#open-mailbox")).to_be_visible()
    expect(ilse.locator("#before")).to_contain_text("No panel is asked here.")
    expect(ilse.locator("#panel")).to_have_count(0)


def test_nothing_is_taken_in_twice(case, restored, contexts, taken_out):
    bao = restored.signed_in(contexts, "bao")
    shown = opens(bao, taken_out)
    expect(shown).to_have_attribute("data-state", "taken")
    expect(shown).not_to_contain_text(LOCK)
    expect(shown.locator("#take-in")).to_have_count(0)
    shown.get_by_role("link", name="Go to the case").click()
    expect(bao.locator(STORY)).to_contain_text("took this case in")


def test_whom_the_reporting_person_wants_kept_out_stays_out(case, tomas, taken_out):
    shown = opens(tomas, taken_out)
    expect(shown).to_have_attribute("data-state", "others")
    expect(shown).not_to_contain_text(LOCK)
    tomas.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", case)
    expect(tomas.get_by_role("heading", level=1, name="There is no such report here")).to_be_visible()
    tomas.evaluate("thread => { location.hash = `#/case-file/${thread}`; }", case)
    expect(tomas.locator("#import-refused")).to_contain_text("not among the people")


def test_two_people_delete_it_and_with_it_the_exported_case(case, restored, contexts, taken_out):
    bao, ilse = (restored.signed_in(contexts, name) for name in ("bao", "ilse"))
    open_report(bao, case)
    bao.locator("#end-case").click()
    dialog = bao.get_by_role("dialog")
    expect(dialog).to_contain_text("It is counted nowhere")
    dialog.get_by_label("Grounds, for the file").fill("Nothing more can be found out.")
    dialog.get_by_role("button", name="Close the case").click()
    expect(bao.locator("#reopen")).to_be_visible()
    moment = restored.running.now() - timedelta(days=4000)
    with sqlite3.connect(restored.running.folder / "var" / "fairline.sqlite3", timeout=60) as database:
        changed = database.execute(
            "UPDATE cases_doing SET at = ? WHERE thread = ? AND what = 'closed'",
            [moment.strftime("%Y-%m-%d %H:%M:%S.%f"), unb64(case)],
        )
        assert changed.rowcount == 1
    reload_list(bao)
    open_report(bao, case)
    expect(bao.locator("#kept")).to_contain_text("to be deleted since")
    bao.locator("#ask-deletion").click()
    bao.get_by_role("dialog").get_by_role("button", name="Sign and ask").click()
    expect(bao.locator("#asked")).to_contain_text("You asked on")
    reload_list(ilse)
    open_report(ilse, case)
    agrees_to_delete(ilse, case, "Bao Tran", "Ilse Varga")
    _folder, _shown, reporter, _sealed, _words = taken_out
    expect(ilse.locator("[data-certificate]", has_text=case)).to_contain_text(reporter.thread_id)
    expect(ilse.locator("[data-certificate]", has_text=case)).to_contain_text("The exported case that was taken in")
    shown = opens(ilse, taken_out)
    expect(shown).to_have_attribute("data-state", "deleted")
    expect(shown).not_to_contain_text(LOCK)
    expect(shown.locator("#take-in")).to_have_count(0)


def test_the_words_of_the_reporting_person_open_nothing(case, taken_out, restored):
    _folder, _shown, reporter, _sealed, _words = taken_out
    here = restored.reporter()
    here.receipt = reporter.receipt
    with pytest.raises(Exception, match="404"):
        here.read()
