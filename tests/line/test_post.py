"""Messages, notes and new receipts: each place is taken once, and nobody writes past what they have not seen."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from fairline.core.problems import Problem
from fairline.ledger.services import prepare_keys
from fairline.line import parcels, queries, services
from fairline.line.heads import NewPost, read_post
from fairline.line.models import Post, SealedFile, Thread
from fairline.offices.models import Desk
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import H, b64
from support.line import TODAY, Line, Sender, new_post, parcel, post_files, post_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender() -> Sender:
    line = Line().found()
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    return sender


def put(sender: Sender, new: NewPost) -> Any:
    return services.post(sender.line.office, new, TODAY)


def refused(sender: Sender, new: NewPost) -> Problem:
    with pytest.raises(Problem) as problem:
        put(sender, new)
    return problem.value


def test_both_sides_write_and_each_message_is_promised(sender: Sender) -> None:
    question, answer = new_post(sender, "o", 0, {"r": 0}), new_post(sender, "r", 1, {"r": 0, "o": 0})
    for new in (question, answer):
        promise = put(sender, new)
        promise.check(prepare_keys(sender.line.office).promise)
        assert promise.leaf == new.tag + new.content + new.received
    assert put(sender, new_post(sender, "i", 0, {})) is None
    thread = Thread.objects.get(id=sender.thread)
    assert (thread.r_posts, thread.o_posts, thread.i_posts) == (2, 1, 1)


def test_the_same_post_again_gets_the_same_promise(sender: Sender) -> None:
    new = new_post(sender, "r", 1, {"r": 0})
    assert put(sender, new) == put(sender, new)
    assert Post.objects.filter(chain="r").count() == 2


def test_another_body_at_a_place_is_refused(sender: Sender) -> None:
    put(sender, new_post(sender, "r", 1, {"r": 0}))
    problem = refused(sender, new_post(sender, "r", 1, {"r": 0}))
    assert (problem.status, problem.code) == (409, "taken")


@pytest.mark.parametrize(
    ("chain", "n", "heads"),
    [("r", 1, {}), ("r", 1, {"r": 0, "o": 0}), ("r", 2, {"r": 0}), ("o", 0, {}), ("o", 1, {"r": 0}), ("i", 1, {})],
)
def test_who_has_not_seen_the_newest_must_load_again(sender: Sender, chain: str, n: int, heads: dict[str, int]) -> None:
    problem = refused(sender, new_post(sender, chain, n, heads))
    assert (problem.status, problem.code) == (409, "heads")
    assert problem.more == {"heads": {"r": 0}}


def test_a_note_does_not_wait_for_the_conversation(sender: Sender) -> None:
    put(sender, new_post(sender, "o", 0, {"r": 0}))
    assert put(sender, new_post(sender, "i", 0, {"r": 0})) is None


def test_another_audience_than_the_one_that_reads_now_is_refused(sender: Sender) -> None:
    Desk.objects.update(epoch=1)
    assert refused(sender, new_post(sender, "r", 1, {"r": 0})).code == "audience"
    assert put(sender, new_post(sender, "r", 1, {"r": 0}, audience={"epoch": 1})) is not None
    assert refused(sender, new_post(sender, "o", 0, {"r": 1}, audience={"generation": 0})).code == "audience"


def test_after_triage_only_the_generation_counts(sender: Sender) -> None:
    Thread.objects.update(generation=2)
    assert refused(sender, new_post(sender, "r", 1, {"r": 0})).code == "audience"
    assert put(sender, new_post(sender, "r", 1, {"r": 0}, audience={"generation": 2})) is not None


def test_another_offices_thread_is_not_there(sender: Sender) -> None:
    other = Line().found()
    with pytest.raises(Problem) as problem:
        services.post(other.office, new_post(sender, "o", 0, {"r": 0}), TODAY)
    assert (problem.value.status, problem.value.code) == (404, "no-thread")


def rekey(
    sender: Sender, n: int, heads: dict[str, int], copies: list[tuple[str, int, bytes]]
) -> tuple[NewPost, bytes, bytes]:
    fresh, auth = secrets.token_bytes(16), secrets.token_bytes(32)
    head = post_head(sender, "r", n, heads, rekey={"id": b64(fresh), "auth": b64(H(auth))})
    files = post_files("r")
    rows = {2 + i: {"chain": chain, "n": place} for i, (chain, place, _body) in enumerate(copies)}
    body = parcel(head, files + [("own", content) for _chain, _n, content in copies], rows)
    return read_post(*parcels.read(body)), fresh, auth


def test_a_new_receipt_takes_over_and_the_old_one_opens_nothing(sender: Sender) -> None:
    put(sender, new_post(sender, "o", 0, {"r": 0}))
    copies = [("r", 0, b"renewed report"), ("o", 0, b"renewed question")]
    new, fresh, auth = rekey(sender, 1, {"r": 0, "o": 0}, copies)
    put(sender, new)
    with pytest.raises(Problem) as old:
        queries.mailbox_thread(sender.line.office, sender.id, sender.auth, TODAY)
    assert (old.value.status, old.value.code) == (410, "replaced")
    thread = queries.mailbox_thread(sender.line.office, fresh, auth, TODAY)
    assert thread.id == sender.thread
    kept = {(f.chain, f.n): f.sealed for f in SealedFile.objects.filter(thread=thread, kind="own")}
    assert kept["r", 0] == b"renewed report"
    assert kept["o", 0] == b"renewed question"
    file = SealedFile.objects.get(thread=thread, chain="r", n=0, kind="own")
    assert file.resealed
    assert file.hash == H(dict(sender.files)["own"])


def test_the_first_drop_again_still_gets_its_promise_after_a_new_receipt(sender: Sender) -> None:
    first = services.drop(sender.line.office, sender.drop(), TODAY)
    new, _fresh, _auth = rekey(sender, 1, {"r": 0}, [("r", 0, b"renewed")])
    put(sender, new)
    assert services.drop(sender.line.office, sender.drop(), TODAY) == first


@pytest.mark.parametrize("copies", [[], [("r", 0, b"a"), ("o", 0, b"b")], [("o", 0, b"b")]])
def test_a_new_receipt_must_bring_every_copy(sender: Sender, copies: list[tuple[str, int, bytes]]) -> None:
    new, _fresh, _auth = rekey(sender, 1, {"r": 0}, copies)
    assert refused(sender, new).code == "copies"
    assert queries.mailbox_thread(sender.line.office, sender.id, sender.auth, TODAY).r_posts == 1


def test_a_new_receipt_cannot_take_anothers_mailbox(sender: Sender) -> None:
    other = Sender(sender.line)
    services.drop(sender.line.office, other.drop(), TODAY)
    head = post_head(sender, "r", 1, {"r": 0}, rekey={"id": b64(other.id), "auth": b64(bytes(32))})
    body = parcel(head, [*post_files("r"), ("own", b"x")], {2: {"chain": "r", "n": 0}})
    assert refused(sender, read_post(*parcels.read(body))).code == "taken"


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"chain": "k"},
        {"n": -1},
        {"n": "1"},
        {"heads": {"i": 0}},
        {"heads": []},
        {"audience": {}},
        {"audience": {"epoch": 0, "generation": 0}},
        {"T": None},
        {"c": "AA"},
        {"auth": None},
        {"extra": 1},
        {"rekey": {"id": "AA"}},
        {"thread": b64(bytes(15))},
    ],
)
def test_a_head_that_is_not_a_posts_is_refused(sender: Sender, change: dict[str, Any]) -> None:
    head = post_head(sender, "r", 1, {"r": 0}) | change
    whole = parcel({name: value for name, value in head.items() if value is not None}, post_files("r"))
    with pytest.raises(MalformedError):
        read_post(*parcels.read(whole))


@pytest.mark.parametrize(
    ("chain", "kinds"),
    [
        ("r", ["office"]),
        ("o", ["own", "office"]),
        ("i", ["office", "own"]),
        ("r", ["office", "own", "share"]),
        ("r", ["office", "own", "blob"]),
    ],
)
def test_files_that_do_not_belong_to_a_chain_are_refused(sender: Sender, chain: str, kinds: list[str]) -> None:
    body = parcel(post_head(sender, chain, 1, {"r": 0}), [(kind, b"x") for kind in kinds])
    with pytest.raises(MalformedError):
        read_post(*parcels.read(body))


def test_a_name_given_later_comes_with_its_identity_and_shares(sender: Sender) -> None:
    files = [*post_files("r"), ("identity", b"i"), ("share", b"1"), ("share", b"2")]
    put(sender, read_post(*parcels.read(parcel(post_head(sender, "r", 1, {"r": 0}), files))))
    assert [f.kind for f in SealedFile.objects.filter(chain="r", n=1).order_by("place")] == [kind for kind, _ in files]
