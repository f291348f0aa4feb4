"""The receipt on a terminal: shown once, typed back, read again."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.seal.receipt import from_digits, looks_like_digits, to_digits
from fairline.seal.words import ACCENTS, LISTS, entropy_to_words, words_to_entropy
from fairline.terminal.dialogue import ask, ask_hidden, give, here, say
from fairline.terminal.errors import TerminalError
from fairline.terminal.files import keep, read_text
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

OF_LANGUAGE = {
    "zh-hant": "chinese traditional", "zh-tw": "chinese traditional", "zh-hk": "chinese traditional",
    "zh": "chinese simplified", "cs": "czech", "fr": "french", "it": "italian", "ja": "japanese", "ko": "korean",
    "pt": "portuguese", "es": "spanish", "en": "english",
}  # fmt: skip
DIGITS = "digits"
TYPED_BACK = 2


@dataclass(frozen=True)
class Manner:
    """How a receipt is written down: a list of words, or `digits`."""

    name: str

    def question(self, place: int) -> str:
        """Asks for one part by its place, from 0."""
        asked = (
            _("To make sure: what is group %(number)s of the digits?")
            if self.name == DIGITS
            else _("To make sure: what is word %(number)s?")
        )
        return asked % {"number": place + 1}

    def parts(self, receipt: bytes) -> list[str]:
        """Twelve words, or seven groups of six digits."""
        return to_digits(receipt) if self.name == DIGITS else entropy_to_words(receipt, self.name)


def manner_of(wanted: str | None, language: str) -> Manner:
    """How to write receipts: as asked for, else in the list of the language, else (no list has it) in digits.

    Raises:
        TerminalError: `words`, if there is no such list.
    """
    if wanted is None:
        tag = language.lower()
        return Manner(OF_LANGUAGE.get(tag) or OF_LANGUAGE.get(tag.partition("-")[0], DIGITS))
    name = wanted.lower().replace("-", " ")
    if name not in (*LISTS, DIGITS):
        message = _("There is no such list of words. There are: %(lists)s; or digits.") % {"lists": ", ".join(LISTS)}
        raise TerminalError("words", message)
    return Manner(name)


def read_receipt(text: str, language: str = "en") -> bytes:
    """Sixteen bytes from words of any list, or digits of any script.

    Raises:
        MalformedError: `receipt-word`, `receipt-check`, `receipt-length`.
    """
    if looks_like_digits(text):
        return from_digits(text)
    first = manner_of(None, language).name
    lists = [first] if first in LISTS else []
    return words_to_entropy(text, [*lists, *(name for name in LISTS if name not in lists)])


def asked_receipt(file: str | None, language: str) -> bytes:
    """The receipt from a file, from the standard input (`-`, or where nobody sits there), or typed unseen.

    Raises:
        MalformedError: as `read_receipt`.
    """
    if file is not None:
        return read_receipt(read_text(file), language)
    if not here():
        return read_receipt(read_text("-"), language)
    return read_receipt(ask_hidden(_("Your twelve words, or the digits:")), language)


def hand_over(receipt: bytes, manner: Manner, file: Path | None) -> None:
    """Show the receipt, or put it into the file that the person named; nothing says what it opens."""
    parts = manner.parts(receipt)
    if file is not None:
        keep(file, (" ".join(parts) + "\n").encode())
        say(_("The receipt is in %(file)s. Nothing in that file says what it opens.") % {"file": file})
        return
    say(_("Write this down, by hand if you can. It is the only way back to an answer, and nobody can find it for you:"))
    say()
    give(" ".join(parts))
    say()


def typed_back(receipt: bytes, manner: Manner) -> None:
    """Have two parts typed back: a receipt that was not written down is lost with the window.

    Raises:
        TerminalError: `no-answer`, if the person ends it.
    """
    parts = manner.parts(receipt)
    places = sorted(secrets.SystemRandom().sample(range(len(parts)), TYPED_BACK))
    for place in places:
        while _bare(ask(manner.question(place))) != _bare(parts[place]):
            say(_("That is not what is written above. Please look again."))
    say(_("Good. This window still shows the receipt: close it, or clear it and what was above, before you leave."))


def _bare(text: str) -> str:
    """A word as people may type it: any case, accents or none."""
    return "".join(ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower()).split())
