"""Fill an installation's store with reports of noise, in bulk, for `bench/intake.py`: not a way to import anything.

    python bench/fill_line.py OFFICE DESK STORED     (ids in hexadecimal; the environment names the installation, which
    must not run)

The rows are those that the line itself would have written for reports of earlier days, in the order of their random
keys, so that a million of them can be written at the speed of the disk.
"""

from __future__ import annotations

import secrets
import sys
from datetime import date

import django

django.setup(set_prefix=False)

from django.db import connection, transaction

from fairline.core.fields import random_group
from fairline.line import services
from fairline.line.models import Post, SealedFile, Thread
from fairline.line.rows import insert
from fairline.seal.primitives import H

SIZES = (("office", 9000), ("own", 9000), ("identity", 3700), *[("share", 2700)] * 5)
DAY = date(2026, 1, 2).isoformat()
CHUNK = 1000


def main() -> None:
    """Write what is missing."""
    office, desk, stored = bytes.fromhex(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
    missing = stored - Thread.objects.count()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Nothing else has it open, and what is half filled is thrown away.
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
    ids = sorted(secrets.token_bytes(16) for _ in range(max(0, missing)))
    groups = sorted(random_group() for _ in ids)
    # Noise that differs in its first bytes only: what is inside is never looked at, and making it would take longest.
    noise = {size: secrets.token_bytes(size - 16) for _kind, size in SIZES}
    for at in range(0, len(ids), CHUNK):
        part = ids[at : at + CHUNK]
        groups_of_part = groups[at : at + CHUNK]
        with transaction.atomic():
            insert(Thread, services.THREAD_FIELDS, [
                (key, office, desk, 0, DAY, DAY, "arrived", key, H(key), 1, 0, 0) for key in part
            ])  # fmt: skip
            insert(Post, services.POST_FIELDS, [
                (key, "r", 0, H(key), H(key), H(key), DAY, H(key) * 2) for key in part
            ])  # fmt: skip
            insert(SealedFile, services.FILE_FIELDS, [
                (group + place, key, "r", 0, place, kind, H(key), size, key + noise[size], False)
                for key, group in zip(part, groups_of_part, strict=True) for place, (kind, size) in enumerate(SIZES)
            ])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL" if connection.vendor == "sqlite" else "CHECKPOINT")
        if connection.vendor == "postgresql":
            # As its own autovacuum would have done in the days in which they came.
            cursor.execute("ANALYZE")


main()
