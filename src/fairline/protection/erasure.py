"""What this room must forget: its days go with the case; the words are the case's own notes and go with it too."""

from __future__ import annotations

from datetime import datetime

from fairline.core.erasure import keep
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.protection.models import ProtectionFile


def shred_files(_now: datetime) -> int:
    """Delete the days of cases that are gone."""
    rows = ProtectionFile.objects.values_list("office", "id")
    gone = [thread for office, thread in rows if line.thread_desk(office, thread) is None]
    with writing():
        return ProtectionFile.objects.filter(id__in=gone).delete()[0]


keep(ProtectionFile, until="the night after the case that it belongs to was deleted", shred=shred_files)
