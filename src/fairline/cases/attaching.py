"""Files that the office sends with an answer or keeps with a note: their parts come before the post that names them.

They are sealed in the member's browser like those of a reporting person, and a part is taken only for a thread that its
sender may write in. No arithmetic is asked: whoever sends has signed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.services import require_declaration
from fairline.core.problems import Problem
from fairline.line import blobs

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member
    from fairline.line.blob_heads import Asked, NewPart


def hold(member: Member, thread: bytes, new: NewPart, today: date) -> int:
    """Store a part and return how many are held; it is on the disk by then.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``blob`` (for another desk than the thread's); and what
            ``line.blobs.hold`` refuses.
    """
    desk = _may_write(member, thread)
    if new.desk != desk:
        raise Problem(409, "blob", _("This file was begun for another desk. Please pick it again."))
    return blobs.hold(member.office, new, today)


def held(member: Member, thread: bytes, asked: Asked) -> blobs.State:
    """Return which parts are held.

    Raises:
        Problem: 404 ``no-thread``, ``no-blob``; 409 ``declare``.
    """
    _may_write(member, thread)
    return blobs.state(member.office, asked)


def take_back(member: Member, thread: bytes, asked: Asked, today: date) -> None:
    """Delete a file that no post names yet.

    Raises:
        Problem: 404 ``no-thread``, ``no-blob``; 409 ``declare``, ``blob-named``.
    """
    _may_write(member, thread)
    blobs.remove(member.office, asked, today)


def _may_write(member: Member, thread: bytes) -> bytes:
    desk = rights.desk_of(member, thread)
    require_declaration(member, thread)
    return desk
