"""The list of arrivals in pages: the newest first, all of it in the end, and only news for who asks again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.desk import NOW, handler, report, second_desk
from fairline.cases import queries, services
from fairline.line import services as line
from fairline.seal.primitives import b64
from support.line import TODAY, Sender, new_post

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


def filed(at, day=TODAY) -> Sender:
    sender = Sender(at)
    line.drop(at.office, sender.drop(), day)
    return sender


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(queries, "ARRIVALS_PAGE", 2)


def read_on(door, member, answer) -> list[dict]:
    """All rows from here to the end, desk by desk."""
    rows = list(answer["threads"])
    for desk, place in answer["next"].items():
        rows += read_on(door, member, door.get(member, f"arrivals?desk={desk}&after={place}").json())
    return rows


def test_pages_tell_every_report_once_and_the_newest_first(door, at, two_a_page):
    days = [TODAY, TOMORROW, TODAY, TOMORROW, TODAY + timedelta(days=3)]
    sent = [filed(at, day) for day in days]
    there = filed(second_desk(at))
    member = handler(at)
    rows = read_on(door, member, door.get(member, "arrivals").json())
    assert {row["thread"] for row in rows} == {b64(one.id) for one in sent}
    assert b64(there.id) not in {row["thread"] for row in rows}
    assert len(rows) == len(sent)
    assert [row["newest"] for row in rows] == sorted((day.isoformat() for day in days), reverse=True)


def test_who_asks_again_gets_only_what_is_new_since_that_day(door, at):
    old, answered, new = filed(at), filed(at), filed(at, TOMORROW)
    line.post(at.office, new_post(answered, "r", 1, {"r": 0}), TOMORROW)
    rows = door.get(handler(at), f"arrivals?since={TOMORROW.isoformat()}").json()["threads"]
    assert {row["thread"] for row in rows} == {b64(new.id), b64(answered.id)}
    assert b64(old.id) not in {row["thread"] for row in rows}


def test_a_row_tells_numbers_and_days_and_whose_turn_it_is(door, at):
    sender, member = filed(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    line.post(at.office, new_post(sender, "o", 0, {"r": 0}), TOMORROW)
    [row] = door.get(member, "arrivals").json()["threads"]
    assert row == {
        "thread": b64(sender.id), "desk": b64(at.desk), "day": TODAY.isoformat(), "newest": TOMORROW.isoformat(),
        "status": "arrived", "epoch": 0, "posts": {"r": 1, "o": 1, "i": 0}, "ours": False, "unread": 2,
        "declared": True,
    }  # fmt: skip
    line.post(at.office, new_post(sender, "r", 1, {"r": 0, "o": 0}), TOMORROW)
    [row] = door.get(member, "arrivals").json()["threads"]
    assert (row["ours"], row["unread"]) == (True, 3)


def test_a_note_of_the_desk_is_news_and_no_answer(door, at):
    sender = filed(at)
    line.post(at.office, new_post(sender, "i", 0, {}), TOMORROW)
    [row] = door.get(handler(at), "arrivals").json()["threads"]
    assert (row["newest"], row["ours"]) == (TOMORROW.isoformat(), True)


def test_who_has_stepped_aside_is_told_nothing_in_any_page(door, at, two_a_page):
    sent, member = [report(at) for _ in range(5)], handler(at)
    services.declare(member, sent[2].id, "aside", NOW)
    rows = read_on(door, member, door.get(member, "arrivals").json())
    assert {row["thread"] for row in rows} == {b64(one.id) for one in sent} - {b64(sent[2].id)}


def test_one_report_can_be_asked_for_by_an_address_that_was_shared(door, at):
    sent, elsewhere, member = [report(at) for _ in range(3)], report(second_desk(at)), handler(at)
    rows = door.get(member, f"arrivals?thread={b64(sent[1].id)}").json()["threads"]
    assert [row["thread"] for row in rows] == [b64(sent[1].id)]
    assert door.get(member, f"arrivals?thread={b64(elsewhere.id)}").json()["threads"] == []
    services.declare(member, sent[1].id, "aside", NOW)
    assert door.get(member, f"arrivals?thread={b64(sent[1].id)}").json()["threads"] == []


@pytest.mark.parametrize("asked", ["since=yesterday", "after=2026-01-01.x", "after=2026-01-01.AAAAAAAAAAAAAAAAAAAAAA",
                                   "desk=x", "thread=x", "since=0000-00-00"])  # fmt: skip
def test_an_address_that_no_page_asks_is_refused(door, at, asked):
    assert door.get(handler(at), f"arrivals?{asked}").status_code == 400
