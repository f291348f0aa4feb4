"""An attachment comes in parts, goes on after a stop, belongs to the first thread that names it, or is given up."""

from __future__ import annotations

import errno
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from fairline.core import blobs as stores
from fairline.core import clock, erasure
from fairline.core.limits import PART_MAX, UNNAMED_DAYS, UNNAMED_LEAST
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.leaves import received
from fairline.line import blobs, queries, room, services
from fairline.line.blob_heads import Asked
from fairline.line.models import Blob, BlobPart, Thread, Unnamed
from fairline.line.recorded import posts_of
from fairline.seal.primitives import H, b64
from support.doors import DoorClient
from support.line import TODAY, Attached, Line, Sender, new_post, parcel, post_files, post_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(clock, "today", lambda _zone: TODAY)
    return Line().found()


def refusal(act: Any, *given: Any) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        act(*given)
    return problem.value.status, problem.value.code


def stored(line: Line) -> int:
    return len(list(stores.opened(settings.FAIRLINE.blobs).keys(line.office)))


def night(days: int) -> None:
    erasure.shred_due(datetime(TODAY.year, TODAY.month, TODAY.day, 3, tzinfo=UTC) + timedelta(days=days))


def send(client: DoorClient, line: Line, what: str, body: bytes | dict[str, Any]) -> Any:
    kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
    sent = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(f"/at/{b64(line.office)}/{what}", sent, content_type=kind)


def test_the_first_part_that_comes_asks_for_work_and_the_others_do_not(report_client: DoorClient, line: Line) -> None:
    file = Attached(line)
    bare = [parcel({key: value for key, value in file.head(n).items() if key != "work"}, [("part", file.parts[n])])
            for n in range(3)]  # fmt: skip
    refused = send(report_client, line, "blobs/part", bare[1])
    assert (refused.status_code, refused.json()["error"]) == (409, "work")
    assert not Blob.objects.exists()
    assert send(report_client, line, "blobs/part", file.parcel(1)).status_code == 200
    assert [send(report_client, line, "blobs/part", bare[n]).status_code for n in (0, 2)] == [200, 200]


def test_parts_come_in_any_order_and_are_read_as_they_came(report_client: DoorClient, line: Line) -> None:
    file = Attached(line)
    for held, number in enumerate((2, 0, 1), 1):
        answer = send(report_client, line, "blobs/part", file.parcel(number))
        assert (answer.status_code, answer.json()) == (200, {"v": 1, "held": held})
    sender = Sender(line, attached=(file,))
    assert send(report_client, line, "drop", sender.parcel()).status_code == 200
    for number, part in enumerate(file.parts):
        asked = {"v": 1, "id": b64(sender.id), "auth": b64(sender.auth), "blob": b64(file.id), "part": number}
        answer = send(report_client, line, "mailbox/part", asked)
        assert answer.content == part
        assert answer["Content-Length"] == str(len(part))


def test_the_promise_counts_attachments_after_the_files(line: Line) -> None:
    files = (Attached(line).hold(), Attached(line, (100,)).hold())
    sender = Sender(line, attached=files)
    promise = services.drop(line.office, sender.drop(), TODAY)
    f = received([*(H(body) for _kind, body in sender.files), *(file.hash for file in files)])
    assert promise.leaf[64:] == f
    assert queries.received_hashes([sender.id])[sender.id]["r", 0][-2:] == [file.hash for file in files]
    assert services.drop(line.office, sender.drop(), TODAY) == promise


def test_state_says_which_parts_are_here(report_client: DoorClient, line: Line) -> None:
    file = Attached(line).hold(1)
    answer = send(report_client, line, "blobs/state", file.asked())
    assert answer.json() == {"v": 1, "parts": 3, "hashes": ["", b64(H(file.parts[1])), ""]}
    other = {**file.asked(), "auth": b64(secrets.token_bytes(32))}
    assert send(report_client, line, "blobs/state", other).status_code == 404
    assert send(report_client, line, "blobs/state", Attached(line).asked()).json()["error"] == "no-blob"


def test_the_same_part_again_is_taken_silently_and_other_bytes_are_not(line: Line) -> None:
    file = Attached(line).hold(0)
    assert blobs.hold(line.office, file.part(0), TODAY) == 1
    right, file.parts[0] = file.parts[0], secrets.token_bytes(3000)
    assert refusal(blobs.hold, line.office, file.part(0), TODAY) == (409, "taken")
    assert stores.opened(settings.FAIRLINE.blobs).get(line.office, blobs.key_of(file.id, 0)) == right


@pytest.mark.parametrize("change", ["auth", "desk", "parts"])
def test_the_first_part_fixes_secret_desk_and_count(line: Line, change: str) -> None:
    file, other = Attached(line).hold(0), Line().found()
    changes: dict[str, Any] = {"auth": b64(secrets.token_bytes(32)), "desk": b64(other.desk), "parts": 4}
    code = (403, "blob-auth") if change == "auth" else (409, "taken")
    assert refusal(blobs.hold, line.office, file.part(1, **{change: changes[change]}), TODAY) == code


def test_another_office_cannot_add_to_it_ask_for_it_or_name_it(line: Line) -> None:
    file, other = Attached(line).hold(), Line().found()
    asked = Asked(file.id, file.auth)
    assert refusal(blobs.hold, other.office, file.part(0, desk=b64(other.desk)), TODAY) == (403, "blob-auth")
    assert refusal(blobs.state, other.office, asked) == (404, "no-blob")
    assert refusal(blobs.remove, other.office, asked, TODAY) == (404, "no-blob")
    assert refusal(services.drop, other.office, Sender(other, attached=(file,)).drop(), TODAY) == (409, "blob")
    assert Blob.objects.get(id=file.id).thread == b""


def test_an_unknown_desk_takes_no_part(line: Line) -> None:
    assert refusal(blobs.hold, line.office, Attached(Line(office=line.office)).part(0), TODAY) == (404, "no-desk")
    assert stored(line) == 0


@pytest.mark.parametrize("missing", ["nothing of it", "a part", "another desk"])
def test_what_is_not_here_as_a_whole_is_not_named(line: Line, missing: str) -> None:
    file = Attached(line)
    if missing == "a part":
        file.hold(0, 1)
    elif missing == "another desk":
        file.hold()
        Blob.objects.update(desk=secrets.token_bytes(16))
    sender = Sender(line, attached=(Attached(line).hold(), file))
    assert refusal(services.drop, line.office, sender.drop(), TODAY) == (409, "blob")
    assert not Thread.objects.exists()
    assert not Blob.objects.exclude(thread=b"").exists()


def test_a_file_belongs_to_the_first_that_names_it(line: Line) -> None:
    file = Attached(line).hold()
    first, second = Sender(line, attached=(file,)), Sender(line, attached=(file,))
    services.drop(line.office, first.drop(), TODAY)
    assert refusal(services.drop, line.office, second.drop(), TODAY) == (409, "blob")
    assert Thread.objects.count() == 1
    again = new_post(first, "r", 1, {"r": 0}, blobs=[b64(file.id)])
    assert refusal(services.post, line.office, again, TODAY) == (409, "blob")
    assert refusal(blobs.hold, line.office, file.part(0), TODAY) == (409, "blob-named")
    assert refusal(blobs.remove, line.office, Asked(file.id, file.auth), TODAY) == (409, "blob-named")
    assert Blob.objects.get(id=file.id).thread == first.id


def test_messages_and_notes_have_attachments_too(line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    said, asked, noted = (Attached(line).hold() for _ in range(3))
    for chain, heads, file in (("r", {"r": 0}, said), ("o", {"r": 1}, asked), ("i", {}, noted)):
        new = new_post(sender, chain, 1 if chain == "r" else 0, heads, blobs=[b64(file.id)])
        services.post(line.office, new, TODAY)
        assert queries.received_hashes([sender.id])[sender.id][chain, new.n][-1] == file.hash
    for file in (said, asked):
        assert blobs.part(line.office, sender.id, file.id, 0, notes=False) == file.parts[0]
    # What the office attaches to its own notes is not the reporting person's.
    assert refusal(lambda: blobs.part(line.office, sender.id, noted.id, 0, notes=False)) == (404, "no-blob")
    assert blobs.part(line.office, sender.id, noted.id, 2, notes=True) == noted.parts[2]


def test_no_mailbox_opens_the_file_of_another_thread(report_client: DoorClient, line: Line) -> None:
    file = Attached(line).hold()
    one, other = Sender(line, attached=(file,)), Sender(line)
    for sender in (one, other):
        services.drop(line.office, sender.drop(), TODAY)
    asked = {"v": 1, "id": b64(other.id), "auth": b64(other.auth), "blob": b64(file.id), "part": 0}
    assert send(report_client, line, "mailbox/part", asked).json()["error"] == "no-blob"
    asked = {"v": 1, "id": b64(one.id), "auth": b64(other.auth), "blob": b64(file.id), "part": 0}
    assert send(report_client, line, "mailbox/part", asked).json()["error"] == "no-mailbox"
    beyond = {"v": 1, "id": b64(one.id), "auth": b64(one.auth), "blob": b64(file.id), "part": 3}
    assert send(report_client, line, "mailbox/part", beyond).json()["error"] == "no-blob"


def test_who_takes_it_back_leaves_nothing_in_the_store(report_client: DoorClient, line: Line) -> None:
    file = Attached(line).hold(0, 2)
    assert send(report_client, line, "blobs/removal", {**file.asked(), "auth": b64(bytes(32))}).status_code == 404
    assert stored(line) == 2
    assert send(report_client, line, "blobs/removal", file.asked()).json() == {"v": 1}
    assert stored(line) == 0
    assert send(report_client, line, "blobs/removal", file.asked()).status_code == 404
    assert refusal(blobs.hold, line.office, file.part(1), TODAY) == (404, "no-blob")
    night(1)
    assert not Blob.objects.exists()
    assert not BlobPart.objects.exists()


def test_a_part_that_comes_while_its_file_is_taken_back_is_not_kept(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, store = Attached(line).hold(0), stores.opened(settings.FAIRLINE.blobs)
    real = type(store).put

    def put(self: Any, *given: Any) -> None:
        blobs.remove(line.office, Asked(file.id, file.auth), TODAY)
        real(self, *given)

    monkeypatch.setattr(type(store), "put", put)
    assert refusal(blobs.hold, line.office, file.part(1), TODAY) == (404, "no-blob")
    assert stored(line) == 0


def test_a_stop_between_row_and_bytes_asks_for_the_part_again(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    file, store = Attached(line), stores.opened(settings.FAIRLINE.blobs)
    with monkeypatch.context() as stopped:
        stopped.setattr(type(store), "put", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            blobs.hold(line.office, file.part(0), TODAY)
    assert blobs.state(line.office, Asked(file.id, file.auth)).hashes == (b"", b"", b"")
    file.hold()
    assert all(blobs.state(line.office, Asked(file.id, file.auth)).hashes)


def test_what_nothing_names_dies_after_a_week_and_what_is_named_stays(line: Line) -> None:
    forgotten, named = Attached(line).hold(0, 1), Attached(line).hold()
    services.drop(line.office, Sender(line, attached=(named,)).drop(), TODAY)
    night(UNNAMED_DAYS)
    assert stored(line) == 5
    night(UNNAMED_DAYS + 1)
    assert stored(line) == 3
    assert refusal(blobs.state, line.office, Asked(forgotten.id, forgotten.auth)) == (404, "no-blob")
    night(UNNAMED_DAYS + 2)
    assert [bytes(key) for key in Blob.objects.values_list("id", flat=True)] == [named.id]


def test_a_file_goes_with_its_thread(line: Line) -> None:
    file = Attached(line).hold()
    services.drop(line.office, Sender(line, attached=(file,)).drop(), TODAY)
    Thread.objects.all().delete()
    night(0)
    assert stored(line) == 0
    night(1)
    assert not Blob.objects.exists()


def test_files_that_nobody_names_fill_a_desk_and_nothing_else(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "UNNAMED_MAX", 3 * UNNAMED_LEAST)
    file, more = Attached(line).hold(), Attached(line)
    assert refusal(blobs.hold, line.office, more.part(0), TODAY) == (409, "no-room")
    assert not Blob.objects.filter(id=more.id).exists()
    services.drop(line.office, Sender(line).drop(), TODAY)
    other = Line().found()
    Attached(other).hold()
    # A report that names them makes no room: anybody can file one. That somebody has read it does.
    sender = Sender(line, attached=(file,))
    services.drop(line.office, sender.drop(), TODAY)
    assert refusal(blobs.hold, line.office, more.part(0), TODAY) == (409, "no-room")
    with writing():
        services.was_read(sender.id)
        services.was_read(sender.id)
    more.hold()
    blobs.remove(line.office, Asked(more.id, more.auth), TODAY)
    Attached(line).hold()


def test_the_room_is_counted_anew_at_night(line: Line) -> None:
    Attached(line, (UNNAMED_LEAST + 5, 10)).hold()
    right = 2 * UNNAMED_LEAST + 5
    assert Unnamed.objects.get(id=line.desk).bytes == right
    Unnamed.objects.update(bytes=7)
    night(0)
    assert Unnamed.objects.get(id=line.desk).bytes == right
    night(UNNAMED_DAYS + 1)
    assert Unnamed.objects.get(id=line.desk).bytes == 0


def test_what_waits_to_be_read_is_counted_at_night_too(line: Line) -> None:
    sender = Sender(line, attached=(Attached(line, (10,)).hold(),))
    services.drop(line.office, sender.drop(), TODAY)
    night(0)
    assert Unnamed.objects.get(id=line.desk).bytes == UNNAMED_LEAST
    with writing():
        services.was_read(sender.id)
    assert Unnamed.objects.get(id=line.desk).bytes == 0
    night(0)
    assert Unnamed.objects.get(id=line.desk).bytes == 0


@pytest.mark.parametrize(
    ("number", "refused"),
    [(errno.ENOSPC, (409, "no-room")), (errno.EDQUOT, (409, "no-room")), (errno.EIO, (503, "busy"))],
)
def test_a_store_that_takes_nothing_says_so(
    line: Line, report_client: DoorClient, monkeypatch: pytest.MonkeyPatch, number: int, refused: tuple[int, str]
) -> None:
    def fail(*_given: object) -> None:
        raise OSError(number, "no")

    file, store = Attached(line), stores.opened(settings.FAIRLINE.blobs)
    with monkeypatch.context() as broken:
        broken.setattr(type(store), "put", fail)
        answer = send(report_client, line, "blobs/part", file.parcel(0))
    assert (answer.status_code, answer.json()["error"]) == refused
    assert ("Retry-After" in answer) == (refused[1] == "busy")
    assert blobs.state(line.office, Asked(file.id, file.auth)).hashes[0] == b""
    file.hold(0)


def test_a_part_that_the_store_has_lost_is_said(line: Line) -> None:
    file = Attached(line).hold()
    sender = Sender(line, attached=(file,))
    services.drop(line.office, sender.drop(), TODAY)
    stores.opened(settings.FAIRLINE.blobs).delete(line.office, blobs.key_of(file.id, 1))
    assert refusal(lambda: blobs.part(line.office, sender.id, file.id, 1, notes=False)) == (410, "blob-lost")


@pytest.mark.parametrize("harm", ["altered", "swapped", "lost", "none"])
def test_verification_reads_every_part(line: Line, harm: str) -> None:
    file, store = Attached(line).hold(), stores.opened(settings.FAIRLINE.blobs)
    services.drop(line.office, Sender(line, attached=(file,)).drop(), TODAY)
    keys = [blobs.key_of(file.id, number) for number in range(3)]
    if harm == "altered":
        store.put(line.office, keys[2], b"x" * 700, TODAY)
    elif harm == "swapped":
        store.put(line.office, keys[0], file.parts[1], TODAY)
        store.put(line.office, keys[1], file.parts[0], TODAY)
    elif harm == "lost":
        store.delete(line.office, keys[1])
    kept = next(iter(posts_of(line.office))).files[-1]
    assert kept.hash == file.hash
    assert (kept.actual == kept.hash) is (harm == "none")


BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("json-type", {"part": -1}), ("part", {"part": 3}), ("part", {"parts": 2049}), ("part", {"parts": 0}),
    ("json-type", {"part": "0"}), ("json-type", {"part": True}), ("base64", {"blob": "AA"}), ("base64", {"auth": "AA"}),
    ("json-type", {"desk": None}), ("json-unknown", {"name": "holiday.jpg"}), ("version", {"v": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), BROKEN, ids=lambda value: str(value)[:30])
def test_a_malformed_part_gets_a_sentence(
    report_client: DoorClient, line: Line, code: str, change: dict[str, Any]
) -> None:
    file = Attached(line)
    answer = send(report_client, line, "blobs/part", parcel(file.head(0) | change, [("part", file.parts[0])]))
    assert (answer.status_code, answer.json()["error"]) == (400, code)
    assert stored(line) == 0
    assert not Blob.objects.exists()


@pytest.mark.parametrize("files", [[], [("part", b"x"), ("part", b"y")], [("own", b"x")]], ids=["none", "two", "own"])
def test_a_part_is_one_file(report_client: DoorClient, line: Line, files: list[tuple[str, bytes]]) -> None:
    answer = send(report_client, line, "blobs/part", parcel(Attached(line).head(0), files))
    assert (answer.status_code, answer.json()["error"]) == (400, "files")


def test_a_part_longer_than_any_is_refused(report_client: DoorClient, line: Line) -> None:
    file = Attached(line)
    big = parcel(file.head(0), [("part", bytes(PART_MAX + 1))])
    assert send(report_client, line, "blobs/part", big).json()["error"] == "part"


@pytest.mark.parametrize(
    ("code", "named"),
    [("json-type", []), ("json-type", "x"), ("json-type", [1]), ("base64", ["AA"]),
     ("json-type", [b64(bytes(16))] * 101), ("blobs", [b64(bytes(16))] * 2)],
    ids=["none", "text", "number", "short", "too many", "twice"],
)  # fmt: skip
def test_malformed_names_of_attachments_are_refused(
    report_client: DoorClient, line: Line, code: str, named: object
) -> None:
    sender = Sender(line)
    body = parcel(sender.head() | {"blobs": named}, sender.files)
    assert send(report_client, line, "drop", body).json()["error"] == code
    services.drop(line.office, sender.drop(), TODAY)
    body = parcel(post_head(sender, "r", 1, {"r": 0}, blobs=named), post_files("r"))
    assert send(report_client, line, "post", body).json()["error"] == code


def test_room_is_never_less_than_nothing(line: Line) -> None:
    Attached(line, (10,)).hold()
    room.give_back(line.desk, 10 * UNNAMED_LEAST)
    assert Unnamed.objects.get(id=line.desk).bytes == 0
