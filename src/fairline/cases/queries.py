"""What the workbench may ask: the arrivals of a member's desks, one thread, and what was done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.cases import rights
from fairline.cases.models import ASIDE, NONE, Declaration, Doing, ReadMark
from fairline.cases.services import require_declaration
from fairline.line import queries as line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fairline.core.permissions import Member
    from fairline.line.queries import ThreadLine, WholeThread


@dataclass(frozen=True, slots=True)
class Arrival:
    """A thread as one member's list shows it."""

    line: ThreadLine
    declared: bool
    unread: int
    """Posts of any chain that this member has not had on the screen."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One thread for one member, with what the desk has done with it."""

    whole: WholeThread
    hashes: Mapping[tuple[str, int], Sequence[bytes]]
    """H of every file of each post as it came, also of those that are not the office's."""
    marks: Mapping[str, int]
    """Chain to the newest post this member has read."""
    doings: Sequence[Doing]
    """Oldest first."""


def arrivals(member: Member, desks: Collection[bytes] | None = None) -> Sequence[Arrival]:
    """Return the threads of the member's desks (of ``desks`` only, where given), newest first.

    Desks that are not the member's own give nothing, and so do threads from which the member stepped aside.
    """
    own = rights.desks_of(member)
    chosen = own if desks is None else own.intersection(desks)
    if not chosen:
        return []
    said = dict(
        Declaration.objects.filter(office=member.office, member=member.id).values_list("thread", "kind"),
    )
    marks: dict[bytes, dict[str, int]] = {}
    for thread, chain, n in ReadMark.objects.filter(office=member.office, member=member.id).values_list(
        "thread", "chain", "n"
    ):
        marks.setdefault(thread, {})[chain] = n
    return [
        Arrival(row, said.get(row.id) == NONE, _unread(row, marks.get(row.id, {})))
        for row in line.arrivals(member.office, chosen)
        if said.get(row.id) != ASIDE
    ]


def thread(member: Member, thread_id: bytes) -> Opened:
    """Return a thread with the office's sealed copies.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare`` before this member's declaration.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    whole = line.thread(member.office, thread_id)
    if whole is None:
        raise rights.nothing()
    marks = dict(ReadMark.objects.filter(thread=thread_id, member=member.id).values_list("chain", "n"))
    doings = Doing.objects.filter(office=member.office, thread=thread_id).order_by("at", "id")
    return Opened(whole, line.received_hashes(thread_id), marks, list(doings))


def _unread(row: ThreadLine, marks: Mapping[str, int]) -> int:
    return sum(post.n > marks.get(post.chain, -1) for post in row.posts)
