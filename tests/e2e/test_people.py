"""A second administrator: eight words, root document 1, threshold two, and the same poster as before."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from e2e.office_pages import PATIENCE, Person, heading, invite, join, press, set_up, sign_in, write
from factories.reporter import manifest_at
from fairline.seal.primitives import unb64
from support.browsers import axe_violations, listened

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def office(make_installation, browser):
    """A freshly founded office with its one administrator's page."""
    installation = make_installation("sqlite")
    page = listened(browser.new_context(viewport=WIDE).new_page())
    set_up(page, installation, Person("Anna Weber", "anna"))
    yield installation, page
    page.context.close()


@pytest.fixture(scope="module")
def ben() -> Person:
    """Who becomes the second administrator."""
    return Person("Ben Okafor", "ben")


def come_back(page) -> None:
    """The person returns to this window."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def office_id(page) -> bytes:
    return unb64(page.url.split("/at/")[1][:22])


def poster_words(page) -> list[str]:
    """Enter the view anew, so that it shows what is in force now."""
    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="People and keys").click()
    card = page.locator(".card").filter(has_text="Root and poster")
    expect(card).to_be_visible(timeout=PATIENCE)
    return card.locator(".words li").all_inner_texts()


def test_swapped_keys_are_named_before_anybody_signs(office, new_context):
    """A server that hands over other keys than the invited browser sent."""
    _installation, page = office
    link = invite(page, "Cleo Marin", "handler at Reporting desk")
    theirs = listened(new_context(viewport=WIDE).new_page())
    join(theirs, link, Person("Cleo Marin", "cleo"))

    def swapped(route: Route) -> None:
        answer = route.fetch()
        told = json.loads(answer.text())
        for row in told["invitations"]:
            if "joining" in row:
                row["joining"]["mac"] = "A" * 43
        route.fulfill(response=answer, body=json.dumps(told))

    page.route("**/invitations", swapped)
    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="People and keys").click()
    alarm = page.locator(".card .notice.danger")
    expect(alarm).to_contain_text("were not made by who holds your invitation", timeout=PATIENCE)
    assert page.get_by_role("button", name="Take them in").count() == 0
    page.unroute("**/invitations")
    press(page, "Take back")
    expect(page.locator(".card").filter(has_text="Cleo Marin")).to_have_count(0, timeout=PATIENCE)


def test_desks_that_one_person_works_at_are_not_called_independent(office):
    _installation, page = office
    page.get_by_role("link", name="Desks", exact=True).click()
    press(page, "New desk")
    write(page, "Name of the desk", "Second desk")
    write(page, "In immediate danger", "Call 112.")
    write(page, "Complaints about this office", "The ombudsperson, Quay Street 4")
    write(page, "Telephone for reports", "+49 30 5550124")
    press(page, "See what changes")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("A new desk, still closed: Second desk.", timeout=PATIENCE)
    dialog.get_by_role("button", name="Sign", exact=True).click()
    card = page.locator("section.card").filter(has_text="Second desk").last
    expect(card).to_contain_text("counts as independent of no other desk", timeout=PATIENCE)
    card.get_by_role("button", name="Independence").click()
    expect(dialog).to_contain_text("Works at both: Anna Weber.")
    dialog.get_by_label("Reporting desk").check()
    press(page, "See what changes")
    expect(dialog).to_contain_text("Two desks that one person works at cannot be called independent", timeout=PATIENCE)
    dialog.get_by_role("button", name="Close").click()


def test_the_second_administrator_signs_and_the_poster_stays(office, new_context, ben):
    installation, page = office
    words = poster_words(page)
    expect(page.locator("#standing")).to_contain_text("One administrator alone")
    link = invite(page, "Ben Okafor", "handler at Reporting desk", "administrator")
    theirs = listened(new_context(viewport=WIDE).new_page())
    eight = join(theirs, link, ben)
    assert (len(ben.root), len(eight)) == (24, 8)

    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="People and keys").click()
    card = page.locator(".card").filter(has_text="Has answered")
    expect(card.locator(".words li")).to_have_text(eight)
    card.get_by_label("Name that reporting persons see").fill("Ahorn")
    card.get_by_role("button", name="Take them in").click()
    expect(page.locator(".faults")).to_contain_text("compare the words first")
    card.get_by_label("I have compared these eight words").check()
    card.get_by_role("button", name="Take them in").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The root changes: 2 keys, 2 of them must sign")
    dialog.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("1 more signature is needed.")).to_be_visible(timeout=PATIENCE)
    assert manifest_at(installation.urls["report"], office_id(page)).root.number == 0

    press(theirs, "Look again")
    heading(theirs, "Waiting for your signature")
    press(theirs, "Sign")
    expect(theirs.get_by_role("link", name="People and keys")).to_be_visible(timeout=PATIENCE)
    manifest = manifest_at(installation.urls["report"], office_id(page))
    assert (manifest.root.number, manifest.root.threshold) == (1, 2)

    assert poster_words(page) == words
    assert poster_words(theirs) == words
    expect(page.locator("#standing")).not_to_contain_text("One administrator alone")
    assert axe_violations(theirs) == []


def test_what_would_happen_if_they_left_is_said(office):
    _installation, page = office
    row = page.get_by_role("row").filter(has_text="Anna Weber")
    expect(row).to_contain_text("One person alone would read at Reporting desk.", timeout=PATIENCE)
    expect(row).to_contain_text("Nobody could renew the keys of Reporting desk.")


def test_who_lost_all_but_paper_comes_back_with_the_printed_root_key(office, new_context, ben):
    """Two of two must sign, and one of the two has the printed words only."""
    installation, page = office
    page.get_by_role("row").filter(has_text="Ben Okafor").get_by_role("button", name="New keys").click()
    page.get_by_role("dialog").get_by_role("button", name="Make the link").click()
    press(page, "Yes, it is on paper")
    link = page.locator("#invitation-link").inner_text(timeout=PATIENCE)
    press(page, "Done")
    renewed = Person("Ben Okafor", "ben", "nine slow ferries cross at dawn")
    theirs = listened(new_context(viewport=WIDE).new_page())
    join(theirs, link, renewed)
    heading(theirs, "Restore your root key")
    write(theirs, "The twenty-four words of your root key", " ".join(ben.root))
    press(theirs, "Restore the root key")
    expect(theirs.get_by_role("heading", name="Restore your root key")).to_have_count(0, timeout=PATIENCE)

    come_back(page)
    card = page.locator(".card").filter(has_text="Has answered")
    card.get_by_label("Name that reporting persons see").fill("Ahorn", timeout=PATIENCE)
    card.get_by_label("I have compared these eight words").check()
    card.get_by_role("button", name="Take them in").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Ahorn gets new keys", timeout=PATIENCE)
    assert "The root changes" not in dialog.inner_text()
    dialog.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("1 more signature is needed.")).to_be_visible(timeout=PATIENCE)

    come_back(theirs)
    heading(theirs, "Waiting for your signature")
    press(theirs, "Sign")
    expect(theirs.get_by_role("link", name="People and keys")).to_be_visible(timeout=PATIENCE)
    assert manifest_at(installation.urls["report"], office_id(page)).root.number == 1
    come_back(page)
    expect(page.get_by_text("1 more signature is needed.")).to_have_count(0, timeout=PATIENCE)
    sign_in(listened(new_context(viewport=WIDE).new_page()), installation, renewed)
