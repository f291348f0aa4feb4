"""Who waits for whom: promises of a day go on side by side, and its batch comes after the last of them.

Were a leaf stored for a day whose batch is being made, the office would break its promise without anybody's fault.
SQLite has one writer at a time anyway; on PostgreSQL a lock of the office's own keeps the two apart until commit.
"""

from __future__ import annotations

from django.db import connection

from fairline.core.statements import run
from fairline.ledger.models import Log
from fairline.seal.primitives import H


def promising(office: bytes) -> None:
    """Hold off the office's next batch until this transaction ends."""
    _lock("pg_advisory_xact_lock_shared", office)


def publishing(office: bytes) -> None:
    """Wait for the office's promises under way, and hold off new ones until this transaction ends."""
    _lock("pg_advisory_xact_lock", office)


def _lock(function: str, office: bytes) -> None:
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(H(b"fairline record " + office)[:8], "big", signed=True)
    run(Log, f"SELECT {function}(%s)", [number])
