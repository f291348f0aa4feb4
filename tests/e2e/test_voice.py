"""Somebody speaks instead of writing: recorded, heard again, thrown away, sent without a word typed."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from support.browsers import axe_violations
from support.installation import Installation
from support.report_page import PHONE, Contexts, Person, Stand

EBML = b"\x1a\x45\xdf\xa3"


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@pytest.fixture
def person(stand: Stand, new_context: Contexts) -> Iterator[Person]:
    somebody = Person(stand, new_context(viewport=PHONE, locale="en"))
    yield somebody
    assert [line for line in somebody.page.said if line.startswith(("uncaught", "error: Refused"))] == []


def speaks(person: Person) -> Person:
    """From the first page to the recorder."""
    person.opens().page.click("#speak")
    expect(person.page.get_by_role("button", name="Start recording")).to_be_visible()
    return person


def records(person: Person) -> Person:
    """Record for as long as the clock takes to move once."""
    person.page.get_by_role("button", name="Start recording").click()
    expect(person.page.get_by_text("0:01")).to_be_visible()
    person.page.get_by_role("button", name="Stop recording").click()
    expect(person.page.locator(".files audio")).to_have_count(1)
    return person


def test_a_report_is_spoken_and_no_word_is_typed(person: Person) -> None:
    speaks(person)
    assert "A voice can be recognised" in person.text()
    assert "Everyone on the desk that you choose will hear it" in person.text()
    records(person)
    heard = person.page.wait_for_function("() => document.querySelector('.files audio').readyState > 0")
    assert heard.json_value()
    person.page.get_by_role("button", name="Continue").click()
    person.page.wait_for_selector("#concerns")
    assert not any("/blobs/" in url for url in person.requests), "it has left the device before a desk was chosen"
    person.chooses().goes_on().types_the_receipt_back()
    expect(person.page.locator(".files .chip.good")).to_be_visible()
    person.checks().sends()
    came = person.stand.attached()["voice-1.webm"]
    assert came["type"] == "audio/webm"
    assert base64.urlsafe_b64decode(came["content"] + "==").startswith(EBML)
    assert "what" not in came["said"]
    person.page.get_by_role("button", name="Open my mailbox").click()
    person.mailbox()
    assert "voice-1.webm" in person.text()


STREAMS = """() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  globalThis.streams = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    streams.push(await real(wanted));
    return streams.at(-1);
  };
}"""
ENDED = "() => streams.flatMap((one) => one.getTracks()).map(({ readyState }) => readyState)"


def test_who_goes_on_while_they_record_loses_no_word_and_the_microphone_is_off(person: Person) -> None:
    speaks(person).page.evaluate(STREAMS)
    person.page.get_by_role("button", name="Start recording").click()
    expect(person.page.get_by_text("0:01")).to_be_visible()
    person.page.get_by_role("button", name="Continue").click()
    person.page.wait_for_selector("#concerns")
    assert person.page.evaluate(ENDED) == ["ended"]
    person.chooses().goes_on().types_the_receipt_back()
    expect(person.page.locator(".files .chip.good")).to_be_visible()
    assert "voice-1.webm" in person.text()


def test_two_presses_leave_no_microphone_on(person: Person) -> None:
    """The browser may give the first microphone after the second."""
    late = STREAMS.replace(
        "streams.push(await real(wanted));",
        """const first = globalThis.asked === undefined;
    globalThis.asked = true;
    const one = await real(wanted);
    if (first) await new Promise((over) => setTimeout(over, 500));
    streams.push(one);""",
    ).replace("streams.at(-1)", "one")
    speaks(person).page.evaluate(late)
    person.page.get_by_role("button", name="Start recording").dblclick()
    expect(person.page.get_by_text("0:01")).to_be_visible()
    person.page.wait_for_function("() => streams.length === 2")
    person.page.get_by_role("button", name="Stop recording").click()
    expect(person.page.locator(".files audio")).to_have_count(1)
    assert person.page.evaluate(ENDED) == ["ended", "ended"]


def test_a_recording_that_is_taken_out_is_not_sent(person: Person) -> None:
    records(speaks(person))
    person.page.get_by_role("button", name="Take out: voice-1.webm").click()
    expect(person.page.locator(".files > li")).to_have_count(0)
    person.page.get_by_role("button", name="Continue").click()
    expect(person.page.locator("#view .notice.danger")).to_contain_text("record something first")


def test_a_voice_is_added_to_a_written_report(person: Person) -> None:
    person.opens().writes().chooses().goes_on().types_the_receipt_back()
    person.page.get_by_role("button", name="Record your voice").click()
    expect(person.page.locator("#view")).to_contain_text("Everyone at First desk will hear it")
    records(person)
    expect(person.page.locator(".files .chip.good")).to_be_visible()
    assert axe_violations(person.page) == []
    person.checks().sends()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("delete globalThis.MediaRecorder", "This browser cannot record here"),
        ("MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
         "does not let this page use a microphone"),
    ],
)  # fmt: skip
def test_where_nothing_can_be_recorded_the_page_says_so_and_takes_a_file(
    stand: Stand, new_context: Contexts, broken: str, said: str
) -> None:
    context = new_context(viewport=PHONE, locale="en")
    context.add_init_script(broken)
    person = Person(stand, context)
    person.opens().page.click("#speak")
    expect(person.page.locator("#view h1")).to_contain_text("Speak")
    start = person.page.get_by_role("button", name="Start recording")
    start.or_(person.page.locator("#recorded-elsewhere")).first.wait_for()
    if start.is_visible():
        start.click()
    expect(person.page.locator("#view")).to_contain_text(said)
    memo = {"name": "memo.m4a", "mimeType": "audio/mp4", "buffer": b"sound"}
    person.page.set_input_files("#recorded-elsewhere", memo)
    expect(person.page.locator(".files > li")).to_contain_text("voices can be recognised")
    person.page.get_by_role("button", name="Continue").click()
    person.page.wait_for_selector("#concerns")
