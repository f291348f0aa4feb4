"""A case in which somebody is protected is not deleted under their feet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import NOW
from cases.deleters import Deleters, refusal
from fairline.core import clock
from fairline.ledger import stored
from fairline.protection.models import ProtectionFile
from protection.steps import Protecting

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def protecting(monkeypatch: pytest.MonkeyPatch) -> Protecting:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    stored.discover()
    return Protecting.founded()


@pytest.fixture
def at(protecting: Protecting) -> Deleters:
    at = Deleters(protecting.office)
    _lead, bao, cleo, _dan = protecting.office.people
    at.reads(bao, protecting.case)
    at.reads(cleo, protecting.case)
    protecting.case.close(bao)
    return at.in_days(400)


def test_while_a_review_stands_nobody_asks_for_its_deletion(protecting: Protecting, at: Deleters) -> None:
    _lead, bao, cleo, _dan = protecting.office.people
    protecting.protect(bao, protecting.step(bao, at.day + WEEK), at.day)
    assert refusal(lambda: at.asks(bao, protecting.case)) == "protected"
    protecting.protect(cleo, protecting.step(cleo, None, at.day + WEEK), at.day)
    at.agrees(cleo, at.asks(bao, protecting.case))
    assert protecting.case.row.status == "deleted"
    assert not ProtectionFile.objects.exists()


def test_a_review_that_is_set_after_the_request_lets_it_fall(protecting: Protecting, at: Deleters) -> None:
    _lead, bao, cleo, _dan = protecting.office.people
    request = at.asks(bao, protecting.case)
    protecting.protect(cleo, protecting.step(cleo, at.day + WEEK), at.day)
    assert refusal(lambda: at.agrees(cleo, request)) == "state"
    assert protecting.case.row.status == "closed"
