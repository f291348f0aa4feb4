"""A mailbox that was opened for somebody comes to an end as a report does: it has a day, shows when late, and goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.casework import NOW, TODAY
from cases.deleters import Deleters, refusal
from cases.letters import Letter
from fairline.cases import closing, keeping, services
from fairline.cases.models import CaseKeys, Slip
from fairline.cases.retention import State
from fairline.ledger.verifying import verify
from fairline.line import services as line
from fairline.line.models import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Deleters:
    return Deleters.founded(monkeypatch)


@pytest.fixture
def letter(at: Deleters) -> Letter:
    lead, ben, _cleo = at.office.people
    letter = Letter(at.office, ben, [lead, ben])
    letter.open()
    services.declare(at.office.facts(lead), letter.id, "none", NOW)
    return letter


def close(at: Deleters, letter: Letter, outcome: str = "unsubstantiated") -> None:
    ben = at.office.people[1]
    said = {"outcome": outcome, "class": "tampering"}
    act = letter.signed(ben, "close", said, before=letter.recipient, keys=letter.commitment)
    new = closing.Closing(outcome, "tampering", letter.post("o", 3), act)
    closing.close(at.office.facts(ben), letter.id, new, at.day, at.now)


def due(at: Deleters, letter: Letter) -> date:
    row = keeping.of_thread(at.office.maker.id, letter.id, at.day)
    assert row is not None
    return row.standing.due


def test_a_closed_one_has_a_day_shows_when_late_and_is_deleted_by_two(at: Deleters, letter: Letter) -> None:
    lead, ben, _cleo = at.office.people
    assert keeping.of_thread(at.office.maker.id, letter.id, TODAY) is None
    close(at, letter)
    last = due(at, letter)
    assert refusal(lambda: at.asks(lead, letter)) == "early"
    at.day = last
    assert [row.thread for row in keeping.board_of(at.office.facts(ben), at.day)] == [letter.id]
    assert keeping.late_of(at.office.facts(lead), at.day) == []
    at.day = last + timedelta(days=14)
    assert [row.thread for row in keeping.late_of(at.office.facts(lead), at.day)] == [letter.id]
    at.agrees(ben, at.asks(lead, letter))
    assert Thread.objects.get(id=letter.id).status == "deleted"
    assert not CaseKeys.objects.filter(thread=letter.id).exists()
    assert list(verify(at.office.maker.id)) == []
    assert not Slip.objects.exists()


def test_how_it_ended_is_sealed_so_the_shortest_time_of_its_desks_law_counts(at: Deleters, letter: Letter) -> None:
    close(at, letter, "unfounded")
    # Sixty days, as for what an office is not competent for; no other outcome is kept so short.
    assert due(at, letter) == TODAY + timedelta(days=60)


def test_closed_again_its_time_begins_again(at: Deleters, letter: Letter) -> None:
    lead, ben, _cleo = at.office.people
    close(at, letter)
    before = due(at, letter)
    act = at.office.maker.act(ben, "reopen", letter.id, before=letter.recipient, after=None, keys=letter.commitment)
    closing.reopen(at.office.facts(ben), letter.id, act, NOW)
    assert keeping.of_thread(at.office.maker.id, letter.id, TODAY) is None
    at.in_days(10)
    said = {"outcome": "unfounded", "class": "tampering"}
    again = letter.signed(lead, "close", said, before=letter.recipient, keys=letter.commitment)
    new = closing.Closing("unfounded", "tampering", letter.post("o", 4), again)
    closing.close(at.office.facts(lead), letter.id, new, at.day, at.now)
    assert due(at, letter) == before + timedelta(days=10)


def test_what_its_holder_wrote_is_read_before_it_goes(at: Deleters, letter: Letter) -> None:
    lead, ben, _cleo = at.office.people
    close(at, letter)
    line.post(at.office.maker.id, letter.post("r", 0), TODAY)
    at.day = due(at, letter)
    assert at.state(letter) == State.UNREAD
    services.mark_read(at.office.facts(lead), letter.id, "r", 0, NOW)
    at.agrees(ben, at.asks(lead, letter))
    assert Thread.objects.get(id=letter.id).status == "deleted"
