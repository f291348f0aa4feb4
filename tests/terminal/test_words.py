"""Receipts, fingerprints and other people's texts, as a terminal reads and shows them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.seal.errors import MalformedError
from fairline.seal.form import Condition, Form, Option, Question, Section
from fairline.seal.primitives import H, b64
from fairline.seal.receipt import to_digits
from fairline.seal.words import LISTS, entropy_to_words, fingerprint
from fairline.terminal import forms
from fairline.terminal.errors import TerminalError
from fairline.terminal.files import keep, read_text, require_new
from fairline.terminal.fingerprints import fits
from fairline.terminal.receipts import manner_of, read_receipt
from fairline.terminal.showing import clean

RECEIPT = bytes(range(16))
KNOWN = tuple(Option(name, {"en": name}, None) for name in ("seen", "told"))
FORM = Form((Section("report", {"en": "Report"}, (
    Question("what", "long", {"en": "What?"}, None, (), None),
    Question("known", "choices", {"en": "How?"}, None, KNOWN, None),
    Question("who-told", "text", {"en": "By whom?"}, None, (), Condition("known", "told")),
)),))  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_words_of_every_list_and_their_fingerprints_are_read_back(name: str) -> None:
    words = entropy_to_words(RECEIPT, name)
    assert read_receipt("  ".join(words).upper(), "ar") == RECEIPT
    hashed = H(b"an office")
    typed = " ".join(fingerprint(hashed, name))
    assert fits(typed, hashed)
    assert fits(typed.upper().replace(" ", "-"), hashed)
    assert not fits(typed, H(b"another office"))


def test_the_whole_fingerprint_in_letters_is_read_too() -> None:
    hashed = H(b"an office")
    assert fits(f" {b64(hashed)}\n", hashed)
    assert not fits(b64(H(b"another")), hashed)
    assert not fits("", hashed)


def test_digits_are_read_back() -> None:
    assert read_receipt("-".join(to_digits(RECEIPT))) == RECEIPT
    with pytest.raises(MalformedError) as refused:
        read_receipt("abandon " * 12)
    assert refused.value.code == "receipt-check"


@pytest.mark.parametrize(
    ("wanted", "language", "name"),
    [
        (None, "en", "english"), (None, "zh-Hans", "chinese simplified"), (None, "zh-Hant", "chinese traditional"),
        (None, "ar", "digits"), (None, "pt-BR", "portuguese"), ("chinese-simplified", "en", "chinese simplified"),
        ("Digits", "en", "digits"),
    ],
)  # fmt: skip
def test_the_list_follows_the_language_unless_another_is_asked_for(wanted: str, language: str, name: str) -> None:
    assert manner_of(wanted, language).name == name


def test_nobody_elses_text_steers_the_terminal() -> None:
    hostile = "before\x1b[2J\x1b]0;title\x07\x9b31m\r\u202eback\u202d after\tand\nnext"
    shown = clean(hostile)
    assert not set(shown) & set("\x1b\x07\x9b\r\u202e\u202d")
    assert shown.startswith("before\ufffd[2J")
    assert shown.endswith("after\tand\nnext")


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(once) == len(text)


@pytest.mark.parametrize(
    "answers",
    [{}, {"what": "  "}, {"what": 1}, {"what": "x", "who": "y"}, {"what": "x", "known": "seen guessed"}],
)
def test_answers_that_do_not_fit_the_form(answers: dict[str, object]) -> None:
    with pytest.raises(TerminalError):
        forms.checked(FORM, answers)


def test_answers_that_fit() -> None:
    given_ = {"what": " A van. \n", "known": "seen told", "who-told": "The porter"}
    assert forms.checked(FORM, given_) == {"what": "A van.", "known": "seen told", "who-told": "The porter"}


def test_an_answer_to_what_is_not_asked_is_not_sent() -> None:
    with pytest.raises(TerminalError, match="is not asked after the other answers"):
        forms.checked(FORM, {"what": "A van.", "known": "seen", "who-told": "The porter"})


def test_files_are_new_and_private(tmp_path: Path) -> None:
    path = tmp_path / "receipt"
    keep(path, b"words")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(TerminalError, match="there already"):
        keep(path, b"others")
    assert path.read_bytes() == b"words"
    with pytest.raises(TerminalError, match="new file"):
        require_new(path)
    with pytest.raises(TerminalError, match="new file"):
        require_new(tmp_path / "nowhere" / "receipt")
    with pytest.raises(TerminalError, match="could not be written"):
        keep(tmp_path / "nowhere" / "receipt", b"words")


def test_texts_are_utf8(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    with pytest.raises(TerminalError, match="not a text in UTF"):
        read_text(str(tmp_path / "latin"))
    (tmp_path / "marked").write_bytes(b"\xef\xbb\xbfA van.")
    assert read_text(str(tmp_path / "marked")) == "A van."
