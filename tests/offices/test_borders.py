"""Where one person's reach ends: at the border of the office, at the keys of a colleague, at the day they leave."""

from __future__ import annotations

import dataclasses
import secrets
from types import SimpleNamespace

import pytest
from django.conf import settings

import factories.offices
from factories.offices import NOW, founded, founding, handler, with_second
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.offices import models
from fairline.offices.cookies import SETTING
from fairline.offices.middleware import CHARTER_HEADER
from fairline.offices.queries.people import members
from fairline.offices.services import inviting, sessions, setting_up, signing_in
from fairline.offices.services.inviting import NewInvitation
from fairline.offices.services.signing_in import Proofs
from fairline.seal.invitation import Joining, invite_id, make_joining
from fairline.seal.primitives import b64, public_key
from fairline.seal.recipients import recipient_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return founded()


def invited(maker, person):
    """An open invitation for ``person`` and what their browser answers to it."""
    secret = secrets.token_bytes(32)
    key = invite_id(secret, maker.row.fingerprint)
    inviting.invite(
        maker.id, maker.first.id,
        NewInvitation(key, secrets.token_bytes(16), person.id, person.name, person.roles, with_root=False), NOW,
    )  # fmt: skip
    joining = Joining(maker.id, person.id, public_key(person.sign_seed), person.recipient)
    return key, make_joining(joining, person.sign_seed, secret, maker.row.fingerprint)


def with_new_keys(person):
    """The same member after every way in was lost, or whoever answers in their name."""
    return dataclasses.replace(
        person, sign_seed=secrets.token_bytes(32), seal_seed=secrets.token_bytes(32), auth=secrets.token_bytes(32)
    )


@pytest.mark.django_db(transaction=True)
def test_an_invitation_is_looked_at_outside_any_transaction(maker):
    person = handler(maker)
    key, _file = invited(maker, person)
    assert inviting.look(maker.id, key, NOW).member == person.id


def test_nobody_is_invited_under_the_id_of_another_offices_member(maker):
    other = founded(name="zoe")
    with pytest.raises(Problem) as refused:
        invited(other, maker.first)
    assert refused.value.code == "member"
    assert models.Member.objects.get(id=maker.first.id).office_id == maker.id


def test_no_charter_takes_another_offices_desk(maker, monkeypatch):
    """Whoever founds an office chooses its ids; those of a neighbour are on every page of theirs."""
    drawn = [maker.desk]
    there = factories.offices.secrets
    chosen = SimpleNamespace(token_bytes=lambda size: drawn.pop() if drawn else there.token_bytes(size))
    monkeypatch.setattr(factories.offices, "secrets", chosen)
    thief, wish = founding(name="zoe")
    assert thief.desk == maker.desk
    with pytest.raises(Problem) as refused:
        setting_up.found(wish, NOW)
    assert refused.value.code == "desk"
    assert maker.desk_row.office_id == maker.id


def test_an_answer_in_a_colleagues_name_has_none_of_their_roles(maker):
    """One administrator alone may ask for new keys under an old id; only the signed charter gives them anything."""
    second = with_second(maker)
    answering = with_new_keys(second)
    key, file = invited(maker, answering)
    token = inviting.join(maker.id, key, file, answering.person(), NOW)
    session = sessions.found(token, NOW)
    assert session is not None
    assert session.roles == ()


def test_an_answer_that_was_taken_back_leaves_no_way_in(maker):
    second = with_second(maker)
    answering = with_new_keys(second)
    key, file = invited(maker, answering)
    token = inviting.join(maker.id, key, file, answering.person(), NOW)
    inviting.withdraw(maker.id, key)
    assert sessions.found(token, NOW) is None
    with pytest.raises(Problem):
        signing_in.sign_in(maker.id, answering.name, Proofs(answering.auth, answering.paper_auth, ""), NOW)


def test_until_the_charter_says_so_colleagues_are_shown_the_keys_that_it_names(maker):
    """Otherwise no browser of the office could prove its people, and nobody could sign that charter."""
    second = with_second(maker)
    answering = with_new_keys(second)
    key, file = invited(maker, answering)
    inviting.join(maker.id, key, file, answering.person(), NOW)
    shown = next(one for one in members(maker.id) if one.id == second.id)
    assert (shown.sign, shown.recipient) == (public_key(second.sign_seed), second.recipient)
    # A charter that leaves the old keys in place does not settle the answer.
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    assert not models.Joining.objects.get(invitation=key).done
    maker.propose(maker.first, maker.next_charter([maker.first, answering]))
    shown = next(one for one in members(maker.id) if one.id == second.id)
    assert (shown.sign, recipient_hash(shown.recipient)) == (
        public_key(answering.sign_seed), recipient_hash(answering.recipient)
    )  # fmt: skip
    assert models.Joining.objects.get(invitation=key).done


def test_the_new_keys_of_an_old_member_get_the_roles_with_the_charter(maker):
    second = with_second(maker)
    answering = with_new_keys(second)
    key, file = invited(maker, answering)
    token = inviting.join(maker.id, key, file, answering.person(), NOW)
    maker.propose(maker.first, maker.next_charter([maker.first, answering]))
    session = sessions.found(token, NOW)
    assert session is not None
    assert set(session.roles) == set(second.roles)


def test_who_has_left_does_not_sign_in_again_on_the_same_day(maker):
    second = with_second(maker)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    with pytest.raises(Problem) as refused:
        signing_in.sign_in(maker.id, second.name, Proofs(second.auth, second.paper_auth, ""), NOW)
    assert refused.value.code == "signin-refused"


def test_every_answer_to_a_member_names_the_charter_in_force_and_none_to_others(office_client):
    maker = founded(clock.now())
    second = with_second(maker)
    others = founded(clock.now(), "lea")
    token = sessions.opened(maker.first.id, clock.now())
    at = f"/api/at/{b64(maker.id)}"
    assert CHARTER_HEADER not in office_client.get(f"{at}/me").headers
    office_client.cookies[getattr(settings, SETTING)] = token
    before = int(office_client.get(f"{at}/me").headers[CHARTER_HEADER])
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    # A refusal names it, too; another office's address is nobody's to ask.
    assert office_client.get(f"{at}/arrivals?desk={b64(maker.desk)}").headers[CHARTER_HEADER] == str(before + 1)
    assert CHARTER_HEADER not in office_client.get(f"/api/at/{b64(others.id)}/me").headers
