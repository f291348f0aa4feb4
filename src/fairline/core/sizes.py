"""A size as people say it, alike wherever the server or a terminal says one; pages do it by ``web/elements/words.ts``.

No Django: a reporting person's program says sizes, too.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

KILO: Final = 1000
SMALL: Final = 10
"""Below it a tenth is told."""
gettext_noop: Final = NullTranslations().gettext
UNITS: Final = (
    gettext_noop("%(n)s bytes"), gettext_noop("%(n)s kB"), gettext_noop("%(n)s MB"), gettext_noop("%(n)s GB"),
)  # fmt: skip


def in_words(size: int, say: Callable[[str], str]) -> str:
    """Return a number of bytes in the unit in which people think.

    Args:
        size: in bytes.
        say: gives a text in the reader's language.
    """
    step, value = 0, float(size)
    while value >= KILO and step < len(UNITS) - 1:
        step, value = step + 1, value / KILO
    number = f"{value:.1f}".removesuffix(".0") if step and value < SMALL else f"{value:.0f}"
    return say(UNITS[step]) % {"n": number}
