"""`fairline verify` beside a database: what was altered, removed or reordered in the record, or broken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection

from fairline.ledger import erased, promises, queries
from fairline.ledger.errors import LedgerError
from fairline.ledger.verifying import is_consistent, verify, what_became
from fairline.seal.errors import SealError
from fairline.seal.primitives import ID_SIZE, b64, unb64

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def run(arguments: argparse.Namespace) -> int:
    """Print every finding as a sentence; return 1 if there is one, 2 if the question was wrong."""
    if arguments.promise is not None:
        return _promised(arguments.promise)
    try:
        offices = [unb64(arguments.office, ID_SIZE)] if arguments.office else list(queries.offices())
        kept = arguments.since.read_bytes() if arguments.since else None
    except (SealError, OSError) as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    found: list[str] = []
    unproven = 0
    try:
        _in_memory()
        for office in offices:
            found.extend(verify(office))
            unproven += len(erased.unproven(office))
    except DatabaseError as error:
        # A value of another kind than its column, or a torn page: the rest cannot be looked at, and that is a finding.
        found.append(f"Something in the database cannot be read: {error}. `fairline check` says whether it is damaged.")
    if kept is not None:
        found += _compared(kept)
    for sentence in found:
        print(sentence)
    if not found:
        print(f"Nothing was altered, removed or reordered in the record of {len(offices)} office(s).")
    if unproven:
        print(
            f"Two members deleted {unproven} entries and signed that these could not be proven to be of the report in "
            "which they lay; the certificates name them."
        )
    return 1 if found else 0


def _in_memory() -> None:
    """Let PostgreSQL keep what it reads for us in memory: it would write it to the disk, which may be what is full."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET work_mem = '128MB'")


def _promised(path: Path) -> int:
    try:
        promise = promises.parse(path.read_bytes().strip())
    except (LedgerError, OSError) as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    found = what_became(promise)
    print(found.sentence)
    return 0 if found.kept else 1


def _compared(kept: bytes) -> list[str]:
    origin = kept.partition(b"\n")[0].decode("utf-8", "replace")
    for office in queries.offices():
        for name in ("arrivals", "acts"):
            if origin.endswith(f"/{b64(office)}/{name}"):
                sentence = is_consistent(kept, office, name)
                return [] if sentence is None else [sentence]
    return ["The checkpoint is of no record that is kept here."]
