"""Deleting a file of a report: whoever may read it can ask, and somebody else who may read it can agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fairline.cases import keeping, rights
from fairline.cases.services import locked, require_declaration
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import erasing, shredding
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
        Problem: 404 ``no-thread``; 409 ``declare``, ``hold``; and what that raises.
    """
    facts = _reads(member, which.thread)
    with writing():
        _require_free(member, which)
        erasing.ask(which, reason, facts, act, now)


def agree(member: Member, which: Which, act: SignedAct, now: datetime) -> None:
    """Agree to what another asks, which deletes the file; see ``line.erasing.agree``.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``hold``; and what that raises.
    """
    facts = _reads(member, which.thread)
    with writing():
        _require_free(member, which)
        left = erasing.agree(which, facts, act, now)
    shredding.delete_parts([left])


def _require_free(member: Member, which: Which) -> None:
    """What is held back is held back whole: no file of it goes either. A hold waits for the same lock."""
    locked(member, which.thread)
    if which.thread in keeping.holds(which.office, which.today, [which.thread]):
        message = _("Somebody holds this back, with a reason. Nothing is deleted before the hold ends.")
        raise Problem(409, "hold", message)


def _reads(member: Member, thread: bytes) -> MemberFacts:
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    facts = offices.member(member.office, member.id)
    if facts is None:
        raise rights.nothing()
    return facts
