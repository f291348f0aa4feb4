"""What is held back is held back whole: no single file of it is deleted either."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.casework import NOW, TODAY, Casework, Office
from cases.deleters import Deleters, refusal
from factories.offices import Insider
from fairline.cases import erasing
from fairline.core import clock
from fairline.ledger import erased, stored
from fairline.line import services as line
from fairline.line.erasing import Which
from fairline.line.models import Blob, Erasure
from fairline.seal.primitives import H, b64
from support.line import Attached, Line, Sender

pytestmark = pytest.mark.django_db


class Held:
    """A report with a file, and two people who have declared to know nobody in it."""

    def __init__(self) -> None:
        self.at = Deleters(Office.founded("ben"))
        maker = self.at.office.maker
        where = Line(maker.id, maker.desk)
        self.file = Attached(where).hold()
        sender = Sender(where, attached=(self.file,), epoch=1)
        line.drop(maker.id, sender.drop(), TODAY)
        self.report = Casework(self.at.office, sender)
        self.report.declare(*self.at.office.people)

    def which(self) -> Which:
        return Which(self.at.office.maker.id, self.report.id, self.file.id, self.at.day)

    def signed(self, by: Insider, act: str, **fields: Any) -> Any:
        said = {"erased": [b64(self.file.hash)], "reason": "harmful", **fields}
        return self.at.signed(by, act, self.report.id, **said)

    def asks(self, by: Insider) -> bytes:
        act = self.signed(by, erased.ASK)
        erasing.ask(self.at.office.facts(by), self.which(), "harmful", act, self.at.now)
        return H(act.what)

    def agrees(self, by: Insider, request: bytes) -> None:
        act = self.signed(by, erased.ERASE, request=b64(request))
        erasing.agree(self.at.office.facts(by), self.which(), act, self.at.now)

    def is_gone(self) -> bool:
        return Blob.objects.get(id=self.file.id).gone


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    stored.discover()
    return Held()


def test_under_a_hold_nobody_asks_to_delete_a_file(held: Held) -> None:
    lead, ben = held.at.office.people
    held.at.holds(lead, held.report, TODAY + timedelta(days=30))
    assert refusal(lambda: held.asks(ben)) == "hold"
    held.at.agrees_to_hold(ben, held.report)
    assert refusal(lambda: held.asks(ben)) == "hold"
    assert not Erasure.objects.exists()
    held.at.in_days(31)
    held.agrees(lead, held.asks(ben))
    assert held.is_gone()


def test_a_hold_that_comes_after_the_request_stops_the_second_person(held: Held) -> None:
    lead, ben = held.at.office.people
    request = held.asks(ben)
    held.at.holds(lead, held.report, TODAY + timedelta(days=2))
    assert refusal(lambda: held.agrees(lead, request)) == "hold"
    assert not held.is_gone()
    held.at.in_days(3)
    held.agrees(lead, request)
    assert held.is_gone()
