"""A draft waits a week for its report, dies with the drop, and is read by nobody who has not the words."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fairline.core import clock, erasure
from fairline.core.limits import DRAFT_DAYS, MAILBOX_PAGE, OWN_MAX, UNNAMED_LEAST
from fairline.line import drafts, parcels, services
from fairline.line.heads import Rekey, Renewed
from fairline.line.models import Own, Thread, Unnamed
from fairline.offices.models import Office
from fairline.seal.primitives import H, b64
from fairline.seal.work import REPORT
from support.doors import DoorClient
from support.line import TODAY, Line, Sender, done, parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(clock, "today", lambda _zone: TODAY)
    return Line().found()


class Writer:
    """Someone with words, writing before they send."""

    def __init__(self, client: DoorClient, line: Line, sender: Sender | None = None) -> None:
        self.client, self.line = client, line
        self.sender = sender or Sender(line)
        self.asked = {"v": 1, "id": b64(self.sender.id), "auth": b64(self.sender.auth)}

    def write(self, sealed: bytes = b"a draft, sealed", **changes: Any) -> Any:
        worked = {"work": done(self.line.office, REPORT, self.sender.id)}
        return self._send("own", parcel({**self.asked, **worked, **changes}, [("own", sealed)]))

    def read(self, **changes: Any) -> Any:
        return self._send("own/read", {**self.asked, **changes})

    def remove(self, **changes: Any) -> Any:
        return self._send("own/removal", {**self.asked, **changes})

    def text(self) -> bytes | None:
        answer = self.read()
        return parcels.read(answer.content)[1][0] if answer.status_code == 200 else None

    def _send(self, what: str, body: bytes | dict[str, Any]) -> Any:
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(f"/at/{b64(self.line.office)}/{what}", sent, content_type=kind)


@pytest.fixture
def writer(report_client: DoorClient, line: Line) -> Writer:
    return Writer(report_client, line)


def night(days: int) -> None:
    erasure.shred_due(datetime(TODAY.year, TODAY.month, TODAY.day, 3, tzinfo=UTC) + timedelta(days=days))


def test_the_first_writing_asks_for_work_and_what_replaces_it_does_not(writer: Writer) -> None:
    bare = parcel(writer.asked, [("own", b"a draft, sealed")])
    refused = writer._send("own", bare)
    assert (refused.status_code, refused.json()["error"]) == (409, "work")
    assert not Own.objects.exists()
    assert writer.write().status_code == 200
    assert writer._send("own", parcel(writer.asked, [("own", b"the newest")])).status_code == 200
    assert writer.text() == b"the newest"


def test_the_newest_draft_is_read_and_its_answer_has_one_size(writer: Writer) -> None:
    until = (TODAY + timedelta(days=DRAFT_DAYS)).isoformat()
    assert writer.write().json() == {"v": 1, "until": until}
    writer.write(b"the newest")
    answer = writer.read()
    assert parcels.read(answer.content) == ({"v": 1, "files": [{"as": "own", "size": 10}]}, [b"the newest"])
    assert len(answer.content) == MAILBOX_PAGE
    assert Own.objects.count() == 1


def test_another_secret_neither_writes_nor_reads_nor_deletes(writer: Writer) -> None:
    writer.write()
    wrong = {"auth": b64(secrets.token_bytes(32))}
    answer = writer.write(b"planted", **wrong)
    assert (answer.status_code, answer.json()["error"]) == (403, "auth")
    assert writer.read(**wrong).json()["error"] == writer.remove(**wrong).json()["error"] == "no-own"
    assert writer.text() == b"a draft, sealed"


def test_nothing_there_looks_like_a_wrong_secret(writer: Writer) -> None:
    nothing = writer.read()
    writer.write()
    wrong = writer.read(auth=b64(secrets.token_bytes(32)))
    assert (nothing.status_code, nothing.content) == (wrong.status_code, wrong.content)
    assert len(nothing.content) == MAILBOX_PAGE


def test_a_draft_is_taken_back(writer: Writer) -> None:
    writer.write()
    assert writer.remove().json() == {"v": 1}
    assert writer.remove().status_code == 404
    assert not Own.objects.exists()


def test_a_draft_dies_with_the_drop_and_with_a_drop_only_that_is_stored(writer: Writer) -> None:
    writer.write()
    wrong = Sender(writer.line, id=writer.sender.id, epoch=7)
    with pytest.raises(Exception, match="epoch"):
        services.drop(writer.line.office, wrong.drop(), TODAY)
    assert writer.text() == b"a draft, sealed"
    services.drop(writer.line.office, writer.sender.drop(), TODAY)
    assert not Own.objects.exists()


def test_a_draft_lives_a_week_from_its_newest_writing(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.write()
    night(DRAFT_DAYS)
    assert writer.text() is not None
    monkeypatch.setattr(clock, "today", lambda _zone: TODAY + timedelta(days=DRAFT_DAYS))
    writer.write(b"once more")
    night(DRAFT_DAYS + 1)
    assert writer.text() == b"once more"
    night(2 * DRAFT_DAYS + 1)
    assert writer.text() is None


def test_its_last_day_is_over_when_it_is_over_where_the_office_is(writer: Writer) -> None:
    Office.objects.update(zone="America/Los_Angeles")
    writer.write()
    # Three in the morning in Greenwich is the evening of the day before.
    night(DRAFT_DAYS + 1)
    assert writer.text() is not None
    night(DRAFT_DAYS + 2)
    assert writer.text() is None


def test_notes_of_a_thread_live_as_long_as_it_does(writer: Writer) -> None:
    services.drop(writer.line.office, writer.sender.drop(), TODAY)
    assert writer.write(b"my notes").json() == {"v": 1}
    night(400)
    assert writer.text() == b"my notes"
    stranger = Writer(writer.client, writer.line, Sender(writer.line, id=writer.sender.id))
    assert stranger.write().status_code == 403
    assert stranger.read().status_code == 404
    Thread.objects.all().delete()
    night(400)
    assert not Own.objects.exists()


def test_old_words_write_nothing_any_more(writer: Writer) -> None:
    services.drop(writer.line.office, writer.sender.drop(), TODAY)
    writer.write(b"my notes")
    thread = Thread.objects.get()
    new, thread.r_posts = Sender(writer.line), 2
    services.replace(thread, Rekey(new.id, H(new.auth), (Renewed("r", 0, b"sealed anew"),)))
    thread.save()
    assert not Own.objects.exists()
    assert writer.write().json()["error"] == "replaced"
    assert Writer(writer.client, writer.line, new).write(b"under new words").status_code == 200


def test_another_office_has_another_store_of_drafts(writer: Writer) -> None:
    writer.write()
    elsewhere = Writer(writer.client, Line().found(), writer.sender)
    assert elsewhere.read().status_code == 404
    assert elsewhere.write().status_code == 403
    assert writer.text() == b"a draft, sealed"


def test_a_flood_of_drafts_fills_only_its_own_room(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "DRAFTS_MAX", 2 * UNNAMED_LEAST)
    writer.write(bytes(UNNAMED_LEAST))
    Writer(writer.client, writer.line).write()
    late = Writer(writer.client, writer.line)
    answer = late.write()
    assert (answer.status_code, answer.json()["error"]) == (409, "no-room")
    assert writer.write(b"shorter, so it needs no more").status_code == 200
    assert writer.write(bytes(UNNAMED_LEAST + 1)).status_code == 409
    services.drop(writer.line.office, late.sender.drop(), TODAY)
    assert writer.remove().status_code == 200
    assert late.sender.id != writer.sender.id
    assert Unnamed.objects.get(id=writer.line.office).bytes == UNNAMED_LEAST


def test_a_draft_has_a_bound(writer: Writer) -> None:
    assert writer.write(bytes(OWN_MAX)).status_code == 200
    assert writer.write(bytes(OWN_MAX + 1)).json()["error"] == "own"


@pytest.mark.parametrize("change", [{"v": 2}, {"id": "AA"}, {"auth": 7}, {"more": 1}], ids=str)
def test_a_malformed_request_gets_a_sentence(writer: Writer, change: dict[str, Any]) -> None:
    for answer in (writer.write(**change), writer.read(**change), writer.remove(**change)):
        assert answer.status_code == 400
        assert answer.json()["message"]
    assert not Own.objects.exists()
