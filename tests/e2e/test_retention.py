"""What keeps a case, and what of a deleted one an older copy opens. That two people delete one: the whole story."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.cases import PIPE, confirm, triage
from e2e.ending import agrees_to_delete, asks_to_delete, closes
from e2e.workbench import open_report, reload_list
from fairline.cli.keyset import CACHES, FILE, WRAPS
from fairline.seal import age
from fairline.seal.envelope import read_envelope
from fairline.seal.errors import SealError
from fairline.seal.keys import read_case_keys
from fairline.seal.primitives import b64, unb64
from fairline.seal.recipients import Identity, identity
from support.browsers import axe_violations
from support.colleague import Colleague

LONG_AGO = timedelta(days=61)


@pytest.fixture(scope="module")
def bao(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "bao")


@pytest.fixture(scope="module")
def ilse(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "ilse")


def was_closed_long_ago(office_at_work, thread: str) -> None:
    """Let the case have been closed two months before: its day follows from that alone."""
    day = (office_at_work.running.now() - LONG_AGO).date().isoformat()
    with sqlite3.connect(office_at_work.running.folder / "var" / "fairline.sqlite3", timeout=60) as database:
        changed = database.execute("UPDATE cases_slip SET closed = ? WHERE id = ?", [day, unb64(thread)])
        assert changed.rowcount == 1


def closed_case(office_at_work, bao, ilse, grounds: str):
    """A case of these two, which the second of them has closed."""
    reporter = office_at_work.reporter()
    reporter.file({"what": PIPE})
    reload_list(bao)
    triage(bao, reporter, "Ilse Varga")
    confirm(ilse, reporter)
    open_report(ilse, reporter.thread_id)
    closes(ilse, grounds)
    return reporter


def test_a_case_is_held_back_by_two_people_and_everybody_who_reads_it_sees_why(office_at_work, bao, ilse):
    reporter = closed_case(office_at_work, bao, ilse, "Not ours.")
    ilse.locator("#hold").click()
    dialog = ilse.get_by_role("dialog")
    dialog.get_by_label("Why").select_option("court")
    assert axe_violations(ilse) == []
    dialog.get_by_role("button", name="Sign it").click()
    expect(ilse.locator("#held")).to_contain_text("A second person has to agree within a week.")
    reload_list(bao)
    open_report(bao, reporter.thread_id)
    bao.locator("#agree-hold").click()
    bao.get_by_role("dialog").get_by_role("button", name="Sign it").click()
    expect(bao.locator("#held")).to_contain_text("a court deals with it.")
    expect(bao.locator("#held")).to_contain_text("Ilse Varga")


def were_set_aside_long_ago(office_at_work, threads: list[str]) -> None:
    moment = office_at_work.running.now() - LONG_AGO
    with sqlite3.connect(office_at_work.running.folder / "var" / "fairline.sqlite3", timeout=60) as database:
        for thread in threads:
            changed = database.execute(
                "UPDATE cases_doing SET at = ? WHERE thread = ? AND what LIKE 'set-a%'",
                [moment.strftime("%Y-%m-%d %H:%M:%S.%f"), unb64(thread)],
            )
            assert changed.rowcount == 1


@contextmanager
def entry_of_another(office_at_work, thread: str) -> Iterator[None]:
    """Somebody who can write into the store puts the report's entry under a tag that is not its own."""
    with sqlite3.connect(office_at_work.running.folder / "var" / "fairline.sqlite3", timeout=60) as database:
        [(own,)] = database.execute("SELECT tag FROM line_post WHERE thread_id = ? AND chain = 'r'", [unb64(thread)])
        change = "UPDATE line_post SET tag = ? WHERE thread_id = ? AND chain = 'r'"
        database.execute(change, [bytes(32), unb64(thread)])
        database.commit()
        yield
        database.execute(change, [own, unb64(thread)])


def batch(page: Page, name: str):
    """A batch on the page that deletes many, opened and proven."""
    page.evaluate("location.hash = '#/today'")
    page.get_by_role("link", name="Delete many at once", exact=True).click()
    card = page.locator("section[data-batch]").filter(has=page.get_by_role("heading", name=name))
    card.get_by_role("button", name=re.compile("^Open and prove ")).click()
    expect(card.locator(".signing")).to_be_visible(timeout=60_000)
    return card


def test_many_are_proven_in_two_browsers_and_go_together_without_the_one_that_fails(office_at_work, bao, ilse):
    reporters = [office_at_work.reporter() for _ in range(4)]
    for number, one in enumerate(reporters):
        one.file({"what": f"Nothing happened at gate {number + 1}."})
    threads = [one.thread_id for one in reporters]
    for page in (bao, ilse):
        reload_list(page)
        for thread in threads:
            open_report(page, thread)
    # What may go together is what the list shows as opened, and that comes after the report itself.
    for number, thread in enumerate(threads):
        expect(bao.locator(f'.entry[data-thread="{thread}"]')).to_contain_text(
            f"Nothing happened at gate {number + 1}."
        )
    bao.locator("#set-aside").click()
    dialog = bao.get_by_role("dialog")
    for number in (1, 2, 3):
        dialog.get_by_label(f"Nothing happened at gate {number}.").check()
    dialog.get_by_role("button", name="Set aside", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(bao.locator("#take-up")).to_be_visible()
    were_set_aside_long_ago(office_at_work, threads)

    card = batch(bao, "Safety and security desk: 4 are due")
    rows = card.locator("[data-thread]")
    expect(rows.filter(has_text="1 entry proven")).to_have_count(4)
    expect(rows.first).to_contain_text("Set aside")
    assert axe_violations(bao) == []
    card.get_by_role("button", name="Ask to delete 4 for good", exact=True).click()
    bao.get_by_role("dialog").get_by_role("button", name="Sign and ask", exact=True).click()
    expect(bao.locator(".notice[role=status]")).to_contain_text("You have asked to delete 4 reports.")
    expect(bao.locator("[data-mine]")).to_contain_text("to delete 4 reports")

    with entry_of_another(office_at_work, threads[0]):
        card = batch(ilse, "Bao Tran asked on")
    lost = card.locator(f'[data-thread="{threads[0]}"]')
    expect(lost).to_contain_text("Nothing proves each of its entries to be its own.")
    expect(lost.get_by_role("checkbox")).to_be_disabled()
    assert axe_violations(ilse) == []
    card.get_by_role("button", name="Agree and delete 3 for good", exact=True).click()
    ilse.get_by_role("dialog").get_by_role("button", name="Agree and delete", exact=True).click()
    expect(ilse.locator(".notice[role=status]")).to_contain_text("3 reports are deleted.")
    with sqlite3.connect(office_at_work.running.folder / "var" / "fairline.sqlite3") as database:
        held = "SELECT status FROM line_thread WHERE id = ?"
        states = [database.execute(held, [unb64(one)]).fetchone()[0] for one in threads]
    assert states == ["aside", "deleted", "deleted", "deleted"]
    for page in (bao, ilse):
        assert [line for line in page.said if line.startswith("uncaught")] == []


def openers_in(keys: Path, thread: str, members: list[Colleague], desk: str) -> list[Identity]:
    """Everything that these members' vaults, and a set of keys, can open a case with."""
    seals = [identity(one.vault.seal) for one in members]
    at_desk = [one for one in members if f"handler@{desk}" in one.roles() or f"lead@{desk}" in one.roles()]
    found = [epoch for one in at_desk for epoch in one.epochs(desk).values()]
    assert found
    with sqlite3.connect(keys) as database:
        rows = database.execute("SELECT sealed FROM cases_casekeys WHERE thread = ?", [unb64(thread)]).fetchall()
    for (sealed,) in rows:
        body = read_envelope(age.unseal(bytes(sealed), seals)).body
        found += [identity(one.seed) for one in read_case_keys(body).generations]
    return [*seals, *found]


def opened(copy: Path, thread: str, openers: list[Identity]) -> list[bytes]:
    """What of a case opens, in a copy of the store."""
    found = []
    with sqlite3.connect(copy / "fairline.sqlite3") as database:
        rows = database.execute(
            "SELECT sealed FROM line_sealedfile WHERE thread_id = ? AND length(sealed) > 0", [unb64(thread)]
        ).fetchall()
    assert len(rows) > 4
    for (sealed,) in rows:
        with suppress(SealError):
            found.append(age.unseal(bytes(sealed), openers))
    return found


def test_an_older_copy_opens_nothing_of_a_deleted_case_with_every_members_keys(
    office_at_work, bao, ilse, tmp_path, make_installation
):
    reporter = closed_case(office_at_work, bao, ilse, "The marks of the copy are old.")
    running, copies, thread = office_at_work.running, tmp_path / "copies", reporter.thread_id
    running.command("backup", str(copies))
    [made] = [path for path in copies.iterdir() if path.name != "keys"]
    older = shutil.copytree(made, tmp_path / "older" / made.name)
    then = shutil.copytree(copies / "keys", tmp_path / "then")
    members = [Colleague(running, name) for name in ("bao", "ilse", "tomas")]
    desk = b64(office_at_work.desk("Safety and security desk"))
    # With the keys of that day the case opens: so the search below would find it.
    read = opened(older, thread, openers_in(then / made.name / FILE, thread, members, desk))
    assert any(PIPE.encode() in one for one in read)

    was_closed_long_ago(office_at_work, thread)
    asks_to_delete(bao, thread)
    reload_list(ilse)
    open_report(ilse, thread)
    agrees_to_delete(ilse, thread, "Bao Tran", "Ilse Varga")
    running.command("backup", str(copies))
    keys = copies / "keys" / made.name / FILE
    assert opened(older, thread, openers_in(keys, thread, members, desk)) == []
    with sqlite3.connect(then / made.name / FILE) as database:
        wraps = [bytes(file) for (file,) in database.execute("SELECT file FROM offices_keyfile")]
        wraps += [bytes(sealed) for (sealed,) in database.execute("SELECT sealed FROM cases_casekeys")]
    everything = (older / "fairline.sqlite3").read_bytes()
    assert len(wraps) > 4
    assert not any(wrap[-64:] in everything for wrap in wraps)
    with sqlite3.connect(older / "fairline.sqlite3") as database:
        for table in (*WRAPS, *CACHES):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)

    restored = make_installation("sqlite", start=False)
    said = restored.command("restore", str(older), "--keys", str(copies / "keys"))
    assert "deleted again" in said.stdout
    store = restored.folder / "var" / "fairline.sqlite3"
    with sqlite3.connect(store) as database:
        row = [unb64(thread)]
        assert database.execute("SELECT status FROM line_thread WHERE id = ?", row).fetchone() == ("deleted",)
        kinds = "SELECT DISTINCT kind FROM line_sealedfile WHERE thread_id = ? AND length(sealed) > 0"
        assert database.execute(kinds, row).fetchall() == [("own",)]
        assert database.execute("SELECT count(*) FROM offices_keyfile").fetchone() > (0,)
    assert restored.command("verify", check=False).stdout.startswith("Nothing was altered")
