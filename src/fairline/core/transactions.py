"""The only way to write: one short transaction at a time in a process; and to read all of one moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final

from django.db import connections, transaction

# SQLite's own waiting is unfair: with four busy threads one of them waited three seconds (measured). A lock of ours
# in front of it hands the turn on. PostgreSQL needs none.
_TURNS: Final = MappingProxyType({"default": threading.RLock(), "public": threading.RLock()})


@contextmanager
def writing(using: str = "default") -> Iterator[None]:
    """Run the block as one transaction on the database ``using``: all of it is stored, or nothing.

    Keep the block short and without work: compute, check and seal before it. Blocks may nest; what the outermost
    one has left is on the disk.
    """
    if connections[using].vendor != "sqlite":
        with transaction.atomic(using=using):
            yield
        return
    with _TURNS[using], transaction.atomic(using=using):
        yield


@contextmanager
def one_moment(using: str = "default") -> Iterator[None]:
    """Let the block see the database ``using`` as it is when it first reads, whatever others write meanwhile.

    It holds nobody up, and writes nothing. Inside a transaction it is that transaction's own view.
    """
    connection: Any = connections[using]
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        connection.ensure_connection()  # before, it knows no mode
        # All else begins as a writer does, and would be the only one until it ends.
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic(using=using):
                yield
        finally:
            connection.transaction_mode = mode
        return
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
