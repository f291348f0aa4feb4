"""Nothing new is taken without the arithmetic; a solution serves one thing, and its hardness tells nobody who came."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fairline.core import clock
from fairline.core.limits import WORK_BITS, WORK_STEPS
from fairline.line import hardness, services
from fairline.line import work as door_work
from fairline.line.hardness import DRAWN, KEPT, LEAST, WINDOW, Hardness
from fairline.line.models import Post, Thread
from fairline.seal.primitives import b64, unb64
from fairline.seal.work import REPORT, Work, read_challenge, salt, solve, with_work
from support.doors import DoorClient
from support.line import TODAY, Line, Sender, parcel, post_files, post_head

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(door_work, "_hardness", Hardness())
    return Line().found()


def sent(client: DoorClient, line: Line, what: str, body: bytes) -> Any:
    return client.post(f"/at/{b64(line.office)}/{what}", body, content_type="application/octet-stream")


def bare(sender: Sender) -> bytes:
    """A report without its arithmetic."""
    head = sender.head()
    del head["work"]
    return parcel(head, sender.files)


def done(line: Line, subject: bytes, now: datetime = NOON, purpose: str = REPORT) -> Work:
    return solve(door_work.challenge(line.office, now), salt(purpose, subject))


@pytest.mark.django_db
def test_a_report_without_work_is_told_what_to_solve_and_then_taken(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    answer = sent(report_client, line, "drop", bare(sender))
    assert (answer.status_code, answer.json()["error"]) == (409, "work")
    assert not Thread.objects.exists()
    solved = solve(read_challenge(answer.json()["work"]), salt(REPORT, sender.id))
    assert sent(report_client, line, "drop", with_work(sender.parcel(), solved)).status_code == 200
    # The same bytes once more are the same report, with the same promise.
    assert sent(report_client, line, "drop", with_work(sender.parcel(), solved)).status_code == 200
    assert Thread.objects.count() == 1


@pytest.mark.django_db
def test_the_answer_is_the_same_for_everybody_of_ten_minutes(report_client: DoorClient, line: Line) -> None:
    address = f"/at/{b64(line.office)}/work"
    first, second = report_client.get(address), report_client.get(address)
    assert first.content == second.content
    assert first.json() == door_work.challenge(line.office, NOON + timedelta(minutes=9)).fields()
    assert first.json()["nonce"] != door_work.challenge(line.office, NOON + timedelta(minutes=10)).fields()["nonce"]
    other = Line().found()
    assert report_client.get(f"/at/{b64(other.office)}/work").json()["nonce"] != first.json()["nonce"]


@pytest.mark.django_db
def test_work_for_one_report_serves_no_other(report_client: DoorClient, line: Line) -> None:
    bits = door_work.challenge(line.office, NOON).bits
    assert bits > 0
    solved = done(line, secrets.token_bytes(16))
    refused = sum(
        sent(report_client, line, "drop", with_work(Sender(line).parcel(), solved)).status_code == 409
        for _ in range(40)
    )
    # By chance one in four is good for another report at the tests' hardness; at the usual one it is one in 256.
    assert refused >= 40 // 4


@pytest.mark.django_db
def test_a_message_needs_work_of_its_own(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    body = parcel(post_head(sender, "r", 1, {"r": 0}, work=None), post_files("r"))
    answer = sent(report_client, line, "post", body)
    assert (answer.status_code, answer.json()["error"]) == (409, "work")
    assert Post.objects.count() == 1
    subject = unb64(b64(sender.id)) + (1).to_bytes(8, "big")
    solved = solve(read_challenge(answer.json()["work"]), salt("post", subject))
    assert sent(report_client, line, "post", with_work(body, solved)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "taken"), [(0, True), (-60, True), (-80, False), (9, True), (25, False)])
def test_work_is_good_for_an_hour(report_client: DoorClient, line: Line, minutes: int, *, taken: bool) -> None:
    sender = Sender(line)
    solved = done(line, sender.id, NOON + timedelta(minutes=minutes))
    answer = sent(report_client, line, "drop", with_work(sender.parcel(), solved))
    assert answer.status_code == (200 if taken else 409)


@pytest.mark.django_db
def test_work_that_is_no_work_is_refused_with_a_sentence(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    for work in ({"span": 1}, {"span": 1, "counter": -1}, {"span": 1, "counter": 2**32}, "1", None, [], {"span": "1"}):
        answer = sent(report_client, line, "drop", parcel(sender.head() | {"work": work}, sender.files))
        assert answer.status_code == 400
        assert len(answer.json()["message"].split()) > 5


@pytest.mark.django_db
def test_members_do_no_arithmetic(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    services.drop(line.office, sender.drop(), TODAY)
    head = post_head(sender, "o", 0, {"r": 0}) | {"work": {"span": 1, "counter": 1}}
    answer = sent(report_client, line, "post", parcel(head, post_files("o")))
    assert (answer.status_code, answer.json()["error"]) == (400, "chain")


class Seconds:
    """A clock of the test's own."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def came(count: Hardness, times: int) -> int:
    for _ in range(times):
        count.came()
    return count.bits()


def test_no_day_that_the_record_hides_moves_the_hardness() -> None:
    # Forty others and two hundred of one's own, all within one minute: the public number stays.
    assert LEAST >= 200 + 40
    for _ in range(50):
        assert came(Hardness(Seconds()), LEAST) == WORK_BITS


def test_a_flood_makes_it_harder_in_steps_and_no_harder_than_the_top() -> None:
    clock = Seconds()
    count = Hardness(clock)
    seen = [came(count, 1) for _ in range(4 * (LEAST + DRAWN))]
    assert sorted(set(seen)) == [WORK_BITS + step for step in range(WORK_STEPS + 1)]
    assert seen == sorted(seen)


def test_where_it_moves_is_drawn_anew_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([0, DRAWN - 1, 7])
    monkeypatch.setattr(hardness.secrets, "randbelow", lambda _below: next(drawn))
    count = Hardness(Seconds())
    assert came(count, LEAST) == WORK_BITS
    assert came(count, 1) == WORK_BITS + 1
    assert came(count, LEAST + DRAWN - 1) == WORK_BITS + 1
    assert came(count, 1) == WORK_BITS + 2


def test_it_eases_step_by_step_once_the_flood_is_over() -> None:
    clock = Seconds()
    count = Hardness(clock)
    came(count, 3 * (LEAST + DRAWN))
    clock.now = KEPT - 1
    assert count.bits() == WORK_BITS + 2
    clock.now = KEPT + 1
    assert count.bits() == WORK_BITS + 1
    clock.now = 2 * KEPT + 1
    assert count.bits() == WORK_BITS


def test_what_came_in_one_minute_does_not_count_in_the_next() -> None:
    clock = Seconds()
    count = Hardness(clock)
    for minute in range(20):
        clock.now = minute * (WINDOW + 1)
        assert came(count, LEAST // 2) == WORK_BITS


@pytest.mark.django_db
def test_who_solved_before_it_became_harder_is_asked_again(report_client: DoorClient, line: Line) -> None:
    sender = Sender(line)
    before = door_work.challenge(line.office, NOON)
    came(door_work._hardness, 4 * (LEAST + DRAWN))
    after = door_work.challenge(line.office, NOON)
    assert (after.nonce, after.bits) == (before.nonce, before.bits + WORK_STEPS)
    # Of what was solved at the old hardness some is hard enough by luck: three in four are not.
    senders = [sender, *(Sender(line) for _ in range(19))]
    answers = [
        sent(report_client, line, "drop", with_work(one.parcel(), solve(before, salt(REPORT, one.id))))
        for one in senders
    ]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert len(refused) >= 2
    assert {answer.json()["work"]["bits"] for answer in refused} == {after.bits}
