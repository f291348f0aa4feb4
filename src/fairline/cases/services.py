"""What a member can do with a thread of their desk. Each act is one transaction and is kept with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import index, rights, timekeeping
from fairline.cases.models import (
    ASIDE,
    DECLARED,
    NONE,
    OPENED,
    READ,
    STEPPED_ASIDE,
    WROTE,
    Declaration,
    Doing,
    ReadMark,
)
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import blobs, handing
from fairline.line import queries as line_queries
from fairline.line import services as line
from fairline.line.states import HELD
from fairline.seal.primitives import ID_SIZE, H

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from fairline.core.permissions import Member
    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewPost
    from fairline.line.models import Thread

OFFICE_CHAINS: Final = ("o", "i")


def declare(member: Member, thread: bytes, kind: str, now: datetime) -> None:
    """Keep what ``member`` says about themselves: ``none`` (knows nobody in it) or ``aside``.

    Whoever has stepped aside cannot come back by declaring again: the thread is gone for them.

    Raises:
        Problem: 404 ``no-thread``; 400 ``declaration`` for another kind.
    """
    if kind not in (NONE, ASIDE):
        raise Problem(400, "declaration", _("A declaration says that you know nobody in it, or that you step aside."))
    _require_free(member, thread, kind)
    with writing():
        handing.locked(member.office, thread)
        _require_free(member, thread, kind)
        row, new = Declaration.objects.get_or_create(
            thread=thread, member=member.id, defaults={"office": member.office, "kind": kind, "at": now}
        )
        if not new:
            if row.kind in (kind, ASIDE):
                return
            Declaration.objects.filter(pk=row.pk).update(kind=kind, at=now)
        if kind == ASIDE:
            index.forget(member, thread)
        did(member, thread, DECLARED if kind == NONE else STEPPED_ASIDE, now)


def mark_read(member: Member, thread: bytes, chain: str, n: int, now: datetime) -> None:
    """Keep that ``member`` has had post ``n`` of ``chain``, and all before it, on the screen. Marks only go forward.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``; 400 ``mark`` for a post that is not there.
    """
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    if not line_queries.is_there(member.office, thread, chain, n):
        raise Problem(400, "mark", _("There is no such message in this report."))
    with writing():
        # Two who open it for the first time at once would both be the first; and whoever deletes it meanwhile is done.
        locked(member, thread)
        first = not ReadMark.objects.filter(thread=thread, member=member.id).exists()
        _mark(member, thread, chain, n)
        line.was_read(thread)
        if first:
            did(member, thread, READ, now)
            timekeeping.was_read(member.office, thread, now)


def post(member: Member, new: NewPost, today: date, now: datetime) -> Promise | None:
    """Store a message to the reporting person (chain o) or a note for the desk (chain i), and return its promise.

    What its author must have seen before is read for them: the line refuses a post that knows of less.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``; 400 ``chain``; and what ``line.services.post`` refuses.
    """
    rights.desk_of(member, new.thread)
    require_declaration(member, new.thread)
    state = line_queries.thread_state(member.office, new.thread)
    if state is not None and state[1] == HELD:
        message = _(
            "A second person looks at this triage first. What you wrote is still here; write once it is a case."
        )
        raise Problem(409, "held", message)
    if new.chain not in OFFICE_CHAINS:
        raise Problem(400, "chain", _("The office does not write in the reporting person's place."))
    with writing():
        promise = line.post(member.office, new, today)
        again = Doing.objects.filter(thread=new.thread, what=WROTE, chain=new.chain, n=new.n).exists()
        if not again:
            did(member, new.thread, WROTE, now, chain=new.chain, n=new.n)
        _mark(member, new.thread, new.chain, new.n)
        # Nobody has read what is not there yet, whatever a browser says that it has seen.
        there = handing.heads(handing.locked(member.office, new.thread))
        for chain, n in new.heads.items():
            if there.get(chain, -1) >= 0:
                _mark(member, new.thread, chain, min(n, there[chain]))
    return promise


def part(member: Member, thread: bytes, blob: bytes, number: int, *, today: date, now: datetime) -> bytes:
    """Return the sealed bytes of a part of an attachment, and keep that ``member`` has opened it today.

    The chain of custody says who has held a piece of evidence in their hands, and no page is asked whether it likes
    to tell: whoever fetches a part stands there.

    Raises:
        Problem: 404 ``no-thread``, ``no-blob``; 409 ``declare`` before this member's declaration; 410 ``blob-lost``.
    """
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    sealed = blobs.part(member.office, thread, blob, number, notes=True)
    kept_opening(member, thread, blob, today, now, again=lambda: locked(member, thread))
    return sealed


def kept_opening(
    member: Member, thread: bytes, blob: bytes, today: date, now: datetime, *, again: Callable[[], object]
) -> None:
    """Keep that ``member`` has opened an attachment today, before the part is given.

    Args:
        member: who.
        thread: to which the attachment belongs.
        blob: its id.
        today: where the office is.
        now: the moment.
        again: asked under the thread's lock whether it is still theirs; raises a problem where it is not.
    """
    # One row a day, whatever a player asks for; two parts that are fetched at once make the same key.
    key = H(b"fairline opened\0" + thread + member.id + blob + today.isoformat().encode())[:ID_SIZE]
    if not Doing.objects.filter(id=key).exists():
        with writing():
            handing.locked(member.office, thread)
            again()
            told = {"office": member.office, "thread": thread, "member": member.id, "blob": blob}
            Doing.objects.get_or_create(id=key, defaults=told | {"what": OPENED, "at": now})


def locked(member: Member, thread: bytes) -> Thread:
    """Return a thread under its lock, and ask once more whether it is ``member``'s, in the caller's transaction.

    Whoever waited for the lock may have waited for new keys without them, or for a deletion: who may act is settled by
    what is there now.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``.
    """
    row = handing.locked(member.office, thread)
    rights.desk_of(member, thread)
    require_declaration(member, thread)
    return row


def require_declaration(member: Member, thread: bytes) -> None:
    """Refuse the words of a report to who has not yet said whether they know somebody in it.

    Raises:
        Problem: 409 ``declare``.
    """
    if not rights.declared(member, thread):
        message = _("Before the first word, say whether you know somebody in this report. Nothing was lost.")
        raise Problem(409, "declare", message)


def moved_on() -> Problem:
    """Return the refusal of an act that a colleague's came before."""
    message = _(
        "A colleague was quicker: this report is not as you saw it any more. Nothing was changed; please look again."
    )
    return Problem(409, "state", message)


def _require_free(member: Member, thread: bytes, kind: str) -> None:
    rights.desk_of(member, thread)
    if kind == ASIDE:
        require_unassigned(member, thread)


def require_unassigned(member: Member, thread: bytes) -> None:
    """Refuse that who holds the keys of a case loses sight of it: it may be that nobody else can read it.

    Raises:
        Problem: 409 ``assigned``.
    """
    if rights.is_assigned(member, thread):
        message = _("You are assigned to this. Hand it over first: somebody must be able to read it.")
        raise Problem(409, "assigned", message)


def _mark(member: Member, thread: bytes, chain: str, n: int) -> None:
    row, new = ReadMark.objects.get_or_create(
        thread=thread, member=member.id, chain=chain, defaults={"office": member.office, "n": n}
    )
    if not new and row.n < n:
        ReadMark.objects.filter(pk=row.pk, n__lt=n).update(n=n)


def did(member: Member, thread: bytes, what: str, now: datetime, *, chain: str = "", n: int | None = None) -> None:
    """Keep who did what when, in the caller's transaction; whoever may read the report sees it."""
    Doing.objects.create(office=member.office, thread=thread, member=member.id, what=what, chain=chain, n=n, at=now)
