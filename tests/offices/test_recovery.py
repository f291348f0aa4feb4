"""New keys under the id of a member who is there: until a charter names them, nothing of the member's changes."""

from __future__ import annotations

import dataclasses
import secrets

import pytest
from django.conf import settings

from factories.offices import NOW, Insider, founded, handler, with_second
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.offices import erasure, models
from fairline.offices.cookies import SETTING
from fairline.offices.services import inviting, newcomers, proposing, sessions, signing_in, vaults
from fairline.offices.services.inviting import NewInvitation
from fairline.offices.services.signing_in import Proofs
from fairline.seal.invitation import Joining, invite_id, make_joining
from fairline.seal.primitives import H, b64, public_key
from fairline.seal.root import read_root

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return founded()


def answer(maker, person, now=NOW, *, root=True):
    """Invite ``person`` under their id and let their new browser answer; return invitation and session."""
    secret = secrets.token_bytes(32)
    key = invite_id(secret, maker.row.fingerprint)
    new = NewInvitation(
        key, secrets.token_bytes(16), person.id, person.name, person.roles, person.administrator and root
    )
    inviting.invite(maker.id, maker.first.id, new, now)
    made = person.root if person.administrator and root else None
    joining = Joining(maker.id, person.id, public_key(person.sign_seed), person.recipient, made)
    file = make_joining(joining, person.sign_seed, secret, maker.row.fingerprint)
    made = dataclasses.replace(person.person(), vault=b"another vault")
    return key, inviting.join(maker.id, key, file, made, now)


def anew(person: Insider, **changes: object) -> Insider:
    """The same member with new keys and new ways in."""
    made = Insider(person.name, person.roles)
    return dataclasses.replace(made, **{"id": person.id, **changes})


def signs_in(maker, person) -> bool:
    try:
        signing_in.sign_in(maker.id, person.name, Proofs(person.auth, person.paper_auth, ""), NOW)
    except Problem:
        return False
    return True


def test_an_answer_locks_nobody_out(maker):
    second = with_second(maker)
    own = sessions.opened(second.id, NOW)
    newcomer = anew(second)
    key, token = answer(maker, newcomer)
    assert vaults.read(second.id).file == b"a sealed vault"
    assert set(sessions.found(own, NOW).roles) == set(second.roles)
    assert signs_in(maker, second)
    assert not signs_in(maker, newcomer)
    assert sessions.found(token, NOW).roles == ()
    inviting.withdraw(maker.id, key)
    assert sessions.found(token, NOW) is None
    assert not models.Newcomer.objects.exists()
    assert vaults.read(second.id).file == b"a sealed vault"
    assert sessions.found(own, NOW) is not None


def test_who_comes_back_keeps_the_new_keys_over_a_charter_about_something_else(maker):
    """They left in spring, have answered an invitation, and the charter that names them is not the next one."""
    second = with_second(maker)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    assert second.row().left is not None
    newcomer = anew(second)
    answer(maker, newcomer)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    erasure.shred_leavers(NOW)
    assert newcomer.row().left is None
    assert signs_in(maker, newcomer)
    maker.propose(maker.first, maker.next_charter([maker.first, newcomer]))
    assert signs_in(maker, newcomer)
    maker.propose(maker.first, maker.next_charter([maker.first]))
    erasure.shred_leavers(NOW)
    assert not signs_in(maker, newcomer)


def test_the_charter_that_names_the_new_keys_changes_the_way_in(maker):
    second = with_second(maker)
    own = sessions.opened(second.id, NOW)
    newcomer = anew(second)
    _key, token = answer(maker, newcomer)
    # A charter with the old keys changes nothing.
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    assert sessions.found(own, NOW) is not None
    maker.propose(maker.first, maker.next_charter([maker.first, newcomer]))
    assert vaults.read(second.id).file == b"another vault"
    assert sessions.found(own, NOW) is None
    assert set(sessions.found(token, NOW).roles) == set(second.roles)
    assert signs_in(maker, newcomer)
    assert not signs_in(maker, second)
    assert not models.Newcomer.objects.exists()


def test_an_older_invitation_that_is_taken_back_leaves_a_member_in_force_alone(maker):
    """Two invitations were answered before the charter; the one that it did not take is withdrawn later."""
    first = handler(maker)
    older, _token = answer(maker, first)
    second = anew(first)
    answer(maker, second)
    maker.propose(maker.first, maker.next_charter([maker.first, second]))
    inviting.withdraw(maker.id, older)
    assert vaults.read(second.id).file == b"another vault"
    assert signs_in(maker, second)


def test_nobody_takes_the_name_that_waits(maker):
    second = with_second(maker)
    waiting = anew(second, name="bea")
    answer(maker, waiting)
    other = Insider("bea", (f"handler@{b64(maker.desk)}",))
    with pytest.raises(Problem) as refused:
        answer(maker, other)
    assert refused.value.code == "signin-name"


def test_a_member_becomes_an_administrator_by_new_keys_that_sign_the_root(maker):
    """The new root key signs before any charter names it, while the member's present keys still work."""
    second = with_second(maker)
    newcomer = anew(second, roles=tuple(sorted((*second.roles, "administrator"))))
    key, _token = answer(maker, newcomer)
    new = maker.next_charter([maker.first, newcomer])
    proposal = maker.propose(maker.first, new)
    row = models.Proposal.objects.get(id=proposal)
    assert not proposing.may_sign(maker.row, second.row(), row)
    waiting = newcomers.as_member(newcomer.row(), key)
    assert proposing.may_sign(maker.row, waiting, row)
    act = maker.charter_act(newcomer, new)
    assert proposing.sign(maker.row, waiting, proposal, maker.signatures(newcomer, new), act=act, now=NOW)
    assert read_root(maker.stored().roots[-1].doc).threshold == 2
    assert newcomer.row().root == newcomer.root.ed25519
    assert signs_in(maker, newcomer)


def test_of_two_administrators_one_comes_back_with_the_printed_root_key(maker):
    """Nobody else could sign for them: two of two must, and one of the two has only paper left."""
    second = handler(maker, "ben", "administrator")
    maker.invite(second)
    founding = maker.next_charter([maker.first, second])
    maker.sign(second, maker.propose(maker.first, founding), founding)
    newcomer = anew(second, root_seed=second.root_seed)
    key, _token = answer(maker, newcomer, root=False)
    new = maker.next_charter([maker.first, newcomer])
    assert new.root == b""
    proposal = maker.propose(maker.first, new)
    waiting = newcomers.as_member(newcomer.row(), key)
    act = maker.charter_act(newcomer, new)
    assert proposing.sign(maker.row, waiting, proposal, maker.signatures(newcomer, new), act=act, now=NOW)
    assert newcomer.row().root == second.root.ed25519
    assert signs_in(maker, newcomer)
    assert not signs_in(maker, second)


def test_who_waits_reaches_only_what_lies_aside(office_client):
    maker = founded(clock.now())
    second = with_second(maker)
    newcomer = anew(second)
    _key, token = answer(maker, newcomer, clock.now())
    office_client.cookies[getattr(settings, SETTING)] = token
    at = f"/api/at/{b64(maker.id)}"

    told = office_client.get(f"{at}/vault").json()
    assert (told["vault"], told["waits"]) == (b64(b"another vault"), True)
    start = office_client.post(f"{at}/signin/start", {"name": newcomer.name}, content_type="application/json").json()
    assert (start["salt"], start["member"]) == (b64(newcomer.salt), b64(second.id))
    moved = {"before": b64(H(b"another vault")), "vault": b64(b"moved on")}
    assert office_client.put(f"{at}/vault", moved, content_type="application/json").status_code == 200
    assert vaults.read(second.id).file == b"a sealed vault"
    assert models.Newcomer.objects.get().file == b"moved on"
    tried = office_client.post(f"{at}/way-back", {}, content_type="application/json")
    assert (tried.status_code, tried.json()["error"]) == (409, "waits")
    assert office_client.get(f"{at}/arrivals?desk={b64(maker.desk)}").status_code == 403

    own = sessions.opened(second.id, clock.now())
    assert office_client.post(f"{at}/signout-everywhere", {}, content_type="application/json").status_code == 200
    assert sessions.found(own, clock.now()) is not None
    assert sessions.found(token, clock.now()) is None
