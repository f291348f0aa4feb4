"""Mailboxes that a member opens for somebody: a person concerned, somebody to protect, a helper (docs/formats.md §16).

Each is a case of its own from its first word, with keys of its own. Which case it belongs to stands in a sealed note of
that case and in no row: whoever reads the database finds no way from a person concerned to the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import assigning, outside, rights
from fairline.cases.models import NONE, OPENED_MAILBOX, Case, Declaration
from fairline.cases.services import did
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import handing
from fairline.line import queries as line_queries
from fairline.line import services as line
from fairline.offices.services.acts import Deed, SignedAct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewMailbox
    from fairline.offices.queries import MemberFacts

FIRST: Final = 0
"""Number of a mailbox's first keys, and of their generation."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A mailbox as a member's browser sealed it, with the keys of those who read it."""

    mailbox: NewMailbox
    commitment: bytes
    """c of the `keys`."""
    files: Mapping[bytes, bytes]
    """Member id to age file: who is in it is assigned, and nobody else."""
    recipient: bytes
    """H of the recipient that the seed gives."""
    act: SignedAct


def open_mailbox(member: MemberFacts, new: Opening, today: date, now: datetime) -> tuple[Promise, ...]:
    """Open a mailbox; return the promise of each first word. The same once more gives the same promises.

    For every purpose alike: what it is for is sealed, and the server has no word for it.

    Raises:
        Problem: 404 ``no-desk``; 409 ``taken``; 422 ``people`` (fewer than two, or not oneself), ``keys``, ``until``,
            ``act`` (also where it names another last day than the mailbox, or none).
    """
    if is_there(member, new):
        return again(member, new, today)
    _require_until(new, today)
    with writing():
        return opened(member, new, "open mailbox", OPENED_MAILBOX, today=today, now=now)


def is_there(member: MemberFacts, new: Opening) -> bool:
    """Return whether something lies under its id already, once it is settled that this member may open it so.

    Raises:
        Problem: 404 ``no-desk``; 422 ``people``, ``keys``.
    """
    if new.mailbox.desk not in rights.desks_of(member):
        raise Problem(404, "no-desk", _("There is no such desk here."))
    if member.id not in new.files:
        message = _("Whoever opens a mailbox is one of those who read it. Nothing was changed.")
        raise Problem(422, "people", message)
    assigning.require_people(member.office, new.mailbox.id, new.files)
    if new.mailbox.generation != FIRST:
        raise Problem(422, "keys", _("What was sent does not belong to these keys. Nothing was changed."))
    return line_queries.thread_desk(member.office, new.mailbox.id) is not None


def opened(
    member: MemberFacts, new: Opening, act: str, doing: str, *, today: date, now: datetime
) -> tuple[Promise, ...]:
    """Store it as a case with its keys and its first words, in the caller's transaction.

    Args:
        member: who; one of those who read it.
        new: see there; ``is_there`` has let it pass.
        act: what the member must have signed that they do.
        doing: the word for it in the list of what was done.
        today: where the office is.
        now: the present instant.

    Raises:
        Problem: 409 ``taken``; 422 ``act``; and as ``acts.record``.
    """
    thread_id = new.mailbox.id
    promises = line.open_mailbox(member.office, new.mailbox, today)
    if Case.objects.filter(id=thread_id).exists():
        # Sent twice at once: the first was kept while this one waited for it.
        return promises
    case = Case.objects.create(
        id=thread_id, office=member.office, desk=new.mailbox.desk, n=FIRST, recipient=new.recipient,
        keys=new.commitment, desk_copy=handing.desk_copy({}), r_posts=0, o_posts=0, i_posts=0, triaged_by=member.id,
        triaged=now,
    )  # fmt: skip
    assigning.assign(case, FIRST, new.files, new.act)
    deed = Deed(act, thread_id, None, new.recipient, new.commitment)
    assigning.record_people(member, new.act, deed, new.files, now)
    # Who opens it knows for whom; the others say so themselves before they read the first word.
    Declaration.objects.create(office=member.office, thread=thread_id, member=member.id, kind=NONE, at=now)
    did(member, thread_id, doing, now)
    return promises


def _require_until(new: Opening, today: date) -> None:
    """A helper's mailbox has a last day, which the act names: who reads the record sees that it was meant to end."""
    until = new.mailbox.until
    if until is not None:
        outside.require_in_time(until, today)
    outside.require_said(new.act, until=None if until is None else until.isoformat())


def again(member: MemberFacts, new: Opening, today: date) -> tuple[Promise, ...]:
    """Return the promises once more: a browser that lost the answer opens no second one.

    Raises:
        Problem: 409 ``taken``: nobody takes the place of one that is there.
    """
    same = Case.objects.filter(id=new.mailbox.id, keys=new.commitment, triaged_by=member.id).exists()
    if not same:
        raise line.taken()
    return line.open_mailbox(member.office, new.mailbox, today)
