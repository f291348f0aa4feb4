"""Proof of work: as ALTCHA's own library has it, tied to one thing, and no harder than our doors ask."""

from __future__ import annotations

import secrets

import altcha
import pytest

from fairline.seal import work

CHALLENGE = work.Challenge(span=7, nonce=secrets.token_bytes(16), cost=50, bits=8)


def test_altchas_own_library_solves_and_derives_the_same():
    of = work.salt(work.REPORT, secrets.token_bytes(16))
    ours = work.solve(CHALLENGE, of)
    parameters = altcha.ChallengeParameters("PBKDF2/SHA-256", CHALLENGE.nonce.hex(), of.hex(), CHALLENGE.cost)
    theirs = altcha.solve_challenge(altcha.Challenge(parameters))
    assert theirs is not None
    assert theirs.counter == ours.counter
    assert theirs.derived_key == work.key(CHALLENGE.nonce, ours.counter, of, CHALLENGE.cost).hex()


@pytest.mark.parametrize("bits", [0, 1, 5, 9])
def test_a_solution_has_the_zeros_that_were_asked(bits):
    asked = work.Challenge(7, CHALLENGE.nonce, 10, bits)
    of = work.salt(work.POST, work.post_subject(bytes(16), bits))
    found = work.solve(asked, of, start=11)
    assert found.counter >= 11
    assert work.zeros(work.key(asked.nonce, found.counter, of, 10)) >= bits


def test_each_purpose_and_each_subject_has_work_of_its_own():
    one, other = secrets.token_bytes(16), secrets.token_bytes(16)
    salts = {work.salt(purpose, subject) for purpose in work.PURPOSES for subject in (one, other)}
    assert len(salts) == 2 * len(work.PURPOSES)
    with pytest.raises(ValueError, match="no purpose"):
        work.salt("other", one)
