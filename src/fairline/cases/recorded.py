"""What a check of the record may ask of this room: the signed acts of deletions, as their certificates keep them.

They stand in the record, too. Where an older copy was restored, the record has lost them, and they still hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.cases import deleting
from fairline.cases.models import Deletion
from fairline.ledger import stored

if TYPE_CHECKING:
    from collections.abc import Iterator


def deletions_of(office: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what was signed, and the signature, of who asked and of who agreed, in this order."""
    for row in Deletion.objects.filter(office=office).exclude(day=None).order_by("day", "id"):
        for kept in (row.asked_acts, row.agreed_acts):
            for one in deleting.read(bytes(kept)):
                yield one.what, one.signature


stored.deletions("cases", deletions_of)
