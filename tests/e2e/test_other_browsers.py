"""The whole way of a report with a file in browsers that are slower or other: Firefox, no JIT, no WebAssembly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from support.browsers import FLAGS, program
from support.firefox import PATIENCE, SWITCHED_OFF, Firefox
from support.installation import Installation
from support.report_page import PHONE, STORY, Person, Stand

ANSWER = "Thank you. Which floor was it?"
CONTENT = b"".join(hashlib.sha256(b"%d" % number).digest() for number in range(70_000))
"""A little more than one part of a file."""
WORDS = "return [...document.querySelectorAll('#receipt li')].map((one) => one.innerText.trim());"
STORED = "return document.querySelector('.files > li .chip.good') !== null;"
BACK = "return document.querySelectorAll('#view .story .message').length > 1;"


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@pytest.fixture(params=[{}, SWITCHED_OFF], ids=["as it comes", "as Tor Browser is at Safer"])
def firefox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Firefox]:
    browser = Firefox(tmp_path / "profile", request.param)
    yield browser
    browser.ends()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / f"{tmp_path.name}.mp4"
    path.write_bytes(CONTENT)
    return path


def test_a_report_with_a_file_and_its_answer_in_firefox(firefox: Firefox, stand: Stand, photo: Path) -> None:
    firefox.goes(stand.address())
    wanted = "undefined" if firefox.slow else "object"
    assert firefox.run("return typeof WebAssembly") == wanted
    words = reports(firefox, photo)
    came = stand.attached()
    assert came[photo.name]["hash"] == hashlib.sha256(CONTENT).hexdigest()
    assert STORY in [said.get("what") for said in stand.answer(ANSWER)]
    firefox.goes("about:blank")
    firefox.goes(stand.address())
    firefox.presses("#open-mailbox")
    firefox.types("#receipt-words", " ".join(words))
    firefox.presses("#open")
    firefox.wait(BACK)
    assert ANSWER in firefox.text()
    assert photo.name in firefox.text()
    assert firefox.run("return [document.cookie, localStorage.length, sessionStorage.length];") == ["", 0, 0]


def reports(firefox: Firefox, photo: Path) -> list[str]:
    """Walk through the form as a person does, send the report, and return the receipt's words."""
    firefox.types("#what", STORY)
    firefox.presses("#go-on")
    firefox.presses("#concerns-no")
    firefox.presses("#desk input")
    firefox.presses("#view button[type=submit]")
    firefox.wait("return document.querySelector('#view fieldset:not(#concerns)') !== null;")
    firefox.presses("#view .actions .button")
    firefox.element("#naming")
    firefox.presses("#view button[type=submit]")
    firefox.element("#receipt li")
    words: list[str] = firefox.run(WORDS)
    for field in firefox.run("return [...document.querySelectorAll('#view input[id^=part-]')].map(({ id }) => id);"):
        firefox.types(f"#{field}", words[int(field.removeprefix("part-"))])
    firefox.presses("#receipt-go")
    firefox.picks("#view input[type=file][multiple]", photo)
    firefox.wait(STORED)
    firefox.presses("#view > div > .actions .button")
    firefox.element("#view dl")
    firefox.presses("#view .button.large")
    firefox.says("It has arrived")
    return words


@pytest.fixture
def jitless(playwright: Playwright) -> Iterator[BrowserContext]:
    """Chromium as Lockdown Mode and the like have it: no JIT, and with it no WebAssembly."""
    chromium = playwright.chromium.launch(executable_path=program(), args=[*FLAGS, "--js-flags=--jitless"])
    yield chromium.new_context(viewport=PHONE, locale="en")
    chromium.close()


def test_a_report_with_a_file_and_its_answer_without_jit(jitless: BrowserContext, stand: Stand, photo: Path) -> None:
    jitless.set_default_timeout(PATIENCE * 1000)
    person = Person(stand, jitless)
    person.opens()
    assert person.page.evaluate("() => typeof WebAssembly") == "undefined"
    person.writes().chooses().goes_on().types_the_receipt_back()
    person.page.set_input_files("#view input[type=file][multiple]", photo)
    expect(person.page.locator(".files > li .chip.good")).to_be_visible(timeout=PATIENCE * 1000)
    person.checks().sends()
    assert stand.attached()[photo.name]["hash"] == hashlib.sha256(CONTENT).hexdigest()
    stand.answer(ANSWER)
    person.comes_back().mailbox()
    assert ANSWER in person.text()
    assert photo.name in person.text()
