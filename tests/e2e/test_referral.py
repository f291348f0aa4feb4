"""A report passes from one office to another with a server of its own: named, sealed, promised, answered."""

from __future__ import annotations

import json
import re
import sqlite3
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.cases import confirm, triage
from e2e.ending import closes
from e2e.peers import (
    begins_in_the_organisations_name,
    charter_signed,
    names_the_other,
    passed_on,
    poster,
    reported,
    signs_for_the_organisation,
    to_people,
    told_of_the_end,
)
from e2e.workbench import Demonstration, in_list, open_report, reload_list
from factories.attachments import attached
from fairline.seal.document import DocumentFile, sign_document
from fairline.seal.jsontext import parse, write
from fairline.seal.manifest import ManifestFiles, parse_manifest, write_manifest
from fairline.seal.primitives import H, b64
from fairline.seal.root import ed25519_seed
from support.browsers import axe_violations
from support.colleague import Colleague
from support.hostile_files import png

STORY = ".detail article .story"
PICTURE, KEPT = "pump.png", "yard.png"
MASKED = "Seals on the pumps of your harbour may have been opened by the same people."
CLEARED = "The seals were worn and nobody had opened them. Please put this beside it."
OWN = "Twelve of our own pumps were opened in March."
BROUGHT = "Two people told us of pumps that were opened at your harbour."
REPORT = "For the harbour: the seal on pump four was opened by night."


@pytest.fixture(scope="module")
def there(office_at_work) -> Demonstration:
    """The office that is referred to."""
    return office_at_work


@pytest.fixture(scope="module")
def here(make_other_demonstration) -> Demonstration:
    """The office that refers, on a server of its own."""
    return Demonstration(make_other_demonstration())


@pytest.fixture(scope="module")
def bao(here, contexts) -> Page:
    """A handler of the first office, whose page is open while new charters are signed."""
    return here.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def ilse(here, there, bao, contexts) -> Page:
    """Lead and administrator of the first office; its charter names the second when this returns.

    The handler has unlocked before any of it is signed.
    """
    page = here.signed_in(contexts, "ilse")
    noor = here.signed_in(contexts, "noor")
    names_the_other(page, noor, there)
    signs_for_the_organisation(page, noor, "Bao Tran")
    noor.context.close()
    return page


@pytest.fixture(scope="module")
def theirs(there, contexts) -> Page:
    """A lead of the second office."""
    return there.signed_in(contexts, "ilse")


@pytest.fixture(scope="module")
def case(here, bao, ilse):
    """A case of the first office, triaged at a page older than its charter, which takes that in before it signs."""
    reporter = here.reporter()
    names = (reporter.sends(attached(png(64, 48), name, "image/png")) for name in (PICTURE, KEPT))
    reporter.file({"what": "Pump seals were opened at two places."}, files=tuple(names))
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    return reporter


@pytest.fixture(scope="module")
def referred(case, bao) -> str:
    return passed_on(bao, MASKED, file=PICTURE)


def test_the_other_office_reads_what_the_handler_wrote_and_who_proves_to_be_who(referred, theirs, here):
    reload_list(theirs)
    expect(in_list(theirs, referred)).to_be_visible()
    open_report(theirs, referred)
    expect(theirs.locator(STORY)).to_contain_text(MASKED)
    expect(theirs.locator(".detail")).not_to_contain_text("at two places")
    # The file that was chosen, and no other, under a key of its own.
    expect(theirs.locator(".files .file")).to_have_count(1)
    theirs.locator(".files .file", has_text=PICTURE).get_by_role("button").first.click()
    stage = theirs.get_by_role("dialog", name="Attachment")
    expect(stage.locator(".state")).to_contain_text("Checked: it is what was sent.")
    stage.get_by_role("button", name="Close", exact=True).click()
    line = theirs.locator("#referred")
    # Their own charter names nobody: proven from that office's own root, and shown in red.
    expect(line).to_have_class("notice danger")
    expect(line).to_contain_text("Our charter does not name that office")
    expect(line).to_contain_text("Reader B of that office; the signature is proven")
    assert axe_violations(theirs) == []


def test_they_talk_in_its_mailbox_and_the_outcome_comes_back(referred, theirs, bao, case):
    open_report(theirs, referred)
    theirs.locator("#to-them").click()
    theirs.locator("#draft").fill("Which pump was it?")
    theirs.get_by_role("button", name="Look it over and send").click()
    theirs.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(theirs.locator(STORY)).to_contain_text("Which pump was it?")
    bao.locator(f'[data-referral="{referred}"]').get_by_role("button", name="Look into the mailbox there").click()
    mailbox = bao.locator("#their-mailbox")
    expect(mailbox).to_contain_text("Which pump was it?", timeout=30_000)
    expect(mailbox).to_contain_text("It lies before their desk.")
    mailbox.get_by_role("textbox").fill("Pump four.")
    mailbox.get_by_role("button", name="Send", exact=True).click()
    expect(mailbox.locator(".message.mine")).to_contain_text("Pump four.", timeout=30_000)
    assert axe_violations(bao) == []
    mailbox.get_by_role("button", name="Close", exact=True).click()
    reload_list(theirs)
    open_report(theirs, referred)
    expect(theirs.locator(STORY)).to_contain_text("Pump four.")
    # Of all that, the first office's own reporting person has been told nothing yet.
    assert all("Pump four." not in text for _chain, text in case.texts())


def test_a_misrouted_report_goes_on_unmodified_with_its_authors_signature(here, bao, theirs, there):
    reporter = here.reporter()
    reporter.file({"what": REPORT})
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    referral = passed_on(bao, "This was meant for you.", "unmodified")
    reload_list(theirs)
    open_report(theirs, referral)
    expect(theirs.locator("#original")).to_contain_text(REPORT)
    expect(theirs.locator("#original")).to_contain_text("Its author's signature")


def test_what_names_its_author_is_not_passed_on_unmodified(here, bao):
    reporter = here.reporter()
    reporter.file({"what": REPORT}, contact="555 0117")
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    bao.locator("#referrals").get_by_role("button", name="Pass on to another office").click()
    dialog = bao.get_by_role("dialog")
    expect(dialog.get_by_label("To which desk there")).to_be_visible(timeout=30_000)
    dialog.get_by_label("What goes there").select_option("unmodified")
    dialog.get_by_label("Your words").fill("For you.")
    dialog.get_by_role("button", name="Seal and pass on").click()
    expect(bao.locator("#referrals [role=alert]")).to_contain_text("a way to be reached to this office alone")


def test_an_organisation_reports_in_its_own_name_and_is_answered(here, bao, ilse, theirs):
    begins_in_the_organisations_name(bao, OWN, "Ilse Varga")
    matter = bao.evaluate("location.hash").rpartition("/")[2]
    # Nobody outside is written to here, and nobody who reported was told anything.
    expect(bao.locator("#to-them")).to_have_count(0)
    expect(bao.locator(STORY)).to_contain_text(re.compile(r"From here on this is read by .+ and .+ alone\."))
    expect(bao.locator(STORY)).not_to_contain_text("reporting person")
    referral = reported(bao)
    reload_list(theirs)
    open_report(theirs, referral)
    line = theirs.locator("#referred[data-own]")
    expect(line).to_contain_text("Lantern Valley Water and Power reports this in its own name")
    expect(line).to_contain_text("by Reader B, who signs for that organisation; its own documents prove it")
    expect(line).to_contain_text("Our charter does not name that office")
    expect(theirs.locator(STORY)).to_contain_text(OWN)
    assert axe_violations(theirs) == []
    theirs.locator("#to-them").click()
    theirs.locator("#draft").fill("Please keep the seals.")
    theirs.get_by_role("button", name="Look it over and send").click()
    theirs.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(theirs.locator(STORY)).to_contain_text("Please keep the seals.")
    # Whoever holds it with the officer reads the answer, and signs nothing.
    reload_list(ilse)
    open_report(ilse, matter)
    expect(ilse.locator("#referrals").get_by_role("button", name="Report to another office")).to_have_count(0)
    ilse.locator(f'[data-referral="{referral}"]').get_by_role("button", name="Look into the mailbox there").click()
    mailbox = ilse.locator("#their-mailbox")
    expect(mailbox).to_contain_text("Please keep the seals.", timeout=30_000)
    mailbox.get_by_role("button", name="Close", exact=True).click()
    assert axe_violations(ilse) == []


def test_it_hands_over_what_citizens_brought_to_it_masked_and_signed(bao, theirs, here):
    reporter = here.reporter()
    reporter.file({"what": REPORT}, contact="555 0117")
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    referral = passed_on(bao, BROUGHT, "own")
    reload_list(theirs)
    open_report(theirs, referral)
    expect(theirs.locator("#referred[data-own]")).to_contain_text("reports this in its own name")
    expect(theirs.locator(STORY)).to_contain_text(BROUGHT)
    expect(theirs.locator(".detail")).not_to_contain_text("pump four")
    expect(theirs.locator(".detail")).not_to_contain_text("555 0117")
    expect(theirs.locator("#original")).to_have_count(0)
    with sqlite3.connect(here.running.folder / "var" / "fairline.sqlite3") as database:
        rows = [bytes(row[0]) for row in database.execute("SELECT row FROM ledger_row WHERE kind = 'act'")]
    # Our record says of both that they were signed in the organisation's name.
    assert sum(b"own name" in row for row in rows) == 2


def lost(route: Route) -> None:
    """It reaches the other office, and the answer is lost."""
    route.fetch()
    route.abort()


def test_when_the_case_ends_the_office_that_received_it_is_told_and_the_chronology_says_so(referred, theirs, bao, case):
    open_report(bao, case.thread_id)
    bao.route("**/peers/*/at/*/post", lost)
    closes(bao, "The seals are old and whole.", "unfounded")
    told_of_the_end(bao, CLEARED)
    again = bao.locator(f'[data-referral="{referred}"]').get_by_role("button", name="Send it again", exact=True)
    expect(again).to_be_visible(timeout=60_000)
    # It is sent again as it is; a second word of the same would reach them twice.
    expect(bao.locator("#owed.notice")).to_have_count(0)
    # Nobody has to open the case to know: it stands on the page of the day until they have it.
    bao.evaluate("location.hash = '#/today'")
    owed = bao.locator(f'[data-owed="{case.thread_id}"]')
    expect(owed).to_contain_text("1 office", timeout=60_000)
    owed.get_by_role("link", name="Tell whoever received it from us", exact=True).click()
    expect(again).to_be_visible(timeout=60_000)
    bao.locator("#work summary", has_text="Chronology").click()
    row = bao.locator("#chronology [data-told]")
    expect(row).to_contain_text("was to be told, and has not acknowledged it. The case has ended: Unfounded.")
    bao.unroute("**/peers/*/at/*/post", lost)
    again.click()
    expect(row).to_contain_text("was told, and has acknowledged it. The case has ended: Unfounded.", timeout=60_000)
    expect(row).to_have_count(1)
    expect(bao.locator("#owed.notice")).to_have_count(0)
    expect(again).to_have_count(0)
    expect(row).to_contain_text(CLEARED)
    assert axe_violations(bao) == []
    with bao.expect_response(lambda answer: answer.url.endswith("/referrals") and "/threads/" not in answer.url):
        bao.evaluate("location.hash = '#/today'")
    expect(bao.locator("[aria-labelledby=colleagues] table")).to_be_visible()
    expect(owed).to_have_count(0)
    reload_list(theirs)
    open_report(theirs, referred)
    # What had arrived without our knowing was not sent a second time.
    line = theirs.locator(f"{STORY} .notice.warning")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("The case has ended: Unfounded. The office that referred this says so.")
    expect(theirs.locator(STORY)).to_contain_text(CLEARED)
    # Nobody but that office has those words: the reporting person reads the grounds alone.
    assert all(CLEARED not in text for _chain, text in case.texts())


def test_an_office_that_our_charter_names_is_asked_whether_who_signed_still_did(there, here, theirs, contexts):
    noor = there.signed_in(contexts, "noor")
    to_people(theirs)
    theirs.locator("#peers").get_by_role("button", name="Add an office").click()
    theirs.get_by_role("dialog").get_by_label("Address on that office's poster").fill(poster(here))
    theirs.get_by_role("dialog").get_by_role("button", name="See what changes").click()
    charter_signed(theirs, noor, "Reports may be referred to the office at")
    to_people(theirs)
    expect(theirs.locator("#peers [data-peer]")).to_have_count(1)
    with sqlite3.connect(here.running.folder / "var" / "fairline.sqlite3") as database:
        [own] = database.execute("SELECT id FROM referral_referral ORDER BY filed DESC LIMIT 1").fetchone()
    open_report(theirs, b64(own))
    line = theirs.locator("#referred[data-own]")
    expect(line).to_have_class("notice plain")
    expect(line).to_contain_text("which our charter names, reports this in its own name")
    asked = theirs.locator("#standing-there")
    expect(asked).to_contain_text("the charter by which this was signed was in force when it came", timeout=30_000)
    assert axe_violations(theirs) == []
    # Who left has the old documents for ever: what comes under a charter that another had overtaken is red.
    shown = write_manifest(overtaken(here))
    theirs.route("**/peers/*/manifest", lambda route: route.fulfill(body=shown))
    reload_list(theirs)
    open_report(theirs, b64(own))
    expect(asked.locator(".notice.danger")).to_contain_text(
        "that office had replaced the charter by which this was signed before it came here", timeout=30_000
    )
    assert axe_violations(theirs) == []
    theirs.unroute("**/peers/*/manifest")
    # Others' tests of this office know no other one.
    to_people(theirs)
    theirs.locator("#peers").get_by_role("button", name="Take it out").click()
    charter_signed(theirs, noor, "Nothing is referred to the office at")
    noor.context.close()


def overtaken(office: Demonstration) -> ManifestFiles:
    """An office's documents with one charter more, which both administrators signed, in force since the day before."""
    files = manifest_files(office)
    fields: dict[str, Any] = dict(parse(files.charter.doc))
    fields |= {"number": fields["number"] + 1, "prev": b64(H(files.charter.doc))}
    first = datetime.now(UTC).date() - timedelta(days=1)
    fields |= {"from": first.isoformat(), "not_after": (first + timedelta(days=30)).isoformat()}
    doc = write(fields)
    roots = (Colleague(office.running, name).vault.root for name in ("ilse", "noor"))
    signatures = tuple(sign_document(ed25519_seed(root), "charter", doc) for root in roots if root)

    def proven(sheet: DocumentFile) -> DocumentFile:
        """Its lead is in the next charter, too."""
        by = (replace(one, proof=replace(one.proof, charter=fields["number"])) for one in sheet.by)
        return replace(sheet, by=tuple(by))

    sheets = {desk: tuple(map(proven, chain)) for desk, chain in files.sheets.items()}
    return replace(files, charter=DocumentFile(doc, signatures), sheets=sheets)


def manifest_files(office: Demonstration) -> ManifestFiles:
    """Its documents as its report door shows them."""
    address = f"{office.running.urls['report']}/at/{b64(office.office)}/manifest"
    with urllib.request.urlopen(address, timeout=30) as answer:
        return parse_manifest(answer.read())


def test_each_stands_there_once_and_nothing_sealed_is_kept_here(referred, here, there):
    with sqlite3.connect(here.running.folder / "var" / "fairline.sqlite3") as database:
        rows = database.execute("SELECT hex(id), state, length(sealed) FROM referral_referral").fetchall()
    assert rows
    assert {(state, size) for _id, state, size in rows} == {("promised", 0)}
    with sqlite3.connect(here.running.folder / "var" / "fairline.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM referral_referralpart").fetchone() == (0,)
    with sqlite3.connect(there.running.folder / "var" / "fairline.sqlite3") as database:
        ids = [row[0] for row in database.execute("SELECT hex(id) FROM line_thread")]
    assert all(ids.count(one) == 1 for one, _state, _size in rows)
    assert json.loads((here.running.folder / "var" / "demonstration.json").read_text())["office"] != b64(there.office)
