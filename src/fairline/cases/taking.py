"""An exported case that the office does not know any more is taken in, as a case of its own that holds the file.

That is so after an older copy was restored. What comes here is what opening a mailbox brings (``mailboxes``), a note
that says where it came from, and the file, sealed like any attachment; besides the act of the export and its promise,
by which the server knows that the office has made such a file, and of which case. That it is this file, browsers prove.

Nothing is taken in twice, and what two people delete, of the one or of the other, is deleted for good
(docs/formats.md, "An exported case"; decision 0127).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import importing, mailboxes, rights
from fairline.cases.models import TOOK_IN, DeletedThread, TakenIn
from fairline.core import clock
from fairline.core.erasure import before_its_case
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_row, parse_what
from fairline.line import blobs, erasing, handing
from fairline.line import queries as line
from fairline.line.states import DELETED
from fairline.offices import queries as offices
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from fairline.cases.mailboxes import Opening
    from fairline.cases.models import Deletion
    from fairline.ledger.promises import Promise
    from fairline.line.blob_heads import NewPart
    from fairline.line.heads import NewPost
    from fairline.offices.queries import MemberFacts

FIRST_WORDS = 2
"""The opening and who reads; there is nobody whom it would say more to."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What a browser that has opened and proven an export sends to make a case of it."""

    opening: Opening
    note: NewPost
    """Names the file, which is here already, and says of what export it is."""
    row: bytes
    """Of the act of the export, as it lies in the file."""
    promise: Promise


def hold(member: MemberFacts, new: NewPart, today: date) -> int:
    """Store a part of the file before the case is there, and return how many are held.

    Raises:
        Problem: 404 ``no-desk``; and what ``line.blobs.hold`` refuses.
    """
    if new.desk not in rights.desks_of(member):
        raise Problem(404, "no-desk", _("There is no such desk here."))
    return blobs.hold(member.office, new, today)


def take_in(member: MemberFacts, new: Taking, today: date, now: datetime) -> tuple[Promise, ...]:
    """Make a case of an export; return the promises of its first words. The same once more gives the same.

    Raises:
        Problem: 409 ``stands`` (the case is here), ``taken-in`` (it was taken in), ``deleted`` (two people deleted it,
            or what was taken in of it), ``erased`` (or a file of it, since it was exported), ``taken``, ``blob``; 422
            ``export-act``, ``people``, ``keys``, ``act``; 404 ``no-desk``.
        PromiseError: `promise-signature`, `act-shape`.
    """
    source, export = importing.exported(member, new.row, new.promise)
    opening, note = new.opening, new.note
    if mailboxes.is_there(member, opening):
        return mailboxes.again(member, opening, today)
    first = (note.thread, note.chain, note.n, note.generation) == (opening.mailbox.id, "i", 0, mailboxes.FIRST)
    alone = len(opening.mailbox.posts) == FIRST_WORDS and opening.mailbox.until is None
    if not first or not alone or len(note.blobs) != 1:
        raise Problem(422, "keys", _("What was sent does not belong to these keys. Nothing was changed."))
    said = parse_what(opening.act.what).fields
    named = {"from": b64(source), "list": b64(export.after or b""), "export": b64(H(new.row)), "until": None}
    if any(said.get(name) != value for name, value in {**named, "note": b64(note.content)}.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
    with writing():
        # Who is second waits here for the first, and then finds their row: no error ends the transaction.
        mine = TakenIn(id=source, office=member.office, thread=opening.mailbox.id, day=today)
        TakenIn.objects.bulk_create([mine], ignore_conflicts=True)
        _require_missing(member.office, source, opening.mailbox.id)
        _require_nothing_erased_since(member.office, source, new.row)
        if mailboxes.is_there(member, opening):
            return mailboxes.again(member, opening, today)
        promises = mailboxes.opened(member, opening, "take in", TOOK_IN, today=today, now=now)
        handing.write(member.office, note, today)
    return promises


def remember(row: Deletion, threads: Collection[bytes]) -> None:
    """Let a deletion of what was taken in be that of the exported case, too: with both the certificate ends it.

    In the transaction of the deletion, before anything of it is destroyed.
    """
    office = bytes(row.office)
    for one in TakenIn.objects.filter(office=office, thread__in=list(threads)):
        # A report that came again under the old id is another one now, with a day of its own.
        if line.thread_state(office, bytes(one.id)) is None:
            beside = row.threads.get(id=bytes(one.thread))
            DeletedThread.objects.create(
                id=bytes(one.id), deletion=row, kind="taken", since=beside.since, due=beside.due
            )


def of_deleted(office: bytes, thread: bytes) -> list[bytes]:
    """Return the case of ``office`` that was taken in of ``thread``, if one was: a restored copy may hold both."""
    return list(map(bytes, TakenIn.objects.filter(office=office, id=thread).values_list("thread", flat=True)))


@before_its_case
def _after_what_was_taken_in(office: bytes, thread: bytes) -> None:
    """Refuse to delete a case that came again, while the file of it lies in another: it would outlive the deletion."""
    if TakenIn.objects.filter(id=thread, office=office).exists():
        message = _("An exported file of this case was taken in as a case of its own. That one is deleted first.")
        raise Problem(409, "taken-in", message)


def _require_missing(office: bytes, source: bytes, thread: bytes) -> None:
    if importing.deleted(office, source) is not None:
        raise Problem(409, "deleted", _("Two people deleted this case. It is not taken in."))
    found = line.thread_state(office, source)
    if found is not None:
        code = "deleted" if found[1] == DELETED else "stands"
        raise Problem(409, code, _("This case is here already. Nothing was taken in."))
    taken = TakenIn.objects.filter(id=source).first()
    if taken is None or bytes(taken.thread) != thread:
        raise Problem(409, "taken-in", _("This case was taken in already. Nothing was taken in twice."))


def _require_nothing_erased_since(office: bytes, source: bytes, row: bytes) -> None:
    """Refuse an export that may hold a file which two people have deleted since: it would come back inside."""
    exported = clock.day(datetime.fromisoformat(parse_row(row).time), offices.zone_of(office) or "UTC")
    if any(one.day is not None and one.day >= exported for one in erasing.erased(source)):
        message = _("Two people have deleted a file of this case since it was exported. The export is not taken in.")
        raise Problem(409, "erased", message)
