"""This room's looks at an installation: is every attachment's part where it was put, and is there room for more?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

from fairline.core.blobs import opened
from fairline.core.checkups import Finding, checkup, remark, wrong
from fairline.core.limits import UNNAMED_MAX
from fairline.line.blobs import key_of
from fairline.line.models import BlobPart, Unnamed
from fairline.offices.queries import desk_in_force, offices
from fairline.seal.primitives import b64

LEAST_FREE: Final = 4 << 30
NEARLY: Final = 0.8


@checkup
def attachments(_now: datetime) -> Iterator[Finding]:
    """The store has every part that it acknowledged. Whether their bytes are right, `fairline verify` reads."""
    store = opened(settings.FAIRLINE.blobs)
    for office in offices():
        stored = set(store.keys(office.id))
        parts = BlobPart.objects.filter(blob__office=office.id, blob__gone=False, held=True)
        rows = parts.values_list("blob_id", "number").iterator(chunk_size=2000)
        missing = {bytes(blob) for blob, number in rows if key_of(bytes(blob), number) not in stored}
        if missing:
            yield wrong(
                f"The store has lost parts of {len(missing)} attachments of the office {b64(office.id)}; restore its "
                "files from a backup. `fairline verify` names the reports."
            )


@checkup
def room_for_attachments(_now: datetime) -> Iterator[Finding]:
    """There is room for files."""
    for office in offices():
        for row in Unnamed.objects.filter(bytes__gt=UNNAMED_MAX * NEARLY):
            if desk_in_force(office.id, row.id) is not None:
                yield remark(
                    f"The desk {b64(row.id)} holds {row.bytes >> 30} GB of files that nobody there has read; at "
                    f"{UNNAMED_MAX >> 30} GB it takes no more files, only text. What no report names goes in a week."
                )
    parts = urlsplit(settings.FAIRLINE.blobs)
    folder = Path(unquote(parts.path))
    if parts.scheme == "file" and folder.is_dir():
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            yield remark(f"Only {free >> 20} MB are free where attachments lie; one file may have 4 GB.")
