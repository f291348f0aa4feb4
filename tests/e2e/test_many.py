"""Sixty reports of three kinds and the few among them that say something else: read in part, set aside at once."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PressedNothing

from e2e.workbench import open_report
from factories.reporter import Reporter
from fairline.seal.primitives import unb64
from support.browsers import axe_violations

DESK = "Integrity desk"
KINDS = {
    "lamps": "Buy lamps from the house of light, number {n}, and pay in three parts. Each lamp is new, each lamp is "
    "bright, and whoever orders before the feast gets a second one for nothing. Call our friendly agents today.",
    "恭喜": "恭喜您！您的号码{n}在港口大抽奖中获得了特等奖。请在星期五之前把姓名和账号寄到兑奖办公室，"
    "工作人员会尽快与您联系，今天就回复。",
    "تهانينا": "تهانينا! لقد فاز رقمكم {n} بالجائزة الكبرى في سحب الميناء. أرسلوا الاسم ورقم الحساب إلى مكتب "
    "الفائزين قبل يوم الجمعة وسيتصل بكم أحد موظفينا. هذا العرض لكم وحدكم وينتهي قريبا.",
}
EACH = dict(zip(KINDS, (44, 19, 19), strict=True))
"""Of the first there are more variants at one place than a card shows unfolded."""
FOLDED = 44 - 1 - 40
REAL = "Somebody of the purchasing office has signed for crates that never came, twice in May."
REPORTERS: dict[str, Reporter] = {}
HIDDEN = "Two men in grey coats copied the keys of the pumping station last night"


@pytest.fixture(scope="module")
def junk(office_at_work) -> list[str]:
    """Threads of what nobody needs to read nineteen times."""
    return [
        filed(office_at_work, text.format(n=4000 + at * 7)) for word, text in KINDS.items() for at in range(EACH[word])
    ]  # fmt: skip


@pytest.fixture(scope="module")
def real(office_at_work) -> dict[str, str]:
    """Threads of what must be found, by what they are."""
    lamps = KINDS["lamps"].format(n=4007)
    return {
        "real": filed(office_at_work, REAL),
        "hidden": filed(office_at_work, lamps.replace("Each lamp is new, each lamp is bright", HIDDEN)),
        "reached": filed(office_at_work, lamps, contact="by the red box"),
    }


def filed(demonstration, text: str, **more: object) -> str:
    reporter = demonstration.reporter(DESK)
    reporter.file({"what": text}, **more)
    REPORTERS[reporter.thread_id] = reporter
    return reporter.thread_id


@pytest.fixture(scope="module")
def tomas(office_at_work, contexts, junk, real) -> Page:
    page = office_at_work.signed_in(contexts, "tomas")
    page.get_by_role("link", name="Many at once").click()
    page.locator("#declare-many").click()
    expect(page.locator("#alone")).to_be_visible(timeout=60_000)
    # What others have filed here is none of this test's.
    for card in page.locator("[data-kind]").all():
        if not any(word in card.inner_text() for word in KINDS):
            card.get_by_role("button", name="Leave this kind out").click()
    return page


def kind(page: Page, word: str) -> Locator:
    return page.locator("[data-kind]", has_text=word)


def shown(end: Locator) -> None:
    """Scroll until the end of a text stands free: at the edge it lies under the bar, where nobody sees it."""
    end.evaluate("end => end.scrollIntoView({ block: 'center' })")


def read_on(page: Page) -> None:
    """Go from one unread text to the next until none is left."""
    ready = page.locator("#many-aside:not([disabled])")
    on = page.locator("#many-next")
    for _ in range(40):
        expect(on.or_(ready).first).to_be_visible()
        if on.count() == 0:
            break
        was = [page.locator(".manybar").inner_text(), page.evaluate("scrollY")]
        try:
            on.click(timeout=5_000)
        except PressedNothing:
            # Once the last text has been on the screen it goes away by itself, also between looking and pressing.
            continue
        page.wait_for_function(
            "([said, at]) => document.querySelector('.manybar').innerText !== said || scrollY !== at", arg=was
        )
    expect(ready).to_be_visible()


def stored(demonstration, question: str) -> list[tuple]:
    with sqlite3.connect(demonstration.running.folder / "var" / "fairline.sqlite3") as database:
        return database.execute(question).fetchall()


def test_what_is_like_nothing_else_comes_first_and_says_in_what_it_is_other(tomas, real):
    cards = {name: tomas.locator(f'[data-card="{thread}"]:not([data-kind])') for name, thread in real.items()}
    expect(cards["real"]).to_contain_text(REAL)
    expect(cards["hidden"].locator("mark", has_text=HIDDEN)).to_have_text(HIDDEN)
    expect(cards["reached"]).to_contain_text("by the red box")
    expect(tomas.locator("#alone, #alike, #drawn").first).to_have_id("alone")


def test_each_kind_stands_there_once_with_all_in_which_it_differs(tomas):
    for word in KINDS:
        card = kind(tomas, word)
        expect(card).to_contain_text(f"{EACH[word]} reports")
        expect(card.locator(".variant")).to_have_count(EACH[word] - 1)
    expect(tomas.locator("#drawn")).to_contain_text("10 of")
    # One that is left out is read as well as the others.
    card = kind(tomas, "lamps")
    card.get_by_role("button", name="Leave this kind out").click()
    expect(card.get_by_role("button", name="Left out: it stays")).to_be_visible()
    assert axe_violations(tomas) == []
    card.get_by_role("button", name="Left out: it stays").click()


def test_what_is_folded_away_was_read_by_nobody_until_it_is_opened(tomas):
    card = kind(tomas, "lamps")
    bar = tomas.locator(".manybar")
    others = tomas.locator("[data-kind]:not([data-out])").count()
    for other in tomas.locator("[data-kind]:not([data-out])").all():
        shown(other.locator(":scope > .end"))
    expect(bar).to_contain_text(f"Kinds read: {others - 1} of {others}")
    expect(card.locator("[data-folded]")).to_be_visible()
    card.locator("summary", has_text=f"{FOLDED} more").click()
    shown(card.locator("details .end"))
    expect(bar).to_contain_text(f"Kinds read: {others} of {others}")
    expect(card.locator("[data-folded]")).to_have_count(0)


def test_nothing_goes_before_it_was_read_and_what_is_left_out_stays(tomas, office_at_work, junk, real):
    expect(tomas.locator("#many-aside")).to_be_disabled()
    kind(tomas, "lamps").locator(".variant").first.click()
    expect(kind(tomas, "lamps")).to_contain_text("1 of them stays.")
    read_on(tomas)
    tomas.locator("#many-aside").click()
    dialog = tomas.get_by_role("dialog")
    dialog.get_by_label("Why").select_option("advertising")
    dialog.get_by_role("button", name="Set aside", exact=True).click()
    gone = len(junk) - 1
    expect(tomas.locator(".notice.good")).to_contain_text(f"{gone} reports were set aside", timeout=60_000)
    names = {bytes(key): state for key, state in stored(office_at_work, "select id, status from line_thread")}
    assert sorted(names[unb64(thread)] for thread in junk) == ["arrived", *["aside"] * gone]
    assert {names[unb64(thread)] for thread in real.values()} == {"arrived"}


def test_only_what_was_on_the_screen_is_kept_as_read(tomas, office_at_work, junk):
    ids = {unb64(thread) for thread in junk}
    did = [(bytes(thread), what) for thread, what in stored(office_at_work, "select thread, what from cases_doing")]
    alike = {thread for thread, what in did if what == "set-alike" and thread in ids}
    aside = {thread for thread, what in did if what == "set-aside" and thread in ids}
    marked = {bytes(thread) for (thread,) in stored(office_at_work, "select thread from cases_readmark")}
    assert (len(alike) + len(aside), alike & marked, aside - marked) == (len(junk) - 1, set(), set())
    row = tomas.locator(".tablebox tbody tr").first
    expect(row).to_contain_text(f"{len(aside) + len(alike)}")
    expect(row.locator("td").last).to_have_text(f"{len(aside)}")


def test_a_colleague_sees_by_whom_and_that_it_was_not_read(office_at_work, contexts, tomas, junk):
    ids = {unb64(thread): thread for thread in junk}
    did = stored(office_at_work, "select thread from cases_doing where what = 'set-alike'")
    thread = next(ids[bytes(key)] for (key,) in did if bytes(key) in ids)
    page = office_at_work.signed_in(contexts, "noor")
    open_report(page, thread)
    expect(page.locator(".doings")).to_contain_text(re.compile("without reading this one"))
    page.evaluate("location.hash = '#/many'")
    expect(page.locator(".tablebox tbody tr").first).to_contain_text("Advertising", timeout=60_000)


def test_everyone_in_it_is_acknowledged_and_may_ask_for_a_second_look(office_at_work, tomas, junk):
    ids = {unb64(thread): thread for thread in junk}
    gone = stored(office_at_work, "select id from line_thread where status = 'aside'")
    thread = next(ids[bytes(key)] for (key,) in gone if bytes(key) in ids)
    reporter = REPORTERS[thread]
    assert reporter.promise().leaf
    reporter.look_again()
    tomas.evaluate("location.hash = '#/arrivals'")
    tomas.evaluate("location.hash = '#/many'")
    expect(tomas.locator(f'[data-card="{thread}"]')).to_be_visible(timeout=60_000)
