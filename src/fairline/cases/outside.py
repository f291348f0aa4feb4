"""A document of a case for a helper outside the office: a mailbox that ends on a day (docs/formats.md §16).

The mailbox is one that a member opens for somebody (``mailboxes``); which case it belongs to stands sealed in a note of
that case, and in no row. At the case stand a doing and a signed act that say that a document went out, until when, and
by the hash of that note; whom it went to and what it was, the note alone says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import openings, rights
from fairline.cases.models import ENDED_MAILBOX, GAVE_OUTSIDE
from fairline.cases.services import did, locked, moved_on, require_declaration
from fairline.core.limits import COPY_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line import queries as line
from fairline.line.states import CASE, CLOSED
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.offices.queries import MemberFacts


@dataclass(frozen=True, slots=True)
class GivenOutside:
    """That a document goes to a helper outside, as the server may know it."""

    note: bytes
    """c of the note of the case that says whom it is for, and what they said of conflicts and confidence."""
    until: date
    """The last day on which they can read it."""
    act: SignedAct


def give(member: MemberFacts, thread_id: bytes, new: GivenOutside, today: date, now: datetime) -> None:
    """Keep that a document of a case goes to a helper outside, before it does.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``; 422 ``until``, ``note`` (no such note), ``act``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    require_in_time(new.until, today)
    with writing():
        thread = locked(member, thread_id)
        mailbox = openings.is_mailbox(member.office, thread_id)
        if thread.status not in (CASE, CLOSED) or mailbox or not rights.is_assigned(member, thread_id):
            raise moved_on()
        if line.note_of(thread_id, new.note) is None:
            raise Problem(422, "note", _("The note that says whom it is for is not here yet. Nothing was changed."))
        require_said(new.act, until=new.until.isoformat())
        deed = Deed("give outside", thread_id, None, new.note)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
        did(member, thread_id, GAVE_OUTSIDE, now)


def end(member: MemberFacts, mailbox: bytes, act: SignedAct, today: date, now: datetime) -> None:
    """End a helper's mailbox before its day: from now on its words open nothing. Who has read it has read it.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state`` (it has no last day, or that is over); 422 ``act``.
    """
    rights.desk_of(member, mailbox)
    require_declaration(member, mailbox)
    with writing():
        thread = locked(member, mailbox)
        if thread.until is None or thread.until < today or not rights.is_assigned(member, mailbox):
            raise moved_on()
        handing.end_mailbox(thread, today)
        acts.record(member.office, member.id, member.sign, act=act, deed=Deed("end mailbox", mailbox), now=now)
        did(member, mailbox, ENDED_MAILBOX, now)


def require_in_time(until: date, today: date) -> None:
    """Refuse a last day that is over, or further away than any document is given.

    Raises:
        Problem: 422 ``until``.
    """
    if not today <= until <= today + timedelta(days=COPY_DAYS):
        raise Problem(422, "until", _("A document is given until a day, within three months. Nothing was changed."))


def require_said(act: SignedAct, *, until: str | None) -> None:
    """Refuse an act that names another last day, or one where there is none.

    Raises:
        Problem: 422 ``act``.
    """
    if parse_what(act.what).fields.get("until") != until:
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
