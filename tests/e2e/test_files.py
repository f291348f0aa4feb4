"""Files go with a report, from a phone: sealed and sent part by part, gone on with after the page was killed."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from support.browsers import axe_violations
from support.installation import Installation
from support.report_page import PHONE, Contexts, Person, Stand

PART = 2 << 20
PICKER = "#view input[type=file][multiple]"


@pytest.fixture(scope="module")
def stand(installation: Installation) -> Stand:
    return Stand.begin(installation)


@pytest.fixture
def person(stand: Stand, new_context: Contexts) -> Iterator[Person]:
    somebody = Person(stand, new_context(viewport=PHONE, locale="en"))
    yield somebody
    assert [line for line in somebody.page.said if line.startswith(("uncaught", "error: Refused"))] == []


def noise(path: Path, size: int) -> Path:
    path.write_bytes(random.Random(size).randbytes(size))  # noqa: S311 - noise for a file, the same each time
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def at_the_files(person: Person) -> Person:
    return person.opens().writes().chooses().goes_on().types_the_receipt_back()


def whole(page: Page, name: str) -> None:
    """Wait until the file is stored."""
    row = page.locator(".files > li").filter(has_text=name)
    expect(row.locator(".chip.good")).to_be_visible(timeout=60_000)


def picked(page: Page, path: Path) -> None:
    """Pick a file, and wait until the draft on the server knows of it."""
    expect(page.locator("#view")).to_contain_text("Your draft is kept", timeout=20_000)
    with page.expect_response("**/own"):
        page.set_input_files(PICKER, path)


def part_of(route: Route) -> int:
    """Which part a request carries."""
    found = re.search(rb'"part":(\d+)', (route.request.post_data_buffer or b"")[:2000])
    assert found is not None
    return int(found.group(1))


class Line:
    """What passes of a file's parts: how often each was let through, and where the line ends."""

    def __init__(self, page: Page) -> None:
        self.passed: list[int] = []
        self.held: list[Route] = []
        self.until: int | None = None
        self.cut = 0
        page.route("**/blobs/part", self.take)

    def take(self, route: Route) -> None:
        if self.cut:
            self.cut -= 1
            route.abort("connectionreset")
        elif self.until is not None and len(self.passed) >= self.until:
            # Neither sent nor refused: the page is killed while it waits.
            self.held.append(route)
        else:
            self.let(route)

    def let(self, route: Route) -> None:
        self.passed.append(part_of(route))
        route.continue_()

    def opens(self) -> None:
        self.until = None
        for route in self.held:
            self.let(route)


def test_a_file_goes_through_and_the_handler_opens_it(person: Person, tmp_path: Path) -> None:
    film = noise(tmp_path / "corridor.mp4", 5 * PART + 4321)
    at_the_files(person).page.set_input_files(PICKER, film)
    whole(person.page, "corridor.mp4")
    person.checks().sends()
    came = person.stand.attached()["corridor.mp4"]
    assert (came["size"], came["hash"], came["type"]) == (film.stat().st_size, digest(film), "video/mp4")
    person.page.get_by_role("button", name="Open my mailbox").click()
    person.mailbox()
    assert re.search(r"corridor\.mp4\W+10 MB", person.text())


def test_sending_waits_for_files_that_are_on_their_way(person: Person, tmp_path: Path) -> None:
    film = noise(tmp_path / "late.bin", 3 * PART)
    line = Line(at_the_files(person).page)
    line.until = 1
    person.page.set_input_files(PICKER, film)
    person.checks().page.locator("#view .button.large").click()
    expect(person.page.locator("#view")).to_contain_text("as soon as they have arrived")
    line.opens()
    person.page.wait_for_selector("#view .notice.good")
    assert "It has arrived" in person.text()
    assert person.stand.attached()["late.bin"]["hash"] == digest(film)


def test_a_killed_page_goes_on_where_it_was(person: Person, tmp_path: Path, new_context: Contexts) -> None:
    film = noise(tmp_path / "long film.mov", 60_000_000)
    first = Line(at_the_files(person).page)
    first.until = 18
    picked(person.page, film)
    person.page.wait_for_function("() => document.querySelector('.files progress')?.value > 37e6", timeout=60_000)
    person.page.close()
    again = Person(person.stand, new_context(viewport=PHONE, locale="en"))
    again.words = person.words
    rest = Line(again.page)
    again.comes_back()
    expect(again.page.locator("#view")).to_contain_text("Your draft is back")
    expect(again.page.locator("#view")).to_contain_text("They left through the garage")
    again.page.get_by_label("Pick again: long film.mov").set_input_files(film)
    whole(again.page, "long film.mov")
    parts = -(-film.stat().st_size // PART)
    twice = sorted(set(first.passed) & set(rest.passed))
    assert len(first.passed) == 18
    assert twice == [], f"{len(twice)} of {parts} parts were sent twice"
    # The one that was on its way may slip through unseen while the page closes: then the server has it, and says so.
    assert len(set(range(parts)) - set(first.passed) - set(rest.passed)) <= 1
    assert len(rest.passed) == len(set(rest.passed))
    again.sends()
    assert person.stand.attached()["long film.mov"]["hash"] == digest(film)


def test_another_file_is_said_and_nothing_of_it_is_sent(person: Person, tmp_path: Path, new_context: Contexts) -> None:
    film = noise(tmp_path / "one.bin", 3 * PART)
    first = Line(at_the_files(person).page)
    first.until = 2
    picked(person.page, film)
    person.page.wait_for_function("() => document.querySelector('.files progress')?.value > 0")
    person.page.close()
    again = Person(person.stand, new_context(viewport=PHONE, locale="en"))
    again.words = person.words
    rest = Line(again.page)
    again.comes_back()
    again.page.get_by_label("Pick again: one.bin").set_input_files(
        {"name": "one.bin", "mimeType": "application/octet-stream", "buffer": bytes(film.stat().st_size)}
    )
    expect(again.page.locator(".files .notice")).to_contain_text("not the file that you began with")
    assert rest.passed == []
    again.page.get_by_role("button", name="Take out: one.bin").click()
    again.sends()


def test_the_line_breaks_and_it_goes_on_by_itself(person: Person, tmp_path: Path) -> None:
    film = noise(tmp_path / "cut.bin", 4 * PART)
    line = Line(at_the_files(person).page)
    line.cut = 2
    person.page.set_input_files(PICKER, film)
    expect(person.page.locator(".files")).to_contain_text("No connection at the moment")
    whole(person.page, "cut.bin")
    assert sorted(line.passed) == list(range(4))
    person.checks().sends()
    assert person.stand.attached()["cut.bin"]["hash"] == digest(film)


def test_no_room_for_files_leaves_room_for_text(person: Person) -> None:
    at_the_files(person).page.route(
        "**/blobs/part", lambda route: route.fulfill(status=409, json={"error": "no-room", "message": "Full."})
    )
    person.page.set_input_files(PICKER, {"name": "full.bin", "mimeType": "", "buffer": b"x" * 99})
    expect(person.page.locator(".files .notice")).to_contain_text("Text still works")
    person.checks().page.locator("#view .button.large").click()
    person.page.get_by_role("button", name="Send without the missing files").click()
    person.page.wait_for_selector("#view .notice.good")
    assert "It has arrived" in person.text()
    assert "full.bin" not in person.stand.attached()


def test_what_is_taken_out_is_gone_from_the_server(person: Person, tmp_path: Path) -> None:
    film = noise(tmp_path / "wrong one.bin", 4 * PART)
    line = Line(at_the_files(person).page)
    line.until = 2
    person.page.set_input_files(PICKER, film)
    person.page.wait_for_function("() => document.querySelector('.files progress')?.value > 0")
    with person.page.expect_response("**/blobs/removal") as removed:
        person.page.get_by_role("button", name="Take out: wrong one.bin").click()
    assert removed.value.status == 200
    assert person.page.locator(".files > li").count() == 0
    person.checks().sends()
    assert "wrong one.bin" not in person.stand.attached()


def jpeg() -> bytes:
    """A picture of two pixels as a telephone makes it: turned, with place and device."""
    plain = base64.b64decode(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////"
        "////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
        "P//Z"
    )
    entries = [b"\x01\x0f\x00\x02\x00\x00\x00\x06\x00\x00\x00\x32", b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00",
               b"\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x38"]  # fmt: skip
    tiff = b"MM\x00*\x00\x00\x00\x08\x00\x03" + b"".join(entries) + bytes(4) + b"SECRET" + bytes(16)
    exif = b"Exif\x00\x00" + tiff
    return plain[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + plain[2:] + b"SECRET FILM"


SHAPE = """async (bytes) => {
  const made = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }));
  return [made.width, made.height];
}"""


def test_a_photo_loses_what_it_hides_unless_that_is_evidence(person: Person) -> None:
    photo = jpeg()
    at_the_files(person)
    pick = {"mimeType": "image/jpeg", "buffer": photo}
    person.page.set_input_files(PICKER, [{"name": "bare.jpg", **pick}, {"name": "proof.jpg", **pick}])
    whole(person.page, "proof.jpg")
    row = person.page.locator(".files > li").filter(has_text="proof.jpg")
    expect(row).to_contain_text("Taken out of this picture before sealing: the place, the device")
    row.get_by_label("Keep them in: they are evidence").check()
    expect(row).to_contain_text("kept in it")
    whole(person.page, "proof.jpg")
    person.checks().sends()
    came = person.stand.attached()
    bare, kept = (base64.urlsafe_b64decode(came[name]["content"] + "==") for name in ("bare.jpg", "proof.jpg"))
    assert kept == photo
    assert b"SECRET" not in bare
    # Turned as before, and the same picture.
    assert person.page.evaluate(SHAPE, list(bare)) == person.page.evaluate(SHAPE, list(photo)) == [1, 2]


def test_files_go_with_a_message_as_well_and_an_unsent_one_waits(
    person: Person, tmp_path: Path, new_context: Contexts
) -> None:
    person.to_the_end().sends()
    person.page.get_by_role("button", name="Open my mailbox").click()
    person.mailbox()
    person.page.get_by_label("Your message").fill("The list that I spoke of.")
    kept = person.page.locator("#view")
    expect(kept).to_contain_text("is kept, sealed, in your mailbox", timeout=20_000)
    person.page.get_by_text("Add files or your voice").click()
    # What was kept before the file knows nothing of it.
    with person.page.expect_response("**/own"):
        person.page.set_input_files(PICKER, noise(tmp_path / "list.csv", 70_000))
    whole(person.page, "list.csv")
    expect(kept).to_contain_text("is kept, sealed, in your mailbox", timeout=20_000)
    person.page.close()
    again = Person(person.stand, new_context(viewport=PHONE, locale="en"))
    again.words = person.words
    again.comes_back().mailbox()
    expect(again.page.get_by_label("Your message")).to_have_value("The list that I spoke of.")
    whole(again.page, "list.csv")
    again.page.get_by_role("button", name="Send", exact=True).click()
    expect(again.page.locator(".story .message")).to_have_count(2)
    assert re.search(r"list\.csv\W+70 kB", again.page.locator(".story").inner_text())
    assert person.stand.attached()["list.csv"]["hash"] == digest(tmp_path / "list.csv")


def test_a_file_with_another_desk_is_sent_anew(person: Person, tmp_path: Path) -> None:
    at_the_files(person).page.set_input_files(PICKER, noise(tmp_path / "moved.bin", 90_000))
    whole(person.page, "moved.bin")
    person.checks()
    person.page.get_by_role("button", name="Change who reads it").click()
    person.page.get_by_label("Independent desk", exact=True).check()
    person.page.locator("#view button[type=submit]").click()
    person.page.go_back()
    person.page.go_back()
    person.page.wait_for_selector("#view dl")
    whole(person.page, "moved.bin")
    person.sends()
    assert person.stand.attached()["moved.bin"]["hash"] == digest(tmp_path / "moved.bin")


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("ar", "dark")])
def test_axe_finds_nothing_serious_among_files(
    stand: Stand, new_context: Contexts, tmp_path: Path, language: str, scheme: str
) -> None:
    person = Person(stand, new_context(viewport=PHONE, color_scheme=scheme, locale="en"))
    person.opens(language).writes()
    person.page.check("#concerns-no")
    person.page.locator("#desk input").first.check()
    person.page.locator("#view button[type=submit]").click()
    person.page.wait_for_selector("#view fieldset:not(#concerns)")
    person.goes_on().types_the_receipt_back()
    person.page.set_input_files(PICKER, [noise(tmp_path / "a.pdf", 9000), noise(tmp_path / "b.mp4", 9000)])
    whole(person.page, "b.mp4")
    assert axe_violations(person.page) == []
