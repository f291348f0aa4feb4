"""age files: the public vectors, our own round trips, every alteration refused."""

import hashlib
import json
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.seal import age, header, stream
from fairline.seal.errors import CannotOpenError, MalformedError, SealError
from fairline.seal.primitives import unb64
from fairline.seal.recipients import check_recipient, identity, read_identity
from seal.x25519_identity import ClassicIdentity

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/age/cctv.json").read_text())["cases"]
ALICE = identity(bytes(range(32)))
BERTA = identity(bytes(range(1, 33)))


def opener(text):
    return read_identity(text) if text.startswith("AGE-SECRET-KEY-PQ-") else ClassicIdentity(text)


@pytest.mark.parametrize("case", VECTORS, ids=[case["name"] for case in VECTORS])
def test_public_vectors(case):
    file = unb64(case["input"]["file"])
    if case["input"]["zlib"]:
        file = zlib.decompress(file)
    openers = [opener(text) for text in case["input"]["identities"]]
    expect = case["expect"]
    if "error" in expect:
        with pytest.raises(SealError) as refused:
            age.unseal(file, openers)
        assert refused.value.code == expect["error"]
    else:
        assert hashlib.sha256(age.unseal(file, openers)).hexdigest() == expect["sha256"]
    if expect.get("error") != "age-header":
        parsed = header.parse(file)
        again = header.write(parsed.stanzas, bytes(16))
        assert again[: len(parsed.signed)] == parsed.signed


def test_every_recipient_opens_alone_and_nobody_else():
    file = age.seal(b"text", [ALICE.recipient, BERTA.recipient])
    assert age.unseal(file, [ALICE]) == age.unseal(file, [BERTA]) == b"text"
    with pytest.raises(CannotOpenError) as refused:
        age.unseal(file, [identity(bytes(32))])
    assert refused.value.code == "not-mine"


def test_every_flipped_byte_is_refused():
    file = age.seal(b"text", [ALICE.recipient])
    for place in range(len(file)):
        altered = bytearray(file)
        altered[place] ^= 1
        with pytest.raises(SealError):
            age.unseal(bytes(altered), [ALICE])
        with pytest.raises(SealError):
            age.unseal(file[:place], [ALICE])


@given(st.integers(0, 3 * stream.CHUNK_SIZE))
def test_sizes_of_payloads_are_inverse(size):
    assert stream.plain_size(stream.sealed_size(size)) == size


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 200000])
def test_stream_round_trip_and_ranges(size):
    key = bytes(32)
    plain = bytes(place * 7 % 251 for place in range(size))
    sealed = stream.seal(key, plain)
    assert len(sealed) == stream.sealed_size(size)
    assert stream.unseal(key, sealed) == plain
    for start, stop in [(0, 1), (65530, 65550), (size - 1, size), (size, size + 1), (100, 150000)]:
        part = stream.unseal_range(key, len(sealed), lambda a, b: sealed[a:b], start, stop)
        assert part == plain[max(start, 0) : stop] if start >= 0 else part == b""


def test_a_range_of_a_cut_payload_is_refused():
    key = bytes(32)
    sealed = stream.seal(key, bytes(200000))[: 2 * stream.SEALED_CHUNK_SIZE]
    with pytest.raises(CannotOpenError) as refused:
        stream.unseal_range(key, len(sealed), lambda a, b: sealed[a:b], 0, 1)
    assert refused.value.code == "age-payload"


def test_chunks_in_any_order_give_the_same_payload():
    key, plain = bytes(32), bytes(150000)
    count = stream.chunk_count(len(plain))
    parts = {
        index: stream.seal_chunk(key, index, count, plain[index * 65536 : (index + 1) * 65536])
        for index in reversed(range(count))
    }
    assert b"".join(parts[index] for index in range(count)) == stream.seal(key, plain)
    with pytest.raises(ValueError, match="last"):
        stream.seal_chunk(key, 0, 2, b"short")


@pytest.mark.parametrize(
    "text",
    ["", "age1pq1", ALICE.recipient.upper(), ALICE.recipient[:-1], ALICE.recipient + "b",
     "Ä" + ALICE.recipient,
     "age1qqqqqqqqqqqqqqqqqqqq"],
)  # fmt: skip
def test_recipients_have_one_spelling(text):
    with pytest.raises(MalformedError) as refused:
        check_recipient(text)
    assert refused.value.code == "age-recipient"


def test_identity_text_round_trip_and_secrecy():
    assert read_identity(ALICE.text) == ALICE
    assert check_recipient(ALICE.recipient) == ALICE.recipient
    assert ALICE.text.startswith("AGE-SECRET-KEY-PQ-1")
    assert "seed" not in repr(ALICE)
    for text in (ALICE.text.lower(), ALICE.text[:-1], ALICE.recipient, ""):
        with pytest.raises(MalformedError) as refused:
            read_identity(text)
        assert refused.value.code == "age-identity"
    head = age.begin([ALICE.recipient])[1]
    assert "key" not in repr(head)
