"""Right 6: no room of the server can open, unlock or sign in a person's place, because none holds the functions to."""

from __future__ import annotations

import pytest

from rights import surface

OPENING = {
    "age.unseal", "age.read_head", "recipients.identity", "recipients.Identity", "recipients.read_identity",
    "vault.open_vault", "vault.read_vault", "vault.unlock_by_passphrase", "vault.unwrap_seed", "vault.vault_identity",
    "vault.paper_wrap", "receipt.derive", "receipt.from_digits", "words.words_to_entropy", "shares.combine",
    "envelope.read_envelope", "bodies.read_report", "bodies.read_message", "keys.read_desk_keys", "keys.read_case_keys",
}  # fmt: skip


def test_every_folder_is_a_room_that_is_looked_at_or_named_as_none():
    folders = {path.parent.name for path in surface.SOURCE.glob("*/__init__.py")}
    assert {"notify", "referral", "protection", "duty", "deciding", "requests", "oversight"} < surface.rooms()
    assert surface.rooms() | surface.NO_ROOMS >= folders
    assert not surface.rooms() & surface.NO_ROOMS


def test_no_room_imports_what_opens_a_sealed_file_a_vault_or_a_receipt():
    found = surface.imported(*surface.rooms())
    assert any("primitives.H" in names for names in found.values())
    opening = {path: sorted(names & OPENING) for path, names in found.items() if names & OPENING}
    whole = {path: sorted(names & {"age", "vault", "receipt", "recipients", "shares"}) for path, names in found.items()}
    assert opening == {}
    # All of it under one name would hide what is used.
    assert not [path for path, names in found.items() if "" in names]
    assert {path: names for path, names in whole.items() if names} == {}


def test_the_server_signs_with_its_record_keys_only():
    signers = {path for path, names in surface.imported(*surface.rooms()).items() if "primitives.sign" in names}
    assert signers <= {"src/fairline/ledger/promises.py", "src/fairline/ledger/notes.py"}


@pytest.mark.django_db
def test_no_endpoint_of_the_report_door_takes_a_report_in_clear(report_client):
    for body, kind in (
        ({"what": "I saw it myself"}, "application/json"),
        ("what=I+saw+it+myself", "application/x-www-form-urlencoded"),
        (b"I saw it myself", "text/plain"),
    ):
        answer = report_client.post(f"/at/{'A' * 22}/drop", data=body, content_type=kind)
        assert 400 <= answer.status_code < 500
