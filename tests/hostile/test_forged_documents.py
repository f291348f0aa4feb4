"""A server that serves forged documents: the report page says what does not hold, and seals nothing to it."""

from __future__ import annotations

import secrets
import urllib.request
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect

from fairline.seal.document import DocumentFile, sign_document
from fairline.seal.manifest import ManifestFiles, parse_manifest, write_manifest
from fairline.seal.primitives import H, b64
from hostile.forging import Forger, World, today, yesterday
from support import made_office
from support.browsers import axe_violations
from support.installation import Installation
from support.report_page import PHONE, STORY, Contexts, Person, Stand


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@pytest.fixture(scope="module")
def forger(stand: Stand) -> Forger:
    with urllib.request.urlopen(f"{stand.installation.urls['report']}/at/{stand.office}/manifest") as answer:
        files = parse_manifest(answer.read())
    return Forger(made_office.MadeOffice.read(stand.secrets), files)


@pytest.fixture(scope="module")
def world(forger: Forger) -> World:
    return World.after(forger)


def first_desk(world: World) -> str:
    return b64(world.forger.made.desks[0])


def leavers_sheet(world: World) -> ManifestFiles:
    """The sheet from before, whose seed a leaver has, under today's charter."""
    desk = first_desk(world)
    return world.with_sheet(desk, *world.forger.files.sheets[desk])


def leavers_next_sheet(world: World) -> ManifestFiles:
    """A new sheet, signed by the lead of the charter before."""
    desk = first_desk(world)
    old = world.forger.files.sheets[desk][-1]
    doc = world.forger.sheet(world.sheets[desk].doc)
    signed = DocumentFile(doc, (sign_document(world.forger.made.sign, "sheet", doc),), old.by)
    return world.with_sheet(desk, world.sheets[desk], signed)


def key_that_nobody_signed(world: World) -> ManifestFiles:
    """A sheet with the server's own key under the lead's name."""
    desk = first_desk(world)
    doc = world.forger.sheet(world.sheets[desk].doc)
    stranger = sign_document(secrets.token_bytes(32), "sheet", doc)
    return world.with_sheet(desk, world.sheets[desk], DocumentFile(doc, (stranger,), world.sheets[desk].by))


def sheet_out_of_the_chain(world: World) -> ManifestFiles:
    """A sheet rightly signed that follows none."""
    desk = first_desk(world)
    doc = world.forger.sheet(world.sheets[desk].doc, prev=b64(secrets.token_bytes(32)))
    signed = DocumentFile(doc, (sign_document(world.lead.seed, "sheet", doc),), (world.charter.signer("Lead B"),))
    return world.with_sheet(desk, world.sheets[desk], signed)


def handlers_sheet(world: World) -> ManifestFiles:
    """A sheet signed by somebody of the desk who does not lead it."""
    desk = first_desk(world)
    doc = world.forger.sheet(world.sheets[desk].doc)
    signed = DocumentFile(doc, (sign_document(world.handler.seed, "sheet", doc),), (world.charter.signer("Handler D"),))
    return world.with_sheet(desk, world.sheets[desk], signed)


def charter_of_a_stranger(world: World) -> ManifestFiles:
    charter = world.forger.charter([world.lead], world.sheets, root_seed=secrets.token_bytes(32))
    return world.manifest(charter=charter.file)


def charter_that_ended(world: World) -> ManifestFiles:
    ended = {"from": (today() - timedelta(days=90)).isoformat(), "not_after": yesterday().isoformat()}
    return world.manifest(charter=world.forger.charter([world.lead], world.sheets, **ended).file)


def charter_for_years(world: World) -> ManifestFiles:
    later = {"not_after": (today() + timedelta(days=400)).isoformat()}
    return world.manifest(charter=world.forger.charter([world.lead], world.sheets, **later).file)


def root_that_nobody_signed(world: World) -> ManifestFiles:
    seed = secrets.token_bytes(32)
    doc = world.forger.root(seed, 1, H(world.forger.files.roots[0].doc))
    charter = world.forger.charter([world.lead], world.sheets, root_seed=seed, root=1)
    return world.manifest(
        roots=(*world.forger.files.roots, world.forger.signed("root", doc, seed)), charter=charter.file
    )


def root_outside_the_record(world: World) -> ManifestFiles:
    """Signed by the old root and by itself, and yet in no log: a threshold that was robbed in secret."""
    seed = secrets.token_bytes(32)
    doc = world.forger.root(seed, 1, H(world.forger.files.roots[0].doc))
    both = [world.forger.signed("root", doc, one).signatures[0] for one in (seed, None)]
    both.sort(key=lambda one: b64(one.key))
    charter = world.forger.charter([world.lead], world.sheets, root_seed=seed, root=1)
    return world.manifest(roots=(*world.forger.files.roots, DocumentFile(doc, tuple(both))), charter=charter.file)


def another_office(world: World) -> ManifestFiles:
    seed = secrets.token_bytes(32)
    doc = world.forger.root(seed, 0, None)
    charter = world.forger.charter([world.lead], world.sheets, root_seed=seed)
    return world.manifest(roots=(world.forger.signed("root", doc, seed),), charter=charter.file)


FORGED: dict[str, tuple[Callable[[World], ManifestFiles], str]] = {
    "a leaver's sheet": (leavers_sheet, "sheet-old"),
    "a leaver's next sheet": (leavers_next_sheet, "roster-proof"),
    "a key that nobody signed": (key_that_nobody_signed, "sheet-signer"),
    "a sheet out of the chain": (sheet_out_of_the_chain, "sheet-old"),
    "a sheet by who does not lead": (handlers_sheet, "sheet-signer"),
    "a stranger's charter": (charter_of_a_stranger, "charter-signature"),
    "a charter that ended": (charter_that_ended, "the last day of the office's signed list"),
    "a charter for years": (charter_for_years, "charter-long"),
    "a root that nobody signed": (root_that_nobody_signed, "root-threshold"),
    "a root outside the record": (root_outside_the_record, "root-unlogged"),
    "another office": (another_office, "not the office that your poster"),
}


def serving(person: Person, manifest: bytes) -> None:
    """Let the server of this person serve another manifest."""
    person.page.route("**/manifest", lambda route: route.fulfill(body=manifest, content_type="application/json"))


def posted(person: Person, what: str) -> list[str]:
    return [url for url in person.requests if url.endswith(f"/{what}")]


def test_the_office_with_all_new_people_is_believed(stand: Stand, world: World, new_context: Contexts) -> None:
    """Otherwise the tests below would refuse for another reason."""
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    serving(person, write_manifest(world.manifest()))
    person.opens().writes().chooses().goes_on()
    assert person.page.locator("#view .notice.danger").count() == 0


@pytest.mark.parametrize("name", FORGED)
def test_what_is_forged_is_refused_with_words(stand: Stand, world: World, new_context: Contexts, name: str) -> None:
    forge, expected = FORGED[name]
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    serving(person, write_manifest(forge(world)))
    person.opens()
    person.page.fill("#what", STORY)
    person.page.click("#go-on")
    person.page.wait_for_selector("#view .notice.danger")
    assert expected in person.text()
    # Trying again changes nothing, and there is no way round it.
    person.page.locator("#view .notice.danger button").first.click()
    person.page.wait_for_selector("#view .notice.danger")
    person.page.locator("#view .actions .button").first.click()
    person.page.wait_for_selector("#view .notice.danger")
    assert person.page.locator("#concerns").count() == 0
    assert posted(person, "drop") == []
    person.page.go_back()
    person.page.wait_for_selector("#first:not([hidden])")
    assert person.page.input_value("#what") == STORY
    assert [line for line in person.page.said if line.startswith("uncaught")] == []


@pytest.mark.parametrize("name", ["a leaver's next sheet", "a key that nobody signed", "a stranger's charter"])
def test_what_is_forged_at_the_last_moment_is_not_sealed_to(
    stand: Stand, world: World, new_context: Contexts, name: str
) -> None:
    """The server says that the desk has a new key, and shows one that does not hold."""
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    person.to_the_end()
    serving(person, write_manifest(FORGED[name][0](world)))

    def stale(route: Route) -> None:
        route.fulfill(status=409, body='{"error":"epoch","message":"x"}', content_type="application/json")

    person.page.route("**/drop", stale)
    person.page.locator("#view .button.large").click()
    person.page.wait_for_selector("#view .notice.danger")
    assert "do not hold" in person.text()
    assert STORY in person.text()
    assert len(posted(person, "drop")) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[" * 20_000, b'{"v":2}', b"\xff\xfe", b'{"v":1,"v":1}'])
def test_a_broken_manifest_is_a_sentence_and_the_text_stays(stand: Stand, new_context: Contexts, body: bytes) -> None:
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    serving(person, body)
    person.opens()
    person.page.fill("#what", STORY)
    person.page.click("#go-on")
    person.page.wait_for_selector("#view .notice.danger")
    assert len(person.page.locator("#view .notice.danger").inner_text().split()) > 5
    person.page.go_back()
    assert person.page.input_value("#what") == STORY
    assert [line for line in person.page.said if line.startswith("uncaught")] == []


def visit(person: Person, manifest: ManifestFiles, *, poster: bool = True) -> str:
    """Come to the mailbox of a server that shows these documents; return what the page says."""
    person.page.unroute_all()
    serving(person, write_manifest(manifest))
    person.opens(pin=None if poster else "")
    person.page.click("#open-mailbox")
    person.page.fill("#receipt-words", " ".join(person.words))
    person.page.click("#open")
    person.mailbox()
    return person.text()


def test_documents_older_than_on_the_last_visit_are_a_red_line_and_nothing_is_sealed(
    stand: Stand, world: World, new_context: Contexts
) -> None:
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    person.to_the_end().sends()
    before, after = world.forger.files, world.manifest()
    red = person.page.locator("#view .notice.danger").filter(has_text="does not show this office as it was before")
    message = person.page.get_by_label("Your message")
    # A name, a number and new words are sealed to the office as a message is.
    others = [person.page.get_by_text(text) for text in ("What the office knows about you", "Make new words")]

    with person.page.expect_response("**/own"):
        visit(person, before)
    expect(red).to_have_count(0)
    for other in others:
        expect(other).to_have_count(1)
    with person.page.expect_response("**/own"):
        visit(person, after)
    expect(red).to_have_count(0)
    expect(message).to_be_editable()

    # All of it is rightly signed and in force: only the notes of the last visit say that it is what was before. Said
    # once more on the visit after, for what contradicts them takes no place in them.
    for _visit in range(2):
        assert STORY in visit(person, before)
        expect(red).to_contain_text("The list of people and keys is an older one than you have seen before.")
        expect(red).to_contain_text("Seen before: number 1. Shown now: number 0.")
        expect(red).to_contain_text("The desk's key is an older one than you have seen before.")
        expect(red).to_contain_text("Integrity Office, Quay 1, Nordhafen")
        for sealing in (message, *others):
            expect(sealing).to_have_count(0)
    assert axe_violations(person.page) == []

    # Without a poster's code nothing else would tell that this is another office.
    visit(person, another_office(world), poster=False)
    expect(red).to_contain_text("It is another office under the same address")
    expect(message).to_have_count(0)

    visit(person, after)
    expect(red).to_have_count(0)
    expect(message).to_be_editable()


def test_what_was_kept_for_the_next_visit_and_is_not_given_back(
    stand: Stand, world: World, new_context: Contexts
) -> None:
    """The limit: a server that holds these notes back looks as one that never had any. What is no note is said."""
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    person.to_the_end().sends()
    with person.page.expect_response("**/own"):
        visit(person, world.manifest())
    kept: dict[str, bytes | None] = {"notes": None}

    def notes(route: Route) -> None:
        if kept["notes"] is None:
            route.fulfill(status=404, body='{"error":"no-own","message":"x"}', content_type="application/json")
        else:
            route.fulfill(body=kept["notes"], content_type="application/octet-stream")

    person.page.context.route("**/own/read", notes)
    visit(person, world.forger.files)
    expect(person.page.locator("#view .notice.danger")).to_have_count(0)
    kept["notes"] = secrets.token_bytes(65_536)
    visit(person, world.forger.files)
    odd = person.page.locator("#view .notice.warning").filter(
        has_text="What this page kept for you last time does not open"
    )
    expect(odd).to_be_visible()
    expect(person.page.get_by_label("Your message")).to_be_editable()
    assert [line for line in person.page.said if line.startswith("uncaught")] == []
