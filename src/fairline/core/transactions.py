"""The only way to write: one short transaction at a time in a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

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
