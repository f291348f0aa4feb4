"""Names, codes and days keep their own direction in Arabic sentences: each hole for one stands between isolates."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from fairline import locale
from fairline.locale.isolates import FIRST_STRONG_ISOLATE, POP, bare, isolated


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_hole_of_the_servers_arabic_texts_is_isolated() -> None:
    path = Path(locale.__file__).parent / "ar" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        found = [text for message in read_po(file) for text in texts(message)]
    assert [one for one in found if bare(one)] == []
    assert sum(FIRST_STRONG_ISOLATE in one for one in found) > 50


APART = f"من {FIRST_STRONG_ISOLATE}%(name)s{POP} في %(n)s"


@pytest.mark.parametrize(
    ("text", "becomes"),
    [("من %(name)s في %(n)s", APART), (APART, APART), ('<a href="%(address)s/">', '<a href="%(address)s/">'),
     ("<bdi>%(name)s</bdi>", "<bdi>%(name)s</bdi>"),
     ("%(a)s%(b)s", f"{FIRST_STRONG_ISOLATE}%(a)s{POP}{FIRST_STRONG_ISOLATE}%(b)s{POP}")],
)  # fmt: skip
def test_what_is_put_into_a_sentence_is_isolated_once(text: str, becomes: str) -> None:
    assert isolated(text) == becomes
    assert isolated(becomes) == becomes
