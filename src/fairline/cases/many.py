"""Many reports at once: one declaration for all of them, marks of those that were read, and setting them aside.

Each report keeps a row of its own in everything that is done here, so that whoever opens one of them sees what was done
with it; and what was done without reading it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import reviewing, rights, services
from fairline.cases.models import (
    ASIDE,
    DECLARED,
    NONE,
    SET_ALIKE,
    SET_ASIDE,
    AsideBatch,
    Declaration,
    Doing,
    ReadMark,
)
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line import queries as line
from fairline.line.states import ARRIVED, AT_DESK
from fairline.line.states import ASIDE as IS_ASIDE
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from fairline.core.permissions import Member
    from fairline.offices.queries import MemberFacts

REASONS: Final = ("no-report", "repeated", "empty", "advertising")
"""Why something is set aside: what it is, never who sent it."""
AT_ONCE: Final = 1000
"""Reports of one request: a second's work, behind which nobody's report waits for long."""
SHOWN: Final = 20


def declare(member: Member, desk: bytes, threads: Collection[bytes], now: datetime) -> list[bytes]:
    """Keep that ``member`` says to know nobody in any of these; return those for which it holds now.

    What is not (any more) theirs to read is passed over: a colleague may have been quicker, or they have stepped aside.

    Raises:
        Problem: 404 ``no-thread`` for another's desk; 422 ``many``.
    """
    asked = _at_desk(member, desk, threads)
    with writing():
        handing.all_locked(member.office, asked)
        asked = _at_desk(member, desk, asked) if asked else []
        said = Declaration.objects.filter(thread__in=asked, member=member.id).values_list("thread", "kind")
        before = {bytes(thread): kind for thread, kind in said}
        new = [thread for thread in asked if thread not in before]
        Declaration.objects.bulk_create(
            Declaration(office=member.office, thread=thread, member=member.id, kind=NONE, at=now) for thread in new
        )
        _did(member, new, DECLARED, now)
    return [thread for thread in asked if before.get(thread, NONE) == NONE]


def mark_read(member: Member, desk: bytes, threads: Collection[bytes], now: datetime) -> None:
    """Keep that ``member`` has had each of these reports, and nothing that followed it, on the screen.

    Raises:
        Problem: 404 ``no-thread`` for another's desk; 409 ``declare``; 422 ``many``.
    """
    asked = _at_desk(member, desk, threads)
    with writing():
        handing.all_locked(member.office, asked)
        for thread in asked:
            services.mark_read(member, thread, "r", 0, now)


def set_aside(
    member: MemberFacts,
    desk: bytes,
    threads: Sequence[bytes],
    read: Collection[bytes],
    reason: str,
    *,
    act: SignedAct,
    now: datetime,
) -> None:
    """Set many reports of one desk aside, with one act and one reason. Each mailbox says so and offers a second look.

    Args:
        member: who signs.
        desk: whose reports.
        threads: all of them.
        read: those of them that ``member`` has read; the others are judged by their likeness to these.
        reason: one of ``REASONS``.
        act: names the threads, those that were read, and the reason.
        now: the present instant.

    Raises:
        Problem: 404 ``no-thread``; 409 ``state``, ``declare``, ``review``; 422 ``reason``, ``read``,
            ``act``.
    """
    wanted = frozenset(threads)
    if reason not in REASONS or not 0 < len(threads) <= AT_ONCE or len(wanted) < len(threads):
        raise Problem(422, "reason", _("What is set aside needs a reason of the list. Nothing was changed."))
    if desk not in rights.desks_of(member):
        raise rights.nothing()
    _require_declared(member, wanted)
    _require_read(member, wanted, frozenset(read))
    with writing():
        rows = handing.all_locked(member.office, wanted)
        if len(rows) < len(wanted) or any(row.desk != desk for row in rows):
            raise rights.nothing()
        if any(row.status != ARRIVED or row.generation is not None for row in rows):
            raise services.moved_on()
        # Who waited for the locks may have stepped aside meanwhile, and nobody decides about what is not theirs.
        if desk not in rights.desks_of(member):
            raise rights.nothing()
        _require_declared(member, wanted)
        reviewing.require_another(member, wanted)
        handing.move_all(rows, IS_ASIDE)
        _did(member, read, SET_ASIDE, now)
        _did(member, sorted(wanted.difference(read)), SET_ALIKE, now)
        AsideBatch.objects.create(
            office=member.office, desk=desk, member=member.id, at=now, reason=reason, reports=len(wanted),
            read=len(read),
        )  # fmt: skip
        said = {"reason": reason, "threads": _named(wanted), "read": _named(read)}
        fields = parse_what(act.what).fields
        if any(fields.get(name) != value for name, value in said.items()):
            message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
            raise Problem(422, "act", message)
        acts.record(member.office, member.id, member.sign, act=act, deed=Deed("set aside", desk), now=now)


def batches(member: Member, desk: bytes) -> list[AsideBatch]:
    """Return what was set aside at a desk of this member's, the newest first.

    Raises:
        Problem: 404 ``no-thread`` for another's desk.
    """
    if desk not in rights.desks_of(member):
        raise rights.nothing()
    return list(AsideBatch.objects.filter(office=member.office, desk=desk).order_by("-at", "id")[:SHOWN])


def _at_desk(member: Member, desk: bytes, threads: Collection[bytes]) -> list[bytes]:
    """Return those of ``threads`` that lie before this desk, in a fixed order."""
    if not 0 < len(threads) <= AT_ONCE:
        raise Problem(422, "many", _("These are too many reports for one request. Nothing was changed."))
    if desk not in rights.desks_of(member):
        raise rights.nothing()
    found = line.states_of_threads(member.office, threads)
    return sorted(thread for thread, (at, state) in found.items() if at == desk and state in AT_DESK)


def _require_declared(member: Member, threads: Collection[bytes]) -> None:
    said = Declaration.objects.filter(member=member.id, thread__in=list(threads))
    kinds = {bytes(thread): kind for thread, kind in said.values_list("thread", "kind")}
    if ASIDE in kinds.values():
        raise rights.nothing()
    if kinds.keys() < set(threads):
        message = _("Declare first that you know nobody in any of these. Nothing was changed.")
        raise Problem(409, "declare", message)


def _require_read(member: Member, threads: frozenset[bytes], read: frozenset[bytes]) -> None:
    """Refuse to keep that somebody has read what they have never had on the screen."""
    marked = ReadMark.objects.filter(member=member.id, thread__in=list(read), chain="r")
    if not read <= threads or len(read) != marked.count():
        message = _("Some of these were not read, though it says so. Nothing was changed; please look again.")
        raise Problem(422, "read", message)


def _did(member: Member, threads: Collection[bytes], what: str, now: datetime) -> None:
    Doing.objects.bulk_create(
        Doing(office=member.office, thread=thread, member=member.id, what=what, at=now) for thread in threads
    )


def _named(threads: Collection[bytes]) -> list[str]:
    return sorted(b64(thread) for thread in threads)
