"""A desk opens only when everything was tried: each refusal is one sentence of its own."""

from __future__ import annotations

import secrets

import pytest
from django.conf import settings
from django.db import OperationalError

from factories.offices import NOW, PROFILE, founded, handler, with_second
from fairline.cli import run
from fairline.core import publication
from fairline.core.jobs import Night
from fairline.core.problems import Problem
from fairline.offices import models, queries
from fairline.offices.models import Desk, DeskDrill
from fairline.offices.nightly import show_manifests
from fairline.offices.services import documents, opening
from fairline.seal.errors import RefusedError
from fairline.seal.primitives import H

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return founded()


@pytest.fixture
def ready(maker):
    """A desk at which everything was tried."""
    second = with_second(maker)
    for member in (maker.first, second):
        opening.tried(maker.desk, DeskDrill.UNLOCKED, member.id, maker.today)
    opening.test_report_came(maker.id, maker.desk, maker.today)
    return maker


def codes(maker):
    return [one.code for one in opening.missing(maker.desk_row)]


def refusal(maker, **sheet):
    with pytest.raises(Problem) as refused:
        maker.sheet(maker.first, is_open=True, **sheet)
    assert not maker.desk_row.open
    return refused.value


def test_opens_when_everything_was_tried(ready):
    assert codes(ready) == []
    ready.sheet(ready.first, is_open=True)
    desk = queries.desk_in_force(ready.id, ready.desk)
    assert desk is not None
    assert desk.open


def test_one_person_alone(maker):
    assert refusal(maker).code.startswith("opening-")
    assert codes(maker)[0] == "one-person"


def test_fewer_than_two_have_unlocked(ready):
    DeskDrill.objects.filter(kind=DeskDrill.UNLOCKED, member=ready.first.id).delete()
    assert codes(ready) == ["unlocked"]
    assert refusal(ready).code == "opening-unlocked"


def test_unlocking_by_somebody_who_left_does_not_count(ready):
    third = handler(ready, "cleo")
    ready.invite(third)
    opening.tried(ready.desk, DeskDrill.UNLOCKED, third.id, ready.today)
    DeskDrill.objects.filter(kind=DeskDrill.UNLOCKED, member=ready.first.id).delete()
    assert codes(ready) == ["unlocked"]


def test_no_sheet_typed_back(ready):
    DeskDrill.objects.filter(kind=DeskDrill.TYPED_BACK).delete()
    assert codes(ready) == ["typed-back"]
    assert refusal(ready).code == "opening-typed-back"
    opening.typed_back(ready.id, ready.first.id, ready.today)
    assert codes(ready) == []


def test_no_test_report(ready):
    DeskDrill.objects.filter(kind=DeskDrill.TEST_REPORT).delete()
    assert refusal(ready).code == "opening-test-report"


def test_no_place_for_complaints_and_no_emergency_text(ready):
    """As after a backup that was not whole: the profile that the sheet names is not here."""
    Desk.objects.filter(id=ready.desk).update(profile=H(PROFILE + b" "))
    assert codes(ready) == ["complaints", "emergency"]


def test_a_sheet_names_only_texts_that_are_here(ready):
    assert refusal(ready, named=PROFILE + b" ").code == "texts"


def test_every_refusal_is_one_sentence_of_its_own():
    sentences = [str(one) for one in opening.SENTENCES.values()]
    assert len(set(sentences)) == len(sentences) == 6
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_test_report_for_another_offices_desk_counts_nowhere(ready):
    other = founded(name="zoe")
    opening.test_report_came(ready.id, other.desk, ready.today)
    assert not DeskDrill.objects.filter(desk=other.desk, kind=DeskDrill.TEST_REPORT).exists()


def test_an_open_desk_closes_without_questions(ready):
    ready.sheet(ready.first, is_open=True)
    DeskDrill.objects.all().delete()
    ready.sheet(ready.first, is_open=False)
    assert not ready.desk_row.open


def test_a_new_epoch_needs_its_keys(maker):
    maker.seeds.append(secrets.token_bytes(32))
    with pytest.raises(Problem) as refused:
        maker.sheet(maker.first, is_open=False)
    assert refused.value.code == "keys"


def test_keys_go_to_the_desks_people_only(maker):
    stranger = handler(maker, "mallory")
    maker.invite(stranger)
    maker.seeds.append(secrets.token_bytes(32))
    with pytest.raises(Problem) as refused:
        maker.sheet(maker.first, is_open=False, keys=maker.keys(maker.first, [maker.first, stranger]))
    assert refused.value.code == "keys"


def test_an_open_desk_keeps_two_holders(ready):
    ready.sheet(ready.first, is_open=True)
    ready.seeds.append(secrets.token_bytes(32))
    with pytest.raises(Problem) as refused:
        ready.sheet(ready.first, is_open=True, keys=ready.keys(ready.first, [ready.first]))
    assert refused.value.code == "keys"


def test_a_handler_who_does_not_lead_signs_no_sheet(ready):
    second = next(one for one in models.Member.objects.all() if one.id != ready.first.id)
    forged = handler(ready)
    forged.id = second.id
    with pytest.raises((RefusedError, Problem)):
        ready.sheet(forged, is_open=False)
    assert ready.desk_row.sheet == 1
    assert models.Document.objects.filter(desk=ready.desk, hash=H(b"")).count() == 0
    assert NOW.date() == ready.today


def test_two_test_reports_that_come_at_once_are_noted_once(maker):
    opening.test_report_came(maker.id, maker.desk, maker.today)
    # The second has looked before the first had written.
    DeskDrill.objects.bulk_create(
        [DeskDrill(desk_id=maker.desk, kind=DeskDrill.TEST_REPORT, day=maker.today)], ignore_conflicts=True
    )
    assert DeskDrill.objects.filter(kind=DeskDrill.TEST_REPORT).count() == 1


def test_what_was_signed_and_could_not_be_shown_is_shown_by_a_night_at_once(ready, monkeypatch):
    """Who signed it is not told that it failed: it is in force, and only the report door does not know it yet."""

    def fails(*_args, **_named):
        raise OperationalError("database or disk is full")

    asked = settings.FAIRLINE.data / documents.SHOW
    asked.unlink(missing_ok=True)
    with monkeypatch.context() as full:
        full.setattr(publication, "publish", fails)
        ready.sheet(ready.first, is_open=True)
    assert ready.desk_row.open
    assert asked.exists()
    assert documents.SHOW == run.SHOW
    shown = publication.published(ready.id, "manifest").body
    show_manifests(Night(NOW))
    assert publication.published(ready.id, "manifest").body != shown
