"""Files that go along with a referral: parts sealed anew for the other office, kept until it has promised the report.

The member's browser has opened each file, shown it and sealed it under a key of its own. We keep its parts as they
came, within a bound for each referral and for all, and open nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from fairline.core.limits import REFERRED_FILES_ALL, REFERRED_FILES_MAX
from fairline.core.problems import Problem
from fairline.core.sizes import in_words
from fairline.referral.models import ReferralPart
from fairline.seal.attachment import attachment_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from fairline.core.permissions import Member
    from fairline.line.blob_heads import NewPart
    from fairline.line.heads import Drop


def hold(member: Member, thread: bytes, new: NewPart, parcel: bytes, today: date) -> int:
    """Keep one part and return how many of its file are here; the same once more changes nothing. In a transaction.

    Raises:
        Problem: 409 ``taken`` (other bytes under its number, or another desk, count, case or member than at first),
            ``no-room`` (so much waits already); 413 ``long`` (more than goes along with one referral).
    """
    own = {"office": member.office, "thread": thread, "member": member.id, "desk": new.desk, "parts": new.parts}
    there = {row.number: row for row in ReferralPart.objects.filter(blob=new.blob).defer("parcel")}
    if any(getattr(row, name) != value for row in there.values() for name, value in own.items()):
        raise taken()
    same = there.get(new.number)
    if same is not None:
        if bytes(same.hash) != new.hash:
            raise taken()
        return len(there)
    unnamed = ReferralPart.objects.filter(thread=thread, member=member.id, referral=b"")
    if _size(unnamed.aggregate(all=Sum("size"))) + len(parcel) > REFERRED_FILES_MAX:
        raise too_long()
    if _size(ReferralPart.objects.filter(office=member.office).aggregate(all=Sum("size"))) > REFERRED_FILES_ALL:
        raise Problem(409, "no-room", _("So many files wait for other offices that no more are taken today."))
    ReferralPart.objects.create(
        **own, blob=new.blob, number=new.number, hash=new.hash, size=len(parcel), parcel=parcel, day=today
    )
    return len(there) + 1


def named(member: Member, thread: bytes, drop: Drop, referral: bytes = b"") -> list[bytes]:
    """Return the hashes of the files that a report names, in its order: each is here whole. In a transaction.

    Args:
        member: who refers; what a colleague has sealed for another referral is no file of theirs.
        thread: from which case.
        drop: the report.
        referral: the one that has its files already, where it is sealed anew; else those that none has.

    Raises:
        Problem: 409 ``blob``: one is not here, not whole, of another desk or another referral's; 413 ``long``.
    """
    found: list[bytes] = []
    rows = _rows(thread, referral) if referral else _rows(thread, b"").filter(member=member.id)
    size = 0
    for blob in drop.blobs:
        parts = list(rows.filter(blob=blob, desk=drop.desk).order_by("number").values_list("hash", "parts", "size"))
        if not parts or len(parts) != parts[0][1]:
            raise Problem(409, "blob", _("A file is not here as a whole. Nothing was passed on."))
        size += sum(one[2] for one in parts)
        found.append(attachment_hash([bytes(one[0]) for one in parts]))
    if size > REFERRED_FILES_MAX:
        raise too_long()
    return found


def give_to(thread: bytes, blobs: Sequence[bytes], referral: bytes) -> None:
    """Let these files go with a referral, in the transaction that makes it."""
    _rows(thread, b"").filter(blob__in=list(blobs)).update(referral=referral)


def forget(referral: bytes) -> None:
    """Delete what went with a referral: it is there, or was taken back."""
    ReferralPart.objects.filter(referral=referral).delete()


def are_those_of(referral: bytes, blobs: Sequence[bytes]) -> bool:
    """Return whether a report names just the files that its referral has."""
    there = ReferralPart.objects.filter(referral=referral).values_list("blob", flat=True).distinct()
    return {bytes(one) for one in there} == set(blobs)


def taken() -> Problem:
    """Return the refusal of what cannot be a part of that file."""
    return Problem(409, "taken", _("Something else lies under this number. Please choose the file again."))


def too_long() -> Problem:
    """Return the refusal of more than goes along with one referral."""
    most = {"size": in_words(REFERRED_FILES_MAX, _)}
    return Problem(413, "long", _("Files of %(size)s go along at most. Say in words what else there is.") % most)


def _rows(thread: bytes, referral: bytes) -> QuerySet[ReferralPart]:
    return ReferralPart.objects.filter(thread=thread, referral=referral)


def _size(found: dict[str, int | None]) -> int:
    return found["all"] or 0
