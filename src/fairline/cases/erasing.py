"""Deleting a file of a report: whoever may read it can ask, and somebody else who may read it can agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases import rights
from fairline.cases.services import require_declaration
from fairline.line import erasing
from fairline.line.erasing import Which
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from fairline.core.permissions import Member
    from fairline.line.models import Erasure
    from fairline.offices.queries import MemberFacts
    from fairline.offices.services.acts import SignedAct


def shown(member: Member, thread: bytes, today: date) -> Sequence[Erasure]:
    """Return what was deleted of this report's files, and what somebody asks to delete.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``.
    """
    _reads(member, thread)
    return erasing.of(thread, today)


def ask(member: Member, which: Which, reason: str, act: SignedAct, now: datetime) -> None:
    """Ask to delete a file; see ``line.erasing.ask``.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``; and what that raises.
    """
    erasing.ask(which, reason, _reads(member, which.thread), act, now)


def agree(member: Member, which: Which, act: SignedAct, now: datetime) -> None:
    """Agree to what another asks, which deletes the file; see ``line.erasing.agree``.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``; and what that raises.
    """
    erasing.agree(which, _reads(member, which.thread), act, now)


def _reads(member: Member, thread: bytes) -> MemberFacts:
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    facts = offices.member(member.office, member.id)
    if facts is None:
        raise rights.nothing()
    return facts
