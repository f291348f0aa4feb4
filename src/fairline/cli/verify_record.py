"""`fairline verify` beside a database: what was altered, removed or reordered in the record, or broken."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection

from fairline.ledger import erased, promises, queries
from fairline.ledger.errors import LedgerError
from fairline.ledger.verifying import is_consistent, verify, what_became
from fairline.offices import queries as offices_queries
from fairline.seal.errors import SealError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, b64, unb64
from fairline.seal.words import fingerprint
from fairline.terminal.fingerprints import fits

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def run(arguments: argparse.Namespace) -> int:
    """Print every finding as a sentence; return 1 if there is one, 2 if the question was wrong."""
    if arguments.promise is not None:
        return _promised(arguments.promise)
    try:
        offices = [unb64(arguments.office, ID_SIZE)] if arguments.office else _all()
        kept = arguments.since.read_bytes() if arguments.since else None
    except (SealError, OSError) as error:
        print(f"fairline: {error}", file=sys.stderr)
        return 2
    if arguments.fingerprint is not None and len(offices) > 1:
        print("fairline: A fingerprint is of one office: say with --office which one is meant.", file=sys.stderr)
        return 2
    looked = Looked(arguments.fingerprint)
    if not offices and arguments.fingerprint is not None:
        looked.found.append("No office lies here.")
    try:
        _in_memory()
        for office in offices:
            looked.at(office)
    except (DatabaseError, TypeError, ValueError) as error:
        # A value of another kind than its column, or a torn page: the rest cannot be looked at, and that is a finding.
        looked.found.append(
            f"Something in the database cannot be read: {error}. `fairline check` says whether it is damaged."
        )
    if kept is not None:
        looked.found += _compared(kept)
    looked.tell(len(offices))
    return 1 if looked.found else 0


@dataclass
class Looked:
    """What the records of some offices show."""

    typed: str | None
    """The fingerprint that the caller knows from elsewhere."""
    found: list[str] = field(default_factory=list)
    unproven: int = 0
    anchors: dict[bytes, bytes] = field(default_factory=dict)
    """By office: the fingerprint from which the keys of its members were proven, as it lies here."""

    def at(self, office: bytes) -> None:
        """Look at one."""
        self.found.extend(verify(office))
        self.unproven += len(erased.unproven(office))
        anchor = offices_queries.fingerprints().get(office, b"")
        if len(anchor) == HASH_SIZE:
            self.anchors[office] = anchor
        if self.typed is not None and (office not in self.anchors or not fits(self.typed, anchor)):
            self.found.append("The office whose record lies here is not the one of the fingerprint that you gave.")

    def tell(self, offices: int) -> None:
        """Print each finding, or that there is none."""
        for sentence in self.found:
            print(sentence)
        if not self.found:
            print(f"Nothing was altered, removed or reordered in the record of {offices} office(s).")
        if self.typed is None and self.anchors:
            # Whoever can write the database can put another office in its place, with members of their own.
            print("Members were proven from the fingerprint that lies here. Compare it with a poster:")
            for office, hashed in sorted(self.anchors.items()):
                print(f"  {b64(office)}: {' '.join(fingerprint(hashed, 'english'))}")
        if self.unproven:
            print(
                f"Two members deleted {self.unproven} entries and signed that these could not be proven to be of the "
                "report in which they lay; the certificates name them."
            )


def _all() -> list[bytes]:
    """Return the offices that have a record, and those that should have one."""
    return sorted({*queries.offices(), *offices_queries.fingerprints()})


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
