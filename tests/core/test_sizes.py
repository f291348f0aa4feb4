"""A size is said alike by a server, a terminal and a page (`web/elements/words.test.ts` has the same table)."""

from __future__ import annotations

import pytest

from fairline.core.limits import REFERRED_FILES_MAX
from fairline.core.sizes import in_words
from fairline.referral.files import too_long

SAID = (
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (1540, "1.5 kB"), (31_000, "31 kB"), (33_554_432, "34 MB"),
    (2_000_000, "2 MB"), (4_294_967_296, "4.3 GB"), (5_000_000_000_000, "5000 GB"),
)  # fmt: skip


@pytest.mark.parametrize(("size", "words"), SAID)
def test_a_size_in_words(size: int, words: str) -> None:
    assert in_words(size, str) == words


def test_the_unit_is_the_readers() -> None:
    assert in_words(33_554_432, {"%(n)s MB": "%(n)s م.ب"}.__getitem__) == "34 م.ب"


def test_what_is_refused_names_the_size_that_the_page_shows() -> None:
    assert REFERRED_FILES_MAX == 33_554_432
    assert "34 MB" in too_long().message
