"""A row that nobody verified is the office's own commitment until a named member confirms it, with source and day."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from factories.offices import NOW, founded
from factories.shipping import newer
from fairline.cases import retention, timekeeping
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.offices import queries as offices
from fairline.offices.models import AdoptedLaw, ConfirmedRow, Desk, Member, Office
from fairline.offices.services import confirming, versions
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.profiles.deadlines import Period
from fairline.profiles.law_checks import shipped_law as law_of
from fairline.profiles.laws import Status
from fairline.profiles.own_rows import OwnRow, laid
from fairline.profiles.services import keep
from fairline.profiles.shipped import for_organisations, shipped
from fairline.profiles.versions import AdoptedVersion
from fairline.seal.primitives import H, b64
from support.line import TODAY

pytestmark = pytest.mark.django_db
LAW, ROW = "eu-2019-1937", "feedback-internal"


SAID = {
    "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3}, "ways": {"letter": "Quay 1"},
    "emergency": {"en": "Call 112."}, "complaints": {"en": "The ombudsperson."}, "law": {"id": LAW},
}  # fmt: skip


@pytest.fixture
def maker(monkeypatch):
    made = founded()
    profile = keep(json.dumps(SAID).encode())
    monkeypatch.setattr(offices, "profiles_of", lambda _office, _desk: [(TODAY, profile)])
    return made


def confirms(maker, row: str = ROW, source: str = "OJ L 305, p. 17", later: int = 0, law: str = LAW, **named):
    new = Confirmation(law, row, source, NOW.date() + timedelta(days=later))
    after = Confirmation(**{"law": law, "row": row, "source": source, "looked": new.looked} | named).digest()
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
    [({"row": "no-such-row"}, "no-row"), ({"row": "class/control"}, "no-row"), ({"source": " "}, "source"),
     ({"later": 2}, "source"), ({"looked": TODAY - timedelta(days=400)}, "act")],
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


NISPOM, REWARDS = "us-nispom", "prc-cel-2023"


def shown(maker, law: str, part: str) -> dict[str, dict[str, object]]:
    """What the page *Laws* shows of the rows of one part of a law."""
    from fairline.offices.views.laws import _laws  # noqa: PLC0415 - reads settings when it is loaded

    [found] = [one for one in _laws(maker.id) if one["id"] == law]
    return {one["id"]: one for one in found[part]}


def test_a_kind_of_concern_is_confirmed_as_a_clock_is(maker, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda _zone: NOW.date())
    confirms(maker, "class/loss", "32 CFR 117.8(d), read in the eCFR", law=NISPOM)
    kinds = shown(maker, NISPOM, "classes")
    assert kinds["loss"]["confirmed"] == {
        "member": b64(maker.first.id), "source": "32 CFR 117.8(d), read in the eCFR",
        "looked": NOW.date().isoformat(), "day": NOW.date().isoformat(),
    }  # fmt: skip
    assert {name for name, one in kinds.items() if one["confirmed"] is None} == {"tampering", "intrusion", "approach"}
    recorded = parse_row(Row.objects.filter(office=maker.id).latest("number").row).act()
    looked = f"{NISPOM}\nclass/loss\n{NOW.date()}\n32 CFR 117.8(d), read in the eCFR"
    assert (recorded.act, recorded.after) == ("confirm row", H(looked.encode()))


def test_a_step_of_a_reward_is_confirmed_where_nobody_has_verified_it_and_nowhere_else(maker, tmp_path, monkeypatch):
    text = shipped(REWARDS) or ""
    [second] = [row for row in text.split("\n\n") if row.startswith('[[rewards]]\nid = "t2"')]
    with newer(tmp_path, monkeypatch, REWARDS, (second, second.replace('"verified"', '"unverified"'))):
        AdoptedLaw.objects.create(
            office=maker.id, number=99, law=REWARDS, version=2, starts=NOW.date(), day=NOW.date(), member=maker.first.id
        )
        profile = keep(json.dumps(SAID | {"law": {"id": REWARDS}}).encode())
        Desk.objects.filter(id=maker.desk).update(profile=profile)
        monkeypatch.setattr(clock, "today", lambda _zone: NOW.date())
        with pytest.raises(Problem) as refused:
            confirms(maker, "reward/t1", law=REWARDS)
        assert refused.value.code == "no-row"
        confirms(maker, "reward/t2", law=REWARDS)
        assert [one["id"] for one in shown(maker, REWARDS, "rewards").values() if one["confirmed"]] == ["t2"]


def test_who_confirmed_a_kind_confirmed_its_words_and_tier(maker, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda _zone: NOW.date())
    confirms(maker, "class/loss", law=NISPOM)
    confirms(maker, "class/intrusion", law=NISPOM)
    changed = ('tier = 1\nlabel = { en = "Loss or compromise', 'tier = 2\nlabel = { en = "Loss or compromise')
    with newer(tmp_path, monkeypatch, NISPOM, changed):
        adopts(maker, NISPOM)
        monkeypatch.setattr(clock, "today", lambda _zone: NOW.date() + timedelta(days=1))
        kinds = shown(maker, NISPOM, "classes")
        assert (kinds["loss"]["tier"], kinds["loss"]["confirmed"]) == (2, None)
        assert kinds["intrusion"]["confirmed"] is not None


@pytest.mark.parametrize(
    ("law", "part", "row"),
    [("us-nispom", "duties", "duty"), ("prc-cel-2023", "languages", "language"), ("eu-2019-1937-es", "periods", "")],
)
def test_duties_languages_and_how_long_something_is_kept_are_confirmed_alike(maker, monkeypatch, law, part, row):
    monkeypatch.setattr(clock, "today", lambda _zone: NOW.date())
    if law not in for_organisations():
        profile = keep(json.dumps(SAID | {"law": {"id": law}}).encode())
        Desk.objects.filter(id=maker.desk).update(profile=profile)
    there = waiting(maker, law, part)
    name = there[0]
    confirms(maker, f"{row}/{name}" if row else name, "The gazette, read today", law=law)
    assert waiting(maker, law, part) == there[1:]
    [known] = ConfirmedRow.objects.values_list("row", "source")
    assert known == (f"{row}/{name}" if row else name, "The gazette, read today")


def waiting(maker, law: str, part: str) -> list[str]:
    """What of a part nobody has verified or confirmed; of the periods how long something is kept."""
    from fairline.offices.views.laws import _laws  # noqa: PLC0415 - reads settings when it is loaded

    [found] = [one for one in _laws(maker.id) if one["id"] == law]
    names = {"duties": "id", "languages": "tag", "periods": "row"}
    rows = [one for one in found[part] if part != "periods" or one["row"].startswith("retention/")]
    open_ones = [one for one in rows if one["status"] == "unverified" and one["confirmed"] is None]
    return [one[names[part]] for one in open_ones]


def test_how_long_a_case_is_kept_is_called_the_law_once_confirmed_and_not_where_the_office_has_its_own(maker):
    law = law_of("eu-2019-1937-es")
    outcome, row = next((key, one) for key, one in law.retention.items() if one.basis.status is Status.UNVERIFIED)
    over = retention.Over(retention.CLOSED, outcome.value, TODAY, unread=False, held=False, asked=False)
    named = (law.id, law.version, f"retention/{outcome}")
    assert not retention.standing(over, [law], law, TODAY).law
    assert retention.standing(over, [law], law, TODAY, {named}).law
    # What another version of the law says nobody looked up by that.
    assert not retention.standing(over, [law], law, TODAY, {(law.id, law.version + 1, named[2])}).law
    shorter = OwnRow(law.id, named[2], Period(row.period.amount - 1, row.period.unit), TODAY)
    own = laid(law, {(law.id, named[2]): shorter})
    assert not retention.standing(over, [own], own, TODAY, {named}).law


def adopts(maker, law: str) -> None:
    """Have version 2 of ``law`` count from tomorrow on."""
    new = AdoptedVersion(law, 2, NOW.date() + timedelta(days=1))
    act = maker.act(maker.first, versions.ACT, maker.id, after=versions.digest(new))
    versions.adopt(Office.objects.get(id=maker.id), Member.objects.get(id=maker.first.id), new, act, NOW)
