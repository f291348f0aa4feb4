"""A file of a report is deleted by two people of the office, with a reason, and the record says so for ever.

One asks and one agrees, each with an act that names the file's hash as the report's promise has it; text, names and all
other files stay. The reason is one of a closed list, so that no word of a report is ever in clear for it. `fairline
verify` takes the two acts for the explanation why the bytes are gone, and nothing else (``ledger.erased``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairline.core.limits import ERASURE_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.ledger.erased import ASK, ERASE
from fairline.line import blobs, room
from fairline.line.models import Blob, Erasure
from fairline.line.shredding import Parts
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from fairline.offices.queries import MemberFacts

REASONS: Final = ("room", "harmful", "outside", "unlawful", "wished")
"""To make room; it can do harm; it has nothing to do with the report; the law forbids keeping it; its sender wished."""


@dataclass(frozen=True)
class Which:
    """A file of a thread, and the day where its office is."""

    office: bytes
    thread: bytes
    blob: bytes
    today: date


def ask(which: Which, reason: str, member: MemberFacts, act: SignedAct, now: datetime) -> None:
    """Keep that ``member`` asks to delete a file.

    The caller has checked that they may read the thread.

    Raises:
        Problem: 404 ``no-blob``; 400 ``reason``; 409 ``asked``, ``blob-erased``; 422 ``act``.
        PromiseError, CounterTakenError: see ``acts.record``.
    """
    if reason not in REASONS:
        raise Problem(400, "reason", _("Please choose one of the reasons that are offered."))
    with writing():
        row = _file(which)
        there = Erasure.objects.filter(blob=which.blob).first()
        if there is not None and (there.day is not None or _waits(there, which.today)):
            raise Problem(409, "asked", _("Somebody has asked for that already. Please look at the report again."))
        _same_act(act, {"erased": [b64(row.hash)], "reason": reason})
        acts.record(which.office, member.id, member.sign, act=act, deed=Deed(ASK, which.thread), now=now)
        Erasure.objects.update_or_create(blob=which.blob, defaults={
            "office": which.office, "thread": which.thread, "reason": reason, "asked_by": member.id, "what": act.what,
            "asked": which.today, "agreed_by": b"", "day": None,
        })  # fmt: skip


def agree(which: Which, member: MemberFacts, act: SignedAct, now: datetime) -> Parts:
    """Delete the file that another member has asked to delete.

    The caller has checked that they may, and deletes the parts that are returned once its transaction is over.

    Raises:
        Problem: 404 ``no-blob``, ``not-asked``; 409 ``same-person``; 422 ``act``.
        PromiseError, CounterTakenError: see ``acts.record``.
    """
    with writing():
        row = _file(which)
        asked = Erasure.objects.select_for_update().filter(blob=which.blob, thread=which.thread, day=None).first()
        if asked is None or not _waits(asked, which.today):
            raise Problem(404, "not-asked", _("Nobody asks to delete this file any more. Nothing was changed."))
        if bytes(asked.asked_by) == member.id:
            message = _("Whoever asks cannot agree: somebody else who reads this report must. Nothing was changed.")
            raise Problem(409, "same-person", message)
        _same_act(act, {"erased": [b64(row.hash)], "reason": asked.reason, "request": b64(H(bytes(asked.what)))})
        acts.record(which.office, member.id, member.sign, act=act, deed=Deed(ERASE, which.thread), now=now)
        Erasure.objects.filter(blob=which.blob).update(agreed_by=member.id, day=which.today)
        Blob.objects.filter(id=row.id).update(gone=True, day=which.today)
        if not row.read:
            room.give_back(bytes(row.desk), blobs.counted(row.id))
    return Parts(which.office, bytes(row.id), row.parts)


def of(thread: bytes, today: date) -> Sequence[Erasure]:
    """Return what was deleted of a thread's files, and what is asked at present."""
    rows = Erasure.objects.filter(thread=thread).order_by("blob")
    return [row for row in rows if row.day is not None or _waits(row, today)]


def erased(thread: bytes) -> Sequence[Erasure]:
    """Return the files of a thread that were deleted."""
    return list(Erasure.objects.filter(thread=thread).exclude(day=None).order_by("blob"))


def replay() -> int:
    """Delete again the files that two people had deleted before an older copy was restored; return how many."""
    count = 0
    for row in Erasure.objects.exclude(day=None):
        blob = Blob.objects.filter(id=row.blob, gone=False).first()
        if blob is not None:
            with writing():
                Blob.objects.filter(id=blob.id).update(gone=True, day=row.day)
            blobs.delete_parts(blob.office, blob.id, blob.parts)
            count += 1
    return count


def _waits(row: Erasure, today: date) -> bool:
    return row.day is None and row.asked + timedelta(days=ERASURE_DAYS) >= today


def _file(which: Which) -> Blob:
    row = Blob.objects.select_for_update().filter(id=which.blob, office=which.office, thread=which.thread).first()
    if row is None:
        raise blobs.no_blob()
    if row.gone:
        raise blobs.was_erased(row.id)
    return row


def _same_act(act: SignedAct, expected: Mapping[str, Any]) -> None:
    """Refuse an act that names anything else than what is being done."""
    fields = parse_what(act.what).fields
    if any(fields.get(name) != value for name, value in expected.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please load the page again.")
        raise Problem(422, "act", message)
