"""What keeps a case, and what of a deleted one an older copy opens. That two people delete one: the whole story."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.cases import PIPE, confirm, triage
from e2e.ending import agrees_to_delete, asks_to_delete, closes
from e2e.workbench import open_report, reload_list, said_in_list
from factories.attachments import Attached, attached
from fairline.cli.keyset import CACHES, FILE, WRAPS
from fairline.seal import age, vault
from fairline.seal.envelope import read_envelope
from fairline.seal.errors import SealError
from fairline.seal.indexpages import delta_aad, index_key, open_index, page_aad
from fairline.seal.keys import read_case_keys
from fairline.seal.primitives import b64, unb64
from fairline.seal.recipients import Identity, identity
from fairline.seal.words import words_to_entropy
from support.browsers import axe_violations
from support.colleague import Colleague
from support.hostile_files import png

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


def closed_case(office_at_work, bao, ilse, grounds: str, *files: Attached):
    """A case of these two, which the second of them has closed."""
    reporter = office_at_work.reporter()
    reporter.file({"what": PIPE}, files=tuple(reporter.sends(one) for one in files))
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
        said_in_list(bao, thread, f"Nothing happened at gate {number + 1}.")
    # It shows what is near on the screen; these four may lie far apart among the reports of one day.
    bao.locator("#search").fill("Nothing happened at gate")
    expect(bao.locator(".rows .entry")).to_have_count(4)
    bao.locator("#set-aside").click()
    dialog = bao.get_by_role("dialog")
    for number in (1, 2, 3):
        dialog.get_by_label(f"Nothing happened at gate {number}.").check()
    dialog.get_by_role("button", name="Set aside", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(bao.locator("#take-up")).to_be_visible()
    bao.locator("#search").fill("")
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


def openers_in(keys: Path, thread: str, members: list[Colleague]) -> list[Identity]:
    """Everything that these members' passphrases and printed sheets, and a set of keys, can open a case with."""
    own = [identity(seed) for one in members for seed in (one.vault.seal, *one.vault.old)]
    printed = [by_sheet(one) for one in members]
    # No file is sealed to a root key; who has its twenty-four words would try it all the same.
    roots = [identity(one.vault.root) for one in members if one.vault.root is not None]
    assert len(roots) == 2
    found = []
    for one in members:
        desks = {role.partition("@")[2] for role in one.roles() if role.startswith(("handler@", "lead@"))}
        found += [epoch for desk in sorted(desks) for epoch in one.epochs(desk).values()]
    assert found
    with sqlite3.connect(keys) as database:
        rows = database.execute("SELECT sealed FROM cases_casekeys WHERE thread = ?", [unb64(thread)]).fetchall()
    for (sealed,) in rows:
        body = read_envelope(age.unseal(bytes(sealed), own)).body
        found += [identity(one.seed) for one in read_case_keys(body).generations]
    return [*own, *printed, *roots, *found]


def by_sheet(member: Colleague) -> Identity:
    """What the twelve words of a member's printed sheet give: they open the very vault that the passphrase opens."""
    wrap = vault.paper_wrap(words_to_entropy(member.person["way_back"]), member.id)
    held = json.loads(member.ask("GET", "vault"))
    seed = vault.unwrap_seed(unb64(held["wraps"]["paper"]), wrap)
    assert vault.open_vault(unb64(held["vault"]), seed, member.id) == member.vault
    return wrap


def in_indexes(store: Path, thread: str, members: list[Colleague]) -> bool:
    """Whether what these members' browsers keep of texts that they have opened, each under its key, has this case."""
    plain = []
    with sqlite3.connect(store) as database:
        for one in members:
            key = index_key(one.vault.index, one.id)
            pages = "SELECT page, version, sealed FROM cases_indexpage WHERE index_id = ?"
            for page, version, sealed in database.execute(pages, [one.id]):
                plain.append(open_index(key, page_aad(one.id, page, version), bytes(sealed)))
            for delta, sealed in database.execute(
                "SELECT id, sealed FROM cases_indexdelta WHERE index_id = ?", [one.id]
            ):
                plain.append(open_index(key, delta_aad(one.id, bytes(delta)), bytes(sealed)))
    assert plain
    return any(unb64(thread) in one for one in plain)


def until_in_indexes(store: Path, thread: str, members: list[Colleague]) -> None:
    """Wait for the browsers, which write into their indexes some seconds after a report was opened."""
    ends = time.monotonic() + 60
    while not in_indexes(store, thread, members):
        assert time.monotonic() < ends, "no browser wrote the case into its index"
        time.sleep(1)


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


def holds_no_key_and_no_word(older: Path, keys: Path, film: Attached) -> None:
    """Look through a whole copy of the store for the wraps that lie apart from it, and for what was reported."""
    with sqlite3.connect(keys) as database:
        wraps = [bytes(file) for (file,) in database.execute("SELECT file FROM offices_keyfile")]
        wraps += [bytes(sealed) for (sealed,) in database.execute("SELECT sealed FROM cases_casekeys")]
    everything = (older / "fairline.sqlite3").read_bytes()
    assert len(wraps) > 4
    assert not any(wrap[-64:] in everything for wrap in wraps)
    assert not any(mark in everything for mark in (PIPE.encode(), film.file.name.encode(), film.file.seed))
    with sqlite3.connect(older / "fairline.sqlite3") as database:
        for table in (*WRAPS, *CACHES):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_an_older_copy_opens_nothing_of_a_deleted_case_with_every_members_keys(
    office_at_work, bao, ilse, tmp_path, make_installation
):
    """A copy is made, the case is deleted, and forty days later the copy is restored: by everybody of the office.

    All eight members bring passphrase and printed sheet, administrators their root keys. Index pages, in which browsers
    keep words of what was opened, are covered because no copy has any (they are made anew), and because the members'
    own no longer hold the case once it is deleted.
    """
    film = attached(png(64, 48), "The gate from the quay.png", "image/png")
    reporter = closed_case(office_at_work, bao, ilse, "The marks of the copy are old.", film)
    running, copies, thread = office_at_work.running, tmp_path / "copies", reporter.thread_id
    running.command("backup", str(copies))
    [made] = [path for path in copies.iterdir() if path.name != "keys"]
    older = shutil.copytree(made, tmp_path / "older" / made.name)
    then = shutil.copytree(copies / "keys", tmp_path / "then")
    members = [Colleague(running, one["sign_in"]) for one in office_at_work.shown["members"]]
    assert len(members) == 8
    # With the keys of that day the case opens, and in it the key of its file: so the search below would find them.
    read = opened(older, thread, openers_in(then / made.name / FILE, thread, members))
    for mark in (PIPE, film.file.name, b64(film.file.seed), "The marks of the copy are old."):
        assert any(mark.encode() in one for one in read)
    assert parts_in(older, film)
    living = running.folder / "var" / "fairline.sqlite3"
    until_in_indexes(living, thread, members)

    was_closed_long_ago(office_at_work, thread)
    asks_to_delete(bao, thread)
    reload_list(ilse)
    open_report(ilse, thread)
    agrees_to_delete(ilse, thread, "Bao Tran", "Ilse Varga")
    running.command("backup", str(copies))
    keys = copies / "keys" / made.name / FILE
    openers = openers_in(keys, thread, members)
    assert len(openers) > 3 * len(members) // 2
    left = opened(older, thread, openers)
    # Each custodian opens their share of the key to a name. Its other half lay in the report: no word, no name opens.
    assert {read_envelope(one).header.kind for one in left} == {"share"}
    assert len(left) == 3
    assert not any(mark.encode() in one for mark in (PIPE, film.file.name, b64(film.file.seed)) for one in left)
    holds_no_key_and_no_word(older, then / made.name / FILE, film)
    assert not in_indexes(living, thread, members)

    restored = make_installation("sqlite", start=False)
    restored.set_clock("+40d")
    said = restored.command("restore", str(older), "--keys", str(copies / "keys"))
    assert "deleted again" in said.stdout
    store = restored.folder / "var" / "fairline.sqlite3"
    with sqlite3.connect(store) as database:
        row = [unb64(thread)]
        assert database.execute("SELECT status FROM line_thread WHERE id = ?", row).fetchone() == ("deleted",)
        kinds = "SELECT DISTINCT kind FROM line_sealedfile WHERE thread_id = ? AND length(sealed) > 0"
        assert database.execute(kinds, row).fetchall() == [("own",)]
        assert database.execute("SELECT count(*) FROM offices_keyfile").fetchone() > (0,)
        for table in CACHES:
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        own = database.execute("SELECT sealed FROM line_sealedfile WHERE thread_id = ?", row).fetchall()
    for (sealed,) in own:
        with pytest.raises(SealError):
            age.unseal(bytes(sealed), openers)
    assert not parts_in(restored.folder / "var", film)
    assert restored.command("verify", check=False).stdout.startswith("Nothing was altered")


def parts_in(folder: Path, file: Attached) -> list[Path]:
    """Where a file's sealed parts lie within a copy, or within an installation's own folder."""
    return [path for path in folder.rglob("*") if path.is_file() and path.read_bytes() in file.parts]
