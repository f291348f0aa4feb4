"""What a letter of clearance opens: kept sealed under the name that its code gives, and found by nothing else."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from fairline.cases import clearances
from fairline.cases.models import Clearance
from fairline.core.problems import Problem
from support.line import TODAY

pytestmark = pytest.mark.django_db
OFFICE, KEY = bytes(16), secrets.token_bytes(16)


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_who_is_shown_the_code_gets_the_sealed_file_and_nobody_else():
    clearances.deposit(OFFICE, KEY, b"sealed", TODAY)
    assert clearances.shown(OFFICE, KEY) == b"sealed"
    assert refusal(lambda: clearances.shown(OFFICE, secrets.token_bytes(16))) == "no-clearance"
    assert refusal(lambda: clearances.shown(secrets.token_bytes(16), KEY)) == "no-clearance"


def test_the_same_once_more_changes_nothing_and_nothing_takes_its_place():
    until = clearances.deposit(OFFICE, KEY, b"sealed", TODAY)
    assert clearances.deposit(OFFICE, KEY, b"sealed", TODAY + timedelta(days=9)) == until
    assert refusal(lambda: clearances.deposit(OFFICE, KEY, b"other", TODAY)) == "taken"
    assert Clearance.objects.count() == 1


@pytest.mark.parametrize("size", [0, clearances.MOST_BYTES + 1])
def test_what_is_no_clearance_by_its_size_is_not_kept(size):
    assert refusal(lambda: clearances.deposit(OFFICE, KEY, bytes(size), TODAY)) == "clearance-size"


def test_it_is_forgotten_when_its_time_is_over_and_not_before():
    until = clearances.deposit(OFFICE, KEY, b"sealed", TODAY)
    at = datetime(until.year, until.month, until.day, 12, tzinfo=UTC)
    assert clearances.shred(at) == 0
    assert clearances.shred(at + timedelta(days=1)) == 1


def test_no_row_says_whom_or_what_it_clears():
    assert {field.name for field in Clearance._meta.fields} == {"id", "office", "sealed", "until"}
