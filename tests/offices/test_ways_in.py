"""Ways in change for who proves once more that it is them: a session may be of a page that was left open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyotp
import pytest

from factories.offices import Maker, founded
from fairline.core import clock
from fairline.offices.models import Attempts, SignIn, Vault
from fairline.offices.services import sessions
from fairline.seal.primitives import H, b64

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker() -> Maker:
    return founded()


@pytest.fixture
def put(maker: Maker, office_client, settings):
    """Put something of one's own, with the session of the first member."""
    office_client.cookies[settings.MEMBER_COOKIE] = sessions.opened(maker.first.id, clock.now())

    def send(path: str, body: dict[str, Any]) -> tuple[int, str]:
        answer = office_client.put(f"/api/at/{b64(maker.id)}/{path}", body, content_type="application/json")
        return answer.status_code, answer.json().get("error", "")

    return send


def telephone(now: datetime) -> dict[str, Any]:
    secret = pyotp.random_base32()
    return {"totp_secret": secret, "digits": pyotp.TOTP(secret).at(now)}


def ways(maker: Maker) -> dict[str, Any]:
    made = maker.first.ways()
    wraps = {"passphrase": b64(b"other one"), "paper": b64(b"other two")}
    return {
        "before": b64(H(b"a sealed vault")), "vault": b64(b"another vault"),
        "ways": {
            "auth_hash": b64(H(b"other")), "salt": b64(made.salt), "paper_hash": b64(H(b"another")), "wraps": wraps,
        },
    }  # fmt: skip


def test_a_session_alone_changes_no_way_in(maker: Maker, put) -> None:
    before = SignIn.objects.values().get(), Vault.objects.values().get()
    for proof in ({}, {"proof": {}}, {"proof": {"auth": b64(bytes(32))}}, {"proof": {"digits": "000000"}}):
        for path, body in (("telephone", telephone(clock.now())), ("vault", ways(maker))):
            status, error = put(path, body | proof)
            assert (status, error) == (403, "proof") if proof else status == 422
        # Each failure counts with those of signing in, and the fourth would have to wait.
        Attempts.objects.all().delete()
    assert (SignIn.objects.values().get(), Vault.objects.values().get()) == before


@pytest.mark.parametrize("how", ["passphrase", "sheet", "telephone"])
def test_one_proof_of_three_changes_the_telephone(maker: Maker, put, how: str) -> None:
    first = maker.first
    proof = {
        "passphrase": {"auth": b64(first.auth)}, "sheet": {"paper": b64(first.paper_auth)},
        "telephone": {"digits": first.digits(clock.now())},
    }[how]  # fmt: skip
    body = telephone(clock.now())
    assert put("telephone", body | {"proof": proof}) == (200, "")
    assert SignIn.objects.get().totp_secret == body["totp_secret"]


def test_the_passphrase_of_now_changes_all_ways(maker: Maker, put) -> None:
    proof = {"proof": {"auth": b64(maker.first.auth)}}
    assert put("vault", ways(maker) | proof) == (200, "")
    assert SignIn.objects.get().auth_hash == H(b"other")
    # It is not the passphrase any more.
    assert put("telephone", telephone(clock.now()) | proof) == (403, "proof")


def test_who_guesses_waits_and_so_does_sign_in(maker: Maker, put) -> None:
    wrong = {"proof": {"auth": b64(bytes(32))}}
    for _ in range(4):
        assert put("telephone", telephone(clock.now()) | wrong) == (403, "proof")
    assert put("telephone", telephone(clock.now()) | {"proof": {"auth": b64(maker.first.auth)}}) == (429, "wait")


def test_pins_move_on_without_a_proof(put) -> None:
    moved = {"before": b64(H(b"a sealed vault")), "vault": b64(b"moved on")}
    assert put("vault", moved) == (200, "")
