"""A server that shows a member forged documents or keys, or answers rubbish: red words, a print, and nothing lost."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from e2e.workbench import open_report
from fairline.seal.document import DocumentFile, parse_file, sign_document
from fairline.seal.jsontext import parse, write
from fairline.seal.manifest import ManifestFiles, parse_manifest, write_manifest
from fairline.seal.pins import Pin, Pins
from fairline.seal.primitives import H, b64, public_key, unb64
from fairline.seal.root import RootKey, ed25519_seed, write_root
from fairline.seal.vault import open_vault, seal_vault, unlock_by_passphrase, unwrap_seed
from support.browsers import axe_violations

PATIENCE = 60_000
QUESTION = "Which week was it when you saw it first?"
PRINTED = "window.print = () => { window.printed = document.querySelector('.sheet').innerText; };"


def signed(label: str, doc: bytes, by: tuple[Any, ...] = ()) -> DocumentFile:
    """A document under the server's own key."""
    return DocumentFile(doc, (sign_document(secrets.token_bytes(32), label, doc),), by)


def a_strangers_charter(files: ManifestFiles) -> ManifestFiles:
    """Nobody's custodians but the server's: the list of people leaves the office's own out."""
    fields: dict[str, Any] = dict(parse(files.charter.doc))
    fields |= {"number": fields["number"] + 1, "prev": b64(H(files.charter.doc))}
    fields["custody"] = {**fields["custody"], "custodians": fields["custody"]["custodians"][1:]}
    return replace(files, charter=signed("charter", write(fields)))


def next_sheet(files: ManifestFiles, **changes: Any) -> ManifestFiles:
    desk, chain = next(iter(files.sheets.items()))
    fields: dict[str, Any] = dict(parse(chain[-1].doc))
    fields |= {"number": fields["number"] + 1, "prev": b64(H(chain[-1].doc)), **changes}
    return replace(files, sheets={**files.sheets, desk: (*chain, signed("sheet", write(fields), chain[-1].by))})


def a_leavers_sheet(files: ManifestFiles) -> ManifestFiles:
    """The key of an epoch before, under today's charter."""
    desk, chain = next(iter(files.sheets.items()))
    fields: dict[str, Any] = dict(parse(chain[0].doc))
    old = signed("sheet", write({**fields, "reason": "The key before."}), chain[0].by)
    return replace(files, sheets={**files.sheets, desk: (old,)})


def a_sheet_that_nobody_signed(files: ManifestFiles) -> ManifestFiles:
    return next_sheet(files, reason="A new key.")


def a_root_that_nobody_signed(files: ManifestFiles) -> ManifestFiles:
    seed = secrets.token_bytes(32)
    last = parse(files.roots[-1].doc)
    key = RootKey(public_key(ed25519_seed(seed)), secrets.token_bytes(32))
    doc = write_root(unb64(last["office"]), last["number"] + 1, H(files.roots[-1].doc), [key], 1)
    return replace(files, roots=(*files.roots, signed("root", doc)))


def the_office_before(files: ManifestFiles, earlier: DocumentFile) -> ManifestFiles:
    """Root and charter as they were once, rightly signed: numbers below those that this member's browser has seen."""
    return replace(files, roots=files.roots[:1], rooted=(), charter=earlier)


FORGED: dict[str, tuple[Callable[[ManifestFiles], ManifestFiles] | None, str]] = {
    "root and charter of before": (None, "have not put in place"),
    "a charter without a custodian": (a_strangers_charter, "not enough administrators have signed"),
    "a leaver's sheet": (a_leavers_sheet, "Somebody who has left may have it"),
    "a sheet that nobody signed": (a_sheet_that_nobody_signed, "no lead of the desk has signed"),
    "a root that nobody signed": (a_root_that_nobody_signed, "have not put in place"),
}


@pytest.fixture(scope="module")
def noor(office_at_work: Any, contexts: Any) -> Page:
    """A lead and administrator, whose page has seen the true documents."""
    context = contexts(viewport={"width": 1280, "height": 850}, locale="en")
    context.add_init_script(PRINTED)
    page: Page = office_at_work.signed_in(lambda **_options: context, "noor")
    return page


@pytest.fixture
def asked(noor: Page) -> Iterator[list[Request]]:
    """What the page asked the server to do since."""
    found: list[Request] = []
    hear = lambda request: found.append(request) if request.method in {"POST", "PUT"} else None  # noqa: E731
    noor.on("request", hear)
    yield found
    noor.remove_listener("request", hear)
    noor.unroute_all()


def lock(page: Page) -> None:
    page.locator("body").press("Shift+L")
    expect(page.get_by_role("heading", name="Your keys are locked")).to_be_visible()


def unlock(page: Page, passphrase: str) -> None:
    page.locator("input[autocomplete=current-password]").fill(passphrase)
    page.locator("form button[type=submit]").click()


def nothing_done(asked: list[Request]) -> None:
    """To unlock, the page asks for the salt; all else would sign, wrap or keep something."""
    assert [one.url for one in asked if not one.url.endswith("/signin/start")] == []


@pytest.mark.parametrize("name", FORGED)
def test_forged_documents_are_a_red_page_with_a_print(
    office_at_work: Any, noor: Page, asked: list[Request], name: str
) -> None:
    forge, expected = FORGED[name]
    passphrase = office_at_work.member("noor")["passphrase"]

    def serve(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        files = parse_manifest(unb64(told["manifest"]))
        earlier = parse_file(unb64(told["earlier"][0]))
        told["manifest"] = b64(write_manifest(forge(files) if forge else the_office_before(files, earlier)))
        route.fulfill(response=answer, body=json.dumps(told))

    lock(noor)
    noor.route("**/documents", serve)
    unlock(noor, passphrase)
    alarm = noor.locator("#unproven")
    expect(alarm).to_contain_text(expected, timeout=PATIENCE)
    expect(alarm).to_contain_text("Tell oversight and the other administrators by another way")
    expect(noor.get_by_role("navigation", name="Views")).to_have_count(0)
    assert noor.workers == []
    assert axe_violations(noor) == []
    noor.get_by_role("button", name="Print").click()
    printed = noor.evaluate("window.printed")
    assert expected in printed
    nothing_done(asked)
    noor.unroute_all()
    noor.evaluate("dispatchEvent(new Event('afterprint'))")
    noor.get_by_role("button", name="Try again").click()
    unlock(noor, passphrase)
    expect(noor.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("how", ["sig", "file"])
def test_a_forged_key_file_is_refused_in_red_and_nothing_is_wrapped_to(
    office_at_work: Any, noor: Page, asked: list[Request], how: str
) -> None:
    """Signed by nobody of the office, or no key file at all."""
    passphrase = office_at_work.member("noor")["passphrase"]

    def serve(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        for row in told["files"]:
            row[how] = b64(secrets.token_bytes(len(unb64(row[how]))))
        route.fulfill(response=answer, body=json.dumps(told))

    lock(noor)
    noor.route("**/desks/*/keys", serve)
    unlock(noor, passphrase)
    alarm = noor.locator("#standing .danger").filter(has_text="The newest keys of")
    expect(alarm).to_contain_text("Tell oversight by another way", timeout=PATIENCE)
    alarm.get_by_role("button", name="Print").click()
    assert "The newest keys of" in noor.evaluate("window.printed")
    assert [one.url for one in asked if one.url.endswith(("/unlocked", "/keys", "/proposals"))] == []
    noor.evaluate("dispatchEvent(new Event('afterprint'))")


def newer_charter(pins: Pins) -> Pins:
    assert pins.charter is not None
    return replace(pins, charter=Pin(pins.charter.number + 1, secrets.token_bytes(32)))


def newer_sheet(pins: Pins) -> Pins:
    desk, pin = next(iter(pins.sheets.items()))
    return replace(pins, sheets={**pins.sheets, desk: Pin(pin.number + 1, secrets.token_bytes(32))})


SEEN: dict[str, tuple[Callable[[Pins], Pins], str]] = {
    "charter": (newer_charter, "an older list of people than this browser has seen before"),
    "sheet": (newer_sheet, "Somebody who has left may have it"),
}


@pytest.mark.parametrize("name", SEEN)
def test_a_number_below_the_one_that_the_vault_remembers_is_a_red_page(
    office_at_work: Any, noor: Page, asked: list[Request], name: str
) -> None:
    """Everything shown is rightly signed and in force: only what this member has seen says that it is an older one."""
    remember, expected = SEEN[name]
    passphrase = office_at_work.member("noor")["passphrase"]
    salts: list[bytes] = []

    def start(route: Route) -> None:
        answer = route.fetch()
        salts.append(unb64(answer.json()["salt"]))
        route.fulfill(response=answer)

    def vault(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        way = unlock_by_passphrase(passphrase, salts[-1]).wrap
        seed = unwrap_seed(unb64(told["wraps"]["passphrase"]), way)
        kept = open_vault(unb64(told["vault"]), seed, unb64(told["member"]))
        told["vault"] = b64(seal_vault(replace(kept, pins=remember(kept.pins)), seed))
        route.fulfill(response=answer, body=json.dumps(told))

    lock(noor)
    noor.route("**/signin/start", start)
    noor.route("**/vault", vault)
    unlock(noor, passphrase)
    alarm = noor.locator("#unproven")
    expect(alarm).to_contain_text(expected, timeout=PATIENCE)
    expect(noor.get_by_role("navigation", name="Views")).to_have_count(0)
    assert noor.workers == []
    nothing_done(asked)
    noor.unroute_all()
    noor.get_by_role("button", name="Try again").click()
    unlock(noor, passphrase)
    expect(noor.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)


SHOWN: dict[str, tuple[Callable[[ManifestFiles], bytes], str]] = {
    "a charter without a custodian": (lambda files: write_manifest(a_strangers_charter(files)), "charter-signature"),
    "a sheet that nobody signed": (lambda files: write_manifest(a_sheet_that_nobody_signed(files)), "sheet-signer"),
    "nothing that can be read": (lambda _files: b"<html>Please sign in</html>", "unreadable"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_reporting_persons_are_shown_is_looked_at_with_every_unlock(
    office_at_work: Any, noor: Page, asked: list[Request], name: str
) -> None:
    """The office door tells the truth; the report door shows something else."""
    forge, code = SHOWN[name]
    passphrase = office_at_work.member("noor")["passphrase"]
    tampered = noor.locator("#tampered")

    def serve(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=forge(parse_manifest(answer.body())))

    lock(noor)
    noor.route(f"{office_at_work.running.urls['report']}/at/*/manifest", serve)
    unlock(noor, passphrase)
    expect(tampered).to_contain_text("Do not rely on the report page now.", timeout=PATIENCE)
    expect(tampered).to_contain_text(f"could not be proven: {code}")
    tampered.get_by_role("button", name="Print").click()
    assert code in noor.evaluate("window.printed")
    noor.evaluate("dispatchEvent(new Event('afterprint'))")
    noor.unroute_all()
    lock(noor)
    unlock(noor, passphrase)
    expect(noor.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)
    expect(tampered).to_have_count(0)


RUBBISH = {
    "nothing": b"", "cut off": b'{"promise":{"v":1,', "no UTF-8": b"\xff\xfe{}", "no JSON": b"<html>A gateway</html>",
}  # fmt: skip


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_for_an_answer_is_a_sentence_and_the_text_stays(
    office_at_work: Any, noor: Page, asked: list[Request], name: str
) -> None:
    lock(noor)
    unlock(noor, office_at_work.member("noor")["passphrase"])
    expect(noor.get_by_role("navigation", name="Views")).to_be_visible(timeout=PATIENCE)
    reporter = office_at_work.reporter("Integrity desk")
    reporter.file({"what": f"The tender of May was opened early ({name})."})
    open_report(noor, reporter.thread_id)
    noor.keyboard.press("r")
    noor.keyboard.type(QUESTION)
    noor.route("**/posts", lambda route: route.fulfill(body=RUBBISH[name], content_type="application/json"))
    noor.get_by_role("button", name="Look it over and send").click()
    noor.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(noor.locator(".faults, .notice.danger").first).to_contain_text("cannot read", timeout=PATIENCE)
    expect(noor.locator("#draft")).to_have_value(QUESTION)
    assert [line for line in noor.said if line.startswith("uncaught")] == []
