"""Envelopes: nothing in one can be changed, moved or cut without being noticed; sizes tell only their class."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.seal.bodies import IdentityCard, write_identity_card
from fairline.seal.envelope import Header, ReporterBy, check_signature, read_envelope, write_envelope
from fairline.seal.errors import MalformedError, SealError
from fairline.seal.padding import CLASSES, padme, size_class
from fairline.seal.primitives import public_key

SEED = bytes(range(32))
PUBLIC = public_key(SEED)
HEADER = Header(
    "message", bytes(16), bytes(16), bytes(16), (bytes(32),), ReporterBy(PUBLIC), "r", 1, prev=bytes(32)
)  # fmt: skip
BODY = b'{"text":"The scales at gate 4.","language":"en"}'


def test_what_was_written_is_read():
    written = write_envelope(HEADER, BODY, SEED)
    envelope = read_envelope(written.content)
    assert envelope.header == HEADER
    assert envelope.body == BODY
    assert envelope.c == written.c
    check_signature(envelope, PUBLIC)


def test_every_flipped_bit_is_noticed():
    content = write_envelope(HEADER, BODY, SEED).content
    for place in range(len(content)):
        altered = bytearray(content)
        altered[place] ^= 1 << place % 8
        with pytest.raises(SealError):
            check_signature(read_envelope(bytes(altered)), PUBLIC)


def test_every_cut_is_noticed():
    content = write_envelope(HEADER, BODY, SEED).content
    for length in range(len(content)):
        with pytest.raises(SealError):
            read_envelope(content[:length])


def test_the_same_words_never_give_the_same_commitment():
    assert write_envelope(HEADER, BODY, SEED).c != write_envelope(HEADER, BODY, SEED).c


def test_identities_and_shares_have_one_size_and_refuse_what_is_longer():
    apart = replace(HEADER, kind="identity", chain=None, n=None, prev=None, belongs_to=0)
    for card in (IdentityCard("", "", ""), IdentityCard("Noor Example" * 20, "x" * 300, "")):
        assert len(write_envelope(apart, write_identity_card(card), SEED).content) == 2048
    assert len(write_envelope(replace(apart, kind="share"), b"{}", SEED).content) == 1024
    with pytest.raises(MalformedError) as refused:
        write_envelope(apart, write_identity_card(IdentityCard("x" * 2000, "", "")), SEED)
    assert refused.value.code == "envelope-length"


@given(st.integers(0, 3_000_000))
def test_sizes_are_of_few_classes_and_never_far_above(size):
    padded = size_class(size)
    assert padded >= size
    assert padded in CLASSES or (padded == padme(size) and padded <= size * 1.12)
    assert size_class(padded) == padded


def test_padme_of_a_range_gives_few_sizes():
    assert len({padme(size) for size in range(1_000_000, 2_000_000, 97)}) < 40
