"""Signing in, unlocking, locking; the printed way back; and the alarm when reporters are shown something else."""

from __future__ import annotations

import json
import re

import pyotp
import pytest
from playwright.sync_api import Route, expect

from e2e.office_pages import PATIENCE, Person, press, read_words, set_up, sign_in, write
from fairline.seal.document import DocumentFile
from fairline.seal.manifest import parse_manifest, write_manifest
from support.browsers import axe_violations, listened

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def founded(make_installation, browser):
    """A founded office; its founder has closed the tab."""
    installation = make_installation("sqlite")
    page = browser.new_context(viewport=WIDE).new_page()
    anna = Person("Anna Weber", "anna")
    set_up(page, installation, anna)
    page.context.close()
    return installation, anna


@pytest.fixture
def page(new_context):
    """A page of a fresh browser that knows nothing of before."""
    return listened(new_context(viewport=WIDE).new_page())


@pytest.fixture
def unlocked(founded, page):
    """A page at which the founder has signed in."""
    installation, anna = founded
    sign_in(page, installation, anna)
    return page


def test_a_wrong_passphrase_says_no_more_than_that(founded, page):
    installation, anna = founded
    for name in (anna.sign_in, "nobody"):
        page.goto(f"{installation.urls['office']}/")
        write(page, "Sign-in name", name)
        write(page, "Passphrase", "something that is not it")
        write(page, "Six digits from your telephone", "123456")
        press(page, "Sign in and unlock")
        expect(page.locator(".faults")).to_contain_text("do not belong together", timeout=PATIENCE)
        assert page.get_by_label("Sign-in name").input_value() == name


def test_locking_forgets_and_one_passphrase_unlocks(founded, unlocked):
    _installation, anna = founded
    unlocked.locator("body").press("Shift+L")
    expect(unlocked.get_by_role("heading", name="Your keys are locked")).to_be_visible()
    assert unlocked.locator("nav.tabs").count() == 0
    write(unlocked, "Passphrase", anna.passphrase)
    press(unlocked, "Unlock")
    expect(unlocked.get_by_role("link", name="People and keys")).to_be_visible(timeout=PATIENCE)


def test_one_worker_holds_the_keys_and_ends_with_the_lock(unlocked):
    assert len(unlocked.workers) == 2
    unlocked.get_by_role("button", name=re.compile("^Lock")).click()
    unlocked.wait_for_timeout(500)
    assert len(unlocked.workers) == 0


def test_a_quarter_of_an_hour_without_anybody_locks(founded, page):
    installation, anna = founded
    page.clock.install()
    sign_in(page, installation, anna)
    page.clock.fast_forward("16:00")
    expect(page.get_by_text("nobody was here for a quarter of an hour")).to_be_visible()


def test_whoever_writes_for_long_is_heard_of_by_the_server(founded, page):
    """It ends a session of which it has heard nothing for half an hour, and with it goes what was being written."""
    installation, anna = founded
    page.clock.install()
    sign_in(page, installation, anna)
    page.clock.fast_forward("11:00")
    with page.expect_request("**/api/at/*/me"):
        page.keyboard.press("Shift")


def test_the_printed_sheet_stands_in_for_the_passphrase(founded, page):
    installation, anna = founded
    page.goto(f"{installation.urls['office']}/")
    press(page, "I lost my passphrase or my telephone")
    write(page, "Sign-in name", anna.sign_in)
    write(page, "Way back: the twelve words of your sheet", " ".join(anna.way_back))
    write(page, "Six digits from your telephone", anna.digits(installation))
    press(page, "Sign in and unlock")
    expect(page.get_by_role("link", name="People and keys")).to_be_visible(timeout=PATIENCE)


def test_trying_the_way_back_changes_nothing_and_is_noted(founded, unlocked):
    _installation, anna = founded
    unlocked.get_by_role("link", name="My account").click()
    write(unlocked, "The twelve words of your sheet", " ".join([*anna.way_back[1:], anna.way_back[0]]))
    press(unlocked, "Try them")
    expect(unlocked.locator(".faults")).to_be_visible(timeout=PATIENCE)
    write(unlocked, "The twelve words of your sheet", " ".join(anna.way_back))
    press(unlocked, "Try them")
    expect(unlocked.get_by_text("They open your keys.")).to_be_visible(timeout=PATIENCE)


def test_another_telephone_counts_once_the_passphrase_was_typed_again(founded, unlocked):
    installation, anna = founded
    unlocked.get_by_role("link", name="My account").click()
    press(unlocked, "Another telephone")
    unlocked.get_by_text("I cannot scan it").click()
    secret = unlocked.locator("details .code").inner_text().replace(" ", "")
    write(unlocked, "The six digits that the app shows now", pyotp.TOTP(secret).at(installation.now()))
    write(unlocked, "Your present passphrase", "something that is not it")
    assert axe_violations(unlocked) == []
    press(unlocked, "Use this telephone")
    expect(unlocked.locator(".faults")).to_contain_text("not the passphrase that opens your keys", timeout=PATIENCE)
    write(unlocked, "Your present passphrase", anna.passphrase)
    anna.totp = secret
    write(unlocked, "The six digits that the app shows now", anna.digits(installation))
    press(unlocked, "Use this telephone")
    expect(unlocked.get_by_text("From now on this telephone counts.")).to_be_visible(timeout=PATIENCE)


def test_passphrase_and_sheet_are_changed_although_the_answer_was_lost(founded, unlocked, new_context):
    """Whoever read that nothing was changed would destroy the new sheet, and the old one opens nothing any more."""
    installation, anna = founded
    unlocked.get_by_role("link", name="My account").click()
    press(unlocked, "Change passphrase and sheet")
    write(unlocked, "Your present passphrase", anna.passphrase)
    write(unlocked, "Passphrase", "six grey herons over the canal")
    write(unlocked, "The passphrase once more", "six grey herons over the canal")
    press(unlocked, "Make a new sheet")
    expect(unlocked.get_by_text("Print it, then destroy the old one")).to_be_visible(timeout=PATIENCE)
    assert axe_violations(unlocked) == []
    read_words(unlocked, anna)
    unlocked.route("**/vault", lambda route: (route.fetch(), route.abort()))
    press(unlocked, "Change both")
    expect(unlocked.locator(".faults")).to_contain_text("both may be changed all the same", timeout=PATIENCE)
    unlocked.unroute("**/vault")
    press(unlocked, "Change both")
    expect(unlocked.get_by_text("Passphrase and sheet are changed.")).to_be_visible(timeout=PATIENCE)
    anna.passphrase = "six grey herons over the canal"
    sign_in(listened(new_context(viewport=WIDE).new_page()), installation, anna)


def test_what_reporters_are_shown_is_the_same(unlocked):
    assert unlocked.locator("#tampered").count() == 0
    assert "The report page did not answer" not in unlocked.locator("#standing").inner_text()


@pytest.mark.parametrize("how", ["sheet", "signature", "gone", "nonsense"])
def test_a_tampered_manifest_is_an_alarm_in_red(founded, page, how):
    """A door that shows reporters another key, a forged signature, or nothing at all."""
    installation, anna = founded

    def shown(route: Route) -> None:
        answer = route.fetch()
        body = {"gone": b"", "nonsense": b"{}"}.get(how)
        body = tampered(answer.body(), how) if body is None else body
        route.fulfill(status=404 if how == "gone" else 200, body=body, headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/at/*/manifest", shown)
    sign_in(page, installation, anna)
    alarm = page.locator("#tampered")
    expect(alarm).to_be_visible(timeout=PATIENCE)
    expect(alarm).to_contain_text("Do not rely on the report page now.")
    expect(alarm.get_by_role("button", name="Print")).to_be_visible()
    assert "danger" in (alarm.get_attribute("class") or "")


def tampered(body: bytes, how: str) -> bytes:
    """Another recipient in the sheet, or a charter nobody has signed."""
    files = parse_manifest(body)
    if how == "signature":
        charter = DocumentFile(files.charter.doc.replace(b"Harbour", b"Harbor "), files.charter.signatures)
        return write_manifest(type(files)(files.roots, files.rooted, files.checkpoint, charter, files.sheets))
    desk, chain = next(iter(files.sheets.items()))
    said = json.loads(chain[0].doc)
    said["recipient"] = said["recipient"][:-1] + ("q" if said["recipient"][-1] != "q" else "p")
    sheet = DocumentFile(json.dumps(said, separators=(",", ":")).encode(), chain[0].signatures, chain[0].by)
    return write_manifest(type(files)(files.roots, files.rooted, files.checkpoint, files.charter, {desk: (sheet,)}))
