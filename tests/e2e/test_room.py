"""An administrator sees how much room is left, is warned where little is, and deletes what was never sent."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import b64
from support.browsers import axe_violations
from support.noise import Line

GB = 1 << 30
DESK = "Safety and security desk"


@pytest.fixture(scope="module")
def administrator(office_at_work, contexts):
    return office_at_work.signed_in(contexts, "ilse")


def begin_a_file(office_at_work, parts: int = 2) -> None:
    """Send one part of a file and leave it at that."""
    line = Line(office_at_work.running.urls["report"], office_at_work.office)
    head: dict[str, Any] = {
        "v": 1, "blob": b64(secrets.token_bytes(16)), "auth": b64(secrets.token_bytes(32)),
        "desk": b64(office_at_work.desk(DESK)), "part": 0, "parts": parts,
    }  # fmt: skip
    body = line.worked(write_parcel(head, [ParcelFile("part", secrets.token_bytes(70_000))]))
    assert line.send("POST", f"/at/{b64(line.office)}/blobs/part", body).status == 200


def go_to_room(page) -> None:
    page.evaluate("location.hash = '#/account'")
    expect(page.get_by_role("heading", name="Room for files")).to_have_count(0)
    page.evaluate("location.hash = '#/room'")
    expect(page.get_by_role("heading", name=DESK)).to_be_visible()


def test_what_was_never_sent_is_deleted_at_once(office_at_work, administrator):
    begin_a_file(office_at_work)
    page = administrator
    go_to_room(page)
    card = page.locator(f'section[aria-label="{DESK}"]')
    expect(card).to_contain_text("1 file, 70 kB")
    assert "% full" in page.locator("#main").inner_text()
    assert axe_violations(page) == []
    card.get_by_role("button", name="Delete what was never sent").click()
    expect(page.get_by_role("dialog")).to_contain_text("takes nothing from any report")
    page.get_by_role("button", name="Delete it now").click()
    expect(page.get_by_role("status")).to_contain_text("1 file was deleted.")
    expect(card.get_by_role("button", name="Delete what was never sent")).to_have_count(0)
    assert [line for line in page.said if line.startswith(("uncaught", "error"))] == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("no-files", "files are not taken at present, texts are"),
        ("text", "only the text of reports and messages is taken"),
        ("full", "reports are refused. What is left is kept for this office"),
    ],
)
def test_a_disk_that_fills_up_is_said_on_every_view_with_the_way_to_make_room(administrator, state, said):
    page = administrator

    def told(route: Route) -> None:
        answer = route.fetch()
        fields = answer.json() | {"disk": {"used": 96, "free": 4 * GB, "state": state}}
        route.fulfill(response=answer, body=json.dumps(fields))

    page.route("**/room", told)
    try:
        # Coming to the list of desks proves everything anew.
        page.evaluate("location.hash = '#/account'")
        page.evaluate("location.hash = '#/desks'")
        expect(page.locator("#standing")).to_contain_text(said)
        page.locator("#standing").get_by_role("link", name="Make room").click()
        expect(page.get_by_role("heading", name=DESK)).to_be_visible()
        expect(page.locator(".notice").first).to_contain_text("96 % full")
    finally:
        page.unroute("**/room")
