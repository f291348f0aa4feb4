"""What is on its way, what has arrived, and which offices there are to refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.cases import rights
from fairline.line import queries as line
from fairline.offices import queries as offices
from fairline.referral.models import PROMISED, Competence, Referral
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from fairline.core.permissions import Member


def of_thread(member: Member, thread: bytes) -> list[dict[str, Any]]:
    """Return the referrals of a case, oldest first, as the workbench reads them.

    Raises:
        Problem: 404 ``no-thread``.
    """
    rights.desk_of(member, thread)
    rows = Referral.objects.filter(office=member.office, thread=thread).order_by("filed")
    return [_told(row) for row in rows]


def passed_on_by(member: Member) -> list[dict[str, Any]]:
    """Return the cases of ``member`` that another office has acknowledged, those passed on first before the others.

    Whether that office is still to be told something is sealed: the member's browser finds it out. The number of
    notes tells it when to look again.
    """
    theirs = Referral.objects.filter(rights.is_case_of(member, "thread"), office=member.office, state=PROMISED)
    found = list(theirs.order_by("filed", "id"))
    mine = rights.existing_for(member, {bytes(row.thread) for row in found})
    rows: dict[bytes, list[Referral]] = {}
    for row in found:
        if row.thread in mine:
            rows.setdefault(bytes(row.thread), []).append(row)
    states, notes = line.states_of_threads(member.office, rows), line.notes_of_threads(member.office, rows)
    return [
        {"thread": b64(thread), "status": states[thread][1], "notes": notes[thread],
         "referrals": [_told(row) for row in told]}
        for thread, told in rows.items()
    ]  # fmt: skip


def is_theirs(member: Member, peer: bytes, key: bytes, at: bytes) -> bool:
    """Return whether the mailbox ``key`` of the office ``peer`` with id ``at`` belongs to a case of ``member``'s.

    Another office that the charter names is asked nothing: what a mailbox is asked with is its secret.
    """
    found = Referral.objects.filter(office=member.office, peer=peer, id=key, at=at)
    thread = found.values_list("thread", flat=True).first()
    if thread is None:
        return False
    rights.desk_of(member, thread)
    return True


def peers(office: bytes) -> list[dict[str, Any]]:
    """Return the offices that the charter in force names, each with what is said of it."""
    said = {row.peer: row for row in Competence.objects.filter(office=office)}
    found = []
    for peer in offices.peers(office):
        row = said.get(peer.F)
        told = {} if row is None else {"document": b64(row.document), "member": b64(row.member)}
        found.append({"F": b64(peer.F), "host": peer.host} | told)
    return found


def _told(row: Referral) -> dict[str, Any]:
    promise = {} if row.promised is None else {"promise": _promise(row)}
    return {
        "id": b64(row.id), "peer": b64(row.peer), "host": row.host, "at": b64(row.at), "desk": b64(row.desk),
        "epoch": row.epoch, "c": b64(row.content), "member": b64(row.member),
        "filed": row.filed.isoformat(timespec="seconds"), "state": row.state, "fault": row.fault, "tries": row.tries,
    } | promise  # fmt: skip


def _promise(row: Referral) -> dict[str, Any]:
    day = "" if row.promised is None else row.promised.isoformat()
    return {
        "v": 1, "kind": "promise", "office": b64(row.at), "day": day, "leaf": b64(row.leaf), "sig": b64(row.promise),
    }  # fmt: skip
