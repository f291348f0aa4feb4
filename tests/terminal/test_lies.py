"""A door that lies: what it alters is named or refused, never shown, and never sealed to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from fairline.core import instants
from fairline.ledger.errors import LedgerError
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.parcel import ParcelFile, read_parcel, write_parcel
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import derive
from fairline.terminal.address import read_address
from fairline.terminal.answering import answer
from fairline.terminal.checking import check
from fairline.terminal.door import BYTES, Door
from fairline.terminal.errors import UnreachableError
from fairline.terminal.mailbox import Opened, fetch, prove
from fairline.terminal.office import Office
from fairline.terminal.receipts import read_receipt
from fairline.terminal.sending import PAUSES, hand_in
from support.installation import Installation

Lie = Callable[[str, bytes], bytes]


class LyingDoor(Door):
    """The demonstration's door, with `lie` between it and the terminal; `sent` is what the terminal sent."""

    lie: Lie | None = None

    def __init__(self, address: Any) -> None:
        super().__init__(address)
        self.sent: list[tuple[str, bytes]] = []

    def get(self, path: str) -> bytes:
        said = super().get(path)
        return said if self.lie is None else self.lie(path, said)

    def post(self, path: str, body: bytes, kind: str = BYTES) -> bytes:
        self.sent.append((path, body))
        said = super().post(path, body, kind)
        return said if self.lie is None else self.lie(path, said)


@pytest.fixture
def office(demonstration: Installation) -> Office:
    shown = json.loads((demonstration.folder / "var" / "demonstration.json").read_bytes())
    door = LyingDoor(read_address(demonstration.urls["report"]))
    return Office(door, unb64(shown["office"]), instants.read(None))


@pytest.fixture
def receipt(demonstration: Installation) -> bytes:
    shown = json.loads((demonstration.folder / "var" / "demonstration.json").read_bytes())
    return read_receipt(shown["receipts"][0]["words"])


def opened(office: Office, receipt: bytes, lie: Lie | None = None) -> Opened:
    door = office.door
    assert isinstance(door, LyingDoor)
    door.lie = lie
    mailbox = derive(receipt, office.office)
    return prove(office, mailbox, receipt, fetch(office, mailbox))


def on_mailbox(change: Callable[[dict[str, Any], list[ParcelFile]], None]) -> Lie:
    def lie(path: str, said: bytes) -> bytes:
        if not path.endswith("/mailbox"):
            return said
        parcel = read_parcel(said)
        head, files = json.loads(jsontext.write(dict(parcel.head))), list(parcel.files)
        change(head, files)
        return write_parcel({name: value for name, value in head.items() if name != "files"}, files, 65536)

    return lie


def test_without_a_lie_nothing_is_wrong(office: Office, receipt: bytes) -> None:
    read = opened(office, receipt)
    assert read.faults == ()
    assert [(post.chain, post.n) for post in read.thread.posts] == [("r", 0), ("o", 0), ("r", 1)]


def other_day(head: dict[str, Any], _files: list[ParcelFile]) -> None:
    head["posts"][0]["day"] = "2020-01-01"


def other_tag(head: dict[str, Any], _files: list[ParcelFile]) -> None:
    head["posts"][0]["T"] = b64(bytes(32))


def other_promise(head: dict[str, Any], _files: list[ParcelFile]) -> None:
    head["posts"][0]["promise"] = head["posts"][1]["promise"]


def unsigned(head: dict[str, Any], _files: list[ParcelFile]) -> None:
    head["posts"][0]["promise"]["sig"] = b64(bytes(64))


def exchanged(_head: dict[str, Any], files: list[ParcelFile]) -> None:
    files[0], files[2] = files[2], files[0]


def broken(_head: dict[str, Any], files: list[ParcelFile]) -> None:
    files[1] = ParcelFile("own", files[1].content[:-1] + bytes((files[1].content[-1] ^ 1,)))


def left_out(head: dict[str, Any], files: list[ParcelFile]) -> None:
    at = next(i for i, post in enumerate(head["posts"]) if (post["chain"], post["n"]) == ("r", 0))
    del head["posts"][at]
    del files[at]


def destroyed(head: dict[str, Any], files: list[ParcelFile]) -> None:
    head["posts"][2]["files"] = []
    del files[2]


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (other_day, {("o", 0)}),
        (other_tag, {("o", 0)}),
        (other_promise, {("o", 0)}),
        (unsigned, {("o", 0)}),
        (exchanged, {("o", 0), ("r", 1)}),
        (broken, {("r", 0)}),
        (left_out, {("r", 0)}),
        (destroyed, {("r", 1)}),
    ],
)
def test_what_was_altered_in_a_mailbox_is_named_and_not_shown(
    office: Office,
    receipt: bytes,
    change: Callable[[dict[str, Any], list[ParcelFile]], None],
    places: set[tuple[str, int]],
) -> None:
    read = opened(office, receipt, on_mailbox(change))
    assert places <= {(fault.chain, fault.n) for fault in read.faults}
    assert not places & {(post.chain, post.n) for post in read.thread.posts}
    assert all(fault.sentence and fault.code for fault in read.faults)


@pytest.mark.parametrize("audience", [{"epoch": 99}, {"generation": 1}])
def test_nothing_is_sealed_to_readers_whom_nothing_proves(
    office: Office, receipt: bytes, audience: dict[str, int]
) -> None:
    def change(head: dict[str, Any], _files: list[ParcelFile]) -> None:
        head["audience"] = audience

    read = opened(office, receipt, on_mailbox(change))
    with pytest.raises(FairlineError) as refused:
        answer(read, "A text.", "en")
    assert refused.value.code == "envelope-audience"
    assert isinstance(office.door, LyingDoor)
    assert not [path for path, _body in office.door.sent if path.endswith("/post")]


@pytest.mark.parametrize("said", [b"", b"{}", b"\x00\x00\x00\x02{}", bytes(65536), b"\xff" * 100])
def test_what_is_no_mailbox_is_refused(office: Office, receipt: bytes, said: bytes) -> None:
    with pytest.raises(MalformedError):
        opened(office, receipt, lambda path, real: said if path.endswith("/mailbox") else real)


def flipped(part: str) -> Lie:
    """Flips a bit of every 32 bytes."""

    def lie(path: str, said: bytes) -> bytes:
        if part not in path:
            return said
        return bytes(byte ^ (at % 32 == 7) for at, byte in enumerate(said))

    return lie


def emptied(path: str, said: bytes) -> bytes:
    return said[:-96] if "/record/arrivals/" in path and path[-3] == "-" else said


@pytest.mark.parametrize("lie", [flipped("/record/arrivals/2"), flipped("/tile/1/"), flipped("checkpoint"), emptied])
def test_a_record_that_was_altered_is_the_finding(office: Office, receipt: bytes, lie: Lie) -> None:
    read = opened(office, receipt)
    assert check(read, lambda _day: None).more == []
    assert isinstance(office.door, LyingDoor)
    office.door.lie = lie
    with pytest.raises((LedgerError, MalformedError)):
        check(read, lambda _day: None)


def test_a_manifest_that_was_altered_is_refused(office: Office) -> None:
    assert isinstance(office.door, LyingDoor)
    real = office.door.get(office.path("manifest"))
    office.door.lie = lambda path, said: said.replace(b'"index":', b'"index":1') if path.endswith("manifest") else said
    with pytest.raises(FairlineError):
        office.renew()
    older = json.loads(real)
    older["roots"] = older["roots"][:1]
    office.door.lie = lambda path, said: json.dumps(older).encode() if path.endswith("manifest") else said
    with pytest.raises(FairlineError):
        office.renew()


def test_a_form_that_was_exchanged_is_refused(office: Office) -> None:
    assert isinstance(office.door, LyingDoor)
    sheet = office.desks()[0].sheet
    assert office.form(sheet).questions[0].id == "what"
    office.door.lie = lambda _path, said: said.replace(b"What did you see", b"Who did you see")
    with pytest.raises(FairlineError) as refused:
        office.form(sheet)
    assert refused.value.code == "document-hash"


def test_lost_answers_are_asked_for_again_with_the_very_same_bytes(office: Office, receipt: bytes) -> None:
    read = opened(office, receipt)
    lost, waited = [True, True], []

    def lie(path: str, said: bytes) -> bytes:
        if path.endswith("/post") and lost:
            lost.pop()
            raise UnreachableError("The line is dead.")
        return said

    assert isinstance(office.door, LyingDoor)
    office.door.lie = lie
    before = len(office.door.sent)
    posted: list[bytes] = []
    # The first attempt arrives, its answer does not: what `answer` does, with pauses that are only counted.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "fairline.terminal.answering.hand_in",
            lambda *given: posted.append(given[2]) or hand_in(*given, pause=waited.append),
        )
        promise = answer(read, "Sent three times, arrived once.", "en")
    sent = {body for path, body in office.door.sent[before:] if path.endswith("/post")}
    assert len(sent) == 1
    assert [read_parcel(body).files for body in sent] == [read_parcel(body).files for body in posted]
    assert waited == list(PAUSES[:2])
    again = opened(office, receipt)
    assert again.faults == ()
    assert [post.promise for post in again.raw.posts].count(promise) == 1
