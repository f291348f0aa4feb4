"""A mailbox that a member opens for somebody else: a person concerned, somebody to protect, a helper."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fairline.core.limits import MAILBOX_PAGE
from fairline.core.problems import Problem
from fairline.line import parcels, queries, services
from fairline.line.heads import NewMailbox, read_mailbox
from fairline.line.models import Post, SealedFile, Thread
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import H, b64
from support.line import TODAY, Line, parcel

pytestmark = pytest.mark.django_db


@dataclass
class Opened:
    """What a member's browser sends, with files of noise."""

    line: Line
    posts: int = 3
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        self.files = [(kind, secrets.token_bytes(2100)) for _ in range(self.posts) for kind in ("office", "own")]
        self.rows = [{"T": b64(secrets.token_bytes(32)), "c": b64(secrets.token_bytes(32))} for _ in range(self.posts)]

    def head(self, **changes: Any) -> dict[str, Any]:
        head = {"v": 1, "id": b64(self.id), "auth": b64(H(self.auth)), "desk": b64(self.line.desk), "generation": 0}
        return head | {"posts": self.rows} | changes

    def read(self, **changes: Any) -> NewMailbox:
        head, files = parcels.read(parcel(self.head(**changes), self.files))
        return read_mailbox(head, files)


@pytest.fixture
def opened() -> Opened:
    return Opened(Line().found())


def test_its_code_opens_it_and_shows_the_own_copies(opened: Opened) -> None:
    promises = services.open_mailbox(opened.line.office, opened.read(), TODAY)
    thread = queries.mailbox_thread(opened.line.office, opened.id, opened.auth, TODAY)
    assert (thread.status, thread.generation, thread.count("r"), thread.count("o")) == ("case", 0, 0, 3)
    copies = queries.own_copies(thread)
    assert [(post.chain, post.n) for post in copies.posts] == [("o", 0), ("o", 1), ("o", 2)]
    held = [bytes(file.sealed) for files in copies.files.values() for file in files]
    assert held == [body for kind, body in opened.files if kind == "own"]
    assert len({promise.leaf for promise in promises}) == 3


def test_another_secret_opens_nothing(opened: Opened) -> None:
    services.open_mailbox(opened.line.office, opened.read(), TODAY)
    with pytest.raises(Problem, match="no-mailbox"):
        queries.mailbox_thread(opened.line.office, opened.id, secrets.token_bytes(32), TODAY)


def test_the_same_once_more_gets_the_same_promises(opened: Opened) -> None:
    first = services.open_mailbox(opened.line.office, opened.read(), TODAY)
    assert services.open_mailbox(opened.line.office, opened.read(), TODAY) == first
    assert (Post.objects.count(), SealedFile.objects.count()) == (3, 6)


def test_other_words_under_its_id_are_refused(opened: Opened) -> None:
    services.open_mailbox(opened.line.office, opened.read(), TODAY)
    other = Opened(opened.line, id=opened.id, auth=opened.auth)
    with pytest.raises(Problem) as refused:
        services.open_mailbox(opened.line.office, other.read(), TODAY)
    assert (refused.value.status, refused.value.code) == (409, "taken")


def test_nothing_of_it_is_kept_where_the_desk_is_not_this_offices(opened: Opened) -> None:
    with pytest.raises(Problem) as refused:
        services.open_mailbox(opened.line.office, opened.read(desk=b64(bytes(16))), TODAY)
    assert refused.value.code == "no-desk"
    assert not Thread.objects.filter(id=opened.id).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"posts": []}, "json-type"), ({"posts": "none"}, "json-type"), ({"more": 1}, "json-unknown"),
        ({"v": 2}, "version"), ({"generation": -1}, "json-type"), ({"id": "AA"}, "base64"),
        ({"posts": [{"T": b64(bytes(32)), "c": b64(bytes(32))}] * 2}, "files"),
        ({"posts": [{"T": b64(bytes(32))}] * 3}, "json-missing"), ({"posts": [1, 2, 3]}, "json-type"),
    ],
)  # fmt: skip
def test_what_is_not_written_as_the_format_says_is_refused(opened: Opened, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(MalformedError) as refused:
        opened.read(**changes)
    assert refused.value.code == code


def test_a_helpers_mailbox_opens_on_its_last_day_and_to_nobody_after_it(opened: Opened) -> None:
    until = TODAY + timedelta(days=14)
    services.open_mailbox(opened.line.office, opened.read(until=until.isoformat()), TODAY)
    assert queries.mailbox_thread(opened.line.office, opened.id, opened.auth, until).until == until
    assert queries.mailbox_thread_id(opened.line.office, opened.id, opened.auth, until) == opened.id
    late = until + timedelta(days=1)
    for ask in (queries.mailbox_thread, queries.mailbox_thread_id):
        with pytest.raises(Problem) as refused:
            ask(opened.line.office, opened.id, opened.auth, late)
        assert (refused.value.status, refused.value.code) == (410, "ended")
        with pytest.raises(Problem) as stranger:
            ask(opened.line.office, opened.id, secrets.token_bytes(32), late)
        assert stranger.value.code == "no-mailbox"


def test_the_door_says_that_it_has_ended_in_an_answer_of_the_usual_size(opened: Opened, report_client: Client) -> None:
    services.open_mailbox(opened.line.office, opened.read(until=(TODAY - timedelta(days=1)).isoformat()), TODAY)
    asked = {"v": 1, "id": b64(opened.id), "auth": b64(opened.auth), "page": 0}
    answer = report_client.post(
        f"/at/{b64(opened.line.office)}/mailbox", json.dumps(asked), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["error"]) == (410, "ended")
    # For the page, which writes days in its reader's language.
    assert answer.json()["day"] == (TODAY - timedelta(days=1)).isoformat()
    assert len(answer.content) % MAILBOX_PAGE == 0
    part = asked | {"blob": b64(bytes(16)), "part": 0}
    del part["page"]
    answer = report_client.post(
        f"/at/{b64(opened.line.office)}/mailbox/part", json.dumps(part), content_type="application/json"
    )
    assert answer.json()["error"] == "ended"
