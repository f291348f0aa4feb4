"""What did not hold, in the language of who sits before it. The formats' own sentences are English.

Each that a person can meet is marked here, word for word; of the others their kind is said, with the code.
"""

from __future__ import annotations

import re
from typing import Final

from fairline.seal.errors import FairlineError
from fairline.terminal.errors import TerminalError
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop, translates

KNOWN: Final = (
    gettext_noop("This is not the office that the poster names."),
    gettext_noop("The office's charter is not in force on this day."),
    gettext_noop("This office has no such desk of its own."),
    gettext_noop("This desk takes no reports now."),
    gettext_noop("The text holds the receipt itself. Take it out before sending."),
    gettext_noop("A report says at least one thing."),
    gettext_noop("The conversation could not be read, so nothing can follow it."),
    gettext_noop("The receipt has twelve words."),
    gettext_noop("One of these words is in no list of receipt words."),
    gettext_noop("These words do not belong together: one is mistyped or misplaced."),
    gettext_noop("There is something among the digits that is no digit."),
    gettext_noop("The receipt has forty-two digits."),
    gettext_noop("These digits do not belong together: one is mistyped."),
    gettext_noop("This file was not sealed for you."),
    gettext_noop("The first part of a sealed file was altered."),
    gettext_noop("The content of a sealed file was altered or cut off."),
    gettext_noop("Whoever is named as the author did not sign this."),
    gettext_noop("Whoever wrote this may not write here."),
    gettext_noop("This was written for another place than where it was found."),
    gettext_noop("The server names readers whom nothing proves."),
    gettext_noop("The same text stands twice in a conversation."),
    gettext_noop("Two different texts claim the same place in a conversation."),
    gettext_noop("A message before this one is missing."),
    gettext_noop("The copy of this message is not there any more."),
    gettext_noop("The server does not show a message that was there."),
    gettext_noop("Its entry in the record could not be found by this receipt."),
    gettext_noop("The office promised something else than what lies here."),
    gettext_noop("The server promised something else than what was sent."),
    gettext_noop("The promise was not signed by this office."),
    gettext_noop("A day of the published record is missing."),
    gettext_noop("A part of the stored record is missing."),
    gettext_noop("The record shows two different pasts."),
    gettext_noop("The server promised it for a day that is still to come."),
    gettext_noop("These are the documents of another office."),
    gettext_noop("The files listed are not those that came."),
    gettext_noop("The office's copy is not the file that came."),
    gettext_noop("The office's copy holds something else than what was promised."),
    gettext_noop("A file is not the one that the report or message names."),
    gettext_noop("A part of a file is shorter or longer than it must be."),
    gettext_noop("A file is larger than 4 GiB."),
    gettext_noop("Nobody has signed in the record for these keys."),
    gettext_noop("One person alone would hold the keys of a case."),
    gettext_noop("The reporting person asked that one of these people should not see it."),
    gettext_noop("These keys belong to another report."),
    gettext_noop("These keys do not belong to what the reporting person was told."),
    gettext_noop("Other people hold the keys than the reporting person was told."),
    gettext_noop("A member of the panel is named by no charter that is proven here."),
    gettext_noop("A member of the panel has not signed this decision."),
    gettext_noop("Whoever worked on the case does not decide this."),
    gettext_noop("Fewer than three different people have decided this."),
    gettext_noop("The office's record names another export than this one."),
    gettext_noop("This archive was not written by this program, or was altered."),
    gettext_noop("This is no exported case."),
    gettext_noop("Other files lie in this export than its list names."),
    gettext_noop("A file of this export is not the one that its list names."),
    gettext_noop("This was sealed for somebody whom nothing proves, or not for its reader."),
)
DOCUMENTS: Final = re.compile(r"(root|charter|sheet|roster|custody|document|keys)-")
RECORD: Final = re.compile(r"(record|proof|note|checkpoint|batch|frontier|head|tile|day)-")


def sentence(error: FairlineError) -> str:
    """The sentence to show for an error. What our own commands and the office's server refuse says what to do."""
    return _(error.sentence) if isinstance(error, TerminalError) else of_code(error.code, error.sentence)


def of_code(code: str, said: str) -> str:
    """The sentence to show for a code of the formats whose English sentence is `said`."""
    words = _(said)
    if words != said or not translates():
        return words
    if DOCUMENTS.match(code):
        return _(
            "The office's signed documents do not hold (%(code)s). Nothing is sealed to keys that cannot be proven."
        ) % {"code": code}
    if RECORD.match(code):
        return _(
            "The public record contradicts itself, or what it showed before (%(code)s). Please tell somebody outside "
            "this office."
        ) % {"code": code}
    return _("It does not have the form that it must have (%(code)s).") % {"code": code}
