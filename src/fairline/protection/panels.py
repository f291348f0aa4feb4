"""What a mailbox says of protection by itself: from which day on it offers to tell what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.core.panels import Said, panel
from fairline.protection.models import ProtectionFile

if TYPE_CHECKING:
    from collections.abc import Iterable


@panel
def of_protection(office: bytes, thread: bytes) -> Iterable[Said]:
    """Name the day that a member set, and nothing else: no measure, not even that there is one."""
    row = ProtectionFile.objects.filter(office=office, id=thread, offer__isnull=False).first()
    if row is not None and row.offer is not None:
        yield Said("offered", {"day": row.offer})
