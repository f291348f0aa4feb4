"""An error says what is wrong, never what was written: it may end up in a log."""

import traceback

import pytest

from fairline.seal import bodies, jsontext, receipt, vault, words
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.primitives import unb64

SECRET = "correct horse"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: jsontext.parse(f'{{"{SECRET}":1,"{SECRET}":2}}'.encode()),
        lambda: jsontext.parse(f'["{SECRET}"'.encode()),
        lambda: jsontext.parse(f'"{SECRET}'.encode() + b"\xff"),
        lambda: jsontext.write([SECRET, 1.5]),
        lambda: unb64(SECRET),
        lambda: unb64(SECRET + "ä"),
        lambda: bodies.read_report(f'{{"answers":"{SECRET}"}}'.encode()),
        lambda: vault.read_vault(f'{{"v":1,"member":"{SECRET}"}}'.encode()),
        lambda: words.words_to_entropy(f"{SECRET} " * 6),
        lambda: receipt.from_digits(SECRET),
    ],
)
def test_errors_do_not_quote(attempt):
    with pytest.raises(MalformedError) as refused:
        attempt()
    shown = "".join(traceback.format_exception(refused.value)[-1:]) + repr(refused.value)
    assert SECRET not in shown
    assert refused.value.__cause__ is None
    assert refused.value.diagnostics()


def test_one_tree_with_a_code_and_a_sentence():
    error = MalformedError("some-code", "A sentence.")
    assert isinstance(error, FairlineError)
    assert (error.code, error.diagnostics(), str(error)) == ("some-code", "A sentence.", "some-code: A sentence.")
