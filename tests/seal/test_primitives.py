"""Hash, derivation, signature, base64: known answers and refusals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.seal import ed25519, jsontext
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.primitives import b64, kdf, public_key, sign, unb64, verifies, verify

SEED = bytes(range(32))


def test_kdf_without_salt_is_rfc_5869_with_zero_salt():
    assert kdf(SEED, "identity") == kdf(SEED, "identity", bytes(32))
    assert kdf(SEED, "identity") != kdf(SEED, "index")
    assert len(kdf(SEED, "identity", length=16)) == 16


def test_signature_is_bound_to_its_label():
    signature = sign(SEED, "envelope", b"message")
    verify(public_key(SEED), "envelope", b"message", signature)
    with pytest.raises(RefusedError) as refused:
        verify(public_key(SEED), "act", b"message", signature)
    assert refused.value.code == "signature"
    with pytest.raises(ValueError, match="label"):
        sign(SEED, "anything", b"message")


def test_every_flipped_bit_of_a_signature_is_refused():
    signature = sign(SEED, "act", b"message")
    for position in range(512):
        flipped = bytearray(signature)
        flipped[position // 8] ^= 1 << position % 8
        assert not verifies(public_key(SEED), "act", b"message", bytes(flipped))


def test_point_arithmetic_knows_the_base_point():
    base = (4 * pow(5, -1, ed25519.P) % ed25519.P).to_bytes(32, "little")
    assert ed25519.acceptable(base)
    assert ed25519.acceptable(public_key(SEED))


def test_small_and_mixed_order_keys_are_refused():
    order_two = (ed25519.P - 1).to_bytes(32, "little")
    assert ed25519.decoded(order_two) is not None
    assert not ed25519.acceptable(order_two)
    mixed = ed25519.added(ed25519.decoded(public_key(SEED)), ed25519.decoded(order_two))
    x, y, z, _ = mixed
    inverse = pow(z, -1, ed25519.P)
    x, y = x * inverse % ed25519.P, y * inverse % ed25519.P
    encoding = (y | (x & 1) << 255).to_bytes(32, "little")
    assert ed25519.decoded(encoding) is not None
    assert not ed25519.acceptable(encoding)


@given(st.binary())
def test_base64_round_trip(raw):
    assert unb64(b64(raw)) == raw


@pytest.mark.parametrize("text", ["AA==", "AB", "A", "A+", "A/", "AA\n", " AA", "ÄA", "AAAA\n", "AAB"])
def test_base64_has_one_spelling(text):
    with pytest.raises(MalformedError) as refused:
        unb64(text)
    assert refused.value.code == "base64"


def test_base64_of_another_size_is_refused():
    with pytest.raises(MalformedError) as refused:
        unb64("AAAA", 4)
    assert refused.value.code == "base64"


plain_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | plain_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_json_round_trip_agrees_with_the_library(value):
    written = jsontext.write(value)
    assert jsontext.parse(written) == value
    assert json.loads(written) == value
    assert jsontext.parse(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a":1,"a":1}', "json-duplicate"),
        (b'[{"a":{"b":1,"b":2}}]', "json-duplicate"),
        (b"1.0", "json-number"),
        (b"[1e3]", "json-number"),
        (b"-0", "json-number"),
        (b"9007199254740992", "json-range"),
        (b"-9007199254740992", "json-range"),
        (b"9" * 5000, "json-range"),
        (b'"\\ud800"', "json-surrogate"),
        (b'[["\\udc00\\ud800"]]', "json-surrogate"),
        (b'{"\\ud800":1}', "json-surrogate"),
        (b"[" * 17 + b"]" * 17, "json-depth"),
        (b"[" * 60000, "json-depth"),
        (b'"\xff"', "json-malformed"),
        (b"\xed\xa0\x80", "json-malformed"),
        (b" " * 65537, "json-long"),
        (b"NaN", "json-malformed"),
        (b"\xef\xbb\xbf1", "json-malformed"),
        (b"", "json-malformed"),
        (b"[1,]", "json-malformed"),
        (b"01", "json-malformed"),
        (b"1 2", "json-malformed"),
        (b'"\n"', "json-malformed"),
        (b"'a'", "json-malformed"),
        (b"\x0c1", "json-malformed"),
    ],
)
def test_json_refusals(text, code):
    with pytest.raises(MalformedError) as refused:
        jsontext.parse(text)
    assert refused.value.code == code


def test_json_at_its_limits():
    assert jsontext.parse(b"[" * 16 + b"]" * 16)
    assert jsontext.parse(b'"[[[[[[[[[[[[[[[[[[[["') == "[" * 20
    assert jsontext.parse(b'"\\"[[[[[[[[[[[[[[[[[[[["') == '"' + "[" * 20
    assert jsontext.parse(b"9007199254740991") == 2**53 - 1
    assert jsontext.parse(b'"\\ud83d\\ude00"') == "\U0001f600"


@pytest.mark.parametrize(
    ("value", "code"),
    [(1.5, "json-number"), (2**53, "json-range"), ("\ud800", "json-surrogate"), ({1: 2}, "json-malformed"),
     (b"", "json-malformed")],
)  # fmt: skip
def test_json_write_refuses_what_parse_would(value, code):
    with pytest.raises(MalformedError) as refused:
        jsontext.write(value)
    assert refused.value.code == code
