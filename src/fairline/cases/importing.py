"""A member holds a file that this office says it exported: whether that case stands here, and what was deleted of it.

The file never comes here. What comes is the act's row with the office's promise of it, whose salt nobody knows who has
not opened the file: without them nobody learns of any case whether it is here (docs/formats.md, "An exported case";
decision 0121). What the office does not know can be taken in as a case of its own (``taking``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.models import ASIDE, Declaration, DeletedThread, TakenIn
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.keys import promise_seed
from fairline.line import erasing
from fairline.line import queries as line
from fairline.line.states import AT_DESK
from fairline.seal.primitives import ID_SIZE, H, public_key, unb64

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairline.core.permissions import Member
    from fairline.ledger.acts import Act
    from fairline.ledger.promises import Promise

State = Literal["yours", "others", "deleted", "missing", "taken"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become here of a case that was exported."""

    state: State
    """``yours``: the member holds its keys in force. ``others``: it stands here and is not theirs to read. ``deleted``:
    two people have deleted it. ``missing``: this office's database knows nothing of it. ``taken``: it was taken in, and
    the member holds the keys of the case that it is now."""
    deleted: date | None = None
    """The day of the deletion."""
    unreadable: date | None = None
    """From this day on no copy of the office can be read either, as the certificate says."""
    erased: Sequence[bytes] = ()
    """Ids of its files that two people have deleted since or before."""
    case: bytes | None = None
    """The case that was taken in of it, where it is the member's."""


def standing(member: Member, raw: bytes, promise: Promise) -> Standing:
    """Tell what has become of the case that an act of export names.

    Args:
        member: who asks, at a desk of this office.
        raw: the act's row as it lies in the file.
        promise: the office's promise of it.

    Raises:
        Problem: 422 ``export-act`` where this office has promised no such act.
        PromiseError: `promise-signature`.
    """
    thread, _act = exported(member, raw, promise)
    # Also while the rest of it is still here, as after a restore that has not been replayed yet.
    gone = deleted(member.office, thread)
    if gone is not None:
        return Standing("deleted", gone.deletion.day, gone.deletion.unreadable)
    found = line.thread_state(member.office, thread)
    erased = tuple(bytes(row.blob) for row in erasing.erased(thread))
    if found is None:
        taken = TakenIn.objects.filter(id=thread, office=member.office).first()
        if taken is None:
            return Standing("missing", erased=erased)
        case = bytes(taken.thread)
        mine = rights.is_assigned(member, case) and case not in rights.stepped_aside_from(member)
        return Standing("taken", case=case) if mine else Standing("others")
    # A report that lies at its desk again was no case of anybody's when it did: who holds no keys in force reads none.
    aside = Declaration.objects.filter(thread=thread, member=member.id, kind=ASIDE).exists()
    if found[1] in AT_DESK or aside or not rights.is_assigned(member, thread):
        return Standing("others")
    return Standing("yours", erased=erased)


def exported(member: Member, raw: bytes, promise: Promise) -> tuple[bytes, Act]:
    """Return the thread that an act of export took out, and the act.

    Raises:
        Problem: 422 ``export-act`` where this office has promised no such act.
        PromiseError: `promise-signature`, `act-shape`.
    """
    promise.check(public_key(promise_seed(member.office)))
    act = parse_row(raw).act()
    if promise.office != member.office or promise.leaf != H(raw) or act.act != "export" or act.subject is None:
        raise Problem(422, "export-act", _("The office's record names no such export."))
    return unb64(act.subject, ID_SIZE), act


def deleted(office: bytes, thread: bytes) -> DeletedThread | None:
    """Return what the certificate has of a thread that two people deleted, or that was deleted with another."""
    gone = DeletedThread.objects.filter(id=thread).exclude(deletion__day=None).select_related("deletion").first()
    return gone if gone is not None and bytes(gone.deletion.office) == office else None
