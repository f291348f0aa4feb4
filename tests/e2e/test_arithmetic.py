"""The arithmetic before a report goes out: done while the person writes, with a worker, without one, and once more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Route

from fairline.seal.parcel import read_parcel
from fairline.seal.primitives import unb64
from fairline.seal.work import POST, REPORT, Challenge, key, post_subject, read_challenge, salt, zeros
from support.installation import Installation
from support.noise import Line
from support.report_page import PHONE, Contexts, Person, Stand


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    # The challenge changes every ten minutes; here it stays.
    installation.set_clock(datetime.now(UTC).isoformat())
    return Stand.begin(installation)


@pytest.fixture
def person(stand: Stand, new_context: Contexts) -> Iterator[Person]:
    somebody = Person(stand, new_context(viewport=PHONE, locale="en"))
    yield somebody
    assert [line for line in somebody.page.said if line.startswith("uncaught")] == []


@pytest.fixture
def challenge(stand: Stand) -> Challenge:
    line = Line(stand.installation.urls["report"], unb64(stand.office))
    return read_challenge(json.loads(line.send("GET", f"/at/{stand.office}/work").body))


@pytest.fixture
def sent(person: Person) -> list[bytes]:
    """What the page has sent; a blob's bytes are seen only where requests are held on their way."""
    bodies: list[bytes] = []

    def hear(route: Route) -> None:
        bodies.append(route.request.post_data_buffer or b"")
        route.fallback()

    person.page.route("**/drop", hear)
    person.page.route("**/post", hear)
    return bodies


def zeros_of(body: bytes, challenge: Challenge) -> int:
    head = read_parcel(body).head
    return zeros(key(challenge.nonce, head["work"]["counter"], salt(REPORT, unb64(head["id"])), challenge.cost))


def test_it_is_done_while_the_person_writes(person: Person, challenge: Challenge, sent: list[bytes]) -> None:
    person.opens()
    with person.page.expect_worker():
        person.writes()
    person.chooses().goes_on().keeps_the_receipt().sends()
    assert len(sent) == 1
    assert zeros_of(sent[0], challenge) >= challenge.bits
    # The page came with the challenge: nothing more was asked for.
    assert [url for url in person.requests if url.endswith("/work")] == []


def test_without_a_worker_it_is_done_in_the_page(person: Person, challenge: Challenge, sent: list[bytes]) -> None:
    person.page.route("**/work-worker.*", lambda route: route.abort())
    person.to_the_end().sends()
    assert person.page.workers == []
    assert zeros_of(sent[0], challenge) >= challenge.bits


def test_where_it_has_become_harder_the_page_works_and_sends_again_by_itself(
    person: Person, challenge: Challenge, sent: list[bytes]
) -> None:
    harder = Challenge(challenge.span, challenge.nonce, challenge.cost, challenge.bits + 5)
    said = {"error": "work", "message": "Some arithmetic first.", "work": harder.fields()}
    refused: list[int] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        if refused:
            route.continue_()
            return
        refused.append(409)
        route.fulfill(status=409, content_type="application/json", body=json.dumps(said))

    person.page.route("**/drop", refuse)
    person.to_the_end().sends()
    assert len(sent) == 2
    assert zeros_of(sent[1], challenge) >= harder.bits
    assert read_parcel(sent[0]).files == read_parcel(sent[1]).files


def test_where_too_much_comes_in_the_page_says_so_and_sends_again_by_itself(
    person: Person, sent: list[bytes]
) -> None:
    said: list[str] = []

    def busy(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        if len(sent) > 1:
            said.append(person.text())
            route.continue_()
            return
        body = json.dumps({"error": "busy", "message": "Too much is coming in."})
        route.fulfill(status=503, headers={"Retry-After": "1"}, content_type="application/json", body=body)

    person.page.route("**/drop", busy)
    person.to_the_end().sends()
    assert "What you wrote is sent again by itself in a few seconds" in said[0]
    assert sent[0] == sent[1]


def test_who_cannot_get_through_keeps_what_was_written_and_reads_the_other_ways(person: Person) -> None:
    full = {"error": "full", "message": "The office cannot take anything at the moment. Nothing was stored."}
    person.page.route(
        "**/drop", lambda route: route.fulfill(status=409, content_type="application/json", body=json.dumps(full))
    )
    person.to_the_end()
    person.page.locator("#view .button.large").click()
    person.page.wait_for_selector("#view .notice.danger")
    text = person.text()
    assert full["message"] in text
    assert "What you wrote is still here" in text
    assert "You can also reach the office in one of these ways" in text
    assert person.page.locator("#view .ways .card").count() >= 1


def test_a_message_has_its_own(person: Person, challenge: Challenge, sent: list[bytes]) -> None:
    person.to_the_end().sends()
    person.comes_back().mailbox()
    person.page.locator("#view textarea").first.fill("One thing more: it was raining.")
    with person.page.expect_response("**/post") as answered:
        person.page.get_by_role("button", name="Send", exact=True).click()
    assert answered.value.status == 200
    first, second = (read_parcel(body).head for body in sent)
    assert (first.get("chain", ""), second["chain"], second["n"]) == ("", "r", 1)
    subject = post_subject(unb64(second["thread"]), 1)
    done = key(challenge.nonce, second["work"]["counter"], salt(POST, subject), challenge.cost)
    assert zeros(done) >= challenge.bits
