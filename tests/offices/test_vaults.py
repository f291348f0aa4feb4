"""The vault: compare-and-swap, all ways anew together, nothing half."""

from __future__ import annotations

import dataclasses

import pytest

from factories.offices import NOW, founded
from fairline.core.problems import Problem
from fairline.offices.models import SignIn
from fairline.offices.services import signing_in, vaults
from fairline.offices.services.signing_in import Proofs
from fairline.seal.primitives import H

pytestmark = pytest.mark.django_db


def test_the_second_of_two_windows_is_told():
    member = founded().first.id
    vaults.replace(member, H(b"a sealed vault"), b"moved on")
    with pytest.raises(Problem) as refused:
        vaults.replace(member, H(b"a sealed vault"), b"moved elsewhere")
    assert refused.value.code == "vault"
    assert vaults.read(member).file == b"moved on"


def test_new_ways_kill_the_old_ones():
    first = founded().first
    renewed = dataclasses.replace(first, auth=bytes([7] * 32), salt=bytes([8] * 16), paper=bytes([9] * 16))
    vaults.change_ways(first.id, H(b"a sealed vault"), b"anew", renewed.ways(), session=b"")
    with pytest.raises(Problem):
        signing_in.sign_in(SignIn.objects.get().office_id, "anna", Proofs(first.auth, None, first.digits()), NOW)
    assert signing_in.sign_in(SignIn.objects.get().office_id, "anna", Proofs(renewed.auth, renewed.paper_auth, ""), NOW)


def test_the_same_change_once_more_is_known_for_what_it_is():
    """Its answer was lost: whoever then reads that nothing was changed would destroy the new sheet."""
    first = founded().first
    renewed = dataclasses.replace(first, auth=bytes([7] * 32), salt=bytes([8] * 16), paper=bytes([9] * 16))
    assert not vaults.is_changed(first.id, b"anew", renewed.ways())
    vaults.change_ways(first.id, H(b"a sealed vault"), b"anew", renewed.ways(), session=b"")
    assert vaults.is_changed(first.id, b"anew", renewed.ways())
    assert not vaults.is_changed(first.id, b"another", renewed.ways())
    assert not vaults.is_changed(first.id, b"anew", first.ways())


def test_a_missing_wrap_changes_nothing():
    first = founded().first
    half = dataclasses.replace(first.ways(), wraps={"passphrase": b"one"})
    with pytest.raises(Problem) as refused:
        vaults.change_ways(first.id, H(b"a sealed vault"), b"anew", half, session=b"")
    assert refused.value.code == "wraps"
    assert vaults.read(first.id).file == b"a sealed vault"
