"""The report door over HTTP: what comes in malformed gets a sentence, and what goes out has one size."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest

from fairline.core import clock
from fairline.core.limits import MAILBOX_PAGE
from fairline.line import parcels, services
from fairline.line.models import Thread
from fairline.profiles.queries import default_form
from fairline.seal.primitives import H, b64
from support.doors import DoorClient
from support.line import TODAY, Line, Sender, new_post, parcel, post_files, post_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(clock, "today", lambda _zone: TODAY)
    return Line().found()


def at(line: Line, what: str) -> str:
    return f"/at/{b64(line.office)}/{what}"


def send(client: DoorClient, line: Line, what: str, body: bytes) -> Any:
    return client.post(at(line, what), body, content_type="application/octet-stream")


def ask(client: DoorClient, line: Line, value: Any) -> Any:
    return client.post(at(line, "mailbox"), json.dumps(value), content_type="application/json")


def test_a_report_goes_in_and_its_mailbox_comes_out(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    answer = send(report_client, line, "drop", sender.parcel())
    assert answer.status_code == 200
    promise = answer.json()["promise"]
    mailbox = ask(report_client, line, sender.asked())
    assert len(mailbox.content) == MAILBOX_PAGE
    head, files = parcels.read(mailbox.content)
    assert head["thread"] == b64(sender.id)
    assert (head["status"], head["audience"], head["pages"]) == ("arrived", {"epoch": 0}, 1)
    assert head["posts"][0]["promise"] == promise
    assert files == [dict(sender.files)["own"]]


def test_the_document_alone_may_ask_for_the_microphone_and_for_nothing_else(
    report_client: DoorClient, line: Line
) -> None:
    answer = report_client.get(at(line, ""))
    features = dict(rule.split("=") for rule in answer.headers["Permissions-Policy"].split(", "))
    assert features.pop("microphone") == "(self)"
    assert set(features.values()) == {"()"}
    assert "media-src blob:" in answer.headers["Content-Security-Policy"]


def test_the_mailbox_shows_own_copies_only_and_no_note(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    services.post(line.office, new_post(sender, "o", 0, {"r": 0}), TODAY)
    services.post(line.office, new_post(sender, "i", 0, {}), TODAY)
    head, files = parcels.read(ask(report_client, line, sender.asked()).content)
    assert [(post["chain"], post["n"]) for post in head["posts"]] == [("o", 0), ("r", 0)]
    assert [row["as"] for row in head["files"]] == ["own", "own"]
    assert len(files) == 2


def test_a_long_mailbox_comes_in_pages_of_one_size(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    for n in range(1, 31):
        services.post(line.office, new_post(sender, "r", n, {"r": n - 1}), TODAY)
    first = ask(report_client, line, sender.asked())
    pages = parcels.read(first.content)[0]["pages"]
    assert pages > 1
    seen = []
    for page in range(pages):
        answer = ask(report_client, line, sender.asked(page))
        assert len(answer.content) == MAILBOX_PAGE
        seen += [post["n"] for post in parcels.read(answer.content)[0]["posts"]]
    assert seen == list(range(31))
    assert ask(report_client, line, sender.asked(pages)).json()["error"] == "no-page"


def test_nobody_can_tell_a_wrong_secret_from_no_mailbox(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    wrong = ask(report_client, line, sender.asked(auth=secrets.token_bytes(32)))
    none = ask(report_client, line, Sender(line).asked())
    assert wrong.status_code == none.status_code == 404
    assert wrong.content == none.content
    assert dict(wrong.headers) == dict(none.headers)


def test_a_mailbox_of_another_office_is_not_there(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    assert ask(report_client, Line().found(), sender.asked()).json()["error"] == "no-mailbox"


def test_the_reporting_person_writes_with_the_mailboxs_secret_only(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    body = parcel(post_head(sender, "r", 1, {"r": 0}), post_files("r"))
    assert "promise" in send(report_client, line, "post", body).json()
    sender.auth = secrets.token_bytes(32)
    body = parcel(post_head(sender, "r", 2, {"r": 1}), post_files("r"))
    assert send(report_client, line, "post", body).json()["error"] == "no-mailbox"


def test_one_mailbox_does_not_open_another_thread(report_client: DoorClient, line: Line) -> None:
    one, two = Sender(line), Sender(line)
    for sender in (one, two):
        services.drop(line.office, sender.drop(), TODAY)
    one.thread = two.thread
    body = parcel(post_head(one, "r", 1, {"r": 0}), post_files("r"))
    assert send(report_client, line, "post", body).json()["error"] == "thread"
    assert Thread.objects.get(id=two.id).r_posts == 1


@pytest.mark.parametrize("chain", ["o", "i"])
def test_nobody_writes_as_the_office_on_this_door(report_client: DoorClient, line: Line, chain: str) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    body = parcel(post_head(sender, chain, 0, {"r": 0}), post_files(chain))
    answer = send(report_client, line, "post", body)
    assert (answer.status_code, answer.json()["error"]) == (400, "chain")


NOISE = [
    b"",
    b"\x00",
    b"\x00\x00\x00\x02{}",
    b"\xff\xff\xff\xff{}",
    b'\x00\x00\x00\x0c{"files":[]}',
    b"\x00\x00\x00\x04null",
    b"\x00\x00\x00\x02\xff\xfe",
    b'\x00\x00\x00\x0d{"files":{}} ',
    b'\x00\x00\x00\x1d{"files":[{"as":1,"size":0}]} ',
    b'\x00\x00\x00\x10{"a":1,"a":2}   ',
    b"what I saw, in clear",
]


@pytest.mark.parametrize("body", NOISE)
@pytest.mark.parametrize("what", ["drop", "post", "mailbox"])
def test_what_cannot_be_read_gets_a_sentence(report_client: DoorClient, line: Line, what: str, body: bytes) -> None:
    answer = send(report_client, line, what, body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error", "message"}
    assert "Traceback" not in answer.content.decode()
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"v": 0},
        {"id": "AA"},
        {"auth": 7},
        {"desk": None},
        {"epoch": -1},
        {"epoch": 1.5},
        {"T": "="},
        {"c": b64(bytes(31))},
        {"ticket": "AA"},
        {"report": "what I saw, in clear"},
    ],
)
def test_a_head_that_is_not_a_drops_is_refused(report_client: DoorClient, line: Line, change: dict[str, Any]) -> None:
    sender = Sender(line)
    head = {name: value for name, value in (sender.head() | change).items() if value is not None}
    rows = [{"as": kind, "size": len(body)} for kind, body in sender.files]
    text = json.dumps({**head, "files": rows}).encode()
    body = len(text).to_bytes(4, "big") + text + b"".join(content for _kind, content in sender.files)
    answer = send(report_client, line, "drop", body)
    assert answer.status_code == 400
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    "kinds",
    [
        ["office"],
        ["own", "office"],
        ["office", "own", "identity"],
        ["office", "own", "share"],
        ["office", "own", "identity", *["share"] * 10],
    ],
)
def test_a_drop_has_all_its_files_in_order(report_client: DoorClient, line: Line, kinds: list[str]) -> None:
    sender = Sender(line)
    sender.files = [(kind, b"x") for kind in kinds]
    assert send(report_client, line, "drop", sender.parcel()).json()["error"] == "files"


def test_cut_off_and_overlong_parcels_are_refused(report_client: DoorClient, line: Line) -> None:
    whole = Sender(line).parcel()
    assert send(report_client, line, "drop", whole[:-1]).json()["error"] == "parcel"
    assert send(report_client, line, "drop", whole + b"x").json()["error"] == "parcel"


def test_an_unknown_office_is_not_there(report_client: DoorClient, line: Line) -> None:
    stranger = Line()
    assert send(report_client, stranger, "drop", Sender(stranger).parcel()).status_code == 404
    assert ask(report_client, stranger, Sender(stranger).asked()).json()["error"] == "no-office"
    assert report_client.get(at(stranger, "")).status_code == 404


def test_another_sites_page_cannot_send(report_client: DoorClient, line: Line) -> None:
    answer = report_client.post(
        at(line, "drop"),
        Sender(line).parcel(),
        content_type="application/octet-stream",
        headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert (answer.status_code, answer.json()["error"]) == (403, "other-origin")
    assert not Thread.objects.exists()


def test_the_form_is_served_by_its_hash(report_client: DoorClient, line: Line) -> None:
    answer = report_client.get(at(line, f"by-hash/{b64(H(default_form()))}"))
    assert answer.content == default_form()
    assert report_client.get(at(line, f"by-hash/{b64(bytes(32))}")).status_code == 404
    assert report_client.get(at(line, "by-hash/none")).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/zh-hans", "/ar"])
def test_the_document_names_nothing_in_its_title_and_sets_no_cookie(
    report_client: DoorClient, line: Line, prefix: str
) -> None:
    answer = report_client.get(prefix + at(line, ""))
    text = answer.content.decode()
    assert answer.status_code == 200
    title = text.partition("<title>")[2].partition("</title>")[0]
    assert title in {"Page", "页面", "صفحة"}
    assert not answer.cookies
    assert 'autocomplete="off"' in text
    assert 'spellcheck="false"' in text
    assert "<form" in text
    assert "action=" not in text
    assert "<noscript>" in text


def test_several_offices_are_listed(report_client: DoorClient, line: Line) -> None:
    other = Line().found()
    text = report_client.get("/").content.decode()
    assert b64(line.office) in text
    assert b64(other.office) in text


def test_who_sees_the_line_cannot_tell_a_mailbox_from_none(report_client: DoorClient, line: Line) -> None:
    """Wrong words and words of a report give answers of one size."""
    there, nobody = Sender(line), Sender(line)
    services.drop(line.office, there.drop(), TODAY)
    sizes = {len(ask(report_client, line, sender.asked()).content) for sender in (there, nobody)}
    assert sizes == {MAILBOX_PAGE}
