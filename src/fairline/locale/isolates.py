"""Names, codes and days keep their own direction in a sentence from right to left (Unicode, directional isolates).

Pages do it as they fill a hole (`web/elements/words.ts`); the server's texts are filled by Python and by templates,
which do not, so it stands in their translations. Merging the catalogues does it, lest somebody forget it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from babel.messages.catalog import Message

FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
POP: Final = "\N{POP DIRECTIONAL ISOLATE}"
COUNTS: Final = frozenset({"n", "days", "seconds", "percent", "needed"})
"""Numbers alone: they stand as they are in a sentence of either direction."""
_HOLE: Final = re.compile(r"%\((\w+)\)s")
_IN_A_TAG: Final = re.compile(r"<[^>]*$")


def bare(text: str) -> list[re.Match[str]]:
    """Return the holes that would take a word of another direction into the sentence as it runs."""
    return [hole for hole in _HOLE.finditer(text) if hole[1] not in COUNTS and not _stands_apart(text, hole)]


def isolated(text: str) -> str:
    """Return the text with each of its holes apart from the sentence."""
    for hole in reversed(bare(text)):
        text = f"{text[: hole.start()]}{FIRST_STRONG_ISOLATE}{hole[0]}{POP}{text[hole.end() :]}"
    return text


def isolate(messages: Iterable[Message]) -> None:
    """Do so with every translation."""
    for message in messages:
        if isinstance(message.string, str):
            message.string = isolated(message.string)
        elif message.string:
            message.string = tuple(isolated(one) for one in message.string)


def _stands_apart(text: str, hole: re.Match[str]) -> bool:
    before, after = text[: hole.start()], text[hole.end() :]
    if before.endswith(FIRST_STRONG_ISOLATE) and after.startswith(POP):
        return True
    # An attribute's value is no text; what is in an element of its own is apart already.
    return _IN_A_TAG.search(before) is not None or before.endswith("<bdi>")
