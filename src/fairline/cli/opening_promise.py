"""`fairline open ADDRESS --promise FILE`: an acknowledgement that was kept, held against the public record.

It needs no receipt and opens nothing. The door learns that somebody asked for the record of one day, as anybody may.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairline.ledger import promises
from fairline.ledger.errors import PromiseError
from fairline.ledger.keeping import Broken, Kept, Overdue
from fairline.terminal.dialogue import say
from fairline.terminal.errors import TerminalError
from fairline.terminal.files import keep
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairline.ledger.promises import Promise
    from fairline.terminal.office import Office

LIMIT = 4096
KEPT = gettext_noop("This office signed it, and kept it: the entry stands in the public record of %(day)s.")
WAITING = gettext_noop("This office signed it. The record of %(day)s is not out yet; look again tomorrow.")
OVERDUE = gettext_noop(
    "This office signed it, and the record of %(day)s should be out by now and is not. Look again tomorrow; if it is "
    "still missing, tell somebody outside this office."
)
BROKEN = gettext_noop(
    "ALARM: this office signed it and broke it: the record of %(day)s is out, and the entry is not in it. The proof "
    "holds what the office itself signed; whoever has it needs nobody's word."
)


def read_promise(path: str) -> Promise:
    """The acknowledgement in a file.

    Raises:
        PromiseError: `promise-shape`.
        TerminalError: `file`.
    """
    try:
        with Path(path).open("rb") as file:
            return promises.parse(file.read(LIMIT).strip())
    except OSError as error:
        message = _("%(path)s could not be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        raise TerminalError("file", message) from error


def run(promise: Promise, offices: Sequence[Office], proof: str | None) -> bool:
    """Say what became of the promise; return whether it was broken.

    Raises:
        PromiseError: `promise-signature`, if none of these offices signed it.
        LedgerError: the record itself does not hold.
    """
    office = next((one for one in offices if one.office == promise.office), None)
    if office is None:
        raise PromiseError("promise-signature", "The promise was not signed by this office.")
    state = office.record.check(promise, office.today.isoformat())
    of = {"day": promise.day}
    match state:
        case Kept():
            say(_(KEPT) % of)
        case Overdue():
            say(_(OVERDUE) % of)
        case Broken():
            say(_(BROKEN) % of)
            if proof is None:
                say(_("Add --proof FILE to keep the proof."))
            else:
                keep(Path(proof), state.proof)
            return True
        case _:
            say(_(WAITING) % of)
    return False
