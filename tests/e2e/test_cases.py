"""From desk to case in real browsers: triage, a second person's confirmation, need to know, new keys."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from e2e.cases import PIPE, confirm, triage
from e2e.workbench import open_report, reload_list, said_in_list
from fairline.seal import age, jsontext
from fairline.seal.bodies import CaseHandover
from fairline.seal.errors import SealError
from fairline.seal.primitives import b64, unb64
from fairline.seal.recipients import identity
from support.browsers import axe_violations
from support.colleague import Colleague

STORY = ".detail article .story"


@pytest.fixture(scope="module")
def demonstration(office_at_work):
    return office_at_work


@pytest.fixture(scope="module")
def bao(demonstration, contexts):
    """A handler of the first desk."""
    return demonstration.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def ilse(demonstration, contexts):
    """Its lead."""
    return demonstration.signed_in(contexts, "ilse")


def filed(demonstration, *pages: Page, **more: object):
    reporter = demonstration.reporter()
    reporter.file({"what": PIPE}, **more)
    for page in pages:
        reload_list(page)
    return reporter


@pytest.fixture(scope="module")
def case(demonstration, bao, ilse):
    """A report that has become a case of two people."""
    reporter = filed(demonstration, bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    return reporter


def test_a_second_person_reads_the_whole_of_it_and_what_triage_found(case, ilse):
    open_report(ilse, case.thread_id)
    story = ilse.locator(STORY)
    for words in (PIPE, "Look at the pipe before the night shift.", "Tampering or sabotage", "Urgency: Soon"):
        expect(story).to_contain_text(words)
    expect(story.locator(".notice.danger")).to_have_count(0)
    expect(ilse.locator(".detail .readers").first).to_contain_text("assigned to this case")


def test_the_reporting_person_is_told_and_writes_to_the_case_alone(case, bao, demonstration):
    thread = case.read()
    assert isinstance(thread.handover, CaseHandover)
    assert len(thread.handover.people) == 2
    assert (thread.refused, thread.problems) == ((), ())
    case.say("It was on Tuesday.")
    reload_list(bao)
    open_report(bao, case.thread_id)
    expect(bao.locator(STORY)).to_contain_text("It was on Tuesday.")
    bao.locator("#to-them").click()
    bao.locator("#draft").fill("Thank you. Was the lamp lit?")
    bao.get_by_role("button", name="Look it over and send").click()
    bao.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(bao.locator(STORY)).to_contain_text("Was the lamp lit?")
    assert ("o", "Thank you. Was the lamp lit?") in case.texts()


def test_it_stands_among_my_cases_and_its_labels_are_kept_there(case, bao):
    reload_list(bao)
    bao.get_by_label("Show").select_option("cases")
    said_in_list(bao, case.thread_id, "case")
    open_report(bao, case.thread_id)
    bao.get_by_text("Change the labels").click()
    bao.locator("#labels").get_by_label("Second reader wanted").check()
    bao.get_by_role("button", name="Keep these labels").click()
    said_in_list(bao, case.thread_id, "Second reader wanted")
    bao.get_by_label("Show").select_option("all")


def test_whoever_is_not_assigned_opens_nothing_with_the_whole_database_and_every_epoch_key(case, demonstration):
    """The desk's keys, of every epoch, and every sealed file that the server has of what was written since."""
    rows = opens_nothing(demonstration, case, "bao")
    assert {(chain, n) for chain, n, kind in rows if kind == "case"} == {("r", 0)}
    assert len([1 for chain, n, _kind in rows if (chain, n) != ("r", 0)]) >= 5


def test_an_export_of_the_office_opens_a_case_to_who_is_assigned_and_to_nobody_else(
    case, demonstration, ilse, contexts, tmp_path
):
    """Off-line, with nothing of the server: what was written before triage and after it, both ways, and the notes."""
    others = filed(demonstration, ilse, must_not_see=("Bao Tran",))
    triage(ilse, others, re.compile("^Noor Haddad"))
    confirm(demonstration.signed_in(contexts, "noor"), others)
    unwanted = demonstration.reporter()
    unwanted.file({"what": PIPE}, must_not_see=("the lead, Ilse Varga",))
    running, folder = demonstration.running, tmp_path / "office"
    running.command("export", "--to", str(folder))

    def opened(sign_in: str, *more: str):
        passphrase = next(one["passphrase"] for one in demonstration.shown["members"] if one["sign_in"] == sign_in)
        to = ("--out", str(tmp_path / sign_in), "--passphrase-file", "-", *more)
        done = running.command("open", str(folder), "--as", sign_in, *to, stdin=passphrase.encode(), check=False)
        return done.stderr, {path.stem: path.read_text("utf-8") for path in (tmp_path / sign_in).iterdir()}

    keys = tmp_path / "keys"
    said = ""
    for sign_in in ("ilse", "bao"):
        said, texts = opened(sign_in, *(("--identities", str(keys)) if sign_in == "bao" else ()))
        text = texts[case.thread_id]
        for words in (PIPE, "It was on Tuesday.", "Thank you. Was the lamp lit?", "Look at the pipe before the night"):
            assert words in text
        assert "WRONG" not in text
        assert (unwanted.thread_id in texts) == (sign_in == "bao")
        assert sign_in == "bao" or "somebody with your name should not read" in said
    assert others.thread_id not in texts
    # Other tests may have left more of them.
    assert re.search(r"\d+ cases? of these desks (is|are) sealed to others\.", said)
    assert PIPE in opened("noor")[1][others.thread_id]
    assert f"case {case.thread_id}, generation 0" in keys.read_text("utf-8")
    # Somebody else's copy under this member's name, or keys that no act names, prove nothing.
    index = json.loads((folder / "index.json").read_bytes())
    row = next(one for one in index["cases"] if one["thread"] == case.thread_id)
    (folder / "index.json").write_bytes(jsontext.write(index | {"cases": [row | {"what": b64(b'{"act":"triage"}')}]}))
    shutil.rmtree(tmp_path / "ilse")
    _said, texts = opened("ilse")
    assert "WRONG (k)" in texts[case.thread_id]


def opens_nothing(demonstration, case, sign_in: str, *, with_their_own: bool = False) -> list[tuple[str, int, str]]:
    """Try every sealed file of a case with all keys of a member's desk, and with their own; return which there are."""
    colleague = Colleague(demonstration.running, sign_in)
    openers = list(colleague.epochs(b64(demonstration.desk("Safety and security desk"))).values())
    assert openers
    if with_their_own:
        openers += [identity(seed) for seed in (colleague.vault.seal, *colleague.vault.old)]
    with sqlite3.connect(demonstration.running.folder / "var" / "fairline.sqlite3") as database:
        thread = [unb64(case.thread_id)]
        written = "SELECT chain, n, kind, sealed FROM line_sealedfile WHERE thread_id = ? AND length(sealed) > 0"
        rows = database.execute(written, thread).fetchall()
        keys = database.execute("SELECT 'keys', 0, 'keys', sealed FROM cases_casekeys WHERE thread = ?", thread)
        keys = keys.fetchall()
    assert len(keys) == 2
    for _chain, _n, _kind, sealed in [*rows, *keys]:
        with pytest.raises(SealError):
            age.unseal(bytes(sealed), openers)
    return [(chain, n, kind) for chain, n, kind, _sealed in rows]


def test_a_colleague_who_is_not_assigned_finds_nothing(case, demonstration, contexts):
    page = demonstration.signed_in(contexts, "tomas")
    page.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", case.thread_id)
    expect(page.get_by_role("heading", name="There is no such report here")).to_be_visible()


def test_somebody_of_another_desk_joins_reads_all_of_it_and_who_left_gets_nothing_new(
    demonstration, bao, ilse, contexts
):
    reporter = filed(demonstration, bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    ilse.locator("#people").click()
    dialog = ilse.get_by_role("dialog")
    group = dialog.get_by_role("group", name="Who is assigned")
    group.get_by_label("Bao Tran").uncheck()
    dialog.get_by_role("button", name="Make the new key").click()
    expect(dialog).to_contain_text("two people at least")
    group.get_by_label(re.compile("^Tomas")).check()
    dialog.get_by_role("button", name="Make the new key").click()
    expect(dialog).to_have_count(0)
    expect(ilse.locator(STORY).get_by_text("From here on this is read by")).to_have_count(2)
    reporter.say("Since the people changed: it was a saw.")
    tomas = demonstration.signed_in(contexts, "tomas")
    open_report(tomas, reporter.thread_id)
    for words in (PIPE, "it was a saw", "Look at the pipe"):
        expect(tomas.locator(STORY)).to_contain_text(words)
    expect(tomas.locator(f"{STORY} .notice.danger")).to_have_count(0)
    reload_list(bao)
    bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reporter.thread_id)
    expect(bao.get_by_role("heading", name="There is no such report here")).to_be_visible()


def test_a_triage_that_is_given_back_is_the_leads_to_do_again(demonstration, bao, ilse):
    reporter = filed(demonstration, bao)
    triage(bao, reporter, "Ilse Varga")
    reload_list(ilse)
    open_report(ilse, reporter.thread_id)
    ilse.locator("#give-back").click()
    ilse.get_by_role("dialog").get_by_role("button", name="Give it back").click()
    expect(ilse.locator("#case .notice.warning")).to_contain_text("given back by its second person")
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    expect(bao.locator("#case")).to_contain_text("A lead of this desk triages it again.")
    expect(bao.locator("#triage")).to_have_count(0)
    open_report(ilse, reporter.thread_id)
    triage(ilse, reporter, "Bao Tran")
    confirm(bao, reporter)
    expect(bao.locator(STORY)).to_contain_text(PIPE)
    # That a case has other readers is no answer: who reported waits for one.
    reload_list(bao)
    said_in_list(bao, reporter.thread_id, "our turn")
    thread = reporter.read()
    assert (thread.handover.generation, thread.refused) == (1, ())


def test_two_who_triage_at_once_lose_nothing(demonstration, bao, ilse):
    reporter = filed(demonstration, bao, ilse)
    for page in (bao, ilse):
        open_report(page, reporter.thread_id)
    triage(bao, reporter, "Ilse Varga")
    ilse.locator("#triage").click()
    dialog = ilse.get_by_role("dialog")
    dialog.get_by_role("group", name="Who is assigned").get_by_label("Bao Tran", exact=True).check()
    dialog.get_by_role("button", name="Seal it to them").click()
    expect(ilse.locator(".detail .notice.danger")).to_contain_text("A colleague was quicker")


def test_whom_the_reporting_person_does_not_want_is_not_offered(demonstration, ilse):
    reporter = filed(demonstration, ilse, must_not_see=("Bao Tran",))
    open_report(ilse, reporter.thread_id)
    ilse.locator("#triage").click()
    dialog = ilse.get_by_role("dialog")
    expect(dialog.get_by_role("group", name="Who is assigned").get_by_label("Bao Tran")).to_have_count(0)
    expect(dialog.get_by_role("group", name="Whom do they mean").get_by_label("Bao Tran")).to_be_checked()
    dialog.get_by_role("button", name="Cancel").click()


def test_whom_the_reporting_person_shut_out_opens_nothing_once_it_is_a_case(demonstration, ilse, contexts):
    """Bao is of the desk and has all of its keys: what was written before triage went with the desk's copy, too."""
    reporter = filed(demonstration, ilse, must_not_see=("Bao Tran",))
    noor = demonstration.signed_in(contexts, "noor")
    triage(ilse, reporter, re.compile("^Noor Haddad"))
    confirm(noor, reporter)
    reporter.say("He was seen there again.")
    reload_list(noor)
    open_report(noor, reporter.thread_id)
    expect(noor.locator(STORY)).to_contain_text("He was seen there again.")
    rows = opens_nothing(demonstration, reporter, "bao", with_their_own=True)
    assert {("r", 0, "case"), ("r", 1, "office")} <= set(rows)
    assert any(chain == "i" for chain, _n, _kind in rows)
    assert any(chain == "o" for chain, _n, _kind in rows)
    # Nor does any change of people let them in: they are not among those who can be chosen.
    noor.locator("#people").click()
    group = noor.get_by_role("dialog").get_by_role("group", name="Who is assigned")
    expect(group.get_by_label(re.compile("^Ilse"))).to_be_checked()
    expect(group.get_by_label(re.compile("^Bao"))).to_have_count(0)
    noor.get_by_role("dialog").get_by_role("button", name="Cancel").click()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_a_case_can_be_read_by_everybody(case, bao, demonstration, width, scheme):
    waiting = filed(demonstration, bao)
    bao.set_viewport_size({"width": width, "height": 800})
    bao.emulate_media(color_scheme=scheme)
    open_report(bao, case.thread_id)
    seen = [axe_violations(bao)]
    assert bao.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_report(bao, waiting.thread_id)
    bao.locator("#triage").click()
    seen.append(axe_violations(bao))
    bao.keyboard.press("Escape")
    bao.set_viewport_size({"width": 1280, "height": 850})
    bao.emulate_media(color_scheme="light")
    assert seen == [[], []]


def test_several_are_set_aside_with_one_press_and_leave_the_list(demonstration, bao):
    first, second = demonstration.reporter(), demonstration.reporter()
    for reporter in (first, second):
        reporter.file({"what": "Buy lamps, cheap lamps"})
    reload_list(bao)
    for reporter in (first, second):
        open_report(bao, reporter.thread_id)
    said_in_list(bao, second.thread_id, "Buy lamps")
    bao.locator("#set-aside").click()
    dialog = bao.get_by_role("dialog")
    dialog.get_by_label("Why").select_option("advertising")
    dialog.get_by_label(re.compile("Buy lamps")).first.check()
    dialog.get_by_role("button", name="Set aside", exact=True).click()
    expect(bao.locator("#take-up")).to_be_visible()
    for reporter in (first, second):
        expect(bao.locator(f'.entry[data-thread="{reporter.thread_id}"]')).to_have_count(0)
    bao.get_by_label("Show").select_option("aside")
    said_in_list(bao, first.thread_id, "set aside")
    bao.get_by_label("Show").select_option("all")


def test_an_act_that_ends_late_does_not_take_the_screen_from_the_report_at_the_address(case, bao, demonstration):
    """Whatever is written then goes to the one at the address: it must be the one that is read."""
    other = demonstration.reporter()
    other.file({"what": "The gate stood open."})
    reload_list(bao)
    open_report(bao, other.thread_id)
    open_report(bao, case.thread_id)
    acts = f"**/threads/{case.thread_id}/**"
    bao.route(acts, lambda route: None if route.request.method == "POST" else route.continue_())
    bao.get_by_text("Change the labels").click()
    bao.locator("#labels").get_by_label("Translation needed").check()
    with bao.expect_request(lambda asked: asked.method == "POST" and case.thread_id in asked.url):
        bao.get_by_role("button", name="Keep these labels").click()
    open_report(bao, other.thread_id)
    expect(bao.locator(STORY)).to_contain_text("The gate stood open.")
    with bao.expect_response(lambda answer: answer.request.method == "POST" and case.thread_id in answer.url):
        bao.unroute(acts)
    said_in_list(bao, case.thread_id, "Translation needed")
    bao.wait_for_load_state("networkidle")
    expect(bao.locator(STORY)).to_contain_text("The gate stood open.")
    expect(bao.locator(STORY)).not_to_contain_text(PIPE)
