"""`fairline verify FILE`: a filing proof, checked off-line against the fingerprint that a poster prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.seal.errors import FairlineError
from fairline.seal.words import fingerprint
from fairline.terminal import filing
from fairline.terminal.dialogue import give, say
from fairline.terminal.errors import TerminalError
from fairline.terminal.fingerprints import fits
from fairline.terminal.office import text_in
from fairline.terminal.sentences import sentence
from fairline.terminal.showing import clean
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop, own_language, speak

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from fairline.terminal.filing import Filed

NO_FINGERPRINT = gettext_noop(
    "The file holds together. Which office it speaks of is shown by its fingerprint alone: compare with a poster or a "
    "letter of the office, and give it with --fingerprint.\n  %(words)s"
)
OTHER = gettext_noop("The file holds together and is of another office than the fingerprint that you gave.")
HOLDS = gettext_noop(
    "This holds: a report with the words below was handed in to %(office)s, which promised so on %(day)s."
)
RECORDED = gettext_noop("Its entry stands in the office's public record under the checkpoint of %(day)s.")
UNRECORDED = gettext_noop(
    "The file is from before the night in which the entry was to enter the public record. The promise alone shows that "
    "it arrived."
)


def run(arguments: argparse.Namespace) -> int:
    """Say what the file shows; return 0 if it holds for the fingerprint, 1 if not, 2 if it cannot be told."""
    language = arguments.language or own_language()
    speak(language)
    try:
        found = filing.check(_read(arguments.file))
    except FairlineError as error:
        say(clean(sentence(error)))
        return 1
    if arguments.fingerprint is None:
        say(_(NO_FINGERPRINT) % {"words": " ".join(fingerprint(found.F, "english"))})
        return 2
    if not fits(arguments.fingerprint, found.F):
        say(_(OTHER))
        return 1
    _told(found, language)
    return 0


def _told(found: Filed, language: str) -> None:
    say(_(HOLDS) % {"office": clean(text_in(found.charter.names, language)), "day": found.day})
    say(_(UNRECORDED) if found.recorded is None else _(RECORDED) % {"day": found.recorded})
    for question, answer in found.report.answers.items():
        give(f"{clean(question)}: {clean(answer)}")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(filing.LIMIT + 1)
    except OSError as error:
        message = _("%(path)s could not be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        raise TerminalError("file", message) from error
