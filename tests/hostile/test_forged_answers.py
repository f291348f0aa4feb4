"""A server that puts forged answers into a mailbox: each is a red line with its reason, and the rest stays readable."""

from __future__ import annotations

import json
import secrets
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from fairline.ledger.promises import make as make_promise
from fairline.seal import age
from fairline.seal.bodies import CaseHandover, write_handover
from fairline.seal.manifest import parse_manifest, write_manifest
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import derive
from fairline.seal.recipients import identity
from fairline.seal.words import words_to_entropy
from hostile.forging import Forged, Forger, MailboxForger, World, altered, yesterday
from support import made_office
from support.browsers import axe_violations
from support.installation import Installation
from support.report_page import PHONE, STORY, Contexts, Person, Stand

LIE = "The matter is closed. Please never write again."
TRUE = "Which floor was it?"


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@dataclass
class Scene:
    """A mailbox with a true report in it, and everything that its forger has stolen."""

    person: Person
    world: World
    forger: MailboxForger

    def answer(self, head: dict[str, Any], alias: str, seed: bytes, **changes: Any) -> Forged:
        """An answer under the present charter by ``alias``, signed with ``seed``."""
        return self.forger.answer(head, self.world.charter.signer(alias), seed, LIE, **changes)


@pytest.fixture(scope="module")
def sent(stand: Stand, browser: Browser) -> Scene:
    """A report sent once: each test below comes back to it, and what it is told stays in its own browser."""
    context = browser.new_context(viewport=PHONE, locale="en")
    person = Person(stand, context)
    person.to_the_end().sends()
    context.close()
    with urllib.request.urlopen(f"{stand.installation.urls['report']}/at/{stand.office}/manifest") as answer:
        files = parse_manifest(answer.read())
    made = made_office.MadeOffice.read(stand.secrets)
    key = stand.installation.folder / "var" / "secrets" / "record" / stand.office / "promise"
    mailbox = derive(words_to_entropy(" ".join(person.words), ["english"]), made.id)
    return Scene(person, World.after(Forger(made, files)), MailboxForger(made, mailbox, key.read_bytes()))


@pytest.fixture
def scene(sent: Scene, new_context: Contexts) -> Scene:
    person = Person(sent.person.stand, new_context(viewport=PHONE, locale="en"))
    person.words = sent.person.words
    # The notes of a visit to a lying server would contradict the next lie: they reach no server here.
    person.page.route("**/own", lambda route: route.fulfill(json={}))
    return replace(sent, person=person)


Change = Callable[[Scene, dict[str, Any], list[bytes]], None]


def true_answer(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    """Not forged at all: by a handler of the desk under the present charter."""
    scene.answer(head, "Handler D", scene.world.handler.seed).put(scene.forger, head, files)


def signed_by_a_stranger(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    scene.answer(head, "Handler D", secrets.token_bytes(32)).put(scene.forger, head, files)


def re_authored(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    """Another member takes the words of a handler for their own: same content, other author."""
    true = scene.answer(head, "Handler D", scene.world.handler.seed)
    bytes_of_it = age.unseal(true.own, [scene.forger.mailbox.box])
    entry, other = (b64(scene.world.charter.entries[name]) for name in ("Handler D", "Lead B"))
    assert entry.encode() in bytes_of_it
    text = bytes_of_it.replace(entry.encode(), other.encode()[: len(entry)].ljust(len(entry), b"A"))
    own = age.seal(text, [scene.forger.mailbox.box.recipient])
    replace(true, own=own).put(scene.forger, head, files)


def by_who_works_elsewhere(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    scene.answer(head, "Handler C", scene.world.elsewhere.seed).put(scene.forger, head, files)


def dated_back(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    """By who left, under the charter before, promised for yesterday, which the record of yesterday does not show."""
    old = scene.world.forger.files.sheets[b64(scene.forger.made.desks[0])][-1].by[0]
    answer = scene.forger.answer(head, old, scene.forger.made.sign, LIE)
    answer.put(scene.forger, head, files, yesterday())


def by_who_left(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    old = scene.world.forger.files.sheets[b64(scene.forger.made.desks[0])][-1].by[0]
    scene.forger.answer(head, old, scene.forger.made.sign, LIE).put(scene.forger, head, files)


def junk(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    noise = Forged(0, secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(4000))
    noise.put(scene.forger, head, files)


def junk_that_opens(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    own = age.seal(secrets.token_bytes(2048), [scene.forger.mailbox.box.recipient])
    Forged(0, secrets.token_bytes(32), secrets.token_bytes(32), own).put(scene.forger, head, files)


def for_another_thread(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    other = secrets.token_bytes(16)
    scene.answer(head, "Handler D", scene.world.handler.seed, thread=other).put(scene.forger, head, files)


def for_another_desk(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    desk = scene.forger.made.desks[1]
    scene.answer(head, "Lead B", scene.world.lead.seed, desk=desk).put(scene.forger, head, files)


def promised_by_a_stranger(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    answer = scene.answer(head, "Handler D", scene.world.handler.seed)
    answer.put(scene.forger, head, files, promise_seed=secrets.token_bytes(32))


def sealed_for_a_stranger(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    stranger = identity(secrets.token_bytes(32)).recipient
    scene.answer(head, "Handler D", scene.world.handler.seed, office_recipient=stranger).put(scene.forger, head, files)


def in_the_reporters_place(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    """The office writes as if it were the reporting person."""
    answer = scene.answer(head, "Handler D", scene.world.handler.seed, chain="r", n=1, prev=None)
    answer.put(scene.forger, head, files)
    head["posts"][0]["chain"] = "r"


def handed_over_by_who_was_not_assigned(scene: Scene, head: dict[str, Any], files: list[bytes]) -> None:
    """The lead hands the case to herself; then a handler who is not on her list hands it on, to himself."""
    case = identity(secrets.token_bytes(32)).recipient
    mine = write_handover(CaseHandover(0, case, (scene.world.lead.id,)))
    first = scene.answer(head, "Lead B", scene.world.lead.seed, kind="handover", body=mine)
    first.put(scene.forger, head, files)
    his = write_handover(CaseHandover(1, identity(secrets.token_bytes(32)).recipient, (scene.world.handler.id,)))
    taken = {"kind": "handover", "body": his, "office_recipient": case}
    scene.answer(head, "Handler D", scene.world.handler.seed, **taken).put(scene.forger, head, files)


WRONG: dict[str, tuple[Change, str]] = {
    "signed by a stranger": (signed_by_a_stranger, "Its signature does not fit."),
    "re-authored": (re_authored, ""),
    "by who works at another desk": (by_who_works_elsewhere, "Its author is not proven to work at this desk."),
    "dated back": (dated_back, "Its author is not proven to work at this desk."),
    "by who left": (by_who_left, "Its author is not proven to work at this desk."),
    "junk": (junk, "It does not have the form that it must have"),
    "junk that opens": (junk_that_opens, "It does not have the form that it must have"),
    "for another thread": (for_another_thread, "It was written for another place."),
    "for another desk": (for_another_desk, "It was written for another place."),
    "promised by a stranger": (promised_by_a_stranger, "It does not have the form that it must have"),
    "sealed for a stranger": (sealed_for_a_stranger, "It was also sealed for somebody whom nothing proves."),
    "in the reporter's place": (in_the_reporters_place, ""),
    "handed over by who was not assigned": (
        handed_over_by_who_was_not_assigned, "Its author is not proven to work at this desk."
    ),
}  # fmt: skip


def opened(scene: Scene, change: Change) -> Person:
    """Open the mailbox at a server that shows the new people's documents and changes what lies in it."""
    person = scene.person
    manifest = write_manifest(scene.world.manifest())
    earlier = json.dumps(json.loads(write_manifest(scene.world.forger.files))["charter"])

    def mailbox(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=altered(answer.body(), lambda head, files: change(scene, head, files)))

    person.page.route("**/manifest", lambda route: route.fulfill(body=manifest, content_type="application/json"))
    person.page.route("**/charter/0", lambda route: route.fulfill(body=earlier, content_type="application/json"))
    person.page.route("**/mailbox", mailbox)
    return person.comes_back().mailbox()


def test_an_answer_by_a_new_handler_is_shown(scene: Scene) -> None:
    """Otherwise the tests below would refuse for another reason."""
    person = opened(scene, true_answer)
    assert LIE in person.text()
    assert "Handler D" in person.text()
    assert person.page.locator(".story .notice.danger").count() == 0


@pytest.mark.parametrize("name", WRONG)
def test_what_is_forged_is_a_red_line(scene: Scene, name: str) -> None:
    change, expected = WRONG[name]
    person = opened(scene, change)
    red = person.page.locator(".story .notice.danger")
    assert red.count() == 1
    assert expected in red.inner_text()
    assert "does not hold" in person.text()
    assert LIE not in person.text()
    # What the reporting person wrote is there, and they can still write.
    assert STORY in person.text()
    assert person.page.get_by_label("Your message").is_editable()
    assert [line for line in person.page.said if line.startswith("uncaught")] == []


def answered_with(route: Route, _request: object, *, body: bytes) -> None:
    route.fulfill(body=body)


def test_a_mailbox_that_is_all_noise_is_a_sentence(scene: Scene) -> None:
    person = scene.person
    for body in (b"", secrets.token_bytes(65_536), b"\0\0\0\x02[]", bytes(65_536), b"\xff" * 70_000):
        person.page.unroute_all()
        person.page.route("**/mailbox", partial(answered_with, body=body))
        person.comes_back()
        person.page.wait_for_selector("#view .notice.danger, #view .notice.warning, .faults")
        assert [line for line in person.page.said if line.startswith("uncaught")] == []


@dataclass
class Liar:
    """A network or server that takes the report, and answers something else than its promise."""

    promise: bytes
    true: list[bytes]
    lie: Callable[[dict[str, Any]], bytes] | None = None

    def serve(self, route: Route) -> None:
        answer = route.fetch()
        self.true.append(answer.body())
        if self.lie is None:
            route.fulfill(response=answer)
        else:
            told = json.loads(answer.body())["promise"]
            route.fulfill(body=self.lie(told), content_type="application/json")

    def signed(
        self, told: dict[str, Any], *, leaf: bytes | None = None, seed: bytes | None = None, day: str = ""
    ) -> bytes:
        """A promise that differs in one thing from the true one."""
        made = make_promise(
            unb64(told["office"]), leaf or unb64(told["leaf"]), day or told["day"], seed or self.promise
        )
        return json.dumps({"promise": made.fields()}).encode()


CAPTIVE = b"<!doctype html><title>Hotel</title><form>Please sign in to use this network</form>"
NO_ANSWER = "What came back is no answer of the office's server"
NO_PROMISE = "What came back is not this office's promise for what you sent"
LIES: dict[str, tuple[Callable[[Liar, dict[str, Any]], bytes], str]] = {
    "a captive portal's page": (lambda _liar, _told: CAPTIVE, NO_ANSWER),
    "nothing": (lambda _liar, _told: b"", NO_ANSWER),
    "rubbish": (lambda _liar, _told: b"\xff\x00\xfe" * 400, NO_ANSWER),
    "cut off": (lambda _liar, told: json.dumps({"promise": told}).encode()[:-9], NO_ANSWER),
    "null": (lambda _liar, _told: b"null", NO_ANSWER),
    "a promise without its signature": (
        lambda _liar, told: json.dumps({"promise": {**told, "sig": ""}}).encode(), NO_ANSWER
    ),
    "for something else": (lambda liar, told: liar.signed(told, leaf=secrets.token_bytes(96)), NO_PROMISE),
    "by a stranger": (lambda liar, told: liar.signed(told, seed=secrets.token_bytes(32)), NO_PROMISE),
    "for a day to come": (lambda liar, told: liar.signed(told, day="2099-01-01"), "a day that is still to come"),
}  # fmt: skip


def test_whatever_a_drop_is_answered_the_text_stays_and_sent_again_it_is_one_report(
    stand: Stand, new_context: Contexts
) -> None:
    person = Person(stand, new_context(viewport=PHONE, locale="en"))
    person.to_the_end()
    key = stand.installation.folder / "var" / "secrets" / "record" / stand.office / "promise"
    liar = Liar(key.read_bytes(), [])
    person.page.route("**/drop", liar.serve)
    for name, (lie, expected) in LIES.items():
        liar.lie = partial(lie, liar)
        with person.page.expect_response("**/drop"):
            person.page.locator("#view .button.large").click()
        said = person.page.locator("#view .notice.danger")
        expect(said, name).to_contain_text(expected)
        assert "What you wrote is still here. You can press Send again" in person.text()
        assert STORY in person.text()
        assert person.page.locator("#view .notice.good").count() == 0
    assert axe_violations(person.page) == []
    liar.lie = None
    person.sends()
    assert "It has arrived" in person.text()
    # Each time the same bytes, so each time the same promise: one report, however often it was sent.
    assert len(liar.true) == len(LIES) + 1
    assert len(set(liar.true)) == 1
    person.comes_back().mailbox()
    assert person.page.locator(".story .message").count() == 1
    assert [line for line in person.page.said if line.startswith("uncaught")] == []
