"""Signing in: two of three proofs, alike for every name, slower after failures, digits good once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.offices import NOW, founded
from fairline.core.problems import Problem
from fairline.offices import models
from fairline.offices.services import sessions, signing_in
from fairline.offices.services.signing_in import Proofs

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    made = founded()
    sessions.ended_everywhere(made.first.id)
    return made


def proofs(member, now=NOW, **changes):
    given = {"auth": member.auth, "paper": None, "digits": member.digits(now)}
    return Proofs(**{**given, **changes})


def refused(maker, name, given, now=NOW):
    with pytest.raises(Problem) as problem:
        signing_in.sign_in(maker.id, name, given, now)
    return problem.value


@pytest.mark.parametrize(
    "changes",
    [{}, {"auth": None, "paper": "paper"}, {"digits": "", "paper": "paper"}],
    ids=["passphrase and telephone", "sheet and telephone", "passphrase and sheet"],
)
def test_two_of_three_proofs_sign_in(maker, changes):
    if "paper" in changes:
        changes = {**changes, "paper": maker.first.paper_auth}
    token = signing_in.sign_in(maker.id, "anna", proofs(maker.first, **changes), NOW)
    found = sessions.found(token, NOW)
    assert found is not None
    assert found.id == maker.first.id


@pytest.mark.parametrize(
    "changes",
    [{"digits": ""}, {"auth": None}, {"auth": bytes(32)}, {"digits": "000000"}, {"auth": None, "digits": ""}],
    ids=["only a passphrase", "only a telephone", "wrong passphrase", "wrong digits", "nothing"],
)
def test_one_proof_is_not_enough(maker, changes):
    assert refused(maker, "anna", proofs(maker.first, **changes)).code == "signin-refused"
    assert not models.Session.objects.exists()


def test_the_name_is_compared_without_case_and_blanks(maker):
    assert signing_in.sign_in(maker.id, "  ANNA ", proofs(maker.first), NOW)


def test_digits_are_good_once(maker):
    signing_in.sign_in(maker.id, "anna", proofs(maker.first), NOW)
    assert refused(maker, "anna", proofs(maker.first)).code == "signin-refused"
    later = NOW + timedelta(seconds=60)
    assert signing_in.sign_in(maker.id, "anna", proofs(maker.first, later), later)


def test_unknown_names_get_the_same_kind_of_salt_for_ever(maker):
    one, two = (signing_in.start(maker.id, "nobody") for _ in range(2))
    known = signing_in.start(maker.id, "anna")
    assert one == two
    assert (len(one.salt), len(one.member)) == (len(known.salt), len(known.member)) == (16, 16)
    assert signing_in.start(maker.id, "somebody else").salt != one.salt
    assert known.salt == maker.first.salt


def test_a_refusal_says_and_costs_the_same_for_every_name(maker):
    """The same statements are run and the same answer is given, so that neither tells who works here."""
    wrong = Proofs(bytes(32), None, "123456")
    told = []
    for name in ("anna", "nobody"):
        with CaptureQueriesContext(connection) as seen:
            problem = refused(maker, name, wrong)
        # Names of savepoints and values differ at any time.
        shapes = [re.sub(r"SAVEPOINT .*|\\[^ ]*|'[^']*'|\d+", "", row["sql"])[:60] for row in seen.captured_queries]
        told.append((problem.status, problem.code, problem.message, shapes))
    assert told[0] == told[1]


def test_failures_make_a_name_wait_known_or_not(maker):
    for name in ("anna", "nobody"):
        for _ in range(4):
            refused(maker, name, Proofs(bytes(32), None, ""))
        problem = refused(maker, name, proofs(maker.first))
        assert (problem.status, problem.code) == (429, "wait")
        assert 1 <= problem.more["seconds"] <= 3


def test_the_wait_never_grows_beyond_a_minute(maker):
    now = NOW
    for _ in range(12):
        problem = refused(maker, "anna", Proofs(bytes(32), None, ""), now)
        if problem.code == "wait":
            assert problem.more["seconds"] <= 61
        now += timedelta(seconds=61)
    assert signing_in.sign_in(maker.id, "anna", proofs(maker.first, now), now)


def test_a_typed_passphrase_is_not_written_down_as_a_name(maker):
    refused(maker, "five quiet harbour lamps burning", Proofs(bytes(32), None, ""))
    assert all(len(row.key) == 32 for row in models.Attempts.objects.all())


def test_success_forgets_failures(maker):
    refused(maker, "anna", Proofs(bytes(32), None, ""))
    signing_in.sign_in(maker.id, "anna", proofs(maker.first), NOW)
    assert not models.Attempts.objects.exists()
