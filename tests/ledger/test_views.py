"""The record is served as it was published; the auditor sees rows, nobody else does."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from fairline.core import publication
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger import services, views
from fairline.seal.primitives import b64
from support.records import FOUNDED

pytestmark = pytest.mark.django_db


def served(path):
    """What the office door's table of addresses answers to who is not signed in."""
    match = resolve(path, "fairline.doors.office.urls")
    return match.func(RequestFactory().get(path, headers={"Accept": "application/json"}), **match.kwargs)


def asked(record, **member):
    request = HttpRequest()
    request.member = SimpleNamespace(office=record.office, id=bytes(16), **member)
    return request


def test_files_are_those_of_the_public_door(record):
    services.publish_day(record.office, FOUNDED)
    at = f"/at/{b64(record.office)}/record"
    for path in ("arrivals/checkpoint", f"arrivals/{FOUNDED}", f"acts/{FOUNDED}/head", "acts/tile/0/000"):
        answer = served(f"{at}/{path}")
        assert answer.content == publication.published(record.office, path).body
    assert "immutable" in served(f"{at}/arrivals/{FOUNDED}")["Cache-Control"]
    assert "immutable" not in served(f"{at}/arrivals/checkpoint")["Cache-Control"]


@pytest.mark.parametrize("path", ["arrivals/2026-03-03", "arrivals/", "other/checkpoint", "arrivals/../account"])
def test_what_is_not_there_or_not_of_the_record_is_not_served(record, path):
    services.publish_day(record.office, FOUNDED)
    publication.publish(record.office, "account", "text/plain", b"something else", FOUNDED)
    try:
        status = served(f"/at/{b64(record.office)}/record/{path}").status_code
    except Resolver404:
        status = 404
    assert status == 404


def test_another_office_s_record_is_not_there(record):
    services.publish_day(record.office, FOUNDED)
    assert served(f"/at/{b64(bytes(16))}/record/arrivals/checkpoint").status_code == 404


def test_the_auditor_reads_the_rows_of_a_day(record):
    with writing():
        services.record_act(record.office, b'{"act":"clock stopped"}', None, datetime(2026, 3, 2, 9, tzinfo=UTC))
    answer = views.acts(asked(record), office=record.office, day=str(FOUNDED))
    assert b"clock stopped" in answer.content
    assert b'"number": 1' in answer.content


def test_rows_of_another_office_or_of_no_day_are_refused(record):
    with pytest.raises(Problem, match="no-record"):
        views.acts(asked(record), office=bytes(16), day=str(FOUNDED))
    with pytest.raises(Problem, match="day"):
        views.acts(asked(record), office=record.office, day="yesterday")


def test_a_member_learns_the_counter_of_their_next_act(record):
    assert views.counter(asked(record), office=record.office).content == b'{"counter": 1}'


def test_rows_ask_for_a_sign_in(record):
    assert served(f"/api/at/{b64(record.office)}/acts/{FOUNDED}").status_code == 401
