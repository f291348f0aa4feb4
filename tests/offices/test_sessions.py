"""Sessions end by themselves, everywhere at once, and belong to one office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.offices import NOW, founded
from fairline.core import clock
from fairline.core.limits import SESSION_IDLE, SESSION_LIFE
from fairline.offices import models
from fairline.offices.erasure import shred_sessions
from fairline.offices.services import sessions, vaults
from fairline.seal.primitives import H, b64

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    made = founded()
    sessions.ended_everywhere(made.first.id)
    return made


def test_an_idle_session_ends(maker):
    token = sessions.opened(maker.first.id, NOW)
    assert sessions.found(token, NOW + timedelta(seconds=SESSION_IDLE)) is not None
    assert sessions.found(token, NOW + timedelta(seconds=2 * SESSION_IDLE + 61)) is None
    assert not models.Session.objects.exists()


def test_use_keeps_a_session_until_the_working_day_ends(maker):
    token = sessions.opened(maker.first.id, NOW)
    now = NOW
    while now - NOW <= timedelta(seconds=SESSION_LIFE):
        assert sessions.found(token, now) is not None
        now += timedelta(seconds=SESSION_IDLE - 60)
    assert sessions.found(token, now) is None


def test_the_token_itself_is_not_stored(maker):
    token = sessions.opened(maker.first.id, NOW)
    assert not models.Session.objects.filter(hash=token.encode()).exists()
    assert sessions.found(b64(bytes(32)), NOW) is None
    assert sessions.found("no token", NOW) is None


def test_sign_out_everywhere_ends_all(maker):
    tokens = [sessions.opened(maker.first.id, NOW) for _ in range(3)]
    assert sessions.ended_everywhere(maker.first.id) == 3
    assert all(sessions.found(token, NOW) is None for token in tokens)


def test_changing_the_ways_ends_every_other_session(maker):
    here, elsewhere = (sessions.opened(maker.first.id, NOW) for _ in range(2))
    mine = sessions.found(here, NOW)
    vaults.change_ways(maker.first.id, H(b"a sealed vault"), b"another vault", maker.first.ways(), session=mine.session)
    assert sessions.found(here, NOW) is not None
    assert sessions.found(elsewhere, NOW) is None


def test_the_night_shreds_what_nobody_can_use(maker):
    sessions.opened(maker.first.id, NOW)
    assert shred_sessions(NOW + timedelta(seconds=SESSION_LIFE + 1)) == 1


def test_another_office_does_not_exist(office_client, settings, maker):
    other = founded(name="zoe")
    office_client.cookies[settings.MEMBER_COOKIE] = sessions.opened(maker.first.id, clock.now())
    own = office_client.get(f"/api/at/{b64(maker.id)}/me")
    foreign = office_client.get(f"/api/at/{b64(other.id)}/me")
    nowhere = office_client.get(f"/api/at/{b64(bytes(16))}/me")
    assert own.status_code == 200
    assert (foreign.status_code, foreign.content) == (nowhere.status_code, nowhere.content)
    assert foreign.status_code == 404
