"""What a mailbox says by itself of its case's end: it was deleted, on which day, and until when the mailbox answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.core.panels import Said, panel
from fairline.line.models import Farewell

if TYPE_CHECKING:
    from collections.abc import Iterable


@panel
def of_deletion(office: bytes, thread: bytes) -> Iterable[Said]:
    """Say that the case was deleted, if it was."""
    for row in Farewell.objects.filter(id=thread, office=office):
        yield Said("deleted", {"day": row.day, "until": row.until})
