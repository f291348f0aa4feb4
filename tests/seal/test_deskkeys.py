"""A desk's keys open for its people, and are believed only if who, record and sheet agree."""

from dataclasses import replace

import pytest

from fairline.seal import age
from fairline.seal.deskkeys import KeysCheck, KeysDraft, prove_desk_keys, seal_desk_keys
from fairline.seal.errors import CannotOpenError, RefusedError
from fairline.seal.keys import NumberedSeed
from fairline.seal.recipients import recipient_hash
from fairline.seal.vectors.office import MadeUpOffice

OFFICE = MadeUpOffice("desk keys")
MANIFEST = OFFICE.manifest()
SEEDS = (NumberedSeed(1, OFFICE.epoch_seeds[0]), NumberedSeed(2, OFFICE.epoch_seeds[1]))
DRAFT = KeysDraft(
    OFFICE.id, OFFICE.desk, 0, None, SEEDS,
    tuple((person.id, person.seal.recipient) for person in (OFFICE.amina, OFFICE.bruno)), None,
    OFFICE.signer(OFFICE.amina), open=True,
)  # fmt: skip


def check(person, **changes):
    given = KeysCheck(
        OFFICE.id, OFFICE.desk, 0, lambda number: MANIFEST.charter if number == 2 else None,
        MANIFEST.sheet(OFFICE.desk), frozenset({recipient_hash(person.seal.recipient)}), None, lambda _c: True,
    )  # fmt: skip
    return replace(given, **changes)


@pytest.mark.parametrize("person", [OFFICE.amina, OFFICE.bruno])
def test_each_member_opens_the_same_keys(person):
    sealed = seal_desk_keys(DRAFT, OFFICE.amina.sign)
    proven = prove_desk_keys(age.unseal(sealed.file, [person.seal]), check(person))
    assert proven.keys.epochs == SEEDS
    assert proven.c == sealed.c
    assert proven.author.id == OFFICE.amina.id


def test_nobody_else_opens_them():
    sealed = seal_desk_keys(DRAFT, OFFICE.amina.sign)
    with pytest.raises(CannotOpenError):
        age.unseal(sealed.file, [OFFICE.chiara.seal])


def test_one_person_alone_holds_no_open_desk():
    with pytest.raises(RefusedError) as refused:
        seal_desk_keys(replace(DRAFT, people=DRAFT.people[:1]), OFFICE.amina.sign)
    assert refused.value.code == "keys-people"
    with_paper = replace(DRAFT, people=DRAFT.people[:1], paper=OFFICE.custodians[0].recipient)
    content = age.unseal(seal_desk_keys(with_paper, OFFICE.amina.sign).file, [OFFICE.custodians[0]])
    paper = recipient_hash(OFFICE.custodians[0].recipient)
    assert prove_desk_keys(content, check(OFFICE.amina, paper=paper)).keys.epochs == SEEDS


def test_a_forged_file_is_refused():
    bruno = replace(DRAFT, signer=OFFICE.signer(OFFICE.bruno))
    cases = [
        (seal_desk_keys(bruno, OFFICE.bruno.sign), {}, "envelope-author"),
        (seal_desk_keys(DRAFT, OFFICE.bruno.sign), {}, "envelope-signature"),
        (seal_desk_keys(DRAFT, OFFICE.amina.sign), {"acted": lambda _c: False}, "keys-act"),
        (seal_desk_keys(replace(DRAFT, epochs=(NumberedSeed(2, bytes(32)),)), OFFICE.amina.sign), {}, "keys-seed"),
    ]
    for sealed, changes, code in cases:
        with pytest.raises(RefusedError) as refused:
            prove_desk_keys(age.unseal(sealed.file, [OFFICE.bruno.seal]), check(OFFICE.bruno, **changes))
        assert refused.value.code == code


def test_seeds_stay_out_of_representations():
    shown = repr(DRAFT) + repr(seal_desk_keys(DRAFT, OFFICE.amina.sign))
    assert repr(OFFICE.epoch_seeds[1]) not in shown
