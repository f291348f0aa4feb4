"""A row that nobody verified is the office's own commitment until a named member confirms it, with source and day."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from factories.offices import NOW, founded
from fairline.cases import timekeeping
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.offices import queries as offices
from fairline.offices.models import ConfirmedRow, Desk, Member, Office
from fairline.offices.services import confirming
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.profiles.services import keep
from fairline.seal.primitives import H
from support.line import TODAY

pytestmark = pytest.mark.django_db
LAW, ROW = "eu-2019-1937", "feedback-internal"


@pytest.fixture
def maker(monkeypatch):
    made = founded()
    said = {
        "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3}, "ways": {"letter": "Quay 1"},
        "emergency": {"en": "Call 112."}, "complaints": {"en": "The ombudsperson."}, "law": {"id": LAW},
    }  # fmt: skip
    profile = keep(json.dumps(said).encode())
    monkeypatch.setattr(offices, "profiles_of", lambda _office, _desk: [(TODAY, profile)])
    return made


def confirms(maker, row: str = ROW, source: str = "OJ L 305, p. 17", later: int = 0, **named):
    new = Confirmation(LAW, row, source, NOW.date() + timedelta(days=later))
    after = Confirmation(**{"law": LAW, "row": row, "source": source, "looked": new.looked} | named).digest()
    act = maker.act(maker.first, "confirm row", maker.id, after=after)
    confirm(Office.objects.get(id=maker.id), Member.objects.get(id=maker.first.id), new, act, NOW)


def is_law(maker) -> bool:
    desk = Desk.objects.get(id=maker.desk)
    terms = timekeeping.Desk(maker.id, desk.id, "UTC").terms(TODAY)
    [feedback] = [one for one in timekeeping.standing(TODAY, terms, (), TODAY) if one.action == "feedback"]
    return feedback.is_law


def test_a_confirmed_row_is_called_the_law_and_its_act_stands_in_the_record(maker):
    assert not is_law(maker)
    confirms(maker)
    assert is_law(maker)
    found = offices.confirmed_rows(maker.id)[LAW, ROW]
    assert (found.member, found.source, found.looked) == (maker.first.id, "OJ L 305, p. 17", NOW.date())
    recorded = parse_row(Row.objects.filter(office=maker.id).latest("number").row).act()
    assert (recorded.act, recorded.member) == ("confirm row", maker.first.id)
    assert recorded.after == H(f"{LAW}\n{ROW}\n{NOW.date()}\nOJ L 305, p. 17".encode())


def test_the_newest_confirmation_counts_and_none_is_lost(maker):
    confirms(maker)
    confirms(maker, source="The gazette of 26 November 2019")
    assert offices.confirmed_rows(maker.id)[LAW, ROW].source == "The gazette of 26 November 2019"
    assert ConfirmedRow.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"row": "no-such-row"}, "no-row"), ({"source": " "}, "source"), ({"later": 2}, "source"),
     ({"looked": TODAY - timedelta(days=400)}, "act")],
)  # fmt: skip
def test_nothing_is_confirmed_without_row_source_day_and_signature(maker, wrong, code):
    with pytest.raises(Problem) as refused:
        confirms(maker, **wrong)
    assert refused.value.code == code
    assert not ConfirmedRow.objects.exists()
    assert not is_law(maker)


def test_two_who_confirm_in_the_same_moment_are_both_kept(maker, monkeypatch):
    records = confirming.acts.record

    def behind_a_colleague(*args, **named):
        monkeypatch.setattr(confirming.acts, "record", records)
        first = ConfirmedRow(office=maker.id, law=LAW, row=ROW, number=1, source="OJ", looked=TODAY, member=bytes(16))
        first.day = TODAY
        first.save(force_insert=True)
        return records(*args, **named)

    monkeypatch.setattr(confirming.acts, "record", behind_a_colleague)
    confirms(maker)
    assert list(ConfirmedRow.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert offices.confirmed_rows(maker.id)[LAW, ROW].member == maker.first.id
