"""Invitations: seven days, once, and keys that only the inviter's secret can vouch for."""

from __future__ import annotations

import dataclasses
import secrets
from datetime import timedelta

import pytest

from factories.offices import NOW, founded, handler
from fairline.core.problems import Problem
from fairline.offices import models
from fairline.offices.queries import roles_in_force
from fairline.offices.services import inviting
from fairline.offices.services.inviting import NewInvitation
from fairline.seal.errors import RefusedError
from fairline.seal.invitation import Joining, invite_id, make_joining, prove_joining
from fairline.seal.primitives import public_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return founded()


@pytest.fixture
def invited(maker):
    """An open invitation: its secret, its id, and who is meant."""
    person = handler(maker)
    secret = secrets.token_bytes(32)
    key = invite_id(secret, maker.row.fingerprint)
    new = NewInvitation(key, secrets.token_bytes(16), person.id, person.name, person.roles, with_root=False)
    inviting.invite(maker.id, maker.first.id, new, NOW)
    return secret, key, person


def answer(maker, person, secret):
    joining = Joining(maker.id, person.id, public_key(person.sign_seed), person.recipient)
    return make_joining(joining, person.sign_seed, secret, maker.row.fingerprint)


def test_the_server_knows_the_invitation_by_a_hash_only(invited):
    secret, key, _person = invited
    row = models.Invitation.objects.get()
    assert row.id == key
    assert secret not in b"".join(value for value in vars(row).values() if isinstance(value, bytes))


def test_joining_gives_no_role_before_a_charter_does(maker, invited):
    secret, key, person = invited
    inviting.join(maker.id, key, answer(maker, person, secret), person.person(), NOW)
    assert roles_in_force(maker.id, person.id) == ()
    maker.propose(maker.first, maker.next_charter([maker.first, person]))
    assert set(roles_in_force(maker.id, person.id)) == set(person.roles)
    assert models.Joining.objects.get().done


def test_an_invitation_works_once(maker, invited):
    secret, key, person = invited
    file = answer(maker, person, secret)
    inviting.join(maker.id, key, file, person.person(), NOW)
    with pytest.raises(Problem) as refused:
        inviting.join(maker.id, key, file, person.person(), NOW)
    assert refused.value.code == "invitation"


def test_an_invitation_ends_after_seven_days(maker, invited):
    secret, key, person = invited
    late = NOW + timedelta(days=7)
    with pytest.raises(Problem):
        inviting.join(maker.id, key, answer(maker, person, secret), person.person(), late)
    with pytest.raises(Problem):
        inviting.look(maker.id, key, late)
    assert inviting.look(maker.id, key, late - timedelta(seconds=1)).member == person.id


def test_another_office_does_not_know_it(maker, invited):
    _secret, key, _person = invited
    other = founded(name="zoe")
    with pytest.raises(Problem) as refused:
        inviting.look(other.id, key, NOW)
    assert refused.value.status == 404


def test_swapped_keys_do_not_pass_the_inviters_check(maker, invited):
    """A server that puts keys of its own in the invitee's place has no secret to make the MAC with."""
    secret, key, person = invited
    stranger = dataclasses.replace(handler(maker, "mallory"), id=person.id)
    swapped = answer(maker, stranger, secrets.token_bytes(32))
    inviting.join(maker.id, key, swapped, stranger.person(), NOW)
    with pytest.raises(RefusedError) as refused:
        prove_joining(swapped, maker.id, secret, maker.row.fingerprint)
    assert refused.value.code == "joining-mac"


def test_keys_that_nobody_holds_are_refused(maker, invited):
    secret, key, person = invited
    file = dataclasses.replace(answer(maker, person, secret), signature=bytes(64))
    with pytest.raises(Problem) as refused:
        inviting.join(maker.id, key, file, person.person(), NOW)
    assert refused.value.code == "joining"


def test_taking_back_forgets_who_answered(maker, invited):
    secret, key, person = invited
    inviting.join(maker.id, key, answer(maker, person, secret), person.person(), NOW)
    inviting.withdraw(maker.id, key)
    assert not models.Member.objects.filter(id=person.id).exists()
    assert not models.Vault.objects.filter(member_id=person.id).exists()
