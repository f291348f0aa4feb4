"""Founding an office: whole or not at all, once a code, and only what any browser would believe."""

from __future__ import annotations

import dataclasses

import pytest

from factories.offices import NOW, PROFILE, Insider, founded, founding
from fairline.core import publication
from fairline.core.problems import Problem
from fairline.ledger.errors import PromiseError
from fairline.offices import models, queries
from fairline.offices.services import sessions, setting_up
from fairline.seal.document import DocumentFile, sign_document
from fairline.seal.errors import FairlineError, RefusedError
from fairline.seal.manifest import parse_manifest, prove_manifest
from fairline.seal.root import ed25519_seed

pytestmark = pytest.mark.django_db


def test_founds_everything_and_signs_in():
    maker, wish = founding()
    token = setting_up.found(wish, NOW)
    office = queries.office(maker.id)
    assert office is not None
    assert office.names == {"en": "Harbour Office"}
    desk = queries.desk_in_force(maker.id, maker.desk)
    assert desk is not None
    assert (desk.open, desk.epoch) == (False, 0)
    signed_in = sessions.found(token, NOW)
    assert signed_in is not None
    assert set(signed_in.roles) == set(maker.first.roles)


def test_shows_the_manifest_to_everybody():
    maker = founded()
    file = publication.published(maker.id, "manifest")
    assert file is not None
    manifest = prove_manifest(parse_manifest(file.body), maker.today, lambda _claim: False)
    assert maker.row.fingerprint == manifest.F


def test_a_code_is_good_once():
    _maker, wish = founding()
    setting_up.found(wish, NOW)
    with pytest.raises(Problem) as refused:
        setting_up.begin(wish.code, NOW)
    assert refused.value.code == "set-up-code"


def test_the_code_itself_is_stored_nowhere():
    code = setting_up.new_code(NOW)
    assert code.encode() not in b"".join(bytes(row.hash) for row in models.SetupCode.objects.all())


def test_an_invented_code_founds_nothing():
    with pytest.raises(Problem) as refused:
        setting_up.begin("0" * 30, NOW)
    assert refused.value.status == 403


def test_beginning_twice_gives_the_same_office():
    code = setting_up.new_code(NOW)
    assert setting_up.begin(code, NOW) == setting_up.begin(code, NOW)


def test_a_charter_signed_by_another_key_is_refused_and_nothing_stays():
    _maker, wish = founding()
    stranger = Insider("stranger")
    doc = wish.charter.doc
    forged = DocumentFile(doc, (sign_document(ed25519_seed(stranger.root_seed), "charter", doc),))
    with pytest.raises(RefusedError) as refused:
        setting_up.found(dataclasses.replace(wish, charter=forged), NOW)
    assert refused.value.code == "charter-signature"
    assert not models.Office.objects.exists()


def test_a_profile_other_than_the_sheets_is_refused():
    _maker, wish = founding()
    with pytest.raises(Problem) as refused:
        setting_up.found(dataclasses.replace(wish, profile=PROFILE.replace(b"112", b"911")), NOW)
    assert refused.value.code == "set-up"


def test_keys_that_the_act_does_not_name_are_refused():
    _maker, wish = founding()
    other = dataclasses.replace(wish.keys, commitment=bytes(32))
    with pytest.raises(Problem) as refused:
        setting_up.found(dataclasses.replace(wish, keys=other), NOW)
    assert refused.value.code == "act"
    assert not models.Office.objects.exists()


def test_an_act_signed_by_somebody_else_is_refused():
    _maker, wish = founding()
    forged = dataclasses.replace(wish.act, signature=bytes(64))
    with pytest.raises(FairlineError) as refused:
        setting_up.found(dataclasses.replace(wish, act=forged), NOW)
    assert isinstance(refused.value, PromiseError)
    assert not models.Office.objects.exists()


def test_no_private_key_reaches_the_database():
    maker = founded()
    first = maker.first
    secret = [first.sign_seed, first.seal_seed, first.root_seed, first.auth, first.paper, maker.seeds[0]]
    for model in (models.Member, models.SignIn, models.Vault, models.Wrap, models.KeyFile, models.Document):
        for row in model.objects.all():
            stored = b"".join(
                value if isinstance(value, bytes) else str(value).encode() for value in vars(row).values()
            )
            assert not any(one in stored for one in secret)
