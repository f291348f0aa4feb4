"""A vault opens by every way in and by nothing else."""

import unicodedata
from dataclasses import replace

import pytest

from fairline.seal import vault
from fairline.seal.errors import CannotOpenError, MalformedError, RefusedError, SealError
from fairline.seal.pins import Pin, Pins
from fairline.seal.vault import Cost, Vault

MEMBER = bytes([7] * 16)
SEED = bytes([9] * 32)
MINE = Vault(
    MEMBER, bytes([1] * 32), bytes([2] * 32), bytes([3] * 32),
    Pins(bytes(32), Pin(0, bytes(32)), Pin(4, bytes(32)), {"AAAAAAAAAAAAAAAAAAAAAA": Pin(2, bytes(32))},
         {"acts": "note"}),
    (bytes([5] * 32),), bytes([6] * 32),
)  # fmt: skip


def test_round_trip_with_and_without_optional_parts():
    assert vault.read_vault(vault.write_vault(MINE)) == MINE
    plain = replace(MINE, root=None, old=(), pins=Pins(bytes(32)))
    assert vault.open_vault(vault.seal_vault(plain, SEED), SEED, MEMBER) == plain


def test_nobody_else_opens_it():
    file = vault.seal_vault(MINE, SEED)
    with pytest.raises(CannotOpenError):
        vault.open_vault(file, bytes(32), MEMBER)
    with pytest.raises(CannotOpenError):
        vault.open_vault(file, SEED, bytes(16))
    assert vault.stored_hash(file) != vault.stored_hash(vault.seal_vault(MINE, SEED))


def test_passphrase_in_any_spelling_and_refusal_of_a_cheap_one():
    salt = bytes([8] * 16)
    composed = unicodedata.normalize("NFC", "Schlüssel für Gebäude")
    login = vault.unlock_by_passphrase(composed, salt)
    assert vault.unlock_by_passphrase(unicodedata.normalize("NFD", composed), salt) == login
    assert vault.unwrap_seed(vault.wrap_seed(SEED, login.wrap), login.wrap) == SEED
    assert "auth" not in repr(login)
    for cost in (Cost(memory=65535), Cost(passes=2), Cost(memory=2**30), Cost(passes=1000)):
        with pytest.raises(RefusedError) as refused:
            vault.unlock_by_passphrase(composed, salt, cost)
        assert refused.value.code == "passphrase-cost"
    with pytest.raises(MalformedError):
        vault.unlock_by_passphrase(composed, b"short")


def test_printed_code_is_bound_to_its_member():
    paper = vault.paper_wrap(bytes(16), MEMBER)
    wrap = vault.wrap_seed(SEED, paper)
    assert vault.unwrap_seed(wrap, paper) == SEED
    with pytest.raises(CannotOpenError):
        vault.unwrap_seed(wrap, vault.paper_wrap(bytes(16), bytes(16)))


def test_somebody_elses_vault_under_my_key_is_refused():
    other = replace(MINE, member=bytes(16))
    file = vault.age.seal(vault.write_vault(other), [vault.vault_identity(SEED, MEMBER).recipient])
    with pytest.raises(RefusedError) as refused:
        vault.open_vault(file, SEED, MEMBER)
    assert refused.value.code == "vault-member"


def test_what_is_no_vault_is_refused():
    text = vault.write_vault(MINE)
    for broken in (text[:-1], text.replace(b'"v":1', b'"v":2'), text.replace(b'"old"', b'"new"'), b"{}",
                   text.replace(b'"acts"', b'"other"'), text.replace(b'AAAAAAAAAAAAAAAAAAAAAA":{',
                   b'AAA":{')):  # fmt: skip
        with pytest.raises(SealError):
            vault.read_vault(broken)


def test_secrets_stay_out_of_representations():
    shown = repr(MINE)
    for secret in (MINE.sign, MINE.seal, MINE.index, MINE.root, *MINE.old):
        assert repr(secret) not in shown
