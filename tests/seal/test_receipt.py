"""Receipts are read as people write them, and mistakes are told from strangers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from fairline.seal import receipt, words
from fairline.seal.errors import MalformedError

R = bytes(range(16))
OFFICE = bytes(16)
entropies = st.binary(min_size=16, max_size=16)
ARABIC = "٠١٢٣٤٥٦٧٨٩"


@given(entropies, st.sampled_from(words.LISTS))
def test_words_round_trip_and_agree_with_the_library(entropy, name):
    written = words.entropy_to_words(entropy, name)
    assert words.words_to_entropy("\u3000".join(written), [name]) == entropy
    assert Mnemonic(name.replace("chinese ", "chinese_")).to_entropy(" ".join(written)) == entropy


@given(entropies)
def test_digits_round_trip(entropy):
    groups = receipt.to_digits(entropy)
    assert [len(group) for group in groups] == [6] * 7
    assert receipt.from_digits(" ".join(groups)) == entropy
    assert receipt.from_digits("–".join(groups).translate(str.maketrans("0123456789", ARABIC))) == entropy


def test_words_are_read_tolerantly():
    spanish = words.entropy_to_words(bytes([255] * 16), "spanish")
    bare = unicodedata.normalize("NFKD", " ".join(spanish)).encode("ascii", "ignore").decode().upper()
    assert words.words_to_entropy(f"\n {bare}\t", ["spanish"]) == bytes([255] * 16)
    chinese = words.entropy_to_words(R, "chinese simplified")
    assert words.words_to_entropy("".join(chinese)) == R
    composed = unicodedata.normalize("NFC", " ".join(words.entropy_to_words(R, "korean")))
    assert words.words_to_entropy(composed) == R


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abandon " * 12, "receipt-check"),
        ("abandon " * 11, "receipt-length"),
        ("abandon " * 11 + "aboutt", "receipt-word"),
        ("", "receipt-length"),
    ],
)
def test_wrong_words(text, code):
    with pytest.raises(MalformedError) as refused:
        words.words_to_entropy(text)
    assert refused.value.code == code
    assert words.strange_words("abandon fairline about", "english") == [1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" * 41, "receipt-length"),
        ("1" * 41 + "x", "receipt-word"),
        ("9" * 42, "receipt-check"),
        ("0" * 41 + "1", "receipt-check"),
        (str(2**128) + f"{2**128 % 997:03}", "receipt-check"),
    ],
)
def test_wrong_digits(text, code):
    with pytest.raises(MalformedError) as refused:
        receipt.from_digits(text)
    assert refused.value.code == code


def test_each_single_wrong_digit_is_noticed():
    digits = "".join(receipt.to_digits(R))
    for place in range(39):
        for other in set("0123456789") - {digits[place]}:
            with pytest.raises(MalformedError):
                receipt.from_digits(digits[:place] + other + digits[place + 1 :])


def test_what_was_typed_is_told_apart():
    assert receipt.looks_like_digits(" –٣")
    assert not receipt.looks_like_digits("abandon")
    assert not receipt.looks_like_digits("")


def test_a_code_opens_no_mailbox_and_offices_differ():
    mailbox, code = receipt.derive(R, OFFICE), receipt.derive(R, OFFICE, "code")
    other = receipt.derive(R, bytes([1] * 16))
    for name in ("id", "auth", "box", "sign", "sign_public"):
        assert len({repr(getattr(one, name)) if name != "box" else one.box.seed for one in (mailbox, code, other)}) == 3
    assert len(mailbox.id) == 16
    assert "auth" not in repr(mailbox)
    assert "tag" not in repr(mailbox)
    with pytest.raises(MalformedError):
        receipt.derive(R[:15], OFFICE)
