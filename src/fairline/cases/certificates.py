"""Certificates of deletion: who asked, who agreed, when, every hash, and from when copies are unreadable too.

The whole of one is for the two who signed it, and for auditors and oversight, who check that nothing went without two
people; and, as long as the mailbox says that its case was deleted, for whoever was assigned to all of it. Everybody
else of the desk learns that something was deleted because its time had come, when and by whom: who was not assigned, or
had stepped aside, does not learn from a certificate how the case of others ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairline.cases import deleting, rights
from fairline.cases.models import Deletion, DeletionReader
from fairline.core.permissions import Role
from fairline.ledger import queries as ledger
from fairline.ledger.acts import parse_what
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairline.core.permissions import Member
    from fairline.offices.services.acts import SignedAct

NEWEST: Final = 200


CHECKING: Final = frozenset({Role.AUDITOR, Role.OVERSIGHT})
"""Who reads every certificate whole, and no case."""


def of(member: Member) -> Sequence[Deletion]:
    """Return the newest certificates: of all desks for auditors and oversight, else of the member's own desks.

    Also those that the member signed, wherever they work today.
    """
    rows = Deletion.objects.filter(office=member.office).exclude(day=None)
    if not CHECKING & set(member.roles):
        signed = Q(asked_by=member.id) | Q(agreed_by=member.id)
        assigned = DeletionReader.objects.filter(member=member.id).values("deletion")
        rows = rows.filter(Q(desk__in=sorted(rights.desks_of(member))) | signed | Q(id__in=assigned))
    return list(rows.order_by("-day", "id").prefetch_related("threads", "readers")[:NEWEST])


def shown_to(member: Member, row: Deletion) -> dict[str, Any]:
    """Return as much of a certificate as is for ``member``."""
    signed = member.id in (bytes(row.asked_by), bytes(row.agreed_by))
    assigned = any(bytes(one.member) == member.id for one in row.readers.all())
    return shown(row) if signed or assigned or CHECKING & set(member.roles) else told(row)


def told(row: Deletion) -> dict[str, Any]:
    """Return what everybody of a desk may know: that so many went, when, and who answers for it."""
    whole = shown(row)
    by = {side: {name: whole[side][name] for name in ("day", "member", "name")} for side in ("asked", "agreed")}
    # One that was taken in of an export and deleted with it is no second case.
    count = sum(one["kind"] != "taken" for one in whole["threads"])
    counted = {"count": count, "unproven": len(whole["unproven"])}
    return {name: whole[name] for name in ("id", "desk", "day", "unreadable")} | by | counted


def shown(row: Deletion) -> dict[str, Any]:
    """Return a whole certificate as the workbench prints it (docs/formats.md §18)."""
    return {
        "id": b64(row.id),
        "desk": b64(row.desk),
        "day": row.day.isoformat() if row.day else "",
        "unreadable": row.unreadable.isoformat() if row.unreadable else "",
        "asked": {"day": row.asked.isoformat(), **_by(row.office, row.asked_by, bytes(row.asked_acts))},
        "agreed": {"day": row.day.isoformat() if row.day else "", **_by(row.office, row.agreed_by,
                                                                         bytes(row.agreed_acts))},
        "threads": [
            {"thread": b64(one.id), "kind": one.kind, "outcome": one.outcome, "since": one.since.isoformat(),
             "due": one.due.isoformat()}
            for one in sorted(row.threads.all(), key=lambda one: one.id)
        ],
        "erased": [key for one in _agreed(row) for key in one["erased"]],
        "unproven": [key for one in _agreed(row) for key in one.get("unproven", ())],
    }  # fmt: skip


def _agreed(row: Deletion) -> Sequence[dict[str, Any]]:
    return [parse_what(one.what).fields for one in deleting.read(bytes(row.agreed_acts))]


def _by(office: bytes, member: bytes, acts: bytes) -> dict[str, Any]:
    found = offices.member(office, bytes(member))
    entries = [_entry(office, one) for one in deleting.read(acts)]
    return {"member": b64(member), "name": found.alias if found else "", "entries": [one for one in entries if one]}


def _entry(office: bytes, act: SignedAct) -> str:
    said = parse_what(act.what)
    if said.member is None or said.counter is None:
        return ""
    found = ledger.act_entry(office, said.member, said.counter)
    return "" if found is None else b64(found)
