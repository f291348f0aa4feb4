"""`fairline open … --filing FILE`: one file that shows that this report was filed; what it gives away is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cli.opening_promise import OVERDUE
from fairline.ledger import filed
from fairline.ledger.checkpoints import ARRIVALS
from fairline.ledger.keeping import Broken, Kept, Overdue
from fairline.terminal.dialogue import ask_yes, here, say
from fairline.terminal.errors import TerminalError
from fairline.terminal.files import keep
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from pathlib import Path

    from fairline.ledger.filed import Inclusion
    from fairline.terminal.mailbox import Opened

GIVES_AWAY = gettext_noop(
    "The file shows anybody who gets it: every word of the report, and who you said must not see it; the "
    "keys of the files that went with it; that this office promised it, on which day; and the sign by which all "
    "entries of your mailbox are found in the public record. It opens no mailbox and does not hold your receipt."
)
NAME = gettext_noop(
    "If you gave your name under seal, the file holds one of the two keys to it (K2). Until now the name takes a "
    "reader of the report and the custodians together; for whoever has this file the custodians alone are enough."
)
IN_PLACE = gettext_noop(
    "The proof is in %(file)s. Check it with `fairline verify FILE --fingerprint …`, without any network."
)
BROKEN = gettext_noop(
    "ALARM: this office signed it and broke it: the record of %(day)s is out, and the entry is not in it. The file "
    "shows the promise; add --check and --proof FILE to keep the proof that it was broken."
)
BEFORE_NIGHT = gettext_noop(
    "The record of that day is not out yet: the file shows the promise alone. Make another one tomorrow or later."
)


def run(opened: Opened, path: Path) -> bool:
    """Say what the file gives away, and write it; return whether the office broke the promise that it shows.

    Raises:
        TerminalError: `filing`: the report is not here whole and proven; `file`; nobody agreed.
        LedgerError: the record does not hold.
    """
    report = opened.thread.report
    copy = next((one.content for one in opened.copies if (one.chain, one.n) == ("r", 0)), None)
    promise = next((one.promise for one in opened.raw.posts if (one.chain, one.n) == ("r", 0)), None)
    if report is None or copy is None or promise is None:
        raise TerminalError(
            "filing", _("The report itself could not be proven here, so there is nothing to show of it.")
        )
    say(_(GIVES_AWAY))
    if report.dealt is not None:
        say(_(NAME))
    if here() and not ask_yes(_("Write this file?")):
        return False
    record = opened.office.record
    state = record.check(promise, opened.office.today.isoformat())
    inclusion: Inclusion | None = None
    day = record.day(ARRIVALS, promise.day) if isinstance(state, Kept) else None
    if isinstance(state, Kept) and day is not None:
        inclusion = filed.included(day, state.index)
    elif isinstance(state, Overdue | Broken):
        say(_(OVERDUE if isinstance(state, Overdue) else BROKEN) % {"day": promise.day})
    else:
        say(_(BEFORE_NIGHT))
    keep(path, filed.write(opened.office.served, copy, promise, inclusion))
    say(_(IN_PLACE) % {"file": path})
    return isinstance(state, Broken)
