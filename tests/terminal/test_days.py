"""Days that a door could lie about: whose charter counts, when a promise is due, where the record ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from fairline.ledger import promises
from fairline.ledger.errors import ProofError
from fairline.ledger.keeping import Kept, Overdue
from fairline.seal.charter import in_force
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.primitives import H
from fairline.seal.vectors.office import TODAY
from fairline.terminal.checking import search
from fairline.terminal.mailbox import RawPost, RawThread, prove
from fairline.terminal.sending import require_plausible
from seal.conversation import RECEIPT, Conversation

LATER = TODAY + timedelta(days=10)


class Record:
    """What the record says of every promise; or that it does not hold."""

    def __init__(self, says: Any) -> None:
        self.says = says

    def check(self, _promise: Any, _today: str) -> Any:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.fixture(scope="module")
def talk() -> Conversation:
    found = Conversation()
    found.answer("Who left wrote this.")
    return found


def office(talk: Conversation, record: Any, begins: date = LATER) -> Any:
    """The office as it is under the charter after the one that the answer was written under."""
    old = talk.manifest.charter
    new = replace(old, number=old.number + 1, prev=old.hash, hash=H(b"new"), start=begins, not_after=begins)
    return SimpleNamespace(
        office=talk.office.id, manifest=replace(talk.manifest, charter=new), record=Record(record), today=begins,
        charters_from=lambda _least: {old.number: old, new.number: new},
    )  # fmt: skip


def raw(talk: Conversation, day: date = TODAY) -> RawThread:
    posts = []
    for post in talk.posts:
        leaf = post.leaf or b""
        promise = promises.make(talk.office.id, leaf, day.isoformat(), talk.office.promise_seed)
        own = next(file.content for file in post.files if file.kind == "own")
        posts.append(RawPost(post.chain, post.n, leaf[:32], leaf[32:64], leaf[64:], day.isoformat(), promise, own))
    return RawThread(talk.mailbox.id, talk.office.desk, "arrived", day.isoformat(), ("epoch", 2), tuple(posts))


def faults(talk: Conversation, record: Any, day: date = TODAY) -> list[tuple[str, int, str]]:
    read = prove(office(talk, record), talk.mailbox, RECEIPT, raw(talk, day))
    return [(fault.chain, fault.n, fault.code) for fault in read.faults]


def test_an_answer_of_before_counts_where_the_record_of_its_day_holds_it(talk: Conversation) -> None:
    assert faults(talk, Kept(0)) == []


@pytest.mark.parametrize("record", [Overdue(), ProofError("proof-consistency", "Two pasts.")])
def test_a_promise_that_dates_an_answer_back_counts_for_nothing(talk: Conversation, record: Any) -> None:
    assert faults(talk, record) == [("o", 0, "envelope-author")]


def test_nobody_writes_on_under_a_charter_that_is_over(talk: Conversation) -> None:
    old, new = talk.manifest.charter, office(talk, Kept(0), TODAY + timedelta(days=3)).manifest.charter
    of_day = in_force([old, new])
    assert of_day(old.number, TODAY) is old
    assert of_day(old.number, new.start) is old
    assert of_day(old.number, new.start + timedelta(days=1)) is None
    assert of_day(old.number, old.start - timedelta(days=1)) is None
    assert of_day(new.number, new.not_after + timedelta(days=1)) is None
    assert (of_day(old.number, None), of_day(new.number, None)) == (None, new)
    assert of_day(7, TODAY) is None


def test_a_promise_that_would_never_be_due_is_none(talk: Conversation) -> None:
    here = office(talk, Kept(0))

    def promised(day: date) -> Any:
        return promises.make(talk.office.id, bytes(96), day.isoformat(), talk.office.promise_seed)

    require_plausible(here, promised(LATER + timedelta(days=1)))
    with pytest.raises(MalformedError) as refused:
        require_plausible(here, promised(LATER + timedelta(days=2)))
    assert refused.value.code == "promise-day"
    there = prove(here, talk.mailbox, RECEIPT, raw(talk, LATER + timedelta(days=2)))
    assert {fault.code for fault in there.faults} == {"promise-day"}


@pytest.mark.parametrize(("shown", "refused"), [(LATER - timedelta(days=4), False), (LATER - timedelta(days=5), True),
                                                (None, True)])  # fmt: skip
def test_a_record_that_stands_still_is_no_answer_to_a_search(
    talk: Conversation,
    shown: date | None,
    refused: bool,  # noqa: FBT001
) -> None:
    newest = shown and SimpleNamespace(checkpoint=SimpleNamespace(day=shown.isoformat()))
    here = office(talk, Kept(0))
    here.manifest = replace(here.manifest, charter=talk.manifest.charter)
    here.record = SimpleNamespace(newest=lambda _log: newest, search=lambda _tag: iter(()))
    if refused:
        with pytest.raises(FairlineError, match="day-missing"):
            search(here, bytes(32), lambda _day: None)
    else:
        assert search(here, bytes(32), lambda _day: None) == []
