"""What a member's browser keeps sealed for its next unlocking: found again, and harmless in whoever's hands it was."""

from __future__ import annotations

import json
import re
import urllib.error

import pytest
from playwright.sync_api import expect

from e2e.filled import STEP, SealedIndex, colleague, entry, parcel_of
from e2e.workbench import Demonstration, in_list, open_report, reload_list, unlock_again
from fairline.line import parcels
from fairline.seal.errors import CannotOpenError
from fairline.seal.indexpages import delta_aad, index_key, open_index, page_aad, read_delta, read_page
from fairline.seal.labels import from_bits
from fairline.seal.primitives import b64, unb64


@pytest.fixture(scope="module")
def demonstration(make_demonstration):
    running = make_demonstration()
    return Demonstration(running)


@pytest.fixture(scope="module")
def by_http(demonstration):
    """Ilse, by HTTP: what her index holds, and what a server could do to it."""
    return colleague(demonstration.running, "ilse")


@pytest.fixture(scope="module")
def ilse(demonstration, contexts, by_http):
    return demonstration.signed_in(contexts, "ilse")


@pytest.fixture
def fetched(ilse):
    """Threads whose files the page has asked for since."""
    found: list[str] = []

    def hear(request):
        if re.search(r"/threads[/?]", request.url):
            found.extend(re.findall(r"(?:/threads/|[?&]thread=)([A-Za-z0-9_-]{22})(?=$|&)", request.url))

    ilse.on("request", hear)
    yield found
    ilse.remove_listener("request", hear)


def filed(demonstration, words: str):
    reporter = demonstration.reporter()
    reporter.file({"what": words})
    return reporter


def found(page, words: str) -> None:
    page.evaluate("location.hash = '#/arrivals'")
    page.locator("#search").fill(words)
    expect(page.locator(".rows mark").first).to_have_text(words.split(maxsplit=1)[0])
    page.locator("#search").fill("")
    expect(page.locator(".rows.hits")).to_have_count(0)


def seen(page, what: str):
    """Wait for an answer of the index that was taken; use as a context."""
    return page.expect_response(lambda answer: "/index/" in answer.url and answer.request.method == what and answer.ok)


def own(by_http) -> SealedIndex:
    return SealedIndex(by_http, by_http.id, by_http.vault.index)


def test_what_was_read_once_is_found_again_without_being_fetched(ilse, demonstration, fetched):
    reporter = filed(demonstration, "Somebody numbers the turnstiles anew.")
    reload_list(ilse)
    with seen(ilse, "POST"):
        open_report(ilse, reporter.thread_id)
    ilse.evaluate("location.hash = '#/arrivals'")
    fetched.clear()
    unlock_again(ilse, demonstration.member("ilse"))
    found(ilse, "turnstiles")
    assert fetched == []


def test_what_came_since_is_fetched_and_nothing_else(ilse, demonstration, fetched):
    quiet, talking = (filed(demonstration, words) for words in ("A valve hums at night.", "A tap drips in hall 4."))
    reload_list(ilse)
    for reporter in (quiet, talking):
        with seen(ilse, "POST"):
            open_report(ilse, reporter.thread_id)
    ilse.evaluate("location.hash = '#/arrivals'")
    talking.say("It was the plumber with the ladder.")
    fetched.clear()
    unlock_again(ilse, demonstration.member("ilse"))
    found(ilse, "ladder")
    assert set(fetched) == {talking.thread_id}


def test_an_index_holds_no_name_and_no_contact(ilse, demonstration, by_http):
    reporter = demonstration.reporter()
    reporter.file({"what": "The gauge was turned."}, contact="telephone 555 0142", name="Noor Example")
    reload_list(ilse)
    with seen(ilse, "POST"):
        open_report(ilse, reporter.thread_id)
    texts = [one.text for one in entries_of(own(by_http)) if b64(one.thread) == reporter.thread_id]
    assert texts[-1].startswith("The gauge was turned.")
    assert "555" not in texts[-1]
    assert "Noor" not in texts[-1]


def entries_of(index: SealedIndex):
    """All that the server keeps of an index, opened: pages first, then deltas, oldest first.

    A browser may be folding meanwhile: what was read counts only if the index is the same afterwards.
    """
    for _ in range(50):
        before = state_of(index)
        try:
            entries = read_index(index, before)
        except (CannotOpenError, urllib.error.HTTPError):
            if state_of(index) == before:
                raise
            continue
        if state_of(index) == before:
            return entries
    raise AssertionError("the index never came to rest")


def state_of(index: SealedIndex):
    return next(one for one in indexes(index.member) if one["owner"] == b64(index.owner))


def read_index(index: SealedIndex, state):
    key, where = index_key(index.secret, index.owner), f"index/{b64(index.owner)}"
    entries = []
    for page, version, _key, _bytes in reversed(state["pages"]):
        _head, [sealed] = parcels.read(index.member.ask("GET", f"{where}/pages/{page}"))
        entries += read_page(open_index(key, page_aad(index.owner, page, version), sealed))
    after, more = 0, True
    while more:
        head, files = parcels.read(index.member.ask("GET", f"{where}/deltas?after={after}"))
        for row, sealed in zip(head["deltas"], files, strict=True):
            entries += read_delta(open_index(key, delta_aad(index.owner, unb64(row["id"])), sealed))
        after, more = head["change"], head["more"]
    return entries


def indexes(member):
    return json.loads(member.ask("GET", "index"))["indexes"]


def test_an_altered_delta_is_opened_anew_and_thrown_away(ilse, demonstration, by_http, fetched):
    reporter = filed(demonstration, "The ferry left without its lamps.")
    reload_list(ilse)
    with seen(ilse, "POST"):
        open_report(ilse, reporter.thread_id)
    ilse.evaluate("location.hash = '#/arrivals'")
    before = len(entries_of(own(by_http)))
    fetched.clear()
    where = f"**/index/{b64(by_http.id)}/deltas?*"
    ilse.route(where, altered)
    with seen(ilse, "PUT"):
        unlock_again(ilse, demonstration.member("ilse"))
        found(ilse, "lamps")
    ilse.unroute(where)
    assert reporter.thread_id in fetched
    assert len({one.thread for one in entries_of(own(by_http))}) <= before


def altered(route):
    """The server's answer with the last byte of the last file changed."""
    answer = route.fetch()
    body = bytearray(answer.body())
    body[-1] ^= 1
    route.fulfill(response=answer, body=bytes(body))


def test_a_page_put_back_or_put_in_anothers_place_costs_an_opening_and_shows_nothing_false(
    ilse, demonstration, by_http, fetched
):
    first, second = (filed(demonstration, words) for words in ("A crate of seals is short.", "The scales were set."))
    reload_list(ilse)
    for reporter in (first, second):
        with seen(ilse, "POST"):
            open_report(ilse, reporter.thread_id)
    ilse.evaluate("location.hash = '#/arrivals'")
    index = own(by_http)
    state = next(one for one in indexes(by_http) if one["owner"] == b64(by_http.id))
    version = state["pages"][0][1] if state["pages"] else 0
    old = index.put(version + 1, [entry(first.thread_id, "kept in the older page")])
    index.put(version + 2, [entry(one.thread_id, "kept in the newer page", 2) for one in (first, second)])
    page, states = f"**/index/{b64(by_http.id)}/pages/0", "**/api/at/*/index"

    def put_back(route):
        route.fulfill(body=parcel_of(0, version + 1, 0, old), content_type="application/octet-stream")

    def told_so(route):
        answer = route.fetch()
        told = answer.json()
        mine = next(one for one in told["indexes"] if one["owner"] == b64(by_http.id))
        mine["pages"], mine["change"], mine["deltas"] = [[0, version + 1, 0, len(old)]], 0, 0
        route.fulfill(response=answer, json=told)

    # The older page under its own older number opens: what it does not know is opened, and nothing is lost.
    ilse.route(page, put_back)
    ilse.route(states, told_so)
    fetched.clear()
    unlock_again(ilse, demonstration.member("ilse"))
    found(ilse, "kept in the older page")
    found(ilse, "scales were set")
    assert first.thread_id not in fetched
    assert second.thread_id in fetched
    ilse.unroute(states)
    ilse.unroute(page)

    # The older page in the place of the newer one does not open: it is named to nobody as a report.
    def in_its_place(route):
        route.fulfill(body=parcel_of(0, version + 2, 0, old), content_type="application/octet-stream")

    ilse.route(page, in_its_place)
    fetched.clear()
    unlock_again(ilse, demonstration.member("ilse"))
    found(ilse, "scales were set")
    ilse.locator("#search").fill("kept in the older page")
    expect(ilse.get_by_text("Nothing found in the reports that you have opened.")).to_be_visible()
    ilse.locator("#search").fill("")
    ilse.unroute(page)


def test_a_note_that_was_taken_away_is_missed(ilse, demonstration):
    reporter = filed(demonstration, "The rope was cut.")
    reload_list(ilse)
    open_report(ilse, reporter.thread_id)
    where = f"**/threads/{reporter.thread_id}"
    with ilse.expect_response(where) as kept:
        open_again(ilse, reporter)
    earlier = kept.value.body()
    ilse.keyboard.press("n")
    ilse.keyboard.type("Kim has the other end.")
    ilse.get_by_role("button", name="Keep the note").click()
    expect(ilse.locator(".message.note")).to_contain_text("Kim has the other end.")
    ilse.route(where, lambda route: route.fulfill(body=earlier, content_type="application/octet-stream"))
    open_again(ilse, reporter)
    expect(ilse.locator(".story .notice.danger")).to_contain_text("Something that you have read is missing")
    expect(ilse.locator(".detail article .story")).to_contain_text("The rope was cut.")
    ilse.unroute(where)
    open_again(ilse, reporter)
    expect(ilse.locator(".story .notice.danger")).to_have_count(0)
    expect(ilse.locator(".message.note")).to_contain_text("Kim has the other end.")


def open_again(page, reporter) -> None:
    page.evaluate("location.hash = '#/arrivals'")
    expect(page.get_by_role("heading", name="No report is open")).to_be_visible()
    open_report(page, reporter.thread_id)


def test_a_label_reaches_who_has_not_opened_the_report_and_no_word_does(ilse, demonstration, contexts, by_http):
    reporter = filed(demonstration, "A lorry without plates at the weir.")
    reload_list(ilse)
    open_report(ilse, reporter.thread_id)
    ilse.get_by_text("Change the labels").click()
    ilse.get_by_label("Translation needed").check()
    with seen(ilse, "POST"):
        ilse.get_by_role("button", name="Keep these labels").click()
    expect(ilse.locator(".detail article .story")).to_contain_text("You set the labels: Translation needed.")
    bao = demonstration.signed_in(contexts, "bao")
    row = in_list(bao, reporter.thread_id)
    expect(row).to_contain_text("Translation needed")
    expect(row.locator(".title")).to_have_text("Not read yet")
    bao.evaluate("location.hash = '#/arrivals?label=translation'")
    expect(bao.locator(".entry")).to_have_count(1)
    assert "lorry" not in bao.content()
    desk = demonstration.desk("Safety and security desk")
    number, seed = max((number, one.seed) for number, one in by_http.epochs(b64(desk)).items())
    entries = entries_of(SealedIndex(by_http, desk, seed, number))
    assert [from_bits(one.labels) for one in entries if b64(one.thread) == reporter.thread_id] == [("translation",)]
    assert {one.text for one in entries} == {""}
    bao.evaluate("thread => { location.hash = `#/arrivals/${thread}`; }", reporter.thread_id)
    bao.locator("#declare-none").click()
    expect(bao.locator(".detail article .story")).to_contain_text("set the labels: Translation needed.")
    bao.context.close()


def test_a_colleagues_lie_in_the_desks_index_lasts_until_the_report_is_opened(ilse, demonstration, by_http):
    reporter = filed(demonstration, "A padlock lies in the grass.")
    desk = demonstration.desk("Safety and security desk")
    number, seed = max((number, one.seed) for number, one in by_http.epochs(b64(desk)).items())
    lie = entry(reporter.thread_id, "words that nobody wrote")
    SealedIndex(by_http, desk, seed, number).add([type(lie)(**{**vars(lie), "labels": 64, "test": True})])
    reload_list(ilse)
    row = in_list(ilse, reporter.thread_id)
    expect(row).to_contain_text("Urgent")
    expect(row.locator(".title")).to_have_text("Not read yet")
    assert "words that nobody wrote" not in ilse.content()
    with seen(ilse, "POST"):
        open_report(ilse, reporter.thread_id)
    expect(row).not_to_contain_text("Urgent")
    expect(row.locator(".title")).to_have_text("A padlock lies in the grass.")


def test_of_two_members_who_fold_at_once_nothing_is_lost(ilse, demonstration, contexts, by_http):
    """Over five hundred entries wait in the desk's index when both unlock; one is quicker, the other begins anew."""
    desk = demonstration.desk("Safety and security desk")
    number, seed = max((number, one.seed) for number, one in by_http.epochs(b64(desk)).items())
    index = SealedIndex(by_http, desk, seed, number)
    threads = [row["thread"] for row in by_http.arrivals()]
    # Posts count up, so that each entry is newer than the one before: what must remain is the newest of each report.
    rounds = 560 // len(threads) + 1
    for turn in range(1, rounds + 1):
        for at in range(0, len(threads), 64):
            index.add([entry(thread, "", 100 + turn) for thread in threads[at : at + 64]])
    held = []
    where = f"**/index/{b64(desk)}/pages/*"

    def hold(route):
        if route.request.method == "PUT" and not held:
            held.append(route)
        else:
            route.continue_()

    ilse.route(where, hold)
    unlock_again(ilse, demonstration.member("ilse"))
    ilse.wait_for_timeout(0)
    for _ in range(200):
        if held:
            break
        ilse.wait_for_timeout(50)
    demonstration.running.put_on(STEP)
    bao = demonstration.signed_in(contexts, "bao")
    for _ in range(200):
        if next(one for one in indexes(by_http) if one["owner"] == b64(desk))["pages"]:
            break
        bao.wait_for_timeout(50)
    with ilse.expect_response(lambda answer: f"/index/{b64(desk)}/pages/" in answer.url and answer.status == 409):
        held[0].continue_()
    ilse.unroute(where)
    expect(ilse.locator(".rows .entry").first).to_be_visible()
    newest: dict[str, int] = {}
    for one in entries_of(index):
        newest[b64(one.thread)] = max(newest.get(b64(one.thread), 0), one.counts[0])
    assert {newest[thread] for thread in threads} == {100 + rounds}
    bao.context.close()
