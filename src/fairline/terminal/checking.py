"""Holding a mailbox against the public record: were promises kept, is something withheld, is a mailbox gone?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from fairline.ledger.batches import PublishedDay
from fairline.ledger.checkpoints import ARRIVALS
from fairline.ledger.errors import BatchError
from fairline.ledger.keeping import Broken, Kept, Overdue, Waiting
from fairline.ledger.record import FoundDay
from fairline.seal import jsontext
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairline.terminal.mailbox import Opened, RawPost
    from fairline.terminal.office import Office


LATE: Final = 3
"""Nights that may be missing before a record that stands still is held to be withheld."""


@dataclass(frozen=True)
class Checked:
    """What became of each promise, in the mailbox's order, and of what the record holds beyond the mailbox."""

    states: Sequence[tuple[RawPost, Kept | Waiting | Overdue | Broken]]
    more: Sequence[FoundDay]

    def of(self, kind: type[Kept | Waiting | Overdue | Broken]) -> int:
        """How many promises came out so."""
        return sum(isinstance(state, kind) for _post, state in self.states)

    def proofs(self) -> list[bytes]:
        """Documents that prove a broken promise to anybody."""
        return [state.proof for _post, state in self.states if isinstance(state, Broken)]


def check(opened: Opened, looking: Callable[[str], None]) -> Checked:
    """Hold every promise against the record, and look for entries that the server does not show.

    Args:
        opened: the mailbox.
        looking: is told each day that was read.

    Raises:
        LedgerError: the record itself does not hold: that is the finding.
    """
    record, today = opened.office.record, opened.office.today.isoformat()
    states = [(post, record.check(post.promise, today)) for post in opened.raw.posts]
    shown = {(post.chain, post.n) for post in opened.raw.posts}
    found = search(opened.office, opened.mailbox.tag, looking)
    more = [day for day in found if any((day.chain, n) not in shown for n in day.entries)]
    return Checked(states, more)


def search(office: Office, tag: bytes, looking: Callable[[str], None]) -> list[FoundDay]:
    """Every entry of the record that only this receipt leads to; whole days are read, so nobody learns which.

    Raises:
        LedgerError: as the record's `days`; `day-missing` also where the newest day that is shown is too old.
    """
    _require_recent(office)
    found: list[FoundDay] = []
    for one in office.record.search(tag):
        if isinstance(one, PublishedDay):
            looking(one.day)
        else:
            found.append(one)
    return found


def _require_recent(office: Office) -> None:
    """A record that ended long ago, or is not shown at all, could hide what came since."""
    newest = office.record.newest(ARRIVALS)
    charter = office.manifest.charter
    shown = charter.start - timedelta(days=1) if newest is None else date.fromisoformat(newest.checkpoint.day)
    if shown < office.today - timedelta(days=1 + LATE):
        raise BatchError("day-missing", "A day of the published record is missing.")


def missing_proof(office: Office, tag: bytes, found: Sequence[FoundDay]) -> bytes:
    """A document that shows that the record holds entries of a mailbox that the server says it does not have.

    With the tag anybody computes the first 32 bytes of each entry and finds it in the batch that the office signed.
    The tag opens nothing; who holds it recognises this mailbox's entries, and no other's.
    """
    days: list[dict[str, Any]] = [
        {
            "day": one.day.day,
            "chain": one.chain,
            "entries": [{"n": n, "leaf": b64(leaf)} for n, leaves in sorted(one.entries.items()) for leaf in leaves],
            "checkpoint": one.day.signed.note.written().decode(),
            "batch": b64(one.day.batch),
        }
        for one in found
    ]
    return jsontext.write(
        {"v": 1, "kind": "missing mailbox", "office": b64(office.office), "F": b64(office.manifest.F), "tag": b64(tag),
         "days": days}
    )  # fmt: skip
